/// \file
/// A proxy on the loopback interface that opens one tunnel at a time (RFC 9110, 9.3.6).

#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace lindi::test {

/// A TCP socket that listens on 127.0.0.1. Connections are made by the system, whether or not
/// anybody takes them: a server that is there and stays silent.
class listening_socket {
public:
    listening_socket();
    ~listening_socket();
    listening_socket(listening_socket const&) = delete;
    listening_socket& operator=(listening_socket const&) = delete;

    int handle() const noexcept { return handle_; }
    /// "127.0.0.1:PORT"
    std::string endpoint() const;

private:
    int handle_;
};

class tunnel_proxy {
public:
    /// \param target_port  of 127.0.0.1: where all tunnels end, whatever they are asked for
    /// \param answer  the status line of its answers: "HTTP/1.1 200 OK"
    tunnel_proxy(std::uint16_t target_port, std::string answer);
    ~tunnel_proxy();
    tunnel_proxy(tunnel_proxy const&) = delete;
    tunnel_proxy& operator=(tunnel_proxy const&) = delete;

    std::string endpoint() const { return listening_.endpoint(); }
    /// The heads of the requests so far.
    std::vector<std::string> heads() const;

private:
    void serve();
    void serve_one(int client);

    listening_socket listening_;
    std::uint16_t target_port_;
    std::string answer_;
    std::atomic<bool> stop_ = false;
    mutable std::mutex guard_;
    std::vector<std::string> heads_;
    std::thread thread_;
};

}  // namespace lindi::test
