#include "c_order.hpp"

#include <lindi/core/checked.hpp>
#include <lindi/core/utf8.hpp>
#include <lindi/lindi/array_decoder.hpp>
#include <lindi/lindi/json_elements.hpp>
#include <lindi/lindi/object_payload.hpp>
#include <lindi/lindi/reference_document.hpp>

namespace lindi::rfs {
namespace {

using form = zarr::stored_type::form;

bool has_object_codec(zarr::array_form const& array)
{
    return !array.filters.empty() && zarr::is_object_codec(array.filters.front());
}

/// Texts end at a NUL here: what is behind it would be lost in silence.
result<void> check_text(std::string_view text)
{
    if (text.find('\0') != text.npos)
        return error(errc::unsupported, error::nowhere, "chunk", "a text with a NUL inside");
    return {};
}

/// A chunk shorter than it should be: what is behind the last element inside the array nobody
/// reads, and for numbers without codecs Python lindi puts zeros.
result<lindi::bytes>
to_size(lindi::bytes data, array_chunks const& about, std::uint64_t whole, std::uint64_t needed)
{
    auto const& array = about.form;
    bool const raw = array.filters.empty() && !array.compressor && array.type.is_number;
    if (data.size() > whole || (data.size() < needed && !raw))
        return error(
            errc::bad_value,
            error::nowhere,
            "chunk",
            std::to_string(data.size()) + " bytes decoded, " + std::to_string(whole) + " expected"
        );
    data.resize(whole);
    return data;
}

/// Items of one chunk on their way into elements.
class element_maker {
public:
    element_maker(array_chunks const& about, std::uint64_t number)
        : about_(about), heap_(about.first_collection + number),
          parts_{heap_, *about.names, about.form.fill_value == "0"}, size_(about.element->size),
          elements_(about.elements * size_)
    {}

    result<void> take_json(block_view payload)
    {
        return read_json2(payload, about_.form.chunks, [this](json_reader& r) {
            take_element(r, *about_.element, next(), parts_);
        });
    }

    result<void> take_vlen(block_view payload)
    {
        bool const is_text = about_.element->is_variable_string;
        result<void> kept;
        auto const read = read_vlen(payload, about_.elements, [&](std::span<std::byte const> item) {
            if (kept && is_text)
                kept = check_text(as_text(item));
            if (!heap_.put(next(), static_cast<std::uint32_t>(item.size()), item))
                kept = too_many();
        });
        return kept ? read : kept;
    }

    result<void> take_unicode(lindi::bytes const& items)
    {
        auto const width = about_.form.type.item_size;
        for (std::size_t at = 0; at + width <= items.size(); at += width) {
            auto const item = std::span(items).subspan(at, width);
            auto const text = utf8_of_utf32(item, about_.form.type.big_endian);
            if (!text)
                return text.error();
            if (auto const checked = check_text(*text); !checked)
                return checked;
            if (!heap_.put(next(), static_cast<std::uint32_t>(text->size()), as_bytes(*text)))
                return too_many();
        }
        return {};
    }

    node::decoded_chunk finish()
    {
        node::decoded_chunk out;
        out.elements = std::move(elements_);
        if (!heap_.empty()) {
            auto made = heap_.finish();
            out.collection = heap_.collection();
            out.heap = std::move(made.bytes);
            out.objects = std::move(made.objects);
        }
        return out;
    }

private:
    /// \pre called no more often than there are elements
    std::span<std::byte> next()
    {
        auto const element = std::span(elements_).subspan(at_, size_);
        at_ += size_;
        return element;
    }

    static error too_many() { return error(errc::too_large, error::nowhere, "chunk", "texts"); }

    array_chunks const& about_;
    node::heap_builder heap_;
    element_parts parts_;
    std::size_t size_;
    std::size_t at_ = 0;
    lindi::bytes elements_;
};

result<node::decoded_chunk>
decode_objects(array_chunks const& about, std::uint64_t number, block_view payload)
{
    element_maker maker(about, number);
    bool const json = about.form.filters.front().id == "json2";
    auto const read = json ? maker.take_json(payload) : maker.take_vlen(payload);
    if (!read)
        return read.error();
    return maker.finish();
}

}  // namespace

std::uint64_t largest_payload(std::uint64_t elements, limits const& max) noexcept
{
    constexpr std::uint64_t per_element = 1024;
    auto const many = checked_multiply(elements, per_element).value_or(max.decoded_chunk);
    auto const all = checked_add(many, max.inline_bytes).value_or(max.decoded_chunk);
    return std::min(all, max.decoded_chunk);
}

result<lindi::bytes> undo_codecs(
    zarr::array_form const& array, bool is_inline, block_view stored, std::uint64_t max_size
)
{
    std::vector<zarr::codec_call> calls(
        array.filters.begin() + (has_object_codec(array) ? 1 : 0), array.filters.end()
    );
    if (array.compressor)
        calls.push_back(*array.compressor);
    if (!is_inline)
        return zarr::decode_codecs(calls, stored, max_size);
    auto const content = decode_inline(as_text(stored.bytes));
    if (!content)
        return content.error();
    return zarr::decode_codecs(calls, {*content, stored.at}, max_size);
}

bool array_decoder::is_plain(node::stored_chunk const& chunk) const noexcept
{
    auto const& array = about_.form;
    return chunk.offset >= about_.inline_end && array.type.how == form::same &&
           array.filters.empty() && !array.compressor &&
           (!array.fortran_order || array.chunks.size() < 2);
}

result<std::uint64_t> array_decoder::size_of(node::stored_chunk const& chunk) const
{
    auto const size = about_.files->size_of(chunk.offset);
    if (!size)
        return size;
    auto const start = chunk.offset & (io::joined_source::part_size - 1);
    return start < *size ? *size - start : 0;
}

result<node::decoded_chunk> array_decoder::decode(
    std::uint64_t number,
    node::stored_chunk const& chunk,
    block_view stored,
    std::uint64_t needed,
    limits const& max
) const
{
    auto const& type = about_.form.type;
    auto const width = std::max<std::uint64_t>(type.item_size, about_.element->size);
    auto const whole = checked_multiply(about_.elements, width);
    if (!whole || *whole > max.decoded_chunk)
        return error(errc::too_large, stored.at, "chunk", "limit on decoded chunks");
    bool const is_inline = chunk.offset < about_.inline_end;
    if (type.how == form::objects) {
        auto const most = largest_payload(about_.elements, max);
        auto const payload = undo_codecs(about_.form, is_inline, stored, most);
        return payload ? decode_objects(about_, number, {*payload, stored.at}) : payload.error();
    }
    auto const size = about_.elements * type.item_size;
    auto items = undo_codecs(about_.form, is_inline, stored, size);
    if (!items)
        return items.error();
    bool const turned = about_.form.fortran_order && about_.form.chunks.size() > 1;
    auto const least = turned ? size : needed / about_.element->size * type.item_size;
    items = to_size(std::move(*items), about_, size, least);
    if (!items)
        return items.error();
    if (turned)
        *items = to_c_order(*items, about_.form.chunks, type.item_size);
    if (type.how == form::unicode) {
        element_maker maker(about_, number);
        if (auto const taken = maker.take_unicode(*items); !taken)
            return taken.error();
        return maker.finish();
    }
    node::decoded_chunk out;
    out.elements = std::move(*items);
    return out;
}

}  // namespace lindi::rfs
