#include "neurodata_types.hpp"

#include <lindi/core/utf8.hpp>
#include <lindi/node/value.hpp>

#include <algorithm>

namespace lindi::bulk {

std::map<std::string, std::uint64_t> count_neurodata_types(node::graph const& g)
{
    constexpr std::size_t most_types = 10'000;
    constexpr std::size_t longest = 200;
    std::map<std::string, std::uint64_t> out;
    for (auto const& o : g.objects) {
        auto const found =
            std::find_if(o.attributes.begin(), o.attributes.end(), [](node::attribute const& a) {
                return a.name == "neurodata_type";
            });
        if (found == o.attributes.end() || !found->type)
            continue;
        if (found->value.size() != found->type->size)
            continue;
        auto const value = node::decode_value(*found->type, found->value, g);
        auto const* const text = value ? std::get_if<node::text>(&value->is) : nullptr;
        if (text == nullptr || text->bytes.size() > longest || !is_utf8(text->bytes))
            continue;
        if (out.size() < most_types || out.contains(text->bytes))
            ++out[text->bytes];
    }
    return out;
}

}  // namespace lindi::bulk
