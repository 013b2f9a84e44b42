#include "number_codecs.hpp"

#include <lindi/codec/blosc.hpp>
#include <lindi/codec/bzip2.hpp>
#include <lindi/codec/deflate.hpp>
#include <lindi/codec/fletcher32.hpp>
#include <lindi/codec/gzip.hpp>
#include <lindi/codec/lz4_sized.hpp>
#include <lindi/codec/shuffle.hpp>
#include <lindi/codec/zstd.hpp>
#include <lindi/zarr/numcodecs.hpp>

#include <algorithm>
#include <limits>

namespace lindi::zarr {
namespace {

using plain_decoder = result<lindi::bytes> (*)(block_view, codec::client_values, std::uint64_t);

/// Codecs that need no configuration to be undone.
struct plain_codec {
    std::string_view id;
    plain_decoder decode;
    std::uint16_t filter;
};
constexpr plain_codec plain_codecs[] = {
    {"zlib", codec::decode_deflate, codec::filter_deflate},
    {"gzip", codec::decode_gzip, 0},
    {"blosc", codec::decode_blosc, codec::filter_blosc},
    {"zstd", codec::decode_zstd, codec::filter_zstd},
    {"lz4", codec::decode_lz4_sized, 0},
    {"bz2", codec::decode_bzip2, codec::filter_bzip2},
    {"fletcher32", codec::decode_fletcher32, codec::filter_fletcher32},
};

plain_codec const* find_plain(std::string_view id) noexcept
{
    auto const* const found =
        std::find_if(std::begin(plain_codecs), std::end(plain_codecs), [&](plain_codec const& c) {
            return c.id == id;
        });
    return found == std::end(plain_codecs) ? nullptr : found;
}

result<lindi::bytes> decode_one(codec_call const& call, block_view in, std::uint64_t max_size)
{
    if (auto const* const plain = find_plain(call.id))
        return plain->decode(in, {}, max_size);
    if (call.id == "shuffle") {
        auto const width = static_cast<std::uint32_t>(call.element_size);
        return codec::decode_shuffle(in, std::span(&width, 1), max_size);
    }
    if (call.id == "delta")
        return decode_delta(call, in, max_size);
    if (call.id == "fixedscaleoffset")
        return decode_fixed_scale_offset(call, in, max_size);
    if (call.id == "packbits")
        return decode_packbits(in, max_size);
    return error(errc::missing_filter, in.at, "codec", call.id.substr(0, 80));
}

double take_double(json_reader& r)
{
    auto const number = r.take_number();
    return std::visit([](auto n) { return static_cast<double>(n); }, number);
}

void take_element_size(json_reader& r, codec_call& call)
{
    auto const number = r.take_number();
    auto const* const size = std::get_if<std::int64_t>(&number);
    if (size == nullptr || *size < 1 || *size > std::numeric_limits<std::uint32_t>::max())
        r.fail(errc::bad_value, "element size of a shuffle codec");
    else
        call.element_size = static_cast<std::uint64_t>(*size);
}

/// Levels out of range are the encoder's business.
void take_level(json_reader& r, codec_call& call)
{
    auto const number = r.take_number();
    auto const* const level = std::get_if<std::int64_t>(&number);
    call.level = level != nullptr && *level >= -1 && *level <= 22 ? static_cast<int>(*level) : -2;
}

void take_member(json_reader& r, std::string_view key, codec_call& call)
{
    auto const kind = r.kind();
    if (key == "id")
        call.id = r.take_text();
    else if (key == "elementsize")
        take_element_size(r, call);
    else if (key == "level" && kind == json_kind::number)
        take_level(r, call);
    else if (key == "dtype" && kind == json_kind::text)
        call.dtype = r.take_text();
    else if (key == "astype" && kind == json_kind::text)
        call.astype = r.take_text();
    else if (key == "offset" && kind == json_kind::number)
        call.offset = take_double(r);
    else if (key == "scale" && kind == json_kind::number)
        call.scale = take_double(r);
    else
        r.take_raw();
}

}  // namespace

codec_call take_codec(json_reader& r)
{
    codec_call out;
    std::string_view key;
    for (r.begin_object(); r.next_member(key);)
        take_member(r, key, out);
    if (r.ok() && out.id.empty())
        r.fail(errc::bad_value, "a codec without an id");
    return out;
}

bool is_object_codec(codec_call const& call) noexcept
{
    return call.id == "json2" || call.id == "vlen-utf8" || call.id == "vlen-bytes";
}

result<lindi::bytes>
decode_codecs(std::span<codec_call const> calls, block_view stored, std::uint64_t max_size)
{
    constexpr std::uint64_t most = std::uint64_t{1} << 56;
    auto const between = 8 * std::min(max_size, most) + 65536;
    lindi::bytes data;
    if (calls.empty()) {
        if (stored.size() > max_size)
            return error(errc::too_large, stored.at, "chunk", "size of the chunk");
        data.assign(stored.bytes.begin(), stored.bytes.end());
    }
    for (std::size_t i = calls.size(); i-- > 0;) {
        bool const first = i + 1 == calls.size();
        auto const in = first ? stored : block_view{data, 0};
        auto next = decode_one(calls[i], in, i == 0 ? max_size : between);
        if (!next) {
            // Places inside what another codec made are none of the file.
            auto const& e = next.error();
            return error(e.code(), stored.at, e.structure().data(), std::string(e.detail()))
                .within("codec " + calls[i].id.substr(0, 80));
        }
        data = std::move(*next);
    }
    return data;
}

std::uint16_t filter_of_codec(std::string_view id) noexcept
{
    auto const* const plain = find_plain(id);
    return plain != nullptr ? plain->filter : id == "shuffle" ? codec::filter_shuffle : 0;
}

}  // namespace lindi::zarr
