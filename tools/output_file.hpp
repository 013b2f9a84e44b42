/// \file
/// A file that is either there in full or not at all.

#pragma once

#include <lindi/core/error.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace lindi::tools {

/// Text goes to a file without a name in the same folder (where the system has no such files, to
/// one with a name of its own), which takes the place of an older one in `commit`. Without `commit`
/// nothing stays, also when the program is killed. What is no regular file, a pipe or a device, is
/// written straight away.
class output_file {
public:
    /// \return the file; or the system's error: no such folder, no permission, a folder of that
    /// name
    static result<std::unique_ptr<output_file>> create(std::string const& path);

    ~output_file();
    output_file(output_file const&) = delete;
    output_file& operator=(output_file const&) = delete;

    /// \return nothing; or the system's error: no space left, ...
    result<void> write(std::string_view text);
    /// Puts the file in its place. Nothing is written afterwards.
    result<void> commit();

private:
    output_file(std::string path, std::string temporary, int descriptor);

    result<void> give_name();
    error failure(int number) const;

    std::string path_;
    std::string temporary_;  ///< name until `commit`; empty: written straight away
    int descriptor_;
    bool has_name_ = false;  ///< whether `temporary_` is in the folder
};

/// Whether two paths lead to one file.
bool is_same_file(std::string const& a, std::string const& b);

}  // namespace lindi::tools
