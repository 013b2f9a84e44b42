/// \file
/// A DANDI archive on the loopback interface: its API redirects an asset to a presigned URL of a
/// blob.

#pragma once

#include "certificate.hpp"
#include "http_server.hpp"
#include "scratch_folder.hpp"

#include <lindi/net/client.hpp>

#include <fstream>
#include <stdexcept>

namespace lindi::test {

class archive {
public:
    static constexpr char const* asset =
        "https://api.dandiarchive.org/api/assets/00000000-1111-2222-3333-444444444444/";
    static constexpr char const* blob =
        "https://dandiarchive.s3.amazonaws.com/blobs/abc/def/abcdef01-2345-6789-abcd-ef0123456789";
    static constexpr char const* signature = "5ec2e7";
    static constexpr char const* token = "t0ken";

    explicit archive(bytes file)
        : certificate_(make_certificate("DNS:api.dandiarchive.org,DNS:dandiarchive.s3.amazonaws.com"
          )),
          server_(options(std::move(file)))
    {
        std::ofstream(folder_.file("ca.pem")) << certificate_.pem;
    }

    http_server const& server() const noexcept { return server_; }
    /// Ranges that were served, redirects not counted.
    std::size_t ranges() const
    {
        std::size_t out = 0;
        for (auto const& request : server_.requests())
            out += request.host == "api.dandiarchive.org" ? 0 : 1;
        return out;
    }

    /// With a token for the API, and without the environment.
    std::shared_ptr<net::client> client() const
    {
        net::client_options out;
        out.ca_file = folder_.file("ca.pem");
        out.credentials = {{"api.dandiarchive.org", std::string("token ") + token}};
        for (auto const* const host : {"api.dandiarchive.org", "dandiarchive.s3.amazonaws.com"})
            out.connect_to[std::string(host) + ":443"] = server_.endpoint();
        auto made = net::client::create(std::move(out));
        if (!made)
            throw std::runtime_error(made.error().message());
        return *made;
    }

private:
    server_options options(bytes file) const
    {
        server_options out;
        out.file = std::move(file);
        out.tls = true;
        out.certificate = certificate_.pem;
        out.key = certificate_.key;
        out.decide = [](seen_request const& seen) {
            behaviour what;
            if (seen.host == "api.dandiarchive.org") {
                what.status = 302;
                what.location = std::string(blob) + "?X-Amz-Signature=" + signature;
            }
            return what;
        };
        return out;
    }

    scratch_folder folder_;
    certificate certificate_;
    http_server server_;
};

}  // namespace lindi::test
