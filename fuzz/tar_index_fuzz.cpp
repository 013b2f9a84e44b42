// The index of a tar, and the entry that tells where it is.
#include <lindi/lindi/tar_index.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace lindi;
    block_view const input{{reinterpret_cast<std::byte const*>(data), size}, 0};
    auto const own = rfs::decode_tar_start(input);
    (void)rfs::decode_tar_index(input, own ? *own : rfs::tar_entry{1536, 2048, 8192});
    return 0;
}
