#include "element_sink.hpp"
#include "npy_header.hpp"
#include "type_text.hpp"

#include <lindi/node/value.hpp>

#include <algorithm>

namespace lindi::tools {
namespace {

std::string_view as_characters(std::span<std::byte const> bytes)
{
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// Elements as they are in the file.
class raw_sink final : public element_sink {
public:
    raw_sink(sink_input in, put_function const& put) : in_(std::move(in)), put_(put) {}

    result<void> begin() override
    {
        if (in_.type->needs_heap() || in_.type->has_reference())
            return error(
                errc::unsupported,
                error::nowhere,
                "raw",
                type_text(*in_.type) + " means nothing outside of its file: use --format json"
            );
        return {};
    }
    result<void> add(std::span<std::byte const> elements) override
    {
        return put_(as_characters(elements));
    }
    result<void> end() override { return {}; }

private:
    sink_input in_;
    put_function const& put_;
};

bool has_fixed_strings(hdf5::datatype const& type)
{
    using enum hdf5::type_class;
    if (type.what == compound)
        return std::any_of(type.members.begin(), type.members.end(), [](auto const& member) {
            return has_fixed_strings(*member.type);
        });
    return type.what == string || (type.what == array && has_fixed_strings(*type.base));
}

/// NumPy's strings end where only zeros follow: what pads those of the file becomes zeros.
void pad_with_zeros(hdf5::datatype const& type, std::span<std::byte> element)
{
    using enum hdf5::type_class;
    if (type.what == string) {
        auto const text = node::trim_fixed_string(type, element);
        std::ranges::fill(element.subspan(text.size()), std::byte{0});
    } else if (type.what == compound) {
        for (auto const& member : type.members)
            pad_with_zeros(
                *member.type,
                element.subspan(static_cast<std::size_t>(member.offset), member.type->size)
            );
    } else if (type.what == array) {
        for (std::size_t at = 0; at < element.size(); at += type.base->size)
            pad_with_zeros(*type.base, element.subspan(at, type.base->size));
    }
}

class npy_sink final : public element_sink {
public:
    npy_sink(sink_input in, put_function const& put) : in_(std::move(in)), put_(put) {}

    result<void> begin() override
    {
        auto const header = npy_header(*in_.type, in_.shape);
        if (!header)
            return header.error();
        return put_(*header);
    }
    result<void> add(std::span<std::byte const> elements) override
    {
        if (!has_fixed_strings(*in_.type))
            return put_(as_characters(elements));
        lindi::bytes padded(elements.begin(), elements.end());
        for (std::size_t at = 0; at < padded.size(); at += in_.type->size)
            pad_with_zeros(*in_.type, std::span(padded).subspan(at, in_.type->size));
        return put_(as_characters(padded));
    }
    result<void> end() override { return {}; }

private:
    sink_input in_;
    put_function const& put_;
};

}  // namespace

std::unique_ptr<element_sink> make_raw_sink(sink_input in, put_function const& put)
{
    return std::make_unique<raw_sink>(std::move(in), put);
}

std::unique_ptr<element_sink> make_npy_sink(sink_input in, put_function const& put)
{
    return std::make_unique<npy_sink>(std::move(in), put);
}

}  // namespace lindi::tools
