/// \file
/// Reads a datatype and the types in it from one message: one function per class.

#pragma once

#include <lindi/hdf5/message/datatype.hpp>

namespace lindi::hdf5 {

/// Failures stay in the cursor. The `bits` of a class are the 24 behind class and version.
class type_reader {
public:
    type_reader(cursor& c, file_sizes sizes, unsigned max_nesting) noexcept
        : c_(c), sizes_(sizes), nesting_left_(max_nesting)
    {}

    /// The type at the cursor; never null.
    datatype_ptr read();

private:
    void read_class(datatype& type, unsigned bits);

    void read_integer(datatype& type, unsigned bits);
    void read_float(datatype& type, unsigned bits);
    void read_time(datatype& type, unsigned bits);
    void read_string(datatype& type, unsigned bits);
    void read_bitfield(datatype& type, unsigned bits);
    void read_opaque(datatype& type, unsigned bits);
    void read_reference(datatype& type, unsigned bits);
    void read_compound(datatype& type, unsigned bits);
    void read_enumeration(datatype& type, unsigned bits);
    void read_variable_length(datatype& type, unsigned bits);
    void read_array(datatype& type);
    void read_complex(datatype& type, unsigned bits);

    void read_bit_range(datatype& type);
    void check_float(datatype const& type);
    string_pad to_padding(unsigned value);
    character_set to_charset(unsigned value);
    compound_member read_member(datatype const& compound);
    std::vector<std::uint32_t> read_member_dimensions();
    void check_members(std::vector<compound_member> const& members);
    std::string read_name(unsigned version);
    std::vector<std::uint32_t> read_dimensions(unsigned count);
    datatype_ptr read_base();

    cursor& c_;
    file_sizes sizes_;
    unsigned nesting_left_;
};

}  // namespace lindi::hdf5
