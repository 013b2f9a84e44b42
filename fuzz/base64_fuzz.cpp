#include <lindi/codec/base64.hpp>

#include <cstdlib>

/// Bytes survive the way there and back, and a text that is accepted is the only one for its bytes.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace lindi;
    std::span const plain(reinterpret_cast<std::byte const*>(data), size);
    std::string text;
    codec::append_base64(text, plain);
    auto const back = codec::decode_base64(text);
    if (!back || *back != bytes(plain.begin(), plain.end()))
        std::abort();

    auto const decoded = codec::decode_base64(as_text(plain));
    if (!decoded)
        return 0;
    std::string again;
    codec::append_base64(again, *decoded);
    if (again != as_text(plain))
        std::abort();
    return 0;
}
