/// \file
/// One wave of reads while its requests are out.

#pragma once

#include "exchange.hpp"

#include <lindi/io/plan_requests.hpp>
#include <lindi/io/source.hpp>

#include <memory>
#include <optional>
#include <vector>

namespace lindi::net {

class wave {
public:
    /// \param largest_range  ranges of more bytes fail with errc::too_large, and nothing is asked
    wave(
        std::vector<io::byte_range> asked,
        io::on_answers done,
        std::uint64_t largest_range,
        io::plan_options const& options
    );

    /// One request each.
    std::vector<io::byte_range> const& parts() const noexcept { return plan_.parts; }
    /// The next part that nobody asked for yet.
    std::optional<std::size_t> take_part();

    /// Where the bytes of a part go, once its answer has proved to be what was asked for, of the
    /// content that is expected.
    result<std::span<std::byte>>
    place_for(std::size_t part, net::identity const& expected, answer_head const& head);

    /// A part came, or why it did not. \return whether it was the last
    bool finish_part(std::size_t part, std::optional<error> failed);
    bool is_done() const noexcept { return parts_left_ == 0; }
    /// Hands the answers over. \pre is_done
    void deliver() const;

private:
    std::size_t run_of_part(std::size_t part) const;
    result<block> answer_for(std::size_t i) const;

    std::vector<io::byte_range> asked_;
    io::on_answers done_;
    std::vector<std::optional<error>> refused_;  ///< by range
    io::request_plan plan_;
    std::vector<std::shared_ptr<std::byte[]>>
        buffers_;                               ///< by run; made when the first part is answered
    std::vector<std::optional<error>> failed_;  ///< by part
    std::size_t next_part_ = 0;
    std::size_t parts_left_;
};

}  // namespace lindi::net
