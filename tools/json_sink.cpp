#include "element_sink.hpp"

#include <lindi/api/element_json.hpp>

namespace lindi::tools {
namespace {

class json_sink final : public element_sink {
public:
    json_sink(sink_input in, put_function const& put)
        : in_(std::move(in)), put_(put), lists_(in_.shape)
    {}

    result<void> begin() override { return put_(lists_.when_empty()); }

    result<void> add(std::span<std::byte const> elements) override
    {
        std::string text;
        auto const done = lists_.append(text, {*in_.type, elements, in_.graph, in_.paths});
        return done ? put_(text) : done;
    }

    result<void> end() override { return put_("\n"); }

private:
    sink_input in_;
    put_function const& put_;
    nested_json lists_;
};

}  // namespace

std::unique_ptr<element_sink> make_json_sink(sink_input in, put_function const& put)
{
    return std::make_unique<json_sink>(std::move(in), put);
}

}  // namespace lindi::tools
