#include "packed_file.hpp"

#include <lindi/bulk/output.hpp>
#include <lindi/net/client_thread.hpp>
#include <lindi/net/url.hpp>

#include <filesystem>
#include <fstream>

namespace lindi::bulk {
namespace {

namespace fs = std::filesystem;

/// S3 takes parts of 5 MiB and more, 10,000 at most.
constexpr std::uint64_t part_size = std::uint64_t{8} << 20;
constexpr std::uint64_t most_parts = 10'000;
/// An index to take over is held in memory; larger ones are made again.
constexpr std::uint64_t most_taken_over = std::uint64_t{256} << 20;

char const* type_of(std::string const& key)
{
    return key.ends_with(".ndjson") ? "application/x-ndjson" : "application/json";
}

class bucket final : public output_store {
public:
    bucket(std::shared_ptr<net::client_thread> through, std::string base, bool packed)
        : through_(std::move(through)), base_(std::move(base)), packed_(packed)
    {
        if (!base_.ends_with('/'))
            base_ += '/';
    }

    result<void> put_file(std::string const& key, std::string const& path) override;
    result<void> put_text(std::string const& key, std::string_view text) override;
    result<std::uint64_t> size_of(std::string const& key) override;
    result<void> get(std::string const& key, std::string const& path) override;

private:
    net::http_call call(std::string const& key, char const* method, std::string query = {}) const;
    net::headers fields_of(std::string const& key) const;
    result<void> put_plain(std::string const& key, std::string const& path);
    result<void> put_parts(std::string const& key, std::string const& path, std::uint64_t size);
    result<std::string> begin_parts(std::string const& key);
    result<std::string> send_parts(
        std::string const& key,
        std::string const& upload,
        std::string const& path,
        std::uint64_t size
    );

    std::shared_ptr<net::client_thread> through_;
    std::string base_;
    bool packed_;
};

net::http_call bucket::call(std::string const& key, char const* method, std::string query) const
{
    return {.url = base_ + key, .query = std::move(query), .method = method};
}

net::headers bucket::fields_of(std::string const& key) const
{
    net::headers out = {{"content-type", type_of(key)}};
    if (packed_)
        out.emplace_back("content-encoding", "gzip");
    return out;
}

result<std::string> read_part(std::ifstream& from, std::string const& path, std::uint64_t size)
{
    std::string out(static_cast<std::size_t>(size), '\0');
    from.read(out.data(), static_cast<std::streamsize>(out.size()));
    if (from.gcount() != static_cast<std::streamsize>(out.size()))
        return error(errc::io, error::nowhere, "output", "cannot be read again").within(path);
    return out;
}

/// What stands between <name> and </name>.
std::string element_in(std::string_view xml, std::string const& name)
{
    auto const open = "<" + name + ">";
    auto const first = xml.find(open);
    auto const end = xml.find("</" + name + ">");
    if (first == std::string_view::npos || end == std::string_view::npos || end < first)
        return {};
    return std::string(xml.substr(first + open.size(), end - first - open.size()));
}

result<void> bucket::put_file(std::string const& key, std::string const& path)
{
    if (!packed_)
        return put_plain(key, path);
    auto const packed = path + ".gz";
    auto done = pack_file(path, packed);
    if (done)
        done = put_plain(key, packed);
    std::error_code none;
    fs::remove(packed, none);
    return done;
}

result<void> bucket::put_plain(std::string const& key, std::string const& path)
{
    std::error_code failed;
    auto const size = fs::file_size(path, failed);
    if (failed)
        return error(failed, error::nowhere, "output").within(path);
    if (size > part_size)
        return put_parts(key, path, size);
    std::ifstream from(path, std::ios::binary);
    auto body = read_part(from, path, size);
    if (!body)
        return body.error();
    auto asked = call(key, "PUT");
    asked.fields = fields_of(key);
    asked.body = std::move(*body);
    auto const answer = through_->call(std::move(asked));
    return answer ? result<void>() : answer.error();
}

result<void> bucket::put_text(std::string const& key, std::string_view text)
{
    auto body = packed_ ? pack_text(text) : result<std::string>(std::string(text));
    if (!body)
        return body.error();
    auto asked = call(key, "PUT");
    asked.fields = fields_of(key);
    asked.body = std::move(*body);
    auto const answer = through_->call(std::move(asked));
    return answer ? result<void>() : answer.error();
}

result<std::string> bucket::begin_parts(std::string const& key)
{
    auto asked = call(key, "POST", "uploads");
    asked.fields = fields_of(key);
    auto const answer = through_->call(std::move(asked));
    if (!answer)
        return answer.error();
    auto id = element_in(answer->body, "UploadId");
    if (id.empty())
        return error(errc::io, error::nowhere, "output", "no UploadId in the answer");
    return net::percent_encode(id, false);
}

/// \return the list of parts that ends the upload
result<std::string> bucket::send_parts(
    std::string const& key, std::string const& upload, std::string const& path, std::uint64_t size
)
{
    auto const step = std::max(part_size, size / most_parts + 1);
    std::ifstream from(path, std::ios::binary);
    std::string list = "<CompleteMultipartUpload>";
    unsigned number = 0;
    for (std::uint64_t at = 0; at < size; at += step) {
        ++number;
        auto body = read_part(from, path, std::min(step, size - at));
        if (!body)
            return body.error();
        auto asked =
            call(key, "PUT", "partNumber=" + std::to_string(number) + "&uploadId=" + upload);
        asked.body = std::move(*body);
        auto const answer = through_->call(std::move(asked));
        if (!answer)
            return answer.error();
        list += "<Part><PartNumber>" + std::to_string(number) + "</PartNumber><ETag>" +
                answer->etag + "</ETag></Part>";
    }
    return list + "</CompleteMultipartUpload>";
}

result<void> bucket::put_parts(std::string const& key, std::string const& path, std::uint64_t size)
{
    auto const upload = begin_parts(key);
    if (!upload)
        return upload.error();
    auto list = send_parts(key, *upload, path, size);
    if (list) {
        auto asked = call(key, "POST", "uploadId=" + *upload);
        asked.body = std::move(*list);
        auto const answer = through_->call(std::move(asked));
        if (!answer)
            return answer.error();
        // S3 may say 200 first and find out later that it failed.
        if (answer->body.find("<Error>") != std::string::npos)
            return error(errc::io, error::nowhere, "output", "the upload could not be ended");
        return {};
    }
    static_cast<void>(through_->call(call(key, "DELETE", "uploadId=" + *upload)));
    return list.error();
}

result<std::uint64_t> bucket::size_of(std::string const& key)
{
    auto const answer = through_->call(call(key, "HEAD"));
    if (!answer)
        return answer.error();
    if (!answer->content_length)
        return error(errc::not_found, error::nowhere, "output", "its size is not told");
    return *answer->content_length;
}

result<void> bucket::get(std::string const& key, std::string const& path)
{
    auto asked = call(key, "GET");
    asked.most = most_taken_over;
    auto const answer = through_->call(std::move(asked));
    if (!answer)
        return answer.error();
    std::ofstream out(path, std::ios::binary);
    out << answer->body << std::flush;
    return out ? result<void>()
               : error(errc::io, error::nowhere, "output", "cannot write").within(path);
}

}  // namespace

std::unique_ptr<output_store>
bucket_output(std::shared_ptr<net::client_thread> through, std::string base, bool packed)
{
    return std::make_unique<bucket>(std::move(through), std::move(base), packed);
}

}  // namespace lindi::bulk
