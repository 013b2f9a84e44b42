/// \file
/// A self-signed certificate, made now.

#pragma once

#include <string>

namespace lindi::test {

struct certificate {
    std::string pem{};
    std::string key{};
};

/// \param names  in the form of a subjectAltName: "DNS:example.org,IP:127.0.0.1"
certificate make_certificate(std::string const& names);

}  // namespace lindi::test
