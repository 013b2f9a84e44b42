/// \file
/// Subcommands run as functions, and files for them to work on.

#pragma once

#include "environment.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

namespace lindi::tools {

inline std::string const sample = TEST_DATA "/sample.nwb";

struct outcome {
    int code;
    std::string out;
    std::string err;
};

/// \param client  for URLs
inline outcome
run(int (*command)(arguments, environment&),
    std::vector<std::string> const& args,
    std::shared_ptr<net::client> client = nullptr)
{
    std::ostringstream out;
    std::ostringstream err;
    environment env{out, err};
    env.client = std::move(client);
    int const code = command(args, env);
    return {code, out.str(), err.str()};
}

inline bool has_line(std::string const& text, std::string const& line)
{
    return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

inline std::size_t line_count(std::string const& text)
{
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

inline std::string read_file(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A folder that goes away with everything in it.
class scratch_folder {
public:
    scratch_folder()
    {
        auto name = (std::filesystem::temp_directory_path() / "lindi-test-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~scratch_folder() { std::filesystem::remove_all(path_); }
    scratch_folder(scratch_folder const&) = delete;
    scratch_folder& operator=(scratch_folder const&) = delete;

    std::string operator/(std::string const& name) const { return (path_ / name).string(); }
    std::string add(std::string const& name, std::string const& content) const
    {
        std::ofstream(path_ / name, std::ios::binary) << content;
        return *this / name;
    }
    std::size_t file_count() const
    {
        return static_cast<std::size_t>(std::distance(
            std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator()
        ));
    }

private:
    std::filesystem::path path_;
};

}  // namespace lindi::tools
