#include "bucket.hpp"
#include "write_condition.hpp"

#include <lindi/net/url.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace lindi::bulk {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_parts = 10'000;

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

result<std::string> read_part(std::ifstream& from, std::string const& path, std::uint64_t size)
{
    std::string out(static_cast<std::size_t>(size), '\0');
    from.read(out.data(), static_cast<std::streamsize>(out.size()));
    if (from.gcount() != static_cast<std::streamsize>(out.size()))
        return error(errc::io, error::nowhere, "output", "cannot be read again").within(path);
    return out;
}

result<std::string> begin_upload(bucket const& to, std::string const& key, net::headers fields)
{
    auto asked = to.call(key, "POST", "uploads");
    asked.fields = std::move(fields);
    auto const answer = to.send(std::move(asked));
    if (!answer)
        return answer.error();
    auto id = element_in(answer->body, "UploadId");
    if (id.empty())
        return error(errc::io, error::nowhere, "output", "no UploadId in the answer");
    return net::percent_encode(id, false);
}

/// \return the list of parts that ends the upload
result<std::string> send_parts(
    bucket const& to, std::string const& key, std::string const& upload, std::string const& path
)
{
    std::error_code failed;
    auto const size = fs::file_size(path, failed);
    if (failed)
        return error(failed, error::nowhere, "output").within(path);
    auto const step = std::max<std::uint64_t>(bucket_part_size, size / most_parts + 1);
    std::ifstream from(path, std::ios::binary);
    std::string list = "<CompleteMultipartUpload>";
    unsigned number = 0;
    for (std::uint64_t at = 0; at < size; at += step) {
        ++number;
        auto body = read_part(from, path, std::min<std::uint64_t>(step, size - at));
        if (!body)
            return body.error();
        auto const query = "partNumber=" + std::to_string(number) + "&uploadId=" + upload;
        auto asked = to.call(key, "PUT", query);
        asked.body = std::move(*body);
        auto const answer = to.send(std::move(asked));
        if (!answer)
            return answer.error();
        list += "<Part><PartNumber>" + std::to_string(number) + "</PartNumber><ETag>" +
                answer->etag + "</ETag></Part>";
    }
    return list + "</CompleteMultipartUpload>";
}

/// The condition belongs here: until now nothing can be seen of the object.
result<void> end_upload(
    bucket const& to,
    std::string const& key,
    std::string const& upload,
    std::string list,
    seen_output const& over
)
{
    auto asked = to.call(key, "POST", "uploadId=" + upload);
    add_condition(asked.fields, over);
    asked.body = std::move(list);
    auto const answer = to.send(std::move(asked));
    if (!answer)
        return answer.error();
    // S3 may say 200 first and find out later that it failed.
    if (answer->body.find("<Error>") == std::string::npos)
        return {};
    auto const failed_later = element_in(answer->body, "Code") == "PreconditionFailed";
    return error(
        errc::io,
        error::nowhere,
        "output",
        failed_later ? "status 412 after 200" : "the upload could not be ended"
    );
}

}  // namespace

result<void> bucket::put_parts(
    std::string const& key, net::headers fields, std::string const& path, seen_output const& over
) const
{
    auto const upload = begin_upload(*this, key, std::move(fields));
    if (!upload)
        return upload.error();
    auto list = send_parts(*this, key, *upload, path);
    auto const done = list ? end_upload(*this, key, *upload, std::move(*list), over) : list.error();
    if (done)
        return {};
    // An attempt whose answer was lost may have ended it.
    if (is_met_by_another(done.error(), over) && has_file(key, path))
        return {};
    static_cast<void>(send(call(key, "DELETE", "uploadId=" + *upload)));
    return condition_failure(done.error(), over, url(key));
}

}  // namespace lindi::bulk
