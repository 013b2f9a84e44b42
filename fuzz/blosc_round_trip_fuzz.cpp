#include <lindi/codec/blosc.hpp>
#include <lindi/codec/blosc_encode.hpp>

#include <cstdlib>

/// A byte with the size of an element, then the data.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace lindi;
    if (size == 0)
        return 0;
    std::span const plain(reinterpret_cast<std::byte const*>(data + 1), size - 1);
    auto const frame = codec::encode_blosc(plain, data[0]);
    if (!frame || frame->size() > plain.size() + 16)
        std::abort();
    auto const back = codec::decode_blosc({*frame, 0}, {}, plain.size());
    if (!back || *back != bytes(plain.begin(), plain.end()))
        std::abort();
    return 0;
}
