/// \file
/// Which assets are wanted.

#pragma once

#include <lindi/dandi/asset.hpp>

#include <string_view>

namespace lindi::dandi {

struct asset_filter {
    std::string glob = "*.nwb";  ///< of the path; as the API has it, see `matches_glob`
    std::optional<std::uint64_t> least_size{};
    std::optional<std::uint64_t> most_size{};
    std::string modified_since{};  ///< "2026-01-31" or with a time; empty: always

    /// Assets that do not tell their size or date pass.
    bool wants(asset const& one) const;
};

/// '*' stands for any text, '/' too; everything else for itself, without case.
bool matches_glob(std::string_view glob, std::string_view path) noexcept;

}  // namespace lindi::dandi
