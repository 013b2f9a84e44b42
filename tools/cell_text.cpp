#include "cell_text.hpp"

#include <lindi/api/element_json.hpp>
#include <lindi/node/enumeration.hpp>
#include <lindi/node/sequence.hpp>
#include <lindi/node/value.hpp>
#include <lindi/zarr/shortest_float.hpp>

namespace lindi::tools {
namespace {

using element_bytes = std::span<std::byte const>;

result<std::string>
variable_text(node::graph const& g, hdf5::datatype const& type, element_bytes element)
{
    auto const found = node::find_sequence(g, type, element);
    if (!found)
        return found.error();
    auto const text = as_text(found->elements);
    return std::string(text.substr(0, text.find('\0')));
}

/// A reference to a whole object is its path.
std::optional<std::string> object_path(
    node::graph const& g,
    std::vector<std::string> const& paths,
    hdf5::datatype const& type,
    element_bytes element
)
{
    auto const decoded = node::decode_value(type, element, g);
    if (!decoded)
        return std::nullopt;
    auto const* const reference = std::get_if<node::reference>(&decoded->is);
    if (reference == nullptr || reference->null)
        return "";
    bool const whole = !reference->region && reference->attribute.empty();
    if (!whole || reference->object == node::no_object || paths[reference->object].empty())
        return std::nullopt;
    return paths[reference->object];
}

}  // namespace

result<std::string> cell_text(
    node::graph const& g,
    std::vector<std::string> const& paths,
    hdf5::datatype const& type,
    std::span<std::byte const> element
)
{
    using enum hdf5::type_class;
    if (type.what == string)
        return std::string(node::trim_fixed_string(type, element));
    if (type.is_variable_string)
        return variable_text(g, type, element);
    if (type.what == floating)
        return zarr::shortest_float(
            node::decode_float(type, element), node::is_ieee(type) ? type.size : sizeof(double)
        );
    if (type.what == enumeration)
        if (auto const* const name = node::name_of(type, element))
            return *name;
    if (type.what == reference)
        if (auto path = object_path(g, paths, type, element))
            return std::move(*path);
    std::string json;
    if (auto const done = append_json(json, {type, element, g, paths}); !done)
        return done.error();
    return json;
}

}  // namespace lindi::tools
