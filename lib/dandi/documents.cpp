#include <lindi/codec/gzip.hpp>
#include <lindi/dandi/archive.hpp>
#include <lindi/net/client_thread.hpp>

#include <thread>

namespace lindi::dandi {
namespace {

/// A page of an API with metadata has a few MB; a manifest of 15,000 assets some 60.
constexpr std::uint64_t largest_document = std::uint64_t{512} << 20;

bool is_web_page(std::string_view text)
{
    auto const first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
    if (first == std::string_view::npos)
        return true;
    auto head = std::string(text.substr(first, 14));
    for (auto& c : head)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return head.starts_with("<!doctype html") || head.starts_with("<html");
}

result<std::string> unpacked(net::http_answer answer)
{
    if (answer.content_encoding.empty() || answer.content_encoding == "identity")
        return std::move(answer.body);
    if (answer.content_encoding != "gzip")
        return error(
            errc::unsupported, error::nowhere, "document", "encoded as " + answer.content_encoding
        );
    auto const bytes = codec::decode_gzip({as_bytes(answer.body), 0}, {}, largest_document);
    if (!bytes)
        return bytes.error();
    return std::string(as_text(*bytes));
}

}  // namespace

fetch_document documents_of(std::shared_ptr<net::client_thread> client)
{
    return [client = std::move(client)](std::string const& url) -> result<std::string> {
        // Routers in front of an API answer with pages of their own when it is too slow.
        constexpr int most_times = 4;
        auto delay = client->options().retry.first_delay;
        for (int i = 0; i < most_times; ++i, delay *= 2) {
            net::http_call asked{.url = url, .most = largest_document};
            asked.fields = {{"accept-encoding", "gzip"}};
            auto answer = client->call(std::move(asked));
            if (!answer)
                return answer.error();
            auto text = unpacked(std::move(*answer));
            if (!text || !is_web_page(*text))
                return text;
            std::this_thread::sleep_for(delay);
        }
        return error(errc::io, error::nowhere, "document", "a web page in its place").within(url);
    };
}

}  // namespace lindi::dandi
