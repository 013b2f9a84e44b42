/// \file
/// A DANDI archive on the loopback interface: API, presigned redirects, bucket, manifests, embargo,
/// and failures on command. Shapes: dandi-archive, dandiapi/api/views and manifests.py.

#pragma once

#include "http_server.hpp"

#include <lindi/core/bytes.hpp>

#include <atomic>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace lindi::test {

/// What is wrong with a blob.
enum class blob_defect {
    none,
    empty,
    text,          ///< not HDF5
    half,          ///< it ends in the middle
    missing,       ///< 404
    forbidden,     ///< 403
    bad_request,   ///< 400
    server_error,  ///< 500, always
    reset,         ///< no answer, always
    superblock,    ///< of a version that nobody knows
    root,          ///< its root's header is overwritten
};
inline constexpr int blob_defect_count = 11;

struct archive_blob {
    std::string id{};                      ///< UUID
    std::span<std::byte const> content{};  ///< kept alive by the caller
    std::size_t patched_at = 0;
    std::string patch{};
    blob_defect defect = blob_defect::none;
};

struct archive_asset {
    std::string id{};
    std::string path{};
    std::string blob{};  ///< empty: a Zarr asset
};

struct archive_version {
    std::string name = "draft";
    std::vector<archive_asset> assets{};
};

struct archive_dandiset {
    std::string id{};
    bool embargoed = false;
    std::vector<archive_version> versions{};  ///< the draft first, then as they were published
};

struct archive_options {
    std::chrono::milliseconds latency{0};
    double failing = 0;  ///< share of requests that fail: 500, 502, 504, no answer, web pages
    std::size_t most_at_once = 0;  ///< more requests at a time are answered 429; 0: any number
    std::uint64_t seed = 1;
    std::int64_t presigned_seconds = 21'600;
    unsigned first_signature_serves = 0;  ///< requests for each blob; 0: until its time is over
    std::string token = "t0ken";
    bool moves_pages = false;  ///< the first listing of each version misses a row between pages
    bool forgets = false;      ///< as server_options
    bool tls = false;
    std::string certificate{};
    std::string key{};
};

/// What a generated archive is like.
struct archive_shape {
    std::size_t assets = 100;
    std::size_t dandisets = 5;
    unsigned broken_in_thousand = 0;  ///< blobs, in ten ways by turns
    bool shares = false;              ///< two assets in five have the blob of another
};

/// "deadbeef-0000-4000-8000-00000000002a"
std::string made_up_id(std::uint32_t kind, std::uint64_t number);

/// A generated archive over one file.
struct made_up_archive {
    std::vector<archive_dandiset> dandisets{};
    std::vector<archive_blob> blobs{};
};

/// Each blob has its own id in the place of 00000000-0000-4000-8000-000000000000.
made_up_archive make_archive(archive_shape const& shape, std::span<std::byte const> file);

class dandi_archive {
public:
    dandi_archive(
        archive_options options,
        std::vector<archive_dandiset> dandisets,
        std::vector<archive_blob> blobs
    );

    std::string api() const { return server_.url("/api"); }
    std::string bucket() const { return server_.url(""); }
    http_server const& server() const noexcept { return server_; }
    /// Requests that were made to fail.
    std::uint64_t failures() const { return failures_; }
    std::uint64_t served() const { return served_; }
    std::uint64_t throttled() const { return throttled_; }
    /// Requests whose signature did not count any more.
    std::uint64_t expired() const { return expired_; }
    /// Gives an asset another id, as an edit does.
    void rename(std::string const& asset, std::string const& id);

private:
    struct request_parts {
        std::string path{};
        std::map<std::string, std::string> query{};
    };

    server_options serving(archive_options const& options);
    behaviour decide(seen_request const& seen);
    std::optional<behaviour> fail(bool is_document);
    behaviour answer(seen_request const& seen);
    behaviour answer_api(seen_request const& seen, request_parts const& asked);
    behaviour answer_dandisets(request_parts const& asked);
    behaviour answer_assets(
        archive_dandiset const& of, archive_version const& version, request_parts const& asked
    );
    behaviour answer_download(std::string const& asset);
    behaviour answer_bucket(seen_request const& seen, request_parts const& asked);
    bool has_expired(std::string const& blob, request_parts const& asked);
    behaviour answer_blob(archive_blob const& blob);
    behaviour answer_listing(request_parts const& asked);
    behaviour answer_manifest(archive_dandiset const& of, std::string const& version);
    archive_dandiset const* find_dandiset(std::string const& id) const;

    archive_options options_;
    std::vector<archive_dandiset> dandisets_;
    std::map<std::string, archive_blob> blobs_;
    std::map<std::string, archive_blob const*> by_asset_;
    std::set<std::string> embargoed_;      ///< blobs
    std::map<std::string, int> listings_;  ///< by dandiset and version
    std::mutex guard_;
    std::mt19937_64 random_;
    std::atomic<std::uint64_t> failures_ = 0;
    std::atomic<std::uint64_t> served_ = 0;
    std::atomic<std::uint64_t> throttled_ = 0;
    std::atomic<std::uint64_t> expired_ = 0;
    std::map<std::string, unsigned> signed_;        ///< signatures for a blob
    std::map<std::string, unsigned> served_first_;  ///< requests with its first one
    bytes half_;
    http_server server_;
};

}  // namespace lindi::test
