#include "cache_note.hpp"

#include <charconv>

namespace lindi::open {
namespace {

/// A line without its end; nothing when there is no more.
std::optional<std::string> next_line(std::string_view& text)
{
    auto const end = text.find('\n');
    if (end == std::string_view::npos)
        return std::nullopt;
    std::string line(text.substr(0, end));
    text.remove_prefix(end + 1);
    return line;
}

}  // namespace

cache_note note_of(net::http_source const& remote, std::string content)
{
    cache_note out;
    out.size = remote.size();
    out.content = std::move(content);
    for (std::size_t form = 0; form < out.references.size(); ++form)
        out.references[form] = remote.reference(static_cast<net::reference_url>(form));
    return out;
}

std::string write_cache_note(cache_note const& note)
{
    auto out = std::to_string(note.size) + "\n" + note.content + "\n";
    for (auto const& reference : note.references)
        out.append(reference).append("\n");
    return out;
}

std::optional<cache_note> parse_cache_note(std::string_view text)
{
    auto const size = next_line(text);
    auto content = next_line(text);
    if (!size || !content)
        return std::nullopt;
    cache_note out;
    auto const* const end = size->data() + size->size();
    auto const [stop, failed] = std::from_chars(size->data(), end, out.size);
    if (failed != std::errc{} || stop != end)
        return std::nullopt;
    out.content = std::move(*content);
    for (auto& reference : out.references) {
        auto line = next_line(text);
        if (!line)
            return std::nullopt;
        reference = std::move(*line);
    }
    return text.empty() ? std::optional(out) : std::nullopt;
}

}  // namespace lindi::open
