#include "session.hpp"

#include <lindi/array/index_expression.hpp>
#include <lindi/array/pieces.hpp>
#include <lindi/core/checked.hpp>

#include <algorithm>

namespace lindi {
namespace {

constexpr std::uint64_t piece_bytes = 32 * 1024 * 1024;

/// Elements of a piece.
std::uint64_t pieces_of(std::uint64_t element_size)
{
    return std::max<std::uint64_t>(piece_bytes / element_size, 1);
}

result<void> check_points(point_list const& points, std::vector<std::uint64_t> const& extents)
{
    for (auto const& point : points) {
        bool inside = point.size() == extents.size();
        for (std::size_t d = 0; inside && d < point.size(); ++d)
            inside = point[d] < extents[d];
        if (!inside)
            return error(
                errc::bad_value, error::nowhere, "selection", "a point lies outside of the dataset"
            );
    }
    return {};
}

/// A selection as the layers below have it.
result<array::indexed_part>
regular_part(selection const& part, std::vector<std::uint64_t> const& extents)
{
    if (auto const* const text = std::get_if<std::string>(&part.what()))
        return array::parse_index(*text, extents);
    auto const* const given = std::get_if<hyperslab>(&part.what());
    array::indexed_part out;
    out.part = given != nullptr ? *given : array::whole(extents);
    if (auto const checked = array::check_hyperslab(out.part, extents); !checked)
        return checked.error();
    for (auto const& s : out.part)
        out.shape.push_back(s.count);
    return out;
}

/// Moves a member of each element to the front, one after the other.
std::span<std::byte const>
keep_member(lindi::bytes& elements, std::size_t stride, std::size_t offset, std::size_t size)
{
    auto const count = elements.size() / stride;
    if (stride != size)
        for (std::size_t i = 0; i < count; ++i) {
            auto const from = elements.begin() + static_cast<std::ptrdiff_t>(i * stride + offset);
            std::copy_n(from, size, elements.begin() + static_cast<std::ptrdiff_t>(i * size));
        }
    return std::span(elements).first(count * size);
}

}  // namespace

dataset::dataset(api::session_ptr session, node::object_id id)
    : object(std::move(session), id), array_info(self().dataset->space, self().dataset->type)
{}

error dataset::wrong_size()
{
    return {
        errc::bad_value,
        error::nowhere,
        "selection",
        "the memory given is not of the size of the selection"};
}

std::vector<std::uint64_t> dataset::max_shape() const
{
    return data().space.max_extents.empty() ? shape() : data().space.max_extents;
}

std::vector<std::uint64_t> dataset::chunks() const
{
    return data().chunking.shape;
}

result<dataset> dataset::field(std::string_view name) const
{
    auto const& members = type().members;
    auto const found =
        std::find_if(members.begin(), members.end(), [&](auto const& m) { return m.name == name; });
    if (found == members.end())
        return error(errc::not_found, error::nowhere, "member", std::string(name)).within(path());
    auto out = *this;
    out.type_ = found->type;
    out.field_offset_ += static_cast<std::size_t>(found->offset);
    return out;
}

result<std::vector<std::uint64_t>> dataset::shape_of(selection const& part) const
{
    if (auto const* const points = std::get_if<point_list>(&part.what()))
        return std::vector<std::uint64_t>(1, points->size());
    auto found = regular_part(part, shape());
    if (!found)
        return found.error().within(path());
    return std::move(found->shape);
}

result<void> dataset::visit(selection const& part, visitor const& visit) const
{
    auto const stride = data().type->size;
    auto const hand_over = [&](lindi::bytes& elements) {
        return session_->visit(
            type_, keep_member(elements, stride, field_offset_, type().size), visit
        );
    };
    auto const fail = [&](error const& why) { return why.within(path()); };
    auto const most = pieces_of(stride);
    if (auto const* const points = std::get_if<point_list>(&part.what())) {
        if (auto const checked = check_points(*points, shape()); !checked)
            return fail(checked.error());
        for (std::size_t first = 0; first < points->size(); first += most) {
            auto const begin = points->begin() + static_cast<std::ptrdiff_t>(first);
            auto const count = std::min<std::uint64_t>(most, points->size() - first);
            point_list const some(begin, begin + static_cast<std::ptrdiff_t>(count));
            lindi::bytes elements(some.size() * stride);
            if (auto const read = session_->read(id_, some, elements); !read)
                return fail(read.error());
            if (auto const done = hand_over(elements); !done)
                return fail(done.error());
        }
        return {};
    }
    auto const regular = regular_part(part, shape());
    if (!regular)
        return fail(regular.error());
    if (is_null())
        return {};
    array::piece_list pieces(regular->part, most, data().chunking.shape);
    while (auto piece = pieces.next()) {
        auto elements = session_->read(id_, std::move(*piece));
        if (!elements)
            return fail(elements.error());
        if (auto const done = hand_over(*elements); !done)
            return fail(done.error());
    }
    return {};
}

result<void> dataset::read_raw(std::span<std::byte> out, selection const& part) const
{
    bool const is_regular = !std::holds_alternative<point_list>(part.what());
    if (is_regular && type().size == data().type->size && !is_null())
        return read_in_place(out, part);
    auto rest = out;
    auto const done = visit(part, [&](elements_view elements) -> result<void> {
        if (elements.bytes.size() > rest.size())
            return wrong_size();
        std::copy(elements.bytes.begin(), elements.bytes.end(), rest.begin());
        rest = rest.subspan(elements.bytes.size());
        return {};
    });
    return done && !rest.empty() ? wrong_size() : done;
}

/// Whole elements need no memory of their own.
result<void> dataset::read_in_place(std::span<std::byte> out, selection const& part) const
{
    auto const regular = regular_part(part, shape());
    if (!regular)
        return regular.error().within(path());
    auto const stride = data().type->size;
    if (checked_multiply(array::element_count(regular->part), stride) != out.size())
        return wrong_size();
    std::fill(out.begin(), out.end(), std::byte{0});  // what was never written
    array::piece_list pieces(regular->part, pieces_of(stride), data().chunking.shape);
    while (auto piece = pieces.next()) {
        auto const size = static_cast<std::size_t>(array::element_count(*piece) * stride);
        auto const read = session_->read(id_, std::move(*piece), out.first(size));
        if (!read)
            return read.error().within(path());
        out = out.subspan(size);
    }
    return {};
}

}  // namespace lindi
