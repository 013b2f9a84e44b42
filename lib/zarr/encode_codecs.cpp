#include <lindi/codec/blosc_encode.hpp>
#include <lindi/codec/deflate_encode.hpp>
#include <lindi/codec/fletcher32.hpp>
#include <lindi/codec/shuffle.hpp>
#include <lindi/zarr/numcodecs.hpp>

#include <algorithm>

namespace lindi::zarr {
namespace {

constexpr int zlib_default_level = 6;

/// What numcodecs calls -1.
int level_of(codec_call const& call)
{
    return call.level == -1 ? zlib_default_level : call.level;
}

lindi::bytes encode_shuffle(codec_call const& call, lindi::bytes const& data)
{
    lindi::bytes out(data.size());
    codec::shuffle(data, static_cast<std::size_t>(call.element_size), out);
    return out;
}

lindi::bytes encode_fletcher32(lindi::bytes data)
{
    auto const sum = codec::fletcher32(data);
    for (unsigned shift = 0; shift < 32; shift += 8)
        data.push_back(static_cast<std::byte>(sum >> shift & 0xff));
    return data;
}

result<lindi::bytes> encode_one(codec_call const& call, lindi::bytes data, std::uint64_t item_size)
{
    if (call.id == "shuffle")
        return encode_shuffle(call, data);
    if (call.id == "zlib")
        return codec::encode_zlib(data, level_of(call));
    if (call.id == "gzip")
        return codec::encode_gzip(data, level_of(call));
    if (call.id == "blosc")
        return codec::encode_blosc(data, item_size);
    if (call.id == "fletcher32")
        return encode_fletcher32(std::move(data));
    return error(
        errc::unsupported, error::nowhere, "codec", call.id.substr(0, 80) + " is only read"
    );
}

}  // namespace

bool is_encodable(codec_call const& call) noexcept
{
    constexpr std::string_view known[] = {"shuffle", "zlib", "gzip", "blosc", "fletcher32"};
    return std::find(std::begin(known), std::end(known), call.id) != std::end(known);
}

result<lindi::bytes>
encode_codecs(std::span<codec_call const> calls, lindi::bytes data, std::uint64_t item_size)
{
    for (auto const& call : calls) {
        auto encoded = encode_one(call, std::move(data), item_size);
        if (!encoded)
            return encoded.error();
        data = std::move(*encoded);
    }
    return data;
}

}  // namespace lindi::zarr
