#include "c_order.hpp"

#include <cstring>

namespace lindi::rfs {

lindi::bytes
to_c_order(lindi::bytes const& in, std::span<std::uint64_t const> shape, std::size_t size)
{
    lindi::bytes out(in.size());
    std::vector<std::uint64_t> at(shape.size()), step(shape.size(), 1);
    for (std::size_t i = 1; i < shape.size(); ++i)
        step[i] = step[i - 1] * shape[i - 1];
    std::uint64_t from = 0;
    for (std::size_t to = 0; to + size <= out.size(); to += size) {
        std::memcpy(out.data() + to, in.data() + from * size, size);
        for (std::size_t i = shape.size(); i-- > 0;) {
            from += step[i];
            if (++at[i] < shape[i])
                break;
            from -= step[i] * shape[i];
            at[i] = 0;
        }
    }
    return out;
}

}  // namespace lindi::rfs
