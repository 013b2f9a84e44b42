#include <lindi/net/request_window.hpp>

#include <algorithm>

namespace lindi::net {

request_window::request_window(unsigned first, unsigned most) noexcept
    : size_(std::max(first, 1U)), most_(std::max(most, std::max(first, 1U)))
{}

void request_window::answered(bool is_full) noexcept
{
    if (is_full)
        size_ = std::min(size_ + (is_starting_ ? 1 : 1 / size_), most_);
}

void request_window::overloaded(std::uint64_t request) noexcept
{
    if (request < first_after_cut_)
        return;
    first_after_cut_ = sent_;
    is_starting_ = false;
    size_ = std::max(size_ / 2, 1.0);
}

bool is_worth_connecting(std::size_t waiting, std::size_t in_use, unsigned setup) noexcept
{
    // Those in use serve `in_use` of the waiting each round trip.
    return in_use == 0 || waiting > in_use * setup;
}

}  // namespace lindi::net
