#include <lindi/net/range_header.hpp>

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    lindi::net::range_claim claim;
    claim.content_range = text;
    for (unsigned const status : {206U, 416U}) {
        claim.status = status;
        auto const granted = lindi::net::check_first_answer(claim, {0, 1000}, 1000);
        // Nobody may be talked into a larger buffer than was asked for.
        if (granted && (granted->range.size > 1000 || granted->range.end() > granted->total))
            std::abort();
    }
    claim.status = 206;
    (void)lindi::net::check_answer(claim, {1000, 1000}, 5000);
    return 0;
}
