#include <lindi/io/memory_source.hpp>

namespace lindi::io {

memory_source::memory_source(std::string name, lindi::bytes content) : name_(std::move(name))
{
    auto owned = std::make_shared<lindi::bytes const>(std::move(content));
    content_ = *owned;
    owner_ = std::move(owned);
}

memory_source::memory_source(std::string name, std::span<std::byte const> content)
    : name_(std::move(name)), content_(content)
{}

std::optional<block> memory_source::resident(byte_range range)
{
    auto const bytes = content_.subspan(
        static_cast<std::size_t>(range.offset), static_cast<std::size_t>(range.size)
    );
    return block{owner_, {bytes, range.offset}};
}

void memory_source::fetch(std::vector<byte_range> wave, on_answers done)
{
    answers out;
    out.reserve(wave.size());
    for (auto const range : wave)
        out.emplace_back(*resident(range));
    done(std::move(out));
}

}  // namespace lindi::io
