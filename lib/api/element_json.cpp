#include <lindi/api/element_json.hpp>
#include <lindi/core/hex.hpp>
#include <lindi/node/enumeration.hpp>
#include <lindi/node/sequence.hpp>
#include <lindi/node/value.hpp>
#include <lindi/zarr/json_text.hpp>
#include <lindi/zarr/shortest_float.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace lindi {
namespace {

using element_bytes = std::span<std::byte const>;

class json_appender {
public:
    json_appender(
        std::string& out, node::graph const& g, std::vector<std::string> const& paths
    ) noexcept
        : out_(out), graph_(g), paths_(paths)
    {}

    result<void> add(hdf5::datatype const& type, element_bytes element)
    {
        using enum hdf5::type_class;
        if (auto const taken = parts_.take(1); !taken)
            return taken;
        switch (type.what) {
        case integer:
            add_integer(type, element);
            return {};
        case floating:
            add_float(type, element);
            return {};
        case time:
        case bitfield:
        case opaque:
            add_bits(type, element);
            return {};
        case string:
            zarr::append_string(out_, node::trim_fixed_string(type, element));
            return {};
        case enumeration:
            return add_enumeration(type, element);
        case compound:
            return add_compound(type, element);
        case array:
            return add_list(*type.base, type.array_count(), element);
        case complex:
            return add_list(*type.base, 2, element);
        case reference:
            return add_reference(type, element);
        case variable_length:
            break;
        }
        return add_sequence(type, element);
    }

private:
    void add_bits(hdf5::datatype const& type, element_bytes element)
    {
        lindi::bytes bits(element.begin(), element.end());
        if (type.what != hdf5::type_class::opaque && type.order == hdf5::byte_order::big)
            std::reverse(bits.begin(), bits.end());
        out_ += "{\"hex\":\"" + hex_of(bits) + "\"}";
    }

    void add_integer(hdf5::datatype const& type, element_bytes element)
    {
        if (type.size > 8)
            return add_bits(type, element);
        auto const bits = node::decode_integer_bits(type, element);
        out_ +=
            type.is_signed ? std::to_string(static_cast<std::int64_t>(bits)) : std::to_string(bits);
    }

    void add_float(hdf5::datatype const& type, element_bytes element)
    {
        if (type.size > 16)
            return add_bits(type, element);
        auto const value = node::decode_float(type, element);
        if (std::isnan(value))
            out_ += "\"NaN\"";
        else if (std::isinf(value))
            out_ += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
        else
            out_ += zarr::shortest_float(value, node::is_ieee(type) ? type.size : sizeof(double));
    }

    result<void> add_enumeration(hdf5::datatype const& type, element_bytes element)
    {
        auto const* const name = node::name_of(type, element);
        if (name == nullptr)
            return add(*type.base, element);
        if (*name == "FALSE" || *name == "TRUE")
            out_ += *name == "TRUE" ? "true" : "false";
        else
            zarr::append_string(out_, *name);
        return {};
    }

    result<void> add_list(hdf5::datatype const& type, std::uint64_t count, element_bytes elements)
    {
        out_ += '[';
        for (std::uint64_t i = 0; i < count; ++i) {
            if (i != 0)
                out_ += ',';
            auto const at = static_cast<std::size_t>(i * type.size);
            if (auto const done = add(type, elements.subspan(at, type.size)); !done)
                return done;
        }
        out_ += ']';
        return {};
    }

    result<void> add_compound(hdf5::datatype const& type, element_bytes element)
    {
        out_ += '{';
        for (auto const& member : type.members) {
            if (&member != type.members.data())
                out_ += ',';
            if (auto const taken = parts_.take_text(member.name); !taken)
                return taken;
            zarr::append_string(out_, member.name);
            out_ += ':';
            auto const part =
                element.subspan(static_cast<std::size_t>(member.offset), member.type->size);
            if (auto const done = add(*member.type, part); !done)
                return done;
        }
        out_ += '}';
        return {};
    }

    result<void> add_sequence(hdf5::datatype const& type, element_bytes element)
    {
        auto const found = node::find_sequence(graph_, type, element);
        if (!found)
            return found.error();
        if (found->null && type.is_variable_string) {
            out_ += "null";
            return {};
        }
        if (!type.is_variable_string)
            return add_list(*type.base, found->count, found->elements);
        auto const text = as_text(found->elements);
        if (auto const taken = parts_.take_text(text); !taken)
            return taken;
        zarr::append_string(out_, text.substr(0, text.find('\0')));
        return {};
    }

    /// A path; with what it is a part of, an object.
    result<void> add_reference(hdf5::datatype const& type, element_bytes element)
    {
        auto const decoded = node::decode_value(type, element, graph_);
        if (!decoded)
            return decoded.error();
        auto const* const reference = std::get_if<node::reference>(&decoded->is);
        if (reference == nullptr || reference->null) {
            out_ += "null";
            return {};
        }
        auto const id = reference->object;
        if (id == node::no_object || paths_[id].empty()) {
            out_ += "{\"unresolved\":\"" + hex_of(element) + "\"}";
            return {};
        }
        if (reference->attribute.empty() && !reference->region) {
            zarr::append_string(out_, paths_[id]);
            return {};
        }
        out_ += "{\"path\":";
        zarr::append_string(out_, paths_[id]);
        if (reference->region) {
            out_ += ",\"region\":";
            add_region(*reference->region);
        } else {
            out_ += ",\"attribute\":";
            zarr::append_string(out_, reference->attribute);
        }
        out_ += '}';
        return {};
    }

    void add_region(hdf5::selection const& region);

    std::string& out_;
    node::graph const& graph_;
    std::vector<std::string> const& paths_;
    node::part_counter parts_{};
};

/// Rows of `rank` numbers each.
void append_rows(std::string& out, std::span<std::uint64_t const> numbers, std::size_t rank)
{
    out += '[';
    for (std::size_t at = 0; rank != 0 && at + rank <= numbers.size(); at += rank) {
        if (at != 0)
            out += ',';
        zarr::append_list(out, numbers.subspan(at, rank));
    }
    out += ']';
}

/// Points; blocks as first and last corner in turn; or one row [start, stride, count, block] per
/// dimension.
void json_appender::add_region(hdf5::selection const& region)
{
    using kind = hdf5::selection::kind;
    if (region.what == kind::all || region.what == kind::none) {
        out_ += region.what == kind::all ? "\"all\"" : "\"none\"";
    } else if (region.what == kind::points) {
        out_ += "{\"points\":";
        append_rows(out_, region.points, region.rank);
        out_ += '}';
    } else if (!region.regular.empty()) {
        out_ += "{\"hyperslab\":[";
        for (auto const& slab : region.regular) {
            if (&slab != region.regular.data())
                out_ += ',';
            zarr::append_list(
                out_, std::array<std::uint64_t, 4>{slab.start, slab.stride, slab.count, slab.block}
            );
        }
        out_ += "]}";
    } else {
        out_ += "{\"blocks\":";
        append_rows(out_, region.blocks, region.rank);
        out_ += '}';
    }
}

}  // namespace

result<void> append_json(std::string& out, elements_view element)
{
    return json_appender(out, element.graph, element.paths).add(element.type, element.bytes);
}

nested_json::nested_json(std::span<std::uint64_t const> shape)
{
    std::uint64_t below = 1;
    for (std::size_t i = shape.size(); i > 0; --i)
        below_.push_back(below *= shape[i - 1]);
    std::reverse(below_.begin(), below_.end());
    empty_ = below == 0;
}

result<void> nested_json::append(std::string& out, elements_view elements)
{
    for (std::uint64_t i = 0; i < elements.count(); ++i) {
        for (auto const count : below_)
            if (written_ % count == 0)
                out += '[';
        if (auto const done = append_json(out, elements.element(i)); !done)
            return done;
        ++written_;
        close_lists(out);
    }
    return {};
}

/// Ends the lists that the last element was the end of, and parts what goes on.
void nested_json::close_lists(std::string& out) const
{
    std::size_t closed = 0;
    for (auto const count : below_)
        closed += written_ % count == 0 ? 1 : 0;
    out.append(closed, ']');
    if (closed == below_.size())
        return;
    out += closed + 1 == below_.size() && closed != 0 ? ",\n" : ",";
}

}  // namespace lindi
