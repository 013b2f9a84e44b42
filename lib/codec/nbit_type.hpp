/// \file
/// The datatype that the nbit filter packs by, out of its client data.

#pragma once

#include <lindi/codec/codec.hpp>

#include <vector>

namespace lindi::codec {

struct nbit_type {
    enum class kind { atomic = 1, array = 2, compound = 3, opaque = 4 };

    kind what = kind::opaque;
    std::uint64_t size = 0;        ///< bytes of an unpacked element; not 0
    std::uint64_t bits = 0;        ///< of a packed element, at most 8 * size
    std::uint64_t offset = 0;      ///< of a member, in its compound
    bool big_endian = false;       ///< atomic
    unsigned lowest_bit = 0;       ///< atomic: where the packed bits go
    std::vector<nbit_type> parts;  ///< members of a compound, or the element type of an array
};

/// \param values  class, size and what the class needs
/// \return the type, or
///   errc::truncated    too few values
///   errc::bad_value    sizes do not fit into each other, or an unknown class
///   errc::too_large    over 32 types in each other
///   errc::unsupported  a type that libhdf5 itself packs wrongly
[[nodiscard]] result<nbit_type> read_nbit_type(client_values values, std::uint64_t at);

}  // namespace lindi::codec
