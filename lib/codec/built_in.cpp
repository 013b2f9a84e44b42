#include <lindi/codec/bitshuffle.hpp>
#include <lindi/codec/blosc.hpp>
#include <lindi/codec/blosc2.hpp>
#include <lindi/codec/bzip2.hpp>
#include <lindi/codec/codec.hpp>
#include <lindi/codec/deflate.hpp>
#include <lindi/codec/fletcher32.hpp>
#include <lindi/codec/lz4.hpp>
#include <lindi/codec/lzf.hpp>
#include <lindi/codec/lzo.hpp>
#include <lindi/codec/nbit.hpp>
#include <lindi/codec/quantized.hpp>
#include <lindi/codec/scaleoffset.hpp>
#include <lindi/codec/shuffle.hpp>
#include <lindi/codec/szip.hpp>
#include <lindi/codec/vbz.hpp>
#include <lindi/codec/zfp.hpp>
#include <lindi/codec/zstd.hpp>

namespace lindi::codec {

registry built_in_filters()
{
    registry known;
    known.add(filter_deflate, {"deflate", decode_deflate});
    known.add(filter_shuffle, {"shuffle", decode_shuffle});
    known.add(filter_fletcher32, {"fletcher32", decode_fletcher32});
    known.add(filter_szip, {"szip", LINDI_WITH_SZIP ? decode_szip : nullptr});
    known.add(filter_nbit, {"nbit", decode_nbit});
    known.add(filter_scaleoffset, {"scaleoffset", decode_scaleoffset});
    known.add(filter_lzo, {"lzo", decode_lzo});
    known.add(filter_bzip2, {"bzip2", LINDI_WITH_BZIP2 ? decode_bzip2 : nullptr});
    known.add(filter_lzf, {"lzf", decode_lzf});
    known.add(filter_blosc, {"blosc", decode_blosc});
    known.add(filter_lz4, {"lz4", decode_lz4});
    known.add(filter_bitshuffle, {"bitshuffle", decode_bitshuffle});
    known.add(filter_zfp, {"zfp", LINDI_WITH_ZFP ? decode_zfp : nullptr});
    known.add(filter_zstd, {"zstd", LINDI_WITH_ZSTD ? decode_zstd : nullptr});
    known.add(filter_vbz, {"vbz", decode_vbz});
    known.add(filter_bitgroom, {"bitgroom", decode_quantized});
    known.add(filter_granular_bitround, {"granular bitround", decode_quantized});
    known.add(filter_blosc2, {"blosc2", decode_blosc2});
    return known;
}

}  // namespace lindi::codec
