#include "element_json.hpp"
#include "element_sink.hpp"

#include <algorithm>

namespace lindi::tools {
namespace {

/// Lists in lists, as many deep as there are dimensions; a line for each step of the first. An
/// array without elements is one empty list.
class json_sink final : public element_sink {
public:
    json_sink(sink_input in, put_function const& put) : in_(std::move(in)), put_(put)
    {
        std::uint64_t below = 1;
        for (std::size_t i = in_.shape.size(); i > 0; --i)
            below_.push_back(below *= in_.shape[i - 1]);
        std::reverse(below_.begin(), below_.end());
    }

    result<void> begin() override
    {
        empty_ = std::find(in_.shape.begin(), in_.shape.end(), 0u) != in_.shape.end();
        return empty_ ? put_("[]") : result<void>();
    }

    result<void> add(std::span<std::byte const> elements) override
    {
        std::string text;
        for (std::size_t at = 0; at < elements.size(); at += in_.type->size) {
            for (auto const count : below_)
                if (written_ % count == 0)
                    text += '[';
            auto const done = append_json(
                text, in_.graph, in_.paths, *in_.type, elements.subspan(at, in_.type->size)
            );
            if (!done)
                return done;
            ++written_;
            close_lists(text);
        }
        return put_(text);
    }

    result<void> end() override { return put_("\n"); }

private:
    /// Ends the lists that the last element was the end of, and parts what goes on.
    void close_lists(std::string& text) const
    {
        std::size_t closed = 0;
        for (auto const count : below_)
            closed += written_ % count == 0 ? 1 : 0;
        text.append(closed, ']');
        if (closed == below_.size())
            return;
        text += closed + 1 == below_.size() && closed != 0 ? ",\n" : ",";
    }

    sink_input in_;
    put_function const& put_;
    std::vector<std::uint64_t> below_;  ///< elements of a list of each level, outermost first
    std::uint64_t written_ = 0;
    bool empty_ = false;
};

}  // namespace

std::unique_ptr<element_sink> make_json_sink(sink_input in, put_function const& put)
{
    return std::make_unique<json_sink>(std::move(in), put);
}

}  // namespace lindi::tools
