#include "bucket.hpp"
#include "packed_file.hpp"

#include <lindi/bulk/failure.hpp>

#include <filesystem>
#include <fstream>

namespace lindi::bulk {
namespace {

namespace fs = std::filesystem;

/// An index to take over is held in memory; larger ones are made again.
constexpr std::uint64_t most_taken_over = std::uint64_t{256} << 20;

char const* type_of(std::string const& key)
{
    return key.ends_with(".ndjson") ? "application/x-ndjson" : "application/json";
}

class outputs_in_bucket final : public output_store {
public:
    outputs_in_bucket(bucket at, bucket_options how) : at_(std::move(at)), how_(how) {}

    result<seen_output> look(std::string const& key) override;
    result<void>
    put_file(std::string const& key, std::string const& path, seen_output const& over) override;
    result<void>
    put_text(std::string const& key, std::string_view text, seen_output const& over) override;
    result<std::uint64_t> size_of(std::string const& key) override;
    result<void> get(std::string const& key, std::string const& path) override;

private:
    net::headers fields_of(std::string const& key) const;
    result<void>
    put_plain(std::string const& key, std::string const& path, seen_output const& over);

    bucket at_;
    bucket_options how_;
};

net::headers outputs_in_bucket::fields_of(std::string const& key) const
{
    net::headers out = {{"content-type", type_of(key)}};
    if (how_.packed)
        out.emplace_back("content-encoding", "gzip");
    return out;
}

result<seen_output> outputs_in_bucket::look(std::string const& key)
{
    if (!how_.conditional)
        return seen_output{};
    auto const answer = at_.send(at_.call(key, "HEAD"));
    if (!answer && answer.error().code() == errc::not_found)
        return seen_output{.is_known = true};
    if (!answer && answer.error().code() == std::errc::permission_denied)
        // S3 says so also of keys that are not there, to those who may not list them.
        return error(
                   answer.error().code(),
                   error::nowhere,
                   "output",
                   "to look at it s3:GetObject and s3:ListBucket are needed; "
                   "--no-conditional-writes does without: " +
                       std::string(answer.error().detail())
        )
            .within(at_.url(key));
    if (!answer)
        return answer.error();
    if (answer->etag.empty())
        return error(
                   errc::unsupported,
                   error::nowhere,
                   "output",
                   "the store sends no ETag: use --no-conditional-writes"
        )
            .within(at_.url(key));
    return seen_output{.is_known = true, .etag = answer->etag};
}

result<void> outputs_in_bucket::put_file(
    std::string const& key, std::string const& path, seen_output const& over
)
{
    if (!how_.packed)
        return put_plain(key, path, over);
    auto const packed = path + ".gz";
    auto done = pack_file(path, packed);
    if (done)
        done = put_plain(key, packed, over);
    std::error_code none;
    fs::remove(packed, none);
    return done;
}

result<void> outputs_in_bucket::put_plain(
    std::string const& key, std::string const& path, seen_output const& over
)
{
    std::error_code failed;
    auto const size = fs::file_size(path, failed);
    if (failed)
        return error(failed, error::nowhere, "output").within(path);
    if (size > bucket_part_size)
        return at_.put_parts(key, fields_of(key), path, over);
    std::ifstream from(path, std::ios::binary);
    std::string body(static_cast<std::size_t>(size), '\0');
    from.read(body.data(), static_cast<std::streamsize>(size));
    if (!from)
        return error(errc::io, error::nowhere, "output", "cannot be read again").within(path);
    return at_.put(key, fields_of(key), std::move(body), over);
}

result<void>
outputs_in_bucket::put_text(std::string const& key, std::string_view text, seen_output const& over)
{
    auto body = how_.packed ? pack_text(text) : result<std::string>(std::string(text));
    if (!body)
        return body.error();
    return at_.put(key, fields_of(key), std::move(*body), over);
}

result<std::uint64_t> outputs_in_bucket::size_of(std::string const& key)
{
    auto const answer = at_.send(at_.call(key, "HEAD"));
    if (!answer)
        return answer.error();
    if (!answer->content_length)
        return error(errc::not_found, error::nowhere, "output", "its size is not told");
    return *answer->content_length;
}

result<void> outputs_in_bucket::get(std::string const& key, std::string const& path)
{
    auto asked = at_.call(key, "GET");
    asked.most = most_taken_over;
    auto const answer = at_.send(std::move(asked));
    if (!answer)
        return answer.error();
    std::ofstream out(path, std::ios::binary);
    out << answer->body << std::flush;
    return out ? result<void>()
               : error(errc::io, error::nowhere, "output", "cannot write").within(path);
}

}  // namespace

std::unique_ptr<output_store>
bucket_output(std::shared_ptr<net::client_thread> through, std::string base, bucket_options how)
{
    return std::make_unique<outputs_in_bucket>(bucket(std::move(through), std::move(base)), how);
}

}  // namespace lindi::bulk
