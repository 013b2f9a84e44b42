/// \file
/// A file behind a URL.
///
/// Reads of a wave go out together as range requests over the client's connections. Failures that
/// may pass are tried again, expired targets of redirects are resolved again, and every answer must
/// carry exactly the bytes that were asked for, from the same content as the first: anything else
/// is an error, never wrong bytes.

#pragma once

#include <lindi/io/source.hpp>
#include <lindi/net/client.hpp>
#include <lindi/net/identity.hpp>

namespace lindi::net {

struct http_options {
    std::uint64_t first_read = 64 * 1024;  ///< bytes of the request that finds size and identity
    std::uint64_t whole_file =
        4 * 1024 * 1024;  ///< a server without ranges may send so much at once
    std::uint64_t largest_range = std::uint64_t{1}
                                  << 30;  ///< of one read; larger is errc::too_large
    std::uint64_t requests = 10'000'000;  ///< of this source; then errc::too_large
};

/// What the references to a file should carry.
enum class reference_url {
    as_given,
    api,   ///< the archive's API, for an asset of a DANDI archive
    blob,  ///< the public URL of the blob that an API redirects to
};

/// What can be told about a URL without asking anybody.
struct origin_facts {
    std::string stored_name{};   ///< where its bytes are asked for, as caches may keep it
    bool never_changes = false;  ///< an asset or a blob of a DANDI archive
};

/// \return the facts; or errc::bad_value or errc::unsupported, as http_source::open
result<origin_facts> facts_of(client_options const& options, std::string const& text);

class http_fetch;

class http_source final : public io::source {
public:
    /// Asks for the first bytes: one request, more for redirects and retries.
    /// \param text  http, https or s3 URL
    /// \return the source; errc::bad_value or errc::unsupported for the URL, errc::not_found for
    /// status 404 and
    ///   410, std::errc::permission_denied for 401 and 403, std::errc::timed_out, errc::cancelled,
    ///   or errc::io
    static result<std::unique_ptr<http_source>>
    open(std::shared_ptr<client> through, std::string const& text, http_options options = {});

    using on_opened = std::function<void(result<std::unique_ptr<http_source>>)>;
    /// The same without waiting: `done` is called on the client's thread, here or while the client
    /// runs. Somebody else keeps the client alive until then.
    static void open_then(
        std::shared_ptr<client> through,
        std::string const& text,
        http_options options,
        on_opened done
    );

    ~http_source() override;

    /// The URL as it was given, without a signature.
    std::string const& name() const noexcept override;
    std::uint64_t size() const noexcept override;
    /// The first block is; put a `page_source` in front for the rest.
    std::optional<block> resident(io::byte_range range) override;
    void fetch(std::vector<io::byte_range> ranges, io::on_answers done) override;
    void wait() override;
    io::source_stats stats() const noexcept override;
    io::read_cost cost() const noexcept override;

    net::identity const& identity() const noexcept;
    /// The DANDI blob id, when the URL or its redirects show one.
    std::optional<std::string> blob_id() const;
    /// Text that only this content has, for caches; nothing when the server tells too little to be
    /// sure. It names the host that sent the bytes: no server can pass its own for those of
    /// another.
    std::optional<std::string> content_id() const;
    /// What a LINDI file should name; as given where the wished form is not known. Never with a
    /// signature.
    std::string reference(reference_url form) const;

    class state;

private:
    friend class http_fetch;
    explicit http_source(std::shared_ptr<state> made);

    std::shared_ptr<state> state_;
};

}  // namespace lindi::net
