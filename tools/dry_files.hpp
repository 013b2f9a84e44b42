/// \file
/// Files for a dry run: what is there is read, what is written stays in memory and is forgotten.

#pragma once

#include <lindi/io/file_layer.hpp>

#include <set>

namespace lindi::tools {

class dry_files final : public io::file_layer {
public:
    result<io::path_kind> kind(std::string const& path) override;
    std::string resolved(std::string const& path) override;
    result<std::vector<std::string>> list(std::string const& path) override;
    result<std::unique_ptr<io::stored_file>> open(std::string const& path, access how) override;
    result<std::unique_ptr<io::stored_file>> create(std::string const& path) override;
    result<std::unique_ptr<io::stored_file>> create_unnamed(std::string const& path) override;
    result<void> publish(io::stored_file&, std::string const&, bool) override { return {}; }
    result<bool> is_at(io::stored_file&, std::string const&) override { return true; }
    result<void> make_folder(std::string const& path) override
    {
        made_.insert(path);
        return {};
    }
    result<void> remove(std::string const&) override { return {}; }
    result<void> sync_folder(std::string const&) override { return {}; }

private:
    std::set<std::string> made_;  ///< folders that would be there
};

}  // namespace lindi::tools
