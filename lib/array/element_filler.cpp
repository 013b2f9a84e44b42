#include "element_filler.hpp"

#include <algorithm>

namespace lindi::array {

result<void> fill_elements(node::dataset const& data, std::span<std::byte> out)
{
    auto const& value = data.fill.value;
    // "Never" means never: what libhdf5 then leaves alone is zero here.
    if (data.fill.write == hdf5::fill_value::writing::never)
        return {};
    if (data.fill.status != hdf5::fill_value::state::user || value.empty())
        return {};
    if (value.size() != data.type->size)
        return error(
            errc::bad_value, error::nowhere, "fill value message", "not the size of an element"
        );
    for (std::size_t at = 0; at + value.size() <= out.size(); at += value.size())
        std::copy(value.begin(), value.end(), out.begin() + static_cast<std::ptrdiff_t>(at));
    return {};
}

}  // namespace lindi::array
