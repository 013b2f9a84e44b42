/// \file
/// One file of an archive, of a list or of a folder, as it is known before anybody reads it.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace lindi::dandi {

struct asset {
    std::string id{};         ///< a UUID in an archive; else a name that no other of its list has
    std::string dandiset{};   ///< "000003"; empty outside of archives
    std::string version{};    ///< "draft", "0.210812.1448"
    std::string path{};       ///< in the dandiset, folder or list
    std::string url{};        ///< URL or local path: where its bytes are read
    std::string reference{};  ///< what references to it name; empty: as `url`
    /// What assets with the same bytes share, and others do not: the id of its blob. Empty: `url`
    /// serves.
    std::string blob{};
    std::string download{};  ///< URL in the archive's API; empty outside of archives
    std::optional<std::uint64_t> size{};
    std::string modified{};  ///< as the archive writes it
    std::string digest{};    ///< "dandi:dandi-etag:0123...-1"; empty: not told
    bool embargoed = false;  ///< only for its owners: no public URL has its bytes

    friend bool operator==(asset const&, asset const&) = default;
};

}  // namespace lindi::dandi
