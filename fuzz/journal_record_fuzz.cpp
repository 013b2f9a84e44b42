// Records of a bulk job's journal: what was read is written and read again as the same.
#include <lindi/bulk/records.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace lindi;
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    if (auto const blob = bulk::decode_blob_record(text)) {
        auto const again = bulk::decode_blob_record(bulk::encode(*blob));
        if (!again || again->cause != blob->cause || again->content != blob->content)
            __builtin_trap();
    }
    if (auto const asset = bulk::decode_asset_record(text)) {
        auto const again = bulk::decode_asset_record(bulk::encode(*asset));
        if (!again || *again != *asset)
            __builtin_trap();
    }
    return 0;
}
