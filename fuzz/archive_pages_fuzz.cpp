// What an archive's API, its manifests and its bucket answer, and lines of lists. The first byte
// says which.
#include <lindi/dandi/pages.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace lindi;
    if (size == 0)
        return 0;
    std::string_view const text(reinterpret_cast<char const*>(data + 1), size - 1);
    switch (data[0]) {
    case 'd':
        (void)dandi::decode_dandiset_page(text);
        break;
    case 'o':
        (void)dandi::decode_dandiset(text);
        break;
    case 'v':
        (void)dandi::decode_version_page(text);
        break;
    case 'a':
        if (auto const page = dandi::decode_asset_page(text))
            for (auto const& row : page->rows)
                if (!dandi::is_plain_name(row.id))
                    __builtin_trap();
        break;
    case 'm':
        if (auto const all = dandi::decode_manifest(text))
            for (auto const& one : *all)
                if (!dandi::is_plain_name(one.id))
                    __builtin_trap();
        break;
    case 'b':
        (void)dandi::decode_folder_page(text);
        break;
    default:
        (void)dandi::decode_list_line(text);
    }
    return 0;
}
