#include "run_command.hpp"

#include <doctest/doctest.h>

using namespace lindi::tools;

// Facts: h5dump -a PATH/NAME sample.nwb.

TEST_CASE("attrs: name, type, shape and value in a line")
{
    auto const attrs = run(attrs_command, {sample, "/acquisition/raw"});
    CHECK(attrs.code == exit_ok);
    CHECK(attrs.err.empty());
    CHECK(has_line(attrs.out, "neurodata_type  utf8 string  scalar  \"ElectricalSeries\""));
    CHECK(has_line(attrs.out, "comments  utf8 string  scalar  \"no comments\""));
}

TEST_CASE("attrs: of the root group without a path")
{
    CHECK(has_line(run(attrs_command, {sample}).out, "namespace  utf8 string  scalar  \"core\""));
}

TEST_CASE("attrs: references show the path they lead to")
{
    auto const attrs = run(attrs_command, {sample, "/acquisition/raw/electrodes@table"});
    CHECK(
        attrs.out == "table  object reference  scalar  </general/extracellular_ephys/electrodes>\n"
    );
}

TEST_CASE("attrs: arrays are lists; numbers are as short as they can be")
{
    auto const attrs =
        run(attrs_command, {sample, "/general/extracellular_ephys/electrodes@colnames"});
    CHECK(
        attrs.out == "colnames  utf8 string  (10)  [\"location\", \"group\", \"label\", \"good\", "
                     "\"group_name\", \"x\", \"y\", \"z\", \"imp\", \"filtering\"]\n"
    );
    CHECK(has_line(
        run(attrs_command, {sample, "/acquisition/raw/data"}).out, "offset  float64  scalar  0.0"
    ));
}

TEST_CASE("attrs: what is not there is said in one line")
{
    CHECK(run(attrs_command, {sample, "/nowhere"}).code == exit_failed);
    auto const missing = run(attrs_command, {sample, "/@nothing"});
    CHECK(missing.code == exit_failed);
    CHECK(missing.err == "lindi attrs: " + sample + ": /@nothing: no such object or attribute\n");
}

TEST_CASE("attrs: usage")
{
    CHECK(run(attrs_command, {}).code == exit_usage);
    CHECK(run(attrs_command, {"--help"}).out.find("Examples:\n  lindi attrs") != std::string::npos);
}
