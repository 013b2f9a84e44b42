/// \file
/// Other files, in memory.

#pragma once

#include <lindi/io/file_set.hpp>
#include <lindi/io/memory_source.hpp>

#include <map>

namespace lindi::test {

class memory_files final : public io::file_set {
public:
    std::map<std::string, bytes> content;
    std::map<std::string, error> broken;  ///< what opening these fails with
    std::vector<std::string> asked;       ///< every name, in order

    result<std::shared_ptr<io::source>> open(std::string const& name) override
    {
        asked.push_back(name);
        if (auto const bad = broken.find(name); bad != broken.end())
            return bad->second;
        auto const found = content.find(name);
        if (found == content.end())
            return error(errc::not_found, error::nowhere, "other file").within(name);
        return std::make_shared<io::memory_source>(name, found->second);
    }
};

}  // namespace lindi::test
