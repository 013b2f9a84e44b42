#include "session.hpp"

#include <lindi/api/element_json.hpp>

namespace lindi {
namespace {

/// Lists in lists as the shape says, or one element.
class nested_json {
public:
    nested_json(elements_view in, std::span<std::uint64_t const> shape) : in_(in), shape_(shape) {}

    result<void> append(std::string& out, std::size_t level = 0)
    {
        if (level == shape_.size())
            return append_json(out, in_.element(next_++));
        out += '[';
        for (std::uint64_t i = 0; i < shape_[level]; ++i) {
            if (i != 0)
                out += ',';
            if (auto const done = append(out, level + 1); !done)
                return done;
        }
        out += ']';
        return {};
    }

private:
    elements_view in_;
    std::span<std::uint64_t const> shape_;
    std::uint64_t next_ = 0;
};

}  // namespace

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
    std::string out;
    if (is_null())
        return std::string("null");
    // Without elements there may still be as many lists as other extents say.
    if (element_count() == 0)
        return std::string("[]");
    auto const done =
        visit([&](elements_view elements) { return nested_json(elements, shape()).append(out); });
    if (!done)
        return done.error();
    return out;
}

}  // namespace lindi
