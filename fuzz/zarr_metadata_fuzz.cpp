// A .zarray, its fill value, and bytes that its codecs are to undo: the metadata end at the first
// NUL.
#include <lindi/zarr/array_form.hpp>

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace lindi;
    std::span const all(reinterpret_cast<std::byte const*>(data), size);
    auto const text = as_text(all).substr(0, as_text(all).find('\0'));
    auto const form = zarr::parse_array_form(text);
    if (!form)
        return 0;
    auto const fill = zarr::fill_element(*form);
    if (fill && *fill && (*fill)->size() != form->type.item_size)
        std::abort();
    constexpr std::uint64_t most = 1 << 20;
    auto const stored = all.subspan(std::min(text.size() + 1, all.size()));
    auto const decoded = zarr::decode_codecs(form->filters, {stored, 0}, most);
    if (decoded && decoded->size() > most)
        std::abort();
    return 0;
}
