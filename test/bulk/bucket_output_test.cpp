#include "http_server.hpp"
#include "text.hpp"

#include <lindi/bulk/output.hpp>
#include <lindi/net/client_thread.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace lindi;
using namespace lindi::bulk;
using namespace lindi::test;

namespace {

behaviour answering(unsigned status)
{
    return {.fault = fault::status, .status = status};
}

/// Objects of a server that answers as the test says.
class store {
public:
    explicit store(std::function<behaviour(seen_request const&)> decide, bucket_options how = {})
        : server_(options_of(std::move(decide)))
    {
        net::client_options quick;
        quick.retry.attempts = 2;
        quick.retry.first_delay = net::milliseconds(1);
        objects_ = bucket_output(*net::client_thread::start(quick), server_.url("/x"), how);
    }

    output_store& objects() { return *objects_; }
    std::string url(std::string const& key) const { return server_.url("/x/" + key); }
    /// A field of the last request of a method; "none".
    std::string sent(std::string const& method, std::string const& name) const
    {
        std::string out = "none";
        for (auto const& request : server_.requests())
            for (auto const& [field, value] : request.fields)
                if (request.method == method && lower(field) == name)
                    out = value;
        return out;
    }
    std::size_t count(std::string const& method) const
    {
        auto const all = server_.requests();
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](auto const& r) {
            return r.method == method;
        }));
    }

private:
    static server_options options_of(std::function<behaviour(seen_request const&)> decide)
    {
        server_options out;
        out.file.resize(2);
        out.etag = "\"as it was\"";
        out.decide = std::move(decide);
        return out;
    }
    static std::string lower(std::string text)
    {
        std::transform(text.begin(), text.end(), text.begin(), [](char c) {
            return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        return text;
    }

    http_server server_;
    std::unique_ptr<output_store> objects_;
};

behaviour fine(seen_request const&)
{
    behaviour out;
    out.text = served_text{"{}"};
    return out;
}

}  // namespace

TEST_CASE("bucket: what was not there must not be there")
{
    store s([](seen_request const& seen) {
        return seen.method == "HEAD" ? answering(404) : fine(seen);
    });
    auto const seen = s.objects().look("a.json");
    REQUIRE(seen.has_value());
    CHECK(seen->is_known);
    CHECK(seen->etag.empty());
    REQUIRE(s.objects().put_text("a.json", "{}", *seen).has_value());
    CHECK(s.sent("PUT", "if-none-match") == "*");
    CHECK(s.sent("PUT", "if-match") == "none");
}

TEST_CASE("bucket: what was there must be as it was")
{
    store s([](seen_request const& seen) {
        return seen.method == "HEAD" ? behaviour{.fault = fault::whole_file} : fine(seen);
    });
    auto const seen = s.objects().look("a.json");
    REQUIRE_MESSAGE(seen.has_value(), seen.error().message());
    CHECK(seen->etag == "\"as it was\"");
    REQUIRE(s.objects().put_text("a.json", "{}", *seen).has_value());
    CHECK(s.sent("PUT", "if-match") == "\"as it was\"");
    CHECK(s.sent("PUT", "if-none-match") == "none");
}

TEST_CASE("bucket: an object that somebody else wrote is left alone, and named")
{
    for (auto const status : {412U, 409U}) {
        store s([&](seen_request const& seen) {
            return seen.method == "PUT" ? answering(status) : fine(seen);
        });
        auto const put = s.objects().put_text("a.json", "{\"mine\":1}", {true, ""});
        REQUIRE(put.has_error());
        CHECK(put.error().code() == std::errc::file_exists);
        CHECK(put.error().message().find(s.url("a.json")) != std::string::npos);
        CHECK(put.error().message().find("retry --kind conflict") != std::string::npos);
    }
}

TEST_CASE("bucket: an object that somebody removed is a conflict, a bucket that is missing is not")
{
    store s([](seen_request const& seen) {
        return seen.method == "PUT" ? answering(404) : fine(seen);
    });
    CHECK(
        s.objects().put_text("a.json", "{1}", {true, "\"1\""}).error().code() ==
        std::errc::file_exists
    );
    CHECK(s.objects().put_text("a.json", "{1}", {true, ""}).error().code() == errc::not_found);
}

TEST_CASE("bucket: an attempt whose answer was lost is no conflict")
{
    store s([](seen_request const& seen) {
        return seen.method == "PUT" ? answering(412) : fine(seen);
    });
    CHECK(s.objects().put_text("a.json", "{}", {true, ""}).has_value());
}

TEST_CASE("bucket: a store that does not know conditions is told from others")
{
    for (auto const status : {400U, 501U}) {
        store s([&](seen_request const& seen) {
            return seen.method == "PUT" ? answering(status) : fine(seen);
        });
        auto const put = s.objects().put_text("a.json", "{}", {true, ""});
        REQUIRE(put.has_error());
        CHECK(put.error().code() == errc::unsupported);
        CHECK(put.error().message().find("--no-conditional-writes") != std::string::npos);
        CHECK(put.error().message().find(std::to_string(status)) != std::string::npos);
    }
}

TEST_CASE("bucket: who may not look is told what is needed")
{
    store s([](seen_request const&) { return answering(403); });
    auto const seen = s.objects().look("a.json");
    REQUIRE(seen.has_error());
    CHECK(seen.error().code() == std::errc::permission_denied);
    CHECK(seen.error().message().find("s3:ListBucket") != std::string::npos);
}

TEST_CASE("bucket: without conditions nobody looks")
{
    store s(fine, {.conditional = false});
    auto const seen = s.objects().look("a.json");
    REQUIRE(seen.has_value());
    CHECK_FALSE(seen->is_known);
    REQUIRE(s.objects().put_text("a.json", "{}", *seen).has_value());
    CHECK(s.count("HEAD") == 0);
    CHECK(s.sent("PUT", "if-none-match") == "none");
}
