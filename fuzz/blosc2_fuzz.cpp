#include "codec_input.hpp"

#include <lindi/codec/blosc2.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    return lindi::fuzz::run_decoder(lindi::codec::decode_blosc2, data, size);
}
