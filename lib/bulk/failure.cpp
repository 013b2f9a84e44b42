#include <lindi/bulk/failure.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace lindi::bulk {
namespace {

constexpr std::array<std::string_view, failure_kind_count> names = {
    "network",
    "timeout",
    "throttled",
    "http-5xx",
    "http-4xx",
    "forbidden",
    "missing",
    "bad-server",
    "changed",
    "not-hdf5",
    "truncated",
    "damaged",
    "unsupported",
    "limit",
    "output",
    "conflict",
    "cancelled",
    "internal",
};

failure_kind kind_of_status(unsigned status) noexcept
{
    if (status == 429 || status == 503)
        return failure_kind::throttled;
    if (status >= 500)
        return failure_kind::http_5xx;
    if (status == 401 || status == 403)
        return failure_kind::forbidden;
    if (status == 404 || status == 410)
        return failure_kind::missing;
    return failure_kind::http_4xx;
}

failure_kind kind_of_io(error const& why) noexcept
{
    if (why.structure() == "HTTP request")
        return failure_kind::network;
    if (why.detail().find("changed while it was read") != std::string_view::npos)
        return failure_kind::changed;
    return failure_kind::bad_server;
}

failure_kind kind_of_code(errc code, error const& why) noexcept
{
    switch (code) {
    case errc::not_hdf5:
        return failure_kind::not_hdf5;
    case errc::truncated:
        return failure_kind::truncated;
    case errc::unsupported:
    case errc::unsupported_version:
    case errc::missing_filter:
        return failure_kind::unsupported;
    case errc::too_large:
        return failure_kind::limit;
    case errc::not_found:
        return why.structure() == "HTTP request" ? failure_kind::missing : failure_kind::damaged;
    case errc::cancelled:
        return failure_kind::cancelled;
    case errc::io:
        return kind_of_io(why);
    default:
        return failure_kind::damaged;
    }
}

}  // namespace

std::string_view name_of(failure_kind kind) noexcept
{
    return names[static_cast<std::size_t>(kind)];
}

std::optional<failure_kind> failure_kind_named(std::string_view name) noexcept
{
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        return std::nullopt;
    return static_cast<failure_kind>(found - names.begin());
}

bool may_pass(failure_kind kind) noexcept
{
    return kind == failure_kind::network || kind == failure_kind::timeout ||
           kind == failure_kind::throttled || kind == failure_kind::http_5xx ||
           kind == failure_kind::bad_server || kind == failure_kind::changed ||
           kind == failure_kind::cancelled;
}

unsigned http_status_of(error const& why) noexcept
{
    // "status 503 Slow Down", as layer `net` writes it
    constexpr std::string_view word = "status ";
    auto const detail = why.detail();
    if (!detail.starts_with(word))
        return 0;
    unsigned out = 0;
    std::from_chars(detail.data() + word.size(), detail.data() + detail.size(), out);
    return out;
}

failure_kind classify(error const& why) noexcept
{
    if (auto const status = http_status_of(why); status != 0)
        return kind_of_status(status);
    if (why.code() == std::errc::timed_out)
        return why.detail() == "limit on time" ? failure_kind::limit : failure_kind::timeout;
    if (why.code() == std::errc::permission_denied)
        return failure_kind::forbidden;
    if (why.code() == std::errc::no_such_file_or_directory)
        return failure_kind::missing;
    if (why.code().category() == lindi_category())
        return kind_of_code(static_cast<errc>(why.code().value()), why);
    return failure_kind::network;
}

}  // namespace lindi::bulk
