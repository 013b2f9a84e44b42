#include "certificate.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace lindi::test {
namespace {

template <class T, void (*Free)(T*)>
struct deleter {
    void operator()(T* p) const { Free(p); }
};

void free_bio(BIO* p)
{
    BIO_free(p);
}

using bio = std::unique_ptr<BIO, deleter<BIO, free_bio>>;
using pkey = std::unique_ptr<EVP_PKEY, deleter<EVP_PKEY, EVP_PKEY_free>>;
using x509 = std::unique_ptr<X509, deleter<X509, X509_free>>;
using extension = std::unique_ptr<X509_EXTENSION, deleter<X509_EXTENSION, X509_EXTENSION_free>>;

std::string text_of(BIO* from)
{
    char* data = nullptr;
    auto const size = BIO_get_mem_data(from, &data);
    return {data, static_cast<std::size_t>(size)};
}

void add_extension(X509* to, int id, std::string const& value)
{
    extension const made(X509V3_EXT_conf_nid(nullptr, nullptr, id, value.c_str()));
    if (!made || X509_add_ext(to, made.get(), -1) != 1)
        throw std::runtime_error("no certificate: extension " + value);
}

}  // namespace

certificate make_certificate(std::string const& names)
{
    constexpr long day = 24 * 3600;
    pkey const key(EVP_EC_gen("P-256"));
    x509 const made(X509_new());
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -day);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), day);
    X509_set_pubkey(made.get(), key.get());
    auto* const subject = X509_get_subject_name(made.get());
    auto const* const name = reinterpret_cast<unsigned char const*>("lindi test");
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, name, -1, -1, 0);
    X509_set_issuer_name(made.get(), subject);
    add_extension(made.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(made.get(), NID_subject_alt_name, names);
    if (X509_sign(made.get(), key.get(), EVP_sha256()) == 0)
        throw std::runtime_error("no certificate: it cannot be signed");

    bio const pem(BIO_new(BIO_s_mem()));
    bio const key_pem(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(pem.get(), made.get());
    PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {text_of(pem.get()), text_of(key_pem.get())};
}

}  // namespace lindi::test
