#include <lindi/codec/codec.hpp>
#include <lindi/zarr/filters.hpp>
#include <lindi/zarr/json_text.hpp>

#include <algorithm>
#include <array>
#include <span>

namespace lindi::zarr {

namespace {

using filters_view = std::span<hdf5::filter const>;

bool is_shuffle(hdf5::filter const& f) noexcept
{
    return f.id == codec::filter_shuffle;
}

/// Codecs whose output may be shorter than their input.
bool compresses(hdf5::filter const& f) noexcept
{
    return f.id == codec::filter_deflate || f.id == codec::filter_blosc ||
           f.id == codec::filter_zstd;
}

std::uint32_t client_value(hdf5::filter const& f, std::size_t i, std::uint32_t otherwise) noexcept
{
    return i < f.client_data.size() ? f.client_data[i] : otherwise;
}

std::string with_number(std::string before, std::uint64_t number, std::string_view after)
{
    append_integer(before, number);
    return before.append(after);
}

/// Filter 32001's values: versions of format and filter, type size, chunk size, level, shuffle,
/// inner codec.
std::string blosc_codec(hdf5::filter const& f)
{
    static constexpr std::array names{"blosclz", "lz4", "lz4hc", "snappy", "zlib", "zstd"};
    if (f.client_data.size() != 7 || f.client_data[6] >= names.size())
        return {};
    std::string out = "{\"blocksize\":";
    append_integer(out, f.client_data[3]);
    out += ",\"clevel\":";
    append_integer(out, f.client_data[4]);
    out += ",\"cname\":\"";
    out += names[f.client_data[6]];
    out += "\",\"id\":\"blosc\",\"shuffle\":";
    append_integer(out, f.client_data[5]);
    return out + "}";
}

/// The codec that undoes one filter; empty: there is none.
std::string codec_text(hdf5::filter const& f, std::uint64_t element_size)
{
    switch (f.id) {
    case codec::filter_shuffle: {
        auto const size = f.client_data.empty() ? element_size : f.client_data[0];
        return size == 0 ? "" : with_number(R"({"elementsize":)", size, R"(,"id":"shuffle"})");
    }
    case codec::filter_deflate:
        return with_number(R"({"id":"zlib","level":)", std::min(client_value(f, 0, 1), 9u), "}");
    case codec::filter_fletcher32:
        return "{\"id\":\"fletcher32\"}";
    case codec::filter_zstd:
        return with_number(R"({"id":"zstd","level":)", client_value(f, 0, 0), "}");
    case codec::filter_blosc:
        return blosc_codec(f);
    default:
        return {};
    }
}

std::string name_of(hdf5::filter const& f)
{
    auto const id = "filter " + std::to_string(f.id);
    return f.name.empty() ? id : id + " (" + f.name + ")";
}

/// Readers add zeros to short chunks before they decode, which moves a checksum behind compressed
/// data.
std::size_t checksums_to_cut(filters_view filters) noexcept
{
    std::size_t count = 0;
    while (count < filters.size() &&
           filters[filters.size() - 1 - count].id == codec::filter_fletcher32)
        ++count;
    auto const before = filters.first(filters.size() - count);
    return std::any_of(before.begin(), before.end(), compresses) ? count : 0;
}

}  // namespace

filter_form filters_of(hdf5::filter_pipeline const& pipeline, std::uint64_t element_size)
{
    filter_form out;
    filters_view filters = pipeline.filters;
    if (filters.empty())
        return out;
    auto const cut = checksums_to_cut(filters);
    out.cut = static_cast<std::uint32_t>(4 * cut);
    filters = filters.first(filters.size() - cut);
    out.codecs = "[";
    for (auto const& f : filters) {
        auto const text = codec_text(f, element_size);
        if (text.empty())
            return {filter_form::use::link, "null", 0, "Zarr has no codec for " + name_of(f)};
        if (&f != filters.data())
            out.codecs += ',';
        out.codecs += text;
    }
    out.codecs += ']';
    // Readers undo what is listed from the end, and add zeros to short chunks before that.
    if (std::any_of(filters.begin() + 1, filters.end(), is_shuffle))
        return {filter_form::use::reencode, "null", 0, "shuffle is not the first filter"};
    return out;
}

}  // namespace lindi::zarr
