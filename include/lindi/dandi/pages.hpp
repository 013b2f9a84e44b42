/// \file
/// What an archive answers, decoded. Nothing in it is believed before it was looked at.
/// Shapes: dandi-archive, dandiapi/api/views.

#pragma once

#include <lindi/core/error.hpp>
#include <lindi/dandi/asset.hpp>

#include <string_view>
#include <vector>

namespace lindi::dandi {

struct dandiset_row {
    std::string id{};
    std::string published{};  ///< the latest version; empty: there is only a draft
    bool embargoed = false;
};
struct dandiset_page {
    std::vector<dandiset_row> rows{};
    std::string next{};  ///< URL; empty: this is the last page
};

/// Rows of assets: id, path, size, dates, digest, blob. Zarr assets, which have none, are left out.
struct asset_page {
    std::vector<asset> rows{};
    std::uint64_t row_count = 0;  ///< with those that were left out
    std::string next{};
    std::optional<std::uint64_t> count{};  ///< of all pages; on the first only
};

struct version_page {
    std::vector<std::string> versions{};
    std::string next{};
};

/// All of these: errc::truncated, errc::bad_value (no JSON, or of another shape; names and ids that
/// could lead out of a folder), errc::too_large.
[[nodiscard]] result<dandiset_page> decode_dandiset_page(std::string_view json);
[[nodiscard]] result<dandiset_row> decode_dandiset(std::string_view json);
[[nodiscard]] result<version_page> decode_version_page(std::string_view json);
[[nodiscard]] result<asset_page> decode_asset_page(std::string_view json);

/// `assets.jsonld` of a version: all its assets.
[[nodiscard]] result<std::vector<asset>> decode_manifest(std::string_view json);

/// Of ListObjectsV2 with a delimiter.
struct folder_page {
    std::vector<std::string> folders{};  ///< CommonPrefixes
    std::string next{};                  ///< continuation token; empty: this is the last page
};
[[nodiscard]] result<folder_page> decode_folder_page(std::string_view xml);

/// A line of a list: a URL or path, or an object with `url` and, if known, `id`, `dandiset`,
/// `version`, `path`, `blob`, `size`, `modified`, `digest`, `reference`.
/// \return nothing for an empty line or a comment (#); or errc::bad_value
[[nodiscard]] result<std::optional<asset>> decode_list_line(std::string_view line);

/// Whether it can be a part of a path as it is: letters, digits, '.', '-', '_', no more than 100.
bool is_plain_name(std::string_view text) noexcept;

}  // namespace lindi::dandi
