#include <lindi/codec/pipeline.hpp>

namespace lindi::codec {
namespace {

constexpr auto name = "filter pipeline";
constexpr std::size_t most_filters = 32;  // a filter mask has as many bits

/// No sound filter makes data this much longer, however many of them there are.
constexpr std::uint64_t room_for_overhead(std::uint64_t decoded_size) noexcept
{
    return 2 * decoded_size + 65536;
}

std::string describe(registry const& known, filter_call const& call)
{
    auto const* const d = known.find(call.id);
    std::string const words(call.name.empty() && d != nullptr ? d->name : call.name);
    return "filter " + std::to_string(call.id) + (words.empty() ? "" : " (" + words + ")");
}

/// The filters that the chunk went through, the last one first.
result<std::vector<filter_call const*>>
applied_filters(registry const& known, chunk_format const& format, std::uint64_t at)
{
    if (format.filters.size() > most_filters)
        return error(errc::bad_value, at, name, "more than 32 filters");
    std::vector<filter_call const*> applied;
    for (std::size_t i = format.filters.size(); i-- > 0;) {
        if ((format.filter_mask >> i & 1) != 0)
            continue;
        if (!known.has(format.filters[i].id))
            return error(errc::missing_filter, at, name, describe(known, format.filters[i]));
        applied.push_back(&format.filters[i]);
    }
    return applied;
}

/// Errors of a later filter count from its input, which has no place in the file but the chunk's.
error at_chunk(error const& e, std::uint64_t at)
{
    return error(e.code(), at, e.structure().data(), std::string(e.detail()));
}

/// A chunk may end where the dataset does; what is behind, nobody reads.
result<bytes> to_size(bytes data, chunk_format const& format, std::uint64_t at)
{
    auto const least = format.needed_size == 0 ? format.decoded_size : format.needed_size;
    if (data.size() < least || data.size() > format.decoded_size)
        return error(
            errc::bad_value,
            at,
            "chunk",
            std::to_string(data.size()) + " bytes decoded, " + std::to_string(format.decoded_size) +
                " expected"
        );
    data.resize(format.decoded_size);
    return data;
}

}  // namespace

result<bytes> decode_chunk(
    registry const& known, block_view stored, chunk_format const& format, limits const& max
)
{
    if (format.decoded_size > max.decoded_chunk)
        return error(
            errc::too_large,
            stored.at,
            "chunk",
            "limit on decoded chunks, " + std::to_string(max.decoded_chunk)
        );
    auto const applied = applied_filters(known, format, stored.at);
    if (!applied)
        return applied.error();

    bytes data;
    for (auto const* const call : *applied) {
        bool const first = call == applied->front();
        bool const last = call == applied->back();
        auto const bound = last ? format.decoded_size : room_for_overhead(format.decoded_size);
        auto const in = first ? stored : block_view{data, 0};
        auto next = known.find(call->id)->decode(in, call->client_data, bound);
        if (!next)
            return (first ? next.error() : at_chunk(next.error(), stored.at))
                .within(describe(known, *call));
        data = std::move(*next);
    }
    if (applied->empty())
        data.assign(stored.bytes.begin(), stored.bytes.end());
    return to_size(std::move(data), format, stored.at);
}

}  // namespace lindi::codec
