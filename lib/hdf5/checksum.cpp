#include <lindi/hdf5/checksum.hpp>

#include <algorithm>
#include <bit>

namespace lindi::hdf5 {
namespace {

/// Little-endian number of the first four bytes; missing ones count as 0.
std::uint32_t word(std::span<std::byte const> from)
{
    std::uint32_t out = 0;
    for (std::size_t i = std::min<std::size_t>(from.size(), 4); i-- > 0;)
        out = out << 8 | std::to_integer<std::uint32_t>(from[i]);
    return out;
}

/// State of Bob Jenkins' lookup3 (public domain, burtleburtle.net/bob/c/lookup3.c).
struct lookup3_state {
    std::uint32_t a, b, c;

    void add(std::span<std::byte const> twelve)
    {
        a += word(twelve);
        b += word(twelve.subspan(std::min<std::size_t>(twelve.size(), 4)));
        c += word(twelve.subspan(std::min<std::size_t>(twelve.size(), 8)));
    }

    void mix()
    {
        stir(a, b, c, 4);
        stir(b, c, a, 6);
        stir(c, a, b, 8);
        stir(a, b, c, 16);
        stir(b, c, a, 19);
        stir(c, a, b, 4);
    }

    void finish()
    {
        settle(c, b, 14);
        settle(a, c, 11);
        settle(b, a, 25);
        settle(c, b, 16);
        settle(a, c, 4);
        settle(b, a, 14);
        settle(c, b, 24);
    }

private:
    static void stir(std::uint32_t& x, std::uint32_t y, std::uint32_t& z, int turn)
    {
        x -= z;
        x ^= std::rotl(z, turn);
        z += y;
    }
    static void settle(std::uint32_t& x, std::uint32_t y, int turn)
    {
        x ^= y;
        x -= std::rotl(y, turn);
    }
};

}  // namespace

std::uint32_t lookup3(std::span<std::byte const> data) noexcept
{
    auto const start = 0xdeadbeef + static_cast<std::uint32_t>(data.size());
    lookup3_state state{start, start, start};
    if (data.empty())
        return state.c;
    for (; data.size() > 12; data = data.subspan(12)) {
        state.add(data.first(12));
        state.mix();
    }
    state.add(data);
    state.finish();
    return state.c;
}

void expect_checksum(cursor& c, block_view from)
{
    auto const place = c.at();
    auto const guarded = from.sub(0, c.position());
    auto const stored = c.u32();
    if (c.ok() && stored != lookup3(guarded.bytes))
        c.adopt(error(errc::bad_checksum, place, c.structure()));
}

}  // namespace lindi::hdf5
