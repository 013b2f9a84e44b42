#include <lindi/codec/codec.hpp>
#include <lindi/codec/deflate.hpp>
#include <lindi/codec/fletcher32.hpp>
#include <lindi/codec/shuffle.hpp>

namespace lindi::codec {

registry built_in_filters()
{
    registry known;
    known.add(filter_deflate, {"deflate", decode_deflate});
    known.add(filter_shuffle, {"shuffle", decode_shuffle});
    known.add(filter_fletcher32, {"fletcher32", decode_fletcher32});
    return known;
}

}  // namespace lindi::codec
