/// \file
/// One element, decoded: what attributes and inlined data are made of.

#pragma once

#include <lindi/node/graph.hpp>

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace lindi::node {

struct value;
using value_list = std::vector<value>;

/// A string of the file: its bytes, trimmed as its padding says. Not always UTF-8.
struct text {
    std::string bytes;
};
/// Bits that no number says: opaque, bitfields over 8 bytes, numbers wider than 8 bytes.
/// Little-endian for numbers.
struct raw_bits {
    lindi::bytes bytes;
};
/// A reference to an object, to a part of a dataset or to an attribute.
struct reference {
    hdf5::reference_kind kind = hdf5::reference_kind::object;
    bool null = false;
    object_id object = no_object;  ///< no_object although not null: it leads to nothing that was
                                   ///< found, or to another file
    std::shared_ptr<hdf5::selection const> region;  ///< region kinds
    std::string attribute;                          ///< attribute kind
};

struct value {
    /// monostate: a null heap id (never written), for variable-length parts.
    /// Enumerations and bitfields are their numbers; complex, compound and array are lists.
    std::variant<
        std::monostate,
        std::int64_t,
        std::uint64_t,
        double,
        text,
        raw_bits,
        reference,
        value_list>
        is;
};

/// Values that one element may hold, all levels together: heap objects that many ids share could
/// multiply. Long texts count as several.
class part_counter {
public:
    /// \return nothing; or errc::too_large. `check_room` takes none
    [[nodiscard]] result<void> check_room(std::uint64_t parts) const;
    [[nodiscard]] result<void> take(std::uint64_t parts);
    [[nodiscard]] result<void> take_text(std::string_view text);

private:
    std::uint64_t left_ = 16'000'000;
};

/// Decodes one element.
/// \param element  type.size bytes
/// \param g        resolves heap ids and references
/// \return the value; or errc::not_found (heap object), errc::unsupported, errc::too_large (parts)
[[nodiscard]] result<value>
decode_value(hdf5::datatype const& type, std::span<std::byte const> element, graph const& g);

/// Integer of at most 8 bytes: offset, precision, sign and byte order applied.
/// \return as unsigned bits; sign-extended when the type is signed
std::uint64_t decode_integer_bits(hdf5::datatype const& type, std::span<std::byte const> element);

/// Any floating-point layout of at most 16 bytes, rounded to the nearest double.
double decode_float(hdf5::datatype const& type, std::span<std::byte const> element);

/// Whether the type is IEEE binary16, 32 or 64, in either byte order (VAX is not).
bool is_ieee(hdf5::datatype const& type) noexcept;

/// Bytes of a fixed string without its padding; NULs that end a space-padded one are none of its
/// text either, as for numpy.
std::string_view trim_fixed_string(hdf5::datatype const& type, std::span<std::byte const> element);

}  // namespace lindi::node
