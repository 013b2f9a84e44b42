/// \file
/// Types and a graph made by hand, and what the dump's parts write about them.

#pragma once

#include "dump_context.hpp"

#include <initializer_list>
#include <memory>
#include <sstream>

namespace lindi::tools {

inline hdf5::datatype_ptr shared(hdf5::datatype type)
{
    return std::make_shared<hdf5::datatype const>(std::move(type));
}

inline hdf5::datatype integer_type(std::uint32_t size, bool is_signed = true)
{
    hdf5::datatype out;
    out.what = hdf5::type_class::integer;
    out.size = size;
    out.precision = static_cast<std::uint16_t>(8 * size);
    out.is_signed = is_signed;
    return out;
}

inline hdf5::datatype float32_type()
{
    auto out = integer_type(4);
    out.what = hdf5::type_class::floating;
    out.sign_position = 31;
    out.exponent_position = 23;
    out.exponent_size = 8;
    out.mantissa_size = 23;
    out.exponent_bias = 127;
    return out;
}

inline hdf5::datatype plain_type(hdf5::type_class what, std::uint32_t size)
{
    hdf5::datatype out;
    out.what = what;
    out.size = size;
    return out;
}

inline hdf5::datatype derived_type(hdf5::type_class what, std::uint32_t size, hdf5::datatype base)
{
    auto out = plain_type(what, size);
    out.base = shared(std::move(base));
    return out;
}

inline lindi::bytes bytes_of(std::initializer_list<int> values)
{
    lindi::bytes out;
    for (int const v : values)
        out.push_back(static_cast<std::byte>(v));
    return out;
}

/// A root group at address 96, and room for what values take.
struct dump_fixture {
    node::graph graph{};
    std::vector<std::string> paths{"/"};
    dump_context context{graph, paths, 1'000'000'000, 1'000'000'000};

    dump_fixture()
    {
        graph.root = 0;
        graph.objects.emplace_back();
        graph.objects[0].kind = node::object_kind::group;
        graph.objects[0].address = 96;
        graph.by_address.emplace(96, 0);
    }

    /// A heap collection at `address` whose object `index` has these bytes.
    void add_heap_object(std::uint64_t address, std::uint16_t index, std::string_view content)
    {
        auto const owner = std::make_shared<std::string const>(content);
        block const bytes{owner, {as_bytes(*owner), address}};
        graph.heap.add(address, bytes, std::vector<hdf5::heap_object>{{index, bytes.view}});
    }

    template <class Write>
    std::string written(Write&& write)
    {
        std::ostringstream out;
        json_writer w(out);
        write(w);
        return out.str();
    }
};

}  // namespace lindi::tools
