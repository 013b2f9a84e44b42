#include "block_input.hpp"

#include <lindi/hdf5/object_header.hpp>

using namespace lindi;

// Input: a header, and behind it a continuation block.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const input = fuzz::view_of(data, size);
    auto const prefix = hdf5::decode_object_header_prefix(input);
    if (!prefix)
        return 0;
    auto const check_messages = [](auto const& messages, bytes const& kept) {
        if (messages)
            for (auto const& message : *messages)
                fuzz::check_inside(message.body, kept);
    };
    bytes kept;
    auto const head = static_cast<std::size_t>(prefix->total_size());
    check_messages(
        fuzz::decode_repaired(
            input.sub(0, head),
            kept,
            [&](block_view b) { return hdf5::decode_first_header_block(b, *prefix); }
        ),
        kept
    );
    check_messages(
        fuzz::decode_repaired(
            fuzz::behind(input, head),
            kept,
            [&](block_view b) { return hdf5::decode_continuation_block(b, *prefix); }
        ),
        kept
    );
    return 0;
}
