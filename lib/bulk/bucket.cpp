#include "bucket.hpp"

#include "write_condition.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace lindi::bulk {

namespace fs = std::filesystem;

bucket::bucket(std::shared_ptr<net::client_thread> through, std::string base)
    : through_(std::move(through)), base_(std::move(base))
{
    if (!base_.ends_with('/'))
        base_ += '/';
}

net::http_call bucket::call(std::string const& key, char const* method, std::string query) const
{
    return {.url = url(key), .query = std::move(query), .method = method};
}

result<net::http_answer> bucket::send(net::http_call asked) const
{
    return through_->call(std::move(asked));
}

result<void> bucket::put(
    std::string const& key, net::headers fields, std::string body, seen_output const& over
) const
{
    auto asked = call(key, "PUT");
    asked.fields = std::move(fields);
    add_condition(asked.fields, over);
    asked.body = body;
    auto const answer = send(std::move(asked));
    if (answer)
        return {};
    // An attempt whose answer was lost may have written it.
    if (is_met_by_another(answer.error(), over) && has(key, body))
        return {};
    return condition_failure(answer.error(), over, url(key));
}

bool bucket::has(std::string const& key, std::string_view content) const
{
    auto asked = call(key, "GET");
    asked.most = content.size() + 1;
    auto const there = send(std::move(asked));
    return there && there->body == content;
}

bool bucket::has_file(std::string const& key, std::string const& path) const
{
    std::error_code failed;
    auto const size = fs::file_size(path, failed);
    auto const there = send(call(key, "HEAD"));
    if (failed || !there || there->content_length != size)
        return false;
    std::ifstream file(path, std::ios::binary);
    std::string part;
    for (std::uint64_t at = 0; at < size; at += part.size()) {
        part.resize(static_cast<std::size_t>(std::min(bucket_part_size, size - at)));
        file.read(part.data(), static_cast<std::streamsize>(part.size()));
        auto asked = call(key, "GET");
        auto const last = at + part.size() - 1;
        asked.fields.emplace_back(
            "range", "bytes=" + std::to_string(at) + "-" + std::to_string(last)
        );
        auto const answer = send(std::move(asked));
        if (!file || !answer || answer->body != part)
            return false;
    }
    return true;
}

}  // namespace lindi::bulk
