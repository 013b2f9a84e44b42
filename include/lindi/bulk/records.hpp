/// \file
/// What a journal knows about each blob and each asset.

#pragma once

#include <lindi/bulk/failure.hpp>
#include <lindi/dandi/asset.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lindi::bulk {

enum class blob_state : unsigned char { todo, working, done, failed };

/// What was found in a file.
struct blob_content {
    std::uint64_t objects = 0;
    std::map<std::string, std::uint64_t> types{};  ///< neurodata types, with how many there are
    std::vector<std::string> problems{};           ///< of objects that are not in the index

    friend bool operator==(blob_content const&, blob_content const&) = default;
};

struct blob_record {
    blob_state state = blob_state::todo;
    std::string version{};       ///< of the bytes: digest, size and date as they were listed
    std::string recipe{};        ///< how it was indexed: options that change the output
    unsigned attempts = 0;       ///< since it was wanted the last time
    unsigned interruptions = 0;  ///< times that the program ended while it was at work on it
    failure_kind kind = failure_kind::network;  ///< when failed
    std::string cause{};                        ///< in words, when failed
    std::int64_t ended = 0;                     ///< seconds since 1970
    double seconds = 0;                         ///< that the last attempt took
    std::uint64_t bytes = 0;                    ///< read
    std::uint64_t requests = 0;
    std::string document{};  ///< key of an asset whose output has the index
    std::uint64_t document_bytes = 0;
    std::uint64_t head_bytes = 0;  ///< of these, the same for all assets that share the blob
    std::string reference{};       ///< what the references lead to
    blob_content content{};

    friend bool operator==(blob_record const&, blob_record const&) = default;
};

struct asset_record {
    dandi::asset is{};
    std::string part{};        ///< of the source that told of it
    std::uint64_t number = 0;  ///< in the order of the listing
    std::uint64_t listed = 0;  ///< number of the last listing that had it
    bool gone = false;         ///< a later listing of the same part did not
    std::string written{};     ///< version and recipe of its output; empty: there is none

    friend bool operator==(asset_record const&, asset_record const&) = default;
};

/// "todo", "working", "done", "failed".
std::string_view name_of(blob_state state) noexcept;

/// The key of an asset in a journal: dandiset and id.
std::string key_of(dandi::asset const& one);
/// The key of what it shares with others: its blob, or its URL.
std::string blob_key_of(dandi::asset const& one);
/// Text that changes when the bytes do, as far as the listing tells.
std::string version_of(dandi::asset const& one);

/// The same on every machine: 64 bits of FNV-1a.
std::uint64_t stable_hash(std::string_view text) noexcept;

std::string encode(blob_record const& record);
std::string encode(asset_record const& record);
/// errc::bad_value
[[nodiscard]] result<blob_record> decode_blob_record(std::string_view json);
[[nodiscard]] result<asset_record> decode_asset_record(std::string_view json);

}  // namespace lindi::bulk
