#include "../lib/cache/packing.hpp"
#include "../lib/cache/records.hpp"

#include <cstdlib>

using namespace lindi::cache;

/// Values of the cache's database: the first two bytes are the size that a key claims.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    if (text.size() < 2)
        return 0;
    auto const claimed = static_cast<std::uint64_t>(data[0]) << 8 | data[1];
    auto const rest = text.substr(2);
    std::string room;
    if (auto const bytes = unpack(rest, claimed, room); bytes && bytes->size() != claimed)
        std::abort();
    std::string packed;
    pack(packed, rest);
    if (unpack(packed, rest.size(), room) != rest)
        std::abort();
    auto const key = range_key(id_of("content"), {0, claimed});
    static_cast<void>(parse_range_value(key, rest, room));
    static_cast<void>(parse_range_value(rest, rest, room));
    static_cast<void>(parse_note(rest, "url"));
    if (auto const record = parse_file_record(rest); record && write_file_record(*record) != rest)
        std::abort();
    return 0;
}
