#include "decode.hpp"
#include "hex.hpp"

#include <lindi/hdf5/message/fill_value.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::hdf5;
using namespace lindi::test;

namespace {

using state = fill_value::state;
using allocation = fill_value::allocation;
using writing = fill_value::writing;

// Written by libhdf5 1.10.8 with libver earliest for an int32 with fill value 77.
bytes const version_2 = hex("02 02 02 01 | 04 00 00 00 | 4d 00 00 00");
// The same with libver latest: flags has a value, written if set, allocated early.
bytes const version_3 = hex("03 29 | 04 00 00 00 | 4d 00 00 00");

result<fill_value> decode(std::string_view text)
{
    auto const b = hex(text);
    return decode_fill_value(sample_block(b));
}

}  // namespace

TEST_CASE("fill value: version 2 with a value of the user")
{
    auto const fill = decode_fill_value(sample_block(version_2)).value();
    CHECK(fill.status == state::user);
    CHECK(fill.allocate == allocation::late);
    CHECK(fill.write == writing::if_set);
    CHECK(fill.value == hex("4d 00 00 00"));
}

TEST_CASE("fill value: version 3 packs all but the value into flags")
{
    auto const fill = decode_fill_value(sample_block(version_3)).value();
    CHECK(fill.status == state::user);
    CHECK(fill.allocate == allocation::early);
    CHECK(fill.write == writing::if_set);
    CHECK(fill.value == hex("4d 00 00 00"));
}

TEST_CASE("fill value: no value of the user is all zeros")
{
    // jhdf's test_compact_datasets_earliest.hdf5 at 0x780, then libhdf5 1.10.8 with libver latest.
    auto const old = decode("02 01 02 01 | 00 00 00 00").value();
    CHECK(old.status == state::library_default);
    CHECK(old.allocate == allocation::early);
    CHECK(old.value.empty());
    auto const latest = decode("03 0a").value();
    CHECK(latest.status == state::library_default);
    CHECK(latest.allocate == allocation::late);
    CHECK(latest.write == writing::if_set);
}

TEST_CASE("fill value: undefined is said in three ways")
{
    // By the flag of version 2, whose size is then missing, by that of version 3, and by size -1.
    CHECK(decode("02 02 02 00").value().status == state::undefined);
    CHECK(decode("03 1b").value().status == state::undefined);
    CHECK(decode("02 02 02 01 | ff ff ff ff").value().status == state::undefined);
}

TEST_CASE("fill value: version 1 has the size of an undefined value all the same")
{
    // hdfview's hdf5_test.h5 at 0xd4e, and hdf5's tlayouto.h5 at 0x3e8.
    CHECK(decode("01 02 02 00 | ff ff ff ff").value().status == state::undefined);
    CHECK(decode("01 02 02 01 | 00 00 00 00").value().status == state::library_default);
}

TEST_CASE("fill value: when it is written is kept")
{
    CHECK(decode("03 02").value().write == writing::on_allocation);
    CHECK(decode("03 06").value().write == writing::never);
    CHECK(decode("03 07").value().allocate == allocation::incremental);
    CHECK(decode("03 08").value().allocate == allocation::none);
}

TEST_CASE("fill value: every shorter body is refused")
{
    check_prefixes_refused(version_2, decode_fill_value);
    check_prefixes_refused(version_3, decode_fill_value);
}

TEST_CASE("fill value: versions 0 and 4 are unknown")
{
    CHECK(refusal(decode("00 02 02 00")) == errc::unsupported_version);
    CHECK(refusal(decode("04 02 02 00")) == errc::unsupported_version);
}

TEST_CASE("fill value: what the specification does not allow is refused")
{
    // Times that nobody knows, reserved flags, a value that is undefined.
    CHECK(refusal(decode("02 04 02 00")) == errc::bad_value);
    CHECK(refusal(decode("02 02 03 00")) == errc::bad_value);
    CHECK(refusal(decode("03 0e")) == errc::bad_value);
    CHECK(refusal(decode("03 4a")) == errc::bad_value);
    CHECK(refusal(decode("03 8a")) == errc::bad_value);
    CHECK(refusal(decode("03 3a 01 00 00 00 00")) == errc::bad_value);
}

TEST_CASE("fill value: a size beyond the body is refused before anything is allocated")
{
    CHECK(refusal(decode("02 02 02 01 | ff ff ff 7f | 00")) == errc::truncated);
    CHECK(refusal(decode("03 2a | ff ff ff ff | 00")) == errc::truncated);
}

TEST_CASE("old fill value: size and bytes")
{
    // Beside version 2 above in files of libver earliest.
    auto const sample = hex("04 00 00 00 | ff ff ff ff");
    auto const fill = decode_old_fill_value(sample_block(sample)).value();
    CHECK(fill.status == state::user);
    CHECK(fill.value == hex("ff ff ff ff"));
    check_prefixes_refused(sample, decode_old_fill_value);
}

TEST_CASE("old fill value: size 0 is undefined")
{
    auto const fill = decode_old_fill_value(sample_block(hex("00 00 00 00"))).value();
    CHECK(fill.status == state::undefined);
}
