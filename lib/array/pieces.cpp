#include <lindi/array/pieces.hpp>

#include <algorithm>

namespace lindi::array {

piece_list::piece_list(
    hyperslab part, std::uint64_t max_elements, std::span<std::uint64_t const> chunk_shape
)
    : part_(std::move(part)), done_(element_count(part_) == 0)
{
    if (done_ || part_.empty())
        return;
    // From the last dimension on, as many as fit into a piece as a whole.
    split_ = part_.size() - 1;
    std::uint64_t inner = 1;
    while (split_ > 0 && part_[split_].count <= max_elements / inner)
        inner *= part_[split_--].count;
    most_ = std::max<std::uint64_t>(max_elements / inner, 1);
    if (split_ < chunk_shape.size())
        chunk_ = chunk_shape[split_];
    at_.resize(split_ + 1);
}

/// How many elements of the dimension that is cut go into the next piece.
std::uint64_t piece_list::run_length() const
{
    auto const& cut = part_[split_];
    auto const left = cut.count - at_[split_];
    if (left <= most_)
        return left;
    auto const first = cut.start + at_[split_] * cut.step;
    // The last border between chunks that this piece could reach.
    auto const last = first + (most_ - 1) * cut.step + 1;
    auto const border = last / chunk_ * chunk_;
    if (border <= first)
        return most_;
    return (border - 1 - first) / cut.step + 1;
}

std::optional<hyperslab> piece_list::next()
{
    if (done_)
        return std::nullopt;
    auto piece = part_;
    if (part_.empty()) {
        done_ = true;
        return piece;
    }
    for (std::size_t i = 0; i <= split_; ++i) {
        piece[i].start += at_[i] * piece[i].step;
        piece[i].count = i == split_ ? run_length() : 1;
    }
    at_[split_] += piece[split_].count;
    auto i = split_;
    while (at_[i] == part_[i].count) {
        at_[i] = 0;
        if (i == 0) {
            done_ = true;
            break;
        }
        ++at_[--i];
    }
    return piece;
}

}  // namespace lindi::array
