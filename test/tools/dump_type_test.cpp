#include "dump_support.hpp"
#include "dump_type.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::tools;
using hdf5::type_class;

namespace {

struct type_fixture : dump_fixture {
    std::string text(hdf5::datatype const& type)
    {
        return written([&](json_writer& w) { write_type(w, context, type); });
    }
};

}  // namespace

TEST_CASE_FIXTURE(type_fixture, "dump type: a float with all its fields")
{
    CHECK(
        text(float32_type()) ==
        R"({"class": "float", "size": 4, "order": "le", "precision": 32, "offset": 0, "lsb_pad": "zero", )"
        R"("msb_pad": "zero", "sign_pos": 31, "exp_pos": 23, "exp_size": 8, "mant_pos": 0, "mant_size": 23, )"
        R"("exp_bias": 127, "norm": "implied", "inpad": "zero"})"
    );
}

TEST_CASE_FIXTURE(type_fixture, "dump type: strings, fixed and variable")
{
    auto type = plain_type(type_class::string, 9);
    type.padding = hdf5::string_pad::null_padded;
    CHECK(text(type) == R"({"class": "string", "size": 9, "strpad": "nullpad", "cset": "ascii"})");
    type = plain_type(type_class::variable_length, 16);
    type.is_variable_string = true;
    type.charset = hdf5::character_set::utf8;
    CHECK(text(type) == R"({"class": "vlen_string", "strpad": "nullterm", "cset": "utf8"})");
}

TEST_CASE_FIXTURE(
    type_fixture, "dump type: committed types are named by their path, unknown ones by address"
)
{
    auto type = plain_type(type_class::opaque, 2);
    type.tag = "t";
    type.committed_at = 96;
    CHECK(text(type) == R"({"class": "opaque", "size": 2, "tag": "t", "committed": "/"})");
    type.committed_at = 97;
    CHECK(text(type).ends_with(R"("committed": "addr:97"})"));
}

TEST_CASE_FIXTURE(type_fixture, "dump type: names that are not UTF-8 come with their bytes")
{
    auto type = plain_type(type_class::opaque, 2);
    type.tag = "\xe9";
    CHECK(text(type) == R"({"class": "opaque", "size": 2, "tag": "\\xe9", "tag_hex": "e9"})");
}

TEST_CASE_FIXTURE(type_fixture, "dump type: revised references take 64 bytes of a compound")
{
    // h5py of HDF5 1.12: REFERENCE_LIST of a dimension scale; 18 bytes of reference in the file,
    // libhdf5 says 72
    auto reference = plain_type(type_class::reference, 18);
    reference.reference = hdf5::reference_kind::object_revised;
    auto compound = plain_type(type_class::compound, 26);
    compound.members = {
        {"dataset", 0, shared(reference)},
        {"dimension", 18, shared(plain_type(type_class::opaque, 4))}};
    CHECK(
        text(compound) ==
        R"({"class": "compound", "size": 72, "members": [{"name": "dataset", "offset": 0, "dtype": )"
        R"({"class": "reference", "ref": "std", "size": null}}, {"name": "dimension", "offset": 64, "dtype": )"
        R"({"class": "opaque", "size": 4, "tag": ""}}]})"
    );
}
