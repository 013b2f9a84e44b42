#include "sha256.hpp"

#include <lindi/core/bytes.hpp>
#include <lindi/core/hex.hpp>

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace lindi::tools {

struct sha256::state {
    std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};

    static void check(int done)
    {
        if (done != 1)
            throw std::runtime_error("libcrypto has no SHA-256");
    }
};

sha256::sha256() : state_(std::make_unique<state>())
{
    state::check(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr));
}

sha256::~sha256() = default;

void sha256::add(std::span<std::byte const> bytes)
{
    state::check(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

void sha256::add(std::string_view text)
{
    add(as_bytes(text));
}

std::string sha256::finish()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned size = 0;
    state::check(EVP_DigestFinal_ex(state_->context.get(), sum.data(), &size));
    return hex_of(std::as_bytes(std::span(sum).first(size)));
}

std::string sha256_of(std::span<std::byte const> bytes)
{
    sha256 sum;
    sum.add(bytes);
    return sum.finish();
}

}  // namespace lindi::tools
