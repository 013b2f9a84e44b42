#include "tunnel_proxy.hpp"

#include <array>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace lindi::test {
namespace {

constexpr int look_at_stop_every = 20;  // milliseconds

sockaddr_in loopback(std::uint16_t port)
{
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_port = htons(port);
    out.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return out;
}

bool is_ready(int socket)
{
    pollfd one{socket, POLLIN, 0};
    return ::poll(&one, 1, look_at_stop_every) > 0;
}

/// Everything that has come, passed on. \return whether there will be more
bool pass_on(int from, int to)
{
    std::array<char, 16 * 1024> buffer;
    auto const got = ::recv(from, buffer.data(), buffer.size(), 0);
    if (got <= 0)
        return false;
    return ::send(to, buffer.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
}

std::string read_head(int client, std::atomic<bool> const& stop)
{
    std::string out;
    while (!stop && out.find("\r\n\r\n") == std::string::npos) {
        char next = 0;
        if (is_ready(client) && ::recv(client, &next, 1, 0) != 1)
            break;
        if (next != 0)
            out += next;
    }
    return out;
}

}  // namespace

listening_socket::listening_socket() : handle_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    auto const any = loopback(0);
    if (::bind(handle_, reinterpret_cast<sockaddr const*>(&any), sizeof any) != 0 ||
        ::listen(handle_, 16) != 0)
        throw std::runtime_error("no socket to listen on");
}

listening_socket::~listening_socket()
{
    ::close(handle_);
}

std::string listening_socket::endpoint() const
{
    sockaddr_in here{};
    socklen_t size = sizeof here;
    ::getsockname(handle_, reinterpret_cast<sockaddr*>(&here), &size);
    return "127.0.0.1:" + std::to_string(ntohs(here.sin_port));
}

tunnel_proxy::tunnel_proxy(std::uint16_t target_port, std::string answer)
    : target_port_(target_port), answer_(std::move(answer)), thread_([this] { serve(); })
{}

tunnel_proxy::~tunnel_proxy()
{
    stop_ = true;
    thread_.join();
}

std::vector<std::string> tunnel_proxy::heads() const
{
    std::lock_guard const lock(guard_);
    return heads_;
}

void tunnel_proxy::serve()
{
    while (!stop_) {
        if (!is_ready(listening_.handle()))
            continue;
        int const client = ::accept(listening_.handle(), nullptr, nullptr);
        serve_one(client);
        ::close(client);
    }
}

void tunnel_proxy::serve_one(int client)
{
    auto const head = read_head(client, stop_);
    {
        std::lock_guard const lock(guard_);
        heads_.push_back(head);
    }
    auto const answer = answer_ + "\r\n\r\n";
    ::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
    auto const to = loopback(target_port_);
    int const target = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool open = answer_.find(" 200 ") != std::string::npos &&
                ::connect(target, reinterpret_cast<sockaddr const*>(&to), sizeof to) == 0;
    while (open && !stop_) {
        std::array<pollfd, 2> both{pollfd{client, POLLIN, 0}, pollfd{target, POLLIN, 0}};
        ::poll(both.data(), both.size(), look_at_stop_every);
        if (both[0].revents != 0)
            open = pass_on(client, target);
        if (open && both[1].revents != 0)
            open = pass_on(target, client);
    }
    ::close(target);
}

}  // namespace lindi::test
