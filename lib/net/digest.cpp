#include "digest.hpp"

#include <lindi/core/hex.hpp>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace lindi::net {

std::string hex_of(digest const& d)
{
    return lindi::hex_of(std::as_bytes(std::span(d)));
}

digest sha256(std::string_view text)
{
    digest out{};
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), out.data(), &size, EVP_sha256(), nullptr) != 1)
        throw std::runtime_error("SHA-256 is not available");
    return out;
}

digest hmac(std::string_view key, std::string_view text)
{
    digest out{};
    unsigned size = 0;
    auto const* const data = reinterpret_cast<unsigned char const*>(text.data());
    if (HMAC(
            EVP_sha256(),
            key.data(),
            static_cast<int>(key.size()),
            data,
            text.size(),
            out.data(),
            &size
        ) == nullptr)
        throw std::runtime_error("HMAC-SHA-256 is not available");
    return out;
}

}  // namespace lindi::net
