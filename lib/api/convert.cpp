#include <lindi/api/convert.hpp>
#include <lindi/node/enumeration.hpp>
#include <lindi/node/sequence.hpp>

namespace lindi {
namespace {

constexpr char const* structure = "conversion";

error refusal(char const* why)
{
    return {errc::bad_value, error::nowhere, structure, why};
}

result<std::string> text_of(elements_view element)
{
    using enum hdf5::type_class;
    auto const& type = element.type;
    if (type.what == string)
        return std::string(node::trim_fixed_string(type, element.bytes));
    if (type.is_variable_string) {
        auto const found = node::find_sequence(element.graph, type, element.bytes);
        if (!found)
            return found.error();
        auto const text = as_text(found->elements);
        return std::string(text.substr(0, text.find('\0')));
    }
    if (type.what == enumeration) {
        if (auto const* const name = node::name_of(type, element.bytes))
            return *name;
        return refusal("a value of the enumeration has no name");
    }
    return refusal("the elements are no texts");
}

result<object_path> path_of(elements_view element)
{
    if (element.type.what != hdf5::type_class::reference)
        return refusal("the elements are no references");
    auto const decoded = node::decode_value(element.type, element.bytes, element.graph);
    if (!decoded)
        return decoded.error();
    auto const* const reference = std::get_if<node::reference>(&decoded->is);
    if (reference == nullptr || reference->null)
        return object_path{};
    auto const id = reference->object;
    if (id == node::no_object || element.paths[id].empty())
        return error(errc::not_found, error::nowhere, "reference", "it leads to no object here");
    return object_path{element.paths[id]};
}

/// Fills `out` with what `make` says of each element.
template <class T, class Make>
result<void> convert_each(elements_view in, std::span<T> out, Make&& make)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto made = make(in.element(i));
        if (!made)
            return made.error().within("element " + std::to_string(i));
        out[i] = std::move(*made);
    }
    return {};
}

}  // namespace

result<void> convert(elements_view in, std::span<std::string> out)
{
    return convert_each(in, out, text_of);
}

result<void> convert(elements_view in, std::span<object_path> out)
{
    return convert_each(in, out, path_of);
}

result<void> convert(elements_view in, std::span<value> out)
{
    return convert_each(in, out, [](elements_view element) {
        return node::decode_value(element.type, element.bytes, element.graph);
    });
}

result<elements_view> parts_of(elements_view in)
{
    using enum hdf5::type_class;
    auto const& type = in.type;
    if (type.what == array)
        return elements_view{*type.base, in.bytes, in.graph, in.paths};
    if (type.what != variable_length || type.is_variable_string)
        return refusal("the elements are neither sequences nor arrays");
    auto const found = node::find_sequence(in.graph, type, in.bytes);
    if (!found)
        return found.error();
    return elements_view{*type.base, found->elements, in.graph, in.paths};
}

}  // namespace lindi
