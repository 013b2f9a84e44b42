#include <lindi/bulk/failure.hpp>

#include <doctest/doctest.h>

#include <set>

using namespace lindi;
using namespace lindi::bulk;

TEST_CASE("failure kinds: every name leads back to its kind")
{
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < failure_kind_count; ++i) {
        auto const kind = static_cast<failure_kind>(i);
        names.insert(name_of(kind));
        CHECK(failure_kind_named(name_of(kind)) == kind);
    }
    CHECK(names.size() == failure_kind_count);
    CHECK_FALSE(failure_kind_named("none").has_value());
}

TEST_CASE("failure kinds: what the layers below say")
{
    auto const http = [](std::error_code code, std::string detail) {
        return classify(error(code, error::nowhere, "HTTP request", std::move(detail)));
    };
    auto const io = make_error_code(errc::io);
    auto const denied = std::make_error_code(std::errc::permission_denied);
    CHECK(http(io, "status 429 Too Many Requests") == failure_kind::throttled);
    CHECK(http(io, "status 503") == failure_kind::throttled);
    CHECK(http(io, "status 500, after 5 attempts") == failure_kind::http_5xx);
    CHECK(http(io, "status 400") == failure_kind::http_4xx);
    CHECK(http(denied, "status 403 Forbidden") == failure_kind::forbidden);
    CHECK(http(make_error_code(errc::not_found), "status 404") == failure_kind::missing);
    CHECK(http(io, "connecting to x: Connection refused") == failure_kind::network);
    CHECK(http(std::make_error_code(std::errc::timed_out), "asking x") == failure_kind::timeout);
    CHECK(
        classify(error(std::make_error_code(std::errc::timed_out), 0, "file", "limit on time")) ==
        failure_kind::limit
    );
    CHECK(classify(error(errc::not_hdf5, 0, "superblock")) == failure_kind::not_hdf5);
    CHECK(classify(error(errc::truncated, 0, "file")) == failure_kind::truncated);
    CHECK(classify(error(errc::bad_checksum, 0, "object header")) == failure_kind::damaged);
    CHECK(classify(error(errc::unsupported_version, 0, "superblock")) == failure_kind::unsupported);
    CHECK(classify(error(errc::too_large, 0, "file")) == failure_kind::limit);
    CHECK(
        classify(error(errc::io, 0, "file", "it changed while it was read: size")) ==
        failure_kind::changed
    );
    CHECK(
        classify(error(
            std::make_error_code(std::errc::no_such_file_or_directory), error::nowhere, "file"
        )) == failure_kind::missing
    );
}

TEST_CASE("failure kinds: what may pass is tried again, what is in the file is not")
{
    for (auto const kind : {failure_kind::network, failure_kind::throttled, failure_kind::http_5xx})
        CHECK(may_pass(kind));
    for (auto const kind :
         {failure_kind::not_hdf5,
          failure_kind::truncated,
          failure_kind::missing,
          failure_kind::limit,
          failure_kind::internal})
        CHECK_FALSE(may_pass(kind));
}
