#include <lindi/hdf5/cache_image.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    (void
    )lindi::hdf5::decode_cache_image({{reinterpret_cast<std::byte const*>(data), size}, 0}, {8, 8});
    return 0;
}
