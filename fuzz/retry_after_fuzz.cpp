#include <lindi/net/retry.hpp>

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const delay = lindi::net::parse_retry_after(text, 784111777);
    if (delay && delay->count() < 0)
        std::abort();
    auto const next = lindi::net::next_attempt({}, 1, delay, 0.5);
    if (next && *next > lindi::net::retry_options().longest_retry_after)
        std::abort();
    return 0;
}
