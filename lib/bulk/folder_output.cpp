#include "spool.hpp"

#include <lindi/bulk/output.hpp>

#include <atomic>
#include <filesystem>

#include <unistd.h>

namespace lindi::bulk {
namespace {

namespace fs = std::filesystem;

class folder final : public output_store {
public:
    explicit folder(std::string where) : where_(std::move(where)) {}

    result<seen_output> look(std::string const&) override { return seen_output{}; }

    result<void>
    put_file(std::string const& key, std::string const& path, seen_output const&) override
    {
        auto const to = path_of(key);
        std::error_code failed;
        fs::create_directories(fs::path(to).parent_path(), failed);
        if (!failed)
            fs::rename(path, to, failed);
        return failed ? result<void>(failure(failed, to)) : result<void>();
    }

    result<void>
    put_text(std::string const& key, std::string_view text, seen_output const& over) override
    {
        auto const to = path_of(key);
        std::error_code failed;
        fs::create_directories(fs::path(to).parent_path(), failed);
        if (failed)
            return failure(failed, to);
        auto made = spool_file::create(
            to + "." + std::to_string(::getpid()) + "-" + std::to_string(next_++) + ".tmp"
        );
        if (!made)
            return made.error();
        if (auto const written = made->write(text); !written)
            return written;
        if (auto const closed = made->close(); !closed)
            return closed;
        return put_file(key, made->path(), over);
    }

    result<std::uint64_t> size_of(std::string const& key) override
    {
        std::error_code failed;
        auto const size = fs::file_size(path_of(key), failed);
        if (failed)
            return failure(failed, path_of(key));
        return std::uint64_t{size};
    }

    result<void> get(std::string const& key, std::string const& path) override
    {
        std::error_code failed;
        fs::copy_file(path_of(key), path, fs::copy_options::overwrite_existing, failed);
        return failed ? result<void>(failure(failed, path_of(key))) : result<void>();
    }

private:
    std::string path_of(std::string const& key) const { return where_ + "/" + key; }

    static error failure(std::error_code code, std::string const& path)
    {
        if (code == std::errc::no_such_file_or_directory)
            code = make_error_code(errc::not_found);
        return error(code, error::nowhere, "output").within(path);
    }

    std::string where_;
    std::atomic<std::uint64_t> next_ = 0;
};

}  // namespace

std::unique_ptr<output_store> folder_output(std::string where)
{
    return std::make_unique<folder>(std::move(where));
}

}  // namespace lindi::bulk
