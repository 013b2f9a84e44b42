#include "file_builder.hpp"
#include "hex.hpp"
#include "sample_file.hpp"
#include "types.hpp"
#include "walked_file.hpp"

#include <lindi/node/value.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

namespace lindi::node {
namespace {

using hdf5::byte_order;
using test::hex;
using test::integer;
using test::sample_file;
using test::walked_file;

/// Decodes what needs no heap.
value decode(test::type_ptr const& type, bytes const& element)
{
    graph const none;
    auto decoded = decode_value(*type, element, none);
    REQUIRE(decoded.has_value());
    return std::move(*decoded);
}

std::int64_t as_signed(test::type_ptr const& type, bytes const& element)
{
    return std::get<std::int64_t>(decode(type, element).is);
}

std::uint64_t as_unsigned(test::type_ptr const& type, bytes const& element)
{
    return std::get<std::uint64_t>(decode(type, element).is);
}

TEST_CASE("integer value: every size, order and sign")
{
    // numpy: np.array(x, dtype).tobytes()
    CHECK(as_signed(integer(1), hex("fe")) == -2);
    CHECK(as_unsigned(integer(1, false), hex("fe")) == 254);
    CHECK(as_signed(integer(2), hex("fe ff")) == -2);
    CHECK(as_signed(integer(2, true, byte_order::big), hex("ff fe")) == -2);
    CHECK(as_signed(integer(4), hex("00 00 00 80")) == std::numeric_limits<std::int32_t>::min());
    CHECK(as_unsigned(integer(4, false, byte_order::big), hex("80 00 00 01")) == 0x8000'0001);
    CHECK(
        as_signed(integer(8), hex("ff ff ff ff ff ff ff 7f")) ==
        std::numeric_limits<std::int64_t>::max()
    );
    CHECK(as_unsigned(integer(8, false), hex("ff ff ff ff ff ff ff ff")) == ~std::uint64_t{0});
}

TEST_CASE("integer value: three bytes, and numbers that are part of their element")
{
    CHECK(as_signed(integer(3), hex("fe ff ff")) == -2);
    CHECK(as_signed(integer(3, true, byte_order::big), hex("00 01 00")) == 256);
    CHECK(as_unsigned(integer(3, false), hex("ff ff ff")) == 0xff'ffff);

    // H5Tset_precision(12), H5Tset_offset(3): bits 3 to 14.
    auto part = integer(2);
    part->precision = 12;
    part->bit_offset = 3;
    CHECK(as_signed(part, hex("f8 7f")) == -1);
    CHECK(as_signed(part, hex("07 80")) == 0);  // only padding is set
    CHECK(as_signed(part, hex("08 40")) == -2047);
    part->is_signed = false;
    CHECK(as_unsigned(part, hex("08 40")) == 2049);
}

TEST_CASE("integer value: over eight bytes the bits are handed over, least significant first")
{
    auto const little = decode(integer(16), hex("0102030405060708 090a0b0c0d0e0f10"));
    CHECK(std::get<raw_bits>(little.is).bytes == hex("0102030405060708 090a0b0c0d0e0f10"));
    auto const big =
        decode(integer(16, true, byte_order::big), hex("0102030405060708 090a0b0c0d0e0f10"));
    CHECK(std::get<raw_bits>(big.is).bytes == hex("100f0e0d0c0b0a09 0807060504030201"));
}

TEST_CASE("integer bits: odd types of hand have no undefined shifts")
{
    auto type = integer(8);
    type->precision = 0;
    CHECK(decode_integer_bits(*type, hex("ffffffffffffffff")) == 0);
    type->precision = 64;
    type->bit_offset = 64;
    CHECK(decode_integer_bits(*type, hex("ffffffffffffffff")) == 0);
    type->bit_offset = 63;
    CHECK(decode_integer_bits(*type, hex("ffffffffffffffff")) == 1);
}

TEST_CASE("bitfield value: an unsigned number")
{
    auto type = test::make_type(hdf5::type_class::bitfield, 2);
    type->precision = 16;
    CHECK(as_unsigned(type, hex("34 12")) == 0x1234);
}

TEST_CASE("string value: each padding ends the text in its own way")
{
    using hdf5::string_pad;
    auto const text_of = [](string_pad pad, bytes const& element) {
        auto const type = test::fixed_string(static_cast<std::uint32_t>(element.size()), pad);
        return std::get<text>(decode(type, element).is).bytes;
    };
    auto const element = hex("'ab' 00 'c ' 00 00");
    CHECK(text_of(string_pad::null_terminated, element) == "ab");
    CHECK(text_of(string_pad::null_padded, element) == std::string("ab\0c ", 5));
    CHECK(text_of(string_pad::space_padded, hex("'ab  '")) == "ab");
    // what h5py 3.7 reads: numpy ends no text with NULs
    CHECK(text_of(string_pad::space_padded, element) == std::string("ab\0c ", 5));
    CHECK(text_of(string_pad::space_padded, hex("'a' 00 ' '")) == "a");
    CHECK(text_of(string_pad::space_padded, hex("'a ' 00")) == "a ");
    for (auto const pad : {string_pad::null_terminated, string_pad::null_padded})
        CHECK(text_of(pad, hex("00 00")).empty());
    CHECK(text_of(string_pad::space_padded, hex("'  '")).empty());
    CHECK(text_of(string_pad::null_terminated, hex("'full'")) == "full");
}

TEST_CASE("fixed string: nothing but padding is an empty view inside its element")
{
    // Copies are made from the view's address: a null one would be undefined.
    hdf5::datatype type;
    type.what = hdf5::type_class::string;
    type.size = 6;
    type.padding = hdf5::string_pad::space_padded;
    auto const blank = hex("'      '");
    auto const trimmed = trim_fixed_string(type, blank);
    CHECK(trimmed.empty());
    CHECK(trimmed.data() != nullptr);
}

TEST_CASE("opaque and time values are their bytes")
{
    auto const opaque = test::make_type(hdf5::type_class::opaque, 3);
    CHECK(std::get<raw_bits>(decode(opaque, hex("010203")).is).bytes == hex("010203"));
    auto const time = test::make_type(hdf5::type_class::time, 4);
    CHECK(std::get<raw_bits>(decode(time, hex("01020304")).is).bytes == hex("01020304"));
}

TEST_CASE("compound, array and complex values are lists")
{
    auto const type =
        test::compound({{"n", integer(2)}, {"a", test::array_of(integer(1), {2, 2})}});
    auto const list = std::get<value_list>(decode(type, hex("0700 01020304")).is);
    REQUIRE(list.size() == 2);
    CHECK(std::get<std::int64_t>(list[0].is) == 7);
    auto const inner = std::get<value_list>(list[1].is);
    REQUIRE(inner.size() == 4);
    CHECK(std::get<std::int64_t>(inner[3].is) == 4);

    auto const complex = test::make_type(hdf5::type_class::complex, 8);
    complex->base = test::floating(4);
    auto const parts = std::get<value_list>(decode(complex, hex("0000c03f 000000c0")).is);
    CHECK(std::get<double>(parts.at(0).is) == 1.5);
    CHECK(std::get<double>(parts.at(1).is) == -2);
}

TEST_CASE("enumeration value: its number, member or not")
{
    CHECK(as_signed(test::boolean(), hex("01")) == 1);
    CHECK(as_signed(test::boolean(), hex("7f")) == 127);
}

TEST_CASE("value: an element shorter than its type is refused")
{
    graph const none;
    CHECK(decode_value(*integer(4), hex("010203"), none).error().code() == errc::truncated);
    auto const type = test::compound({{"n", integer(2)}});
    type->size = 1;
    CHECK(decode_value(*type, hex("01"), none).error().code() == errc::bad_value);
}

TEST_CASE("value: what was written by h5py comes back")
{
    walked_file const file(sample_file("values"));
    auto const value_of = [&](std::string_view name, std::size_t i) {
        auto const& a = file.attribute("/", name);
        auto const size = a.type->size;
        auto decoded =
            decode_value(*a.type, std::span(a.value).subspan(i * size, size), file.graph());
        REQUIRE(decoded.has_value());
        return std::move(*decoded);
    };
    // make_files.py: 1 and -2 in all signed types.
    for (auto const* const name :
         {"int_i1_little", "int_i2_little", "int_i4_little", "int_i4_big", "int_i8_big"}) {
        CAPTURE(name);
        CHECK(std::get<std::int64_t>(value_of(name, 0).is) == 1);
        CHECK(std::get<std::int64_t>(value_of(name, 1).is) == -2);
    }
    CHECK(std::get<std::uint64_t>(value_of("int_u1_little", 1).is) == 254);
    CHECK(std::get<std::uint64_t>(value_of("int_u2_big", 1).is) == 65534);
    CHECK(std::get<std::uint64_t>(value_of("int_u8_little", 1).is) == ~std::uint64_t{1});
    for (auto const* const name : {"float_f2", "float_f4", "float_f8"}) {
        CAPTURE(name);
        CHECK(std::get<double>(value_of(name, 0).is) == 1.5);
        CHECK(std::signbit(std::get<double>(value_of(name, 1).is)));
        CHECK(std::isinf(std::get<double>(value_of(name, 2).is)));
    }
    CHECK(std::get<std::int64_t>(value_of("bool", 0).is) == 1);
    CHECK(std::get<std::uint64_t>(value_of("enum", 0).is) == 2);
    CHECK(std::get<text>(value_of("fixed", 0).is).bytes == "ab");
    CHECK(std::get<text>(value_of("text", 0).is).bytes == "h\xc3\xa4");
    CHECK(std::get<text>(value_of("texts", 1).is).bytes.empty());
    CHECK(std::get<text>(value_of("texts", 2).is).bytes == "three");
    CHECK(std::get<std::uint64_t>(value_of("bits", 0).is) == 0x1234);
    CHECK(std::get<std::int64_t>(value_of("three_bytes", 0).is) == -2);
    CHECK(std::get<raw_bits>(value_of("opaque", 0).is).bytes == hex("010203"));
    CHECK(std::get<value_list>(value_of("array", 1).is).size() == 2);
    auto const record = std::get<value_list>(value_of("compound", 0).is);
    CHECK(std::get<std::int64_t>(record.at(0).is) == 7);
    CHECK(std::get<double>(record.at(1).is) == 2.5);
    auto const sequence = std::get<value_list>(value_of("sequences", 0).is);
    REQUIRE(sequence.size() == 3);
    CHECK(std::get<std::int64_t>(sequence[2].is) == 3);
    CHECK(std::get<value_list>(value_of("sequences", 1).is).empty());
}

/// A graph whose global heap has one collection, at address 64.
struct heap_graph {
    graph g;

    explicit heap_graph(std::vector<bytes> const& objects)
    {
        auto const content = std::make_shared<bytes const>(test::global_heap(objects));
        block const whole{content, {*content, 64}};
        g.heap.add(64, whole, hdf5::decode_collection(whole.view, {}));
    }
    result<value> decode(test::type_ptr const& type, bytes const& element) const
    {
        return decode_value(*type, element, g);
    }
};

TEST_CASE("variable-length value: null ids are nothing, empty ones are empty")
{
    heap_graph const heap({hex("01")});
    auto const numbers = test::sequence_of(integer(1));
    auto const null = test::sequence_element(0, 0, 0);
    CHECK(std::holds_alternative<std::monostate>(heap.decode(test::variable_string(), null)->is));
    CHECK(std::get<value_list>(heap.decode(numbers, null)->is).empty());
    auto const empty = test::sequence_element(0, 64, 1);
    CHECK(std::get<text>(heap.decode(test::variable_string(), empty)->is).bytes.empty());
    // A length with no address: written by nobody, and nothing to read.
    CHECK(std::get<value_list>(heap.decode(numbers, test::sequence_element(5, 0, 0))->is).empty());
}

TEST_CASE("variable-length value: objects that are missing or too short are errors")
{
    heap_graph const heap({hex("'abc'")});
    auto const code_of = [&](test::type_ptr const& type, bytes const& element) {
        auto const decoded = heap.decode(type, element);
        REQUIRE(decoded.has_error());
        return decoded.error().code();
    };
    auto const numbers = test::sequence_of(integer(1));
    CHECK(
        std::get<text>(heap.decode(test::variable_string(), test::sequence_element(3, 64, 1))->is)
            .bytes == "abc"
    );
    CHECK(code_of(test::variable_string(), test::sequence_element(3, 64, 2)) == errc::not_found);
    CHECK(code_of(test::variable_string(), test::sequence_element(3, 72, 1)) == errc::not_found);
    CHECK(code_of(test::variable_string(), test::sequence_element(4, 64, 1)) == errc::truncated);
    CHECK(code_of(numbers, test::sequence_element(4, 64, 1)) == errc::truncated);
    CHECK(code_of(numbers, test::sequence_element(~0u, 64, 1)) == errc::truncated);
}

TEST_CASE("variable-length value: a text ends at its NUL")
{
    heap_graph const heap({hex("'ab' 00 'c'")});
    CHECK(
        std::get<text>(heap.decode(test::variable_string(), test::sequence_element(4, 64, 1))->is)
            .bytes == "ab"
    );
}

TEST_CASE("variable-length value: sequences of compounds of texts")
{
    auto const type =
        test::sequence_of(test::compound({{"name", test::variable_string()}, {"n", integer(4)}}));
    test::byte_writer records;
    records.append(test::sequence_element(3, 64, 1))
        .u32(7)
        .append(test::sequence_element(2, 64, 2))
        .u32(8);
    heap_graph const heap({hex("'one'"), hex("'no'"), records.take()});
    auto const list = std::get<value_list>(heap.decode(type, test::sequence_element(2, 64, 3))->is);
    REQUIRE(list.size() == 2);
    auto const second = std::get<value_list>(list[1].is);
    CHECK(std::get<text>(second.at(0).is).bytes == "no");
    CHECK(std::get<std::int64_t>(second.at(1).is) == 8);
}

TEST_CASE("value: long texts that many parts share count as more than one part")
{
    // 4000 texts of a megabyte in one sequence: four gigabytes from one.
    heap_graph const heap({bytes(1 << 20, std::byte{'x'}), [] {
                               test::byte_writer out;
                               for (int i = 0; i < 4000; ++i)
                                   out.append(test::sequence_element(1 << 20, 64, 1));
                               return out.take();
                           }()});
    auto const decoded = heap.decode(
        test::sequence_of(test::variable_string()), test::sequence_element(4000, 64, 2)
    );
    REQUIRE(decoded.has_error());
    CHECK(decoded.error().code() == errc::too_large);
}

}  // namespace
}  // namespace lindi::node
