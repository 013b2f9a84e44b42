#include "write_condition.hpp"

#include <lindi/bulk/failure.hpp>

namespace lindi::bulk {

void add_condition(net::headers& to, seen_output const& over)
{
    if (!over.is_known)
        return;
    if (over.etag.empty())
        to.emplace_back("if-none-match", "*");
    else
        to.emplace_back("if-match", over.etag);
}

bool is_met_by_another(error const& why, seen_output const& over) noexcept
{
    constexpr unsigned gone = 404;
    constexpr unsigned at_the_same_time = 409;
    constexpr unsigned failed = 412;
    if (!over.is_known)
        return false;
    auto const status = http_status_of(why);
    return status == failed || status == at_the_same_time || (status == gone && !over.etag.empty());
}

error condition_failure(error const& why, seen_output const& over, std::string const& url)
{
    constexpr unsigned bad_request = 400;
    constexpr unsigned not_implemented = 501;
    if (is_met_by_another(why, over))
        return error(
                   std::make_error_code(std::errc::file_exists),
                   error::nowhere,
                   "output",
                   "somebody else wrote or removed it after this program had looked; when that is "
                   "settled: lindi bulk retry --kind conflict"
        )
            .within(url);
    auto const status = http_status_of(why);
    if (!over.is_known || (status != bad_request && status != not_implemented))
        return why;
    return error(
               errc::unsupported,
               error::nowhere,
               "output",
               "the store may not know conditional writes, which --no-conditional-writes does "
               "without: " +
                   std::string(why.detail())
    )
        .within(url);
}

}  // namespace lindi::bulk
