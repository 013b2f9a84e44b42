#include "session.hpp"

#include <lindi/api/element_json.hpp>

namespace lindi {
attribute::attribute(api::session_ptr session, node::attribute const& of)
    : array_info(of.space, of.type), session_(std::move(session)), of_(&of)
{}

result<void> attribute::visit(visitor const& visit) const
{
    auto const size = static_cast<std::size_t>(element_count() * type().size);
    if (of_->value.size() < size)
        return error(errc::truncated, error::nowhere, "attribute", "fewer bytes than elements")
            .within(name());
    auto const done = session_->visit(type_, std::span(of_->value).first(size), visit);
    return done ? done : done.error().within(name());
}

result<std::string> attribute::json() const
{
    if (is_null())
        return std::string("null");
    nested_json lists(shape());
    std::string out(lists.when_empty());
    auto const done = visit([&](elements_view elements) { return lists.append(out, elements); });
    if (!done)
        return done.error();
    return out;
}

}  // namespace lindi
