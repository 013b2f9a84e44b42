#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/datatype.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

using extents = std::vector<std::uint32_t>;

// hdf5's tcompound.h5 at 0x1e48; h5dump: COMPOUND { ARRAY [4] I32BE int_array; ARRAY [5][6] F32BE
// float_array }. Name padded to 8 bytes, offset; rank, reserved, permutation, reserved, four
// extents.
bytes const version_1 = hex("16 | 02 00 00 | 88 00 00 00"
                            "'int_array' 00 00 00 00 00 00 00 | 00 00 00 00"
                            "01 00 00 00 | 00 00 00 00 | 00 00 00 00"
                            "04 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                            "10 09 00 00 04 00 00 00 00 00 20 00"
                            "'float_array' 00 00 00 00 00 | 10 00 00 00"
                            "02 00 00 00 | 00 01 00 00 | 00 00 00 00"
                            "05 00 00 00 06 00 00 00 00 00 00 00 00 00 00 00"
                            "11 21 1f 00 04 00 00 00 00 00 20 00 17 08 00 17 7f 00 00 00");
// jhdf's compound_datasets_earliest.hdf5 at 0x40c8: a string of any length in an array of two.
bytes const version_2 = hex("26 | 01 00 00 | 20 00 00 00 | 'name' 00 00 00 00 | 00 00 00 00"
                            "2a 00 00 00 20 00 00 00 | 01 00 00 00 | 02 00 00 00 | 00 00 00 00"
                            "19 01 01 00 10 00 00 00 | 10 00 00 00 01 00 00 00 00 00 08 00");
// hdf5-json's comp_complex.h5 at 0x10a: a 16-bit i and a 32-bit j; offsets of one byte.
bytes const version_3 = hex("36 | 02 00 00 | 08 00 00 00"
                            "'i' 00 | 00 | 10 08 00 00 02 00 00 00 00 00 10 00"
                            "'j' 00 | 04 | 10 08 00 00 04 00 00 00 00 00 20 00");
// Written by h5py 3.7: numpy's bool, in version 3.
bytes const boolean = hex("38 | 02 00 00 | 01 00 00 00 | 10 08 00 00 01 00 00 00 00 00 08 00"
                          "'FALSE' 00 'TRUE' 00 | 00 01");
// Written by libhdf5 1.10.8 with libver earliest: X = 0, Y = 5, in bytes.
bytes const padded_enumeration =
    hex("18 | 02 00 00 | 01 00 00 00 | 10 00 00 00 01 00 00 00 00 00 08 00"
        "'X' 00 00 00 00 00 00 00 | 'Y' 00 00 00 00 00 00 00 | 00 05");
// Written by libhdf5 1.10.8 for H5T_VARIABLE strings and for sequences.
bytes const text = hex("19 | 01 01 00 | 10 00 00 00 | 10 00 00 00 01 00 00 00 00 00 08 00");
bytes const sequence = hex("19 | 00 00 00 | 10 00 00 00 | 13 00 00 00 02 00 00 00");
// hdfview's tattr2.h5 at 0x2c68, and libhdf5 1.10.8 with libver latest.
bytes const old_array = hex("2a | 00 00 00 | 0c 00 00 00 | 01 00 00 00 | 03 00 00 00 | 00 00 00 00"
                            "10 08 00 00 04 00 00 00 00 00 20 00");
bytes const array = hex("3a | 00 00 00 | 06 00 00 00 | 01 | 03 00 00 00"
                        "10 08 00 00 02 00 00 00 02 00 09 00");
// Written by libhdf5 2.2 for H5Tcomplex_create(H5T_IEEE_F64BE).
bytes const complex = hex("5b | 01 00 00 | 10 00 00 00"
                          "11 21 3f 00 08 00 00 00 00 00 40 00 34 0b 00 34 ff 03 00 00");

result<datatype_ptr> decode(bytes const& b, file_sizes sizes = {})
{
    return decode_datatype(sample_block(b), sizes);
}

datatype decoded(bytes const& b)
{
    return *decode(b).value();
}

}  // namespace

TEST_CASE("datatype: dimensions of version 1 members become array types")
{
    auto const type = decoded(version_1);
    CHECK(type.what == type_class::compound);
    CHECK(type.size == 136);
    REQUIRE(type.members.size() == 2);
    CHECK(type.members[0].name == "int_array");
    CHECK(type.members[0].offset == 0);
    auto const& ints = *type.members[0].type;
    CHECK(ints.what == type_class::array);
    CHECK(ints.size == 16);
    CHECK(ints.dimensions == extents{4});
    CHECK(ints.base->what == type_class::integer);
    CHECK(type.members[1].name == "float_array");
    CHECK(type.members[1].offset == 16);
    auto const& floats = *type.members[1].type;
    CHECK(floats.size == 120);
    CHECK(floats.dimensions == extents{5, 6});
    CHECK(floats.base->order == byte_order::big);
}

TEST_CASE("datatype: version 1 members without dimensions are what they are")
{
    // The array types without their rank.
    auto const type = decoded(patched(version_1, {{28, 0}}));
    CHECK(type.members[0].type->what == type_class::integer);
    CHECK(type.members[0].type->size == 4);
}

TEST_CASE("datatype: compounds of version 2 have padded names and no dimensions")
{
    auto const type = decoded(version_2);
    REQUIRE(type.members.size() == 1);
    CHECK(type.members[0].name == "name");
    auto const& member = *type.members[0].type;
    CHECK(member.what == type_class::array);
    CHECK(member.dimensions == extents{2});
    CHECK(member.base->is_variable_string);
}

TEST_CASE("datatype: compounds of version 3 pad nothing")
{
    auto const type = decoded(version_3);
    REQUIRE(type.members.size() == 2);
    CHECK(type.members[0].name == "i");
    CHECK(type.members[0].offset == 0);
    CHECK(type.members[1].name == "j");
    CHECK(type.members[1].offset == 4);
    CHECK(type.members[1].type->size == 4);
}

TEST_CASE("datatype: offsets of version 3 have as many bytes as the compound's size needs")
{
    for (auto const& [size, offset] :
         {std::pair("ff 00 00 00", "fe"),
          {"00 01 00 00", "fe 00"},
          {"ff ff 00 00", "fe 00"},
          {"00 00 01 00", "fe 00 00"},
          {"00 00 00 01", "fe 00 00 00"}}) {
        CAPTURE(size);
        auto const sample =
            hex(std::string("36 | 01 00 00 | ") + size + "'a' 00 | " + offset +
                "13 00 00 00 01 00 00 00");
        CHECK(decoded(sample).members[0].offset == 0xfe);
    }
}

TEST_CASE("datatype: enumerations name values of their base")
{
    auto const type = decoded(boolean);
    CHECK(type.what == type_class::enumeration);
    CHECK(type.size == 1);
    CHECK(type.base->what == type_class::integer);
    REQUIRE(type.values.size() == 2);
    CHECK(type.values[0].name == "FALSE");
    CHECK(type.values[0].value == hex("00"));
    CHECK(type.values[1].name == "TRUE");
    CHECK(type.values[1].value == hex("01"));
    auto const padded = decoded(padded_enumeration);
    CHECK(padded.values[1].name == "Y");
    CHECK(padded.values[1].value == hex("05"));
}

TEST_CASE("datatype: sequences and strings of any length")
{
    auto const a = decoded(text);
    CHECK(a.what == type_class::variable_length);
    CHECK(a.is_variable_string);
    CHECK(a.charset == character_set::utf8);
    CHECK(a.padding == string_pad::null_terminated);
    CHECK(a.size == 16);
    auto const b = decoded(sequence);
    CHECK_FALSE(b.is_variable_string);
    CHECK(b.base->what == type_class::string);
    CHECK(b.base->size == 2);
}

TEST_CASE("datatype: a sequence is as wide as length and global heap id")
{
    auto const narrow = hex("19 01 00 00 0a 00 00 00 | 10 00 00 00 01 00 00 00 00 00 08 00");
    CHECK(decode(narrow, {2, 4}).has_value());
    CHECK(refusal(decode(narrow, {4, 4})) == errc::bad_value);
}

TEST_CASE("datatype: arrays of both kinds")
{
    auto const old = decoded(old_array);
    CHECK(old.what == type_class::array);
    CHECK(old.dimensions == extents{3});
    CHECK(old.array_count() == 3);
    auto const type = decoded(array);
    CHECK(type.dimensions == extents{3});
    CHECK(type.base->precision == 9);
    CHECK(type.base->array_count() == 1);
}

TEST_CASE("datatype: complex numbers are two of their base")
{
    auto const type = decoded(complex);
    CHECK(type.what == type_class::complex);
    CHECK(type.version == 5);
    CHECK(type.size == 16);
    CHECK(type.base->what == type_class::floating);
    CHECK(type.base->size == 8);
}

TEST_CASE("datatype: every shorter body of these classes is refused")
{
    for (auto const& sample :
         {version_1,
          version_2,
          version_3,
          boolean,
          padded_enumeration,
          text,
          sequence,
          old_array,
          array,
          complex})
        check_prefixes_refused(sample, [](block_view b) { return decode_datatype(b, {}); });
}

TEST_CASE("datatype: members lie in their compound, apart from each other")
{
    // At the last possible place, one further, in the other one, in front of nothing.
    CHECK(decode(patched(version_3, {{25, 4}})).has_value());
    CHECK(refusal(decode(patched(version_3, {{25, 5}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(version_3, {{25, 1}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(version_1, {{4, 0x87}}))) == errc::bad_value);
    // In any order.
    auto const swapped = patched(version_3, {{10, 4}, {25, 0}});
    CHECK(decoded(swapped).members[0].name == "i");
    CHECK(decoded(swapped).members[0].offset == 4);
}

TEST_CASE("datatype: members have names of their own")
{
    CHECK(refusal(decode(patched(version_3, {{23, 'i'}}))) == errc::bad_value);
}

TEST_CASE("datatype: a compound has members")
{
    CHECK(refusal(decode(patched(version_3, {{1, 0}}))) == errc::bad_value);
}

TEST_CASE("datatype: dimensions of version 1 members are at most four, and not 0")
{
    CHECK(refusal(decode(patched(version_1, {{28, 5}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(version_1, {{40, 0}}))) == errc::bad_value);
    // 2^32 numbers of 4 bytes.
    auto const huge = patched(version_1, {{28, 2}, {40, 0}, {42, 1}, {44, 0}, {46, 1}});
    CHECK(refusal(decode(huge)) == errc::bad_value);
}

TEST_CASE("datatype: arrays have 1 to 32 dimensions, none of them 0, and the size of all")
{
    CHECK(refusal(decode(patched(array, {{8, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(array, {{8, 33}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(array, {{9, 0}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(array, {{9, 4}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(array, {{4, 5}}))) == errc::bad_value);
}

TEST_CASE("datatype: more elements than 64 bits count are no array")
{
    auto const sample = hex("3a 00 00 00 04 00 00 00 | 03 | 00000080 00000080 08000000"
                            "13 00 00 00 04 00 00 00");
    CHECK(refusal(decode(sample)) == errc::bad_value);
}

TEST_CASE("datatype: an enumeration is of integers of its size")
{
    CHECK(refusal(decode(patched(boolean, {{4, 2}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(boolean, {{8, 0x14}}))) == errc::bad_value);
}

TEST_CASE("datatype: sequences of unknown kinds and strings of unknown characters are refused")
{
    CHECK(refusal(decode(patched(text, {{1, 2}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(text, {{1, 0x31}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(text, {{2, 2}}))) == errc::bad_value);
}

TEST_CASE("datatype: complex numbers of other forms are not supported")
{
    CHECK(refusal(decode(patched(complex, {{1, 0}}))) == errc::unsupported);
    CHECK(refusal(decode(patched(complex, {{1, 3}}))) == errc::unsupported);
    CHECK(refusal(decode(patched(complex, {{4, 17}}))) == errc::bad_value);
    CHECK(refusal(decode(patched(complex, {{4, 18}}))) == errc::bad_value);
    auto const of_integers = hex("5b 01 00 00 08 00 00 00 | 10 08 00 00 04 00 00 00 00 00 20 00");
    CHECK(refusal(decode(of_integers)) == errc::bad_value);
}

TEST_CASE("datatype: more members or names than bytes are refused before anything is allocated")
{
    CHECK(refusal(decode(patched(version_3, {{1, 0xff}, {2, 0xff}}))) == errc::truncated);
    CHECK(refusal(decode(patched(boolean, {{1, 0xff}, {2, 0xff}}))) == errc::truncated);
}
