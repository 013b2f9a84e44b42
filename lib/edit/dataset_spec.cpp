#include <lindi/core/checked.hpp>
#include <lindi/edit/dataset_spec.hpp>

#include <algorithm>

namespace lindi::edit {

std::vector<std::uint64_t> choose_chunks(
    std::vector<std::uint64_t> const& shape,
    std::vector<std::uint64_t> const& max_shape,
    std::uint64_t item_size
)
{
    constexpr std::uint64_t most = std::uint64_t{4} << 20;
    // From the last dimension on, what follows one another in memory stays together.
    auto room = std::max<std::uint64_t>(1, most / item_size);
    auto out = shape;
    for (std::size_t i = shape.size(); i-- > 0;) {
        bool const grows = i < max_shape.size() && max_shape[i] > shape[i];
        auto const wanted = grows ? std::min(max_shape[i], room) : shape[i];
        out[i] = std::max<std::uint64_t>(1, std::min(wanted, room));
        room = std::max<std::uint64_t>(1, room / out[i]);
    }
    return out;
}

}  // namespace lindi::edit
