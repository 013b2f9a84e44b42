#include <lindi/node/heap_builder.hpp>

#include <limits>

namespace lindi::node {
namespace {

void put_number(std::span<std::byte> to, std::uint64_t number)
{
    for (auto& byte : to) {
        byte = static_cast<std::byte>(number & 0xff);
        number >>= 8;
    }
}

}  // namespace

bool heap_builder::put(
    std::span<std::byte> element, std::uint32_t count, std::span<std::byte const> data
)
{
    if (sizes_.size() >= std::numeric_limits<std::uint32_t>::max())
        return false;
    data_.insert(data_.end(), data.begin(), data.end());
    sizes_.push_back(data.size());
    put_number(element.subspan(0, 4), count);
    put_number(element.subspan(4, 8), collection_);
    put_number(element.subspan(12, 4), sizes_.size());
    return true;
}

heap_builder::contents heap_builder::finish()
{
    auto const owner = std::make_shared<lindi::bytes const>(std::move(data_));
    contents out{{owner, {*owner, 0}}, {}};
    out.objects.reserve(sizes_.size());
    std::size_t at = 0;
    for (auto const size : sizes_) {
        auto const index = static_cast<std::uint32_t>(out.objects.size() + 1);
        out.objects.push_back({index, out.bytes.view.sub(at, size)});
        at += size;
    }
    return out;
}

}  // namespace lindi::node
