#include <lindi/net/dandi_url.hpp>
#include <lindi/net/presigned.hpp>
#include <lindi/net/redirect.hpp>
#include <lindi/net/s3.hpp>

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const parsed = lindi::net::parse_url(text);
    if (parsed) {
        // What goes into a request has no blanks or control characters, and means the same when
        // read again.
        for (char const c : parsed->text())
            if (c <= ' ' || c > '~')
                std::abort();
        auto again = lindi::net::parse_url(parsed->text());
        if (!again)
            std::abort();
        again->user_info = parsed->user_info;
        if (*again != *parsed)
            std::abort();
        (void)lindi::net::expiry_of(*parsed);
        (void)lindi::net::parse_dandi_asset(*parsed);
        (void)lindi::net::public_blob_url(*parsed);
        (void)lindi::net::is_private_address(parsed->host);
    }
    auto const base = lindi::net::parse_url("https://example.org/a/b?c");
    (void)lindi::net::follow_redirect({}, *base, text, 0);
    (void)lindi::net::s3_object_url(text, {});
    return 0;
}
