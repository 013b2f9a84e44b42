#include "value_text.hpp"

#include "printable.hpp"

#include <lindi/core/hex.hpp>
#include <lindi/node/enumeration.hpp>
#include <lindi/node/sequence.hpp>
#include <lindi/node/value.hpp>
#include <lindi/zarr/shortest_float.hpp>

#include <algorithm>

namespace lindi::tools {
namespace {

using element_bytes = std::span<std::byte const>;

}  // namespace

/// Goes no deeper and no further than there is room.
class value_printer::writer {
public:
    writer(value_printer& owner, std::size_t max_bytes) : owner_(&owner), max_(max_bytes) {}

    result<void> add_list(
        hdf5::datatype const& type,
        std::uint64_t count,
        element_bytes elements,
        char const* brackets = "[]"
    )
    {
        out_ += brackets[0];
        for (std::uint64_t i = 0; i < count && !full(); ++i) {
            out_ += i == 0 ? "" : ", ";
            auto const at = static_cast<std::size_t>(i * type.size);
            if (auto const done = add(type, elements.subspan(at, type.size)); !done)
                return done;
        }
        out_ += brackets[1];
        return {};
    }

    result<void> add(hdf5::datatype const& type, element_bytes element)
    {
        using enum hdf5::type_class;
        switch (type.what) {
        case integer:
            return add_integer(type, element);
        case bitfield:
        case time:
        case opaque:
            return add_bits(element);
        case floating:
            return add_float(type, element);
        case string:
            return add_string(node::trim_fixed_string(type, element));
        case enumeration:
            return add_enumeration(type, element);
        case compound:
            return add_compound(type, element);
        case array:
            return add_list(*type.base, type.array_count(), element);
        case complex:
            return add_list(*type.base, 2, element, "()");
        case reference:
            return add_reference(type, element);
        case variable_length:
            return add_sequence(type, element);
        }
        return {};
    }

    std::string take()
    {
        if (!full())
            return std::move(out_);
        // not in the middle of a character
        while (max_ > 0 && (static_cast<unsigned char>(out_[max_]) & 0xc0) == 0x80)
            --max_;
        out_.resize(max_);
        return out_ + "...";
    }

private:
    bool full() const noexcept { return out_.size() > max_; }

    result<void> add_integer(hdf5::datatype const& type, element_bytes element)
    {
        if (type.size > 8)
            return add_bits(element);
        auto const bits = node::decode_integer_bits(type, element);
        out_ +=
            type.is_signed ? std::to_string(static_cast<std::int64_t>(bits)) : std::to_string(bits);
        return {};
    }

    result<void> add_float(hdf5::datatype const& type, element_bytes element)
    {
        auto const size = node::is_ieee(type) ? type.size : sizeof(double);
        out_ += zarr::shortest_float(node::decode_float(type, element), size);
        return {};
    }

    result<void> add_bits(element_bytes element)
    {
        out_ += "0x" + hex_of(element.first(std::min(element.size(), max_ + 1)));
        return {};
    }

    result<void> add_string(std::string_view text)
    {
        out_ += in_quotes(text.substr(0, max_ + 1));
        return {};
    }

    result<void> add_enumeration(hdf5::datatype const& type, element_bytes element)
    {
        auto const* const name = node::name_of(type, element);
        if (name == nullptr)
            return add(*type.base, element);
        out_ += printable(*name);
        return {};
    }

    result<void> add_compound(hdf5::datatype const& type, element_bytes element)
    {
        out_ += '{';
        for (std::size_t i = 0; i < type.members.size() && !full(); ++i) {
            auto const& member = type.members[i];
            out_.append(i == 0 ? "" : ", ").append(printable(member.name)).append(": ");
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
        auto const found = node::find_sequence(*owner_->graph_, type, element);
        if (!found)
            return found.error();
        if (!type.is_variable_string)
            return add_list(*type.base, found->count, found->elements);
        if (!found->null) {
            auto const text = as_text(found->elements);
            return add_string(text.substr(0, text.find('\0')));
        }
        out_ += "null";
        return {};
    }

    result<void> add_reference(hdf5::datatype const& type, element_bytes element)
    {
        auto const decoded = node::decode_value(type, element, *owner_->graph_);
        if (!decoded)
            return decoded.error();
        auto const* const reference = std::get_if<node::reference>(&decoded->is);
        if (reference == nullptr || reference->null) {
            out_ += "null";
            return {};
        }
        if (reference->region)
            if (auto const spent = spend(*reference->region); !spent)
                return spent;
        out_.append("<").append(path_of(reference->object));
        out_.append(reference->region ? " region" : "");
        if (!reference->attribute.empty())
            out_.append("@").append(printable(reference->attribute));
        out_ += '>';
        return {};
    }

    std::string path_of(node::object_id id) const
    {
        bool const known = id != node::no_object && !(*owner_->paths_)[id].empty();
        return known ? printable((*owner_->paths_)[id]) : "unresolved reference";
    }

    /// Regions are decoded whole, though nothing of them is shown.
    result<void> spend(hdf5::selection const& region)
    {
        auto const numbers = region.points.size() + region.blocks.size();
        if (numbers > owner_->region_numbers_left_)
            return error(
                errc::too_large, error::nowhere, "values", "regions with too many elements"
            );
        owner_->region_numbers_left_ -= numbers;
        return {};
    }

    value_printer* owner_;
    std::size_t max_;
    std::string out_;
};

result<std::string> value_printer::text_of(node::attribute const& attribute, std::size_t max_bytes)
{
    using kind = hdf5::dataspace::kind;
    auto const& type = *attribute.type;
    auto const count = attribute.space.element_count();
    if (attribute.space.what == kind::null)
        return std::string("null");
    if (attribute.value.size() / type.size < count)
        return error(
            errc::truncated, error::nowhere, "attribute value", "fewer bytes than elements"
        );
    writer text(*this, max_bytes);
    auto const done = attribute.space.what == kind::scalar
                          ? text.add(type, std::span(attribute.value).first(type.size))
                          : text.add_list(type, count, attribute.value);
    if (!done)
        return done.error();
    return text.take();
}

}  // namespace lindi::tools
