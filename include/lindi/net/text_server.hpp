/// \file
/// A web server with one page, on the loopback interface: for whoever watches a long run.

#pragma once

#include <lindi/core/error.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace lindi::net {

class text_server {
public:
    /// \param port  0: any that is free
    /// \param page  makes the text, on the server's thread
    /// \return the server, running; or errc::io: somebody else has the port
    static result<std::unique_ptr<text_server>>
    start(std::uint16_t port, std::function<std::string()> page);

    ~text_server();
    text_server(text_server const&) = delete;
    text_server& operator=(text_server const&) = delete;

    std::uint16_t port() const noexcept;

private:
    class state;
    explicit text_server(std::unique_ptr<state> made);

    std::unique_ptr<state> state_;
};

}  // namespace lindi::net
