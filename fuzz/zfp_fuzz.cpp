#include "codec_input.hpp"

#include <lindi/codec/zfp.hpp>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    return lindi::fuzz::run_decoder(lindi::codec::decode_zfp, data, size);
}
