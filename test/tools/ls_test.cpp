#include "damaged_file.hpp"
#include "run_command.hpp"

#include <doctest/doctest.h>

using namespace lindi::tools;

// Facts: h5ls -r sample.nwb, h5dump -p -H -d /acquisition/raw/data sample.nwb.

TEST_CASE("ls: the links of the root group, one a line")
{
    auto const ls = run(ls_command, {sample});
    CHECK(ls.code == exit_ok);
    CHECK(ls.err.empty());
    CHECK(has_line(ls.out, "acquisition                group, 1 link"));
    CHECK(has_line(ls.out, "identifier                 dataset utf8 string scalar"));
    CHECK(has_line(ls.out, "file_create_date           dataset string (1)"));
}

TEST_CASE("ls: a path inside, given with or without its first slash")
{
    auto const ls = run(ls_command, {sample, "/acquisition/raw"});
    CHECK(ls.code == exit_ok);
    CHECK(has_line(
        ls.out, "data           dataset int16 (1600, 4), chunks (768, 3), shuffle, deflate(4)"
    ));
    CHECK(has_line(ls.out, "electrodes     dataset int64 (4)"));
    CHECK(has_line(ls.out, "starting_time  dataset float64 scalar"));
    CHECK(line_count(ls.out) == 3);
    CHECK(run(ls_command, {sample, "acquisition/raw"}).out == ls.out);
}

TEST_CASE("ls: a dataset is listed by its path, with details on request")
{
    auto const ls = run(ls_command, {"-l", sample, "/acquisition/raw/data"});
    CHECK(ls.code == exit_ok);
    CHECK(ls.out.starts_with("/acquisition/raw/data  dataset int16 (1600, 4)"));
    CHECK(ls.out.find("data: 6 of 6 chunks stored, 10184 bytes\n") != std::string::npos);
    CHECK(ls.out.find("attributes: conversion, offset, resolution, unit\n") != std::string::npos);
}

TEST_CASE("ls: everything by path with -r, links shown with what they say")
{
    auto const ls = run(ls_command, {"-r", sample, "/general/extracellular_ephys/shank0"});
    CHECK(ls.code == exit_ok);
    CHECK(has_line(ls.out, "/general/extracellular_ephys/shank0/device  -> /general/devices/probe")
    );
    CHECK(run(ls_command, {"-r", sample}).out.find("/acquisition/raw/data ") != std::string::npos);
}

TEST_CASE("ls: paths go through soft links")
{
    auto const ls = run(ls_command, {sample, "/general/extracellular_ephys/shank0/device"});
    CHECK(ls.code == exit_ok);
}

TEST_CASE("ls: what is not there is said in one line")
{
    auto const ls = run(ls_command, {sample, "/nowhere"});
    CHECK(ls.code == exit_failed);
    CHECK(ls.err == "lindi ls: " + sample + ": /nowhere: no such object\n");
    auto const missing = run(ls_command, {"/no/such/file.h5"});
    CHECK(missing.code == exit_failed);
    CHECK(missing.err == "lindi ls: /no/such/file.h5: No such file or directory\n");
}

TEST_CASE("ls: what is no HDF5 file is said with structure and offset")
{
    scratch_folder const folder;
    auto const text = folder.add("a.h5", std::string(5000, 'x'));
    CHECK(run(ls_command, {text})
              .err.starts_with("lindi ls: " + text + ": superblock at 0x0: not an HDF5 file"));
    CHECK(run(ls_command, {folder / ""}).err == "lindi ls: " + folder / "" + ": Is a directory\n");
    auto const other = run(ls_command, {"ftp://example.org/a.nwb"});
    CHECK(other.code == exit_failed);
    CHECK(other.err.find("ftp://example.org/a.nwb") != std::string::npos);
}

TEST_CASE("ls: a truncated file lists what is left, and each problem with its place")
{
    scratch_folder const folder;
    auto const whole = read_file(sample);
    auto const path = folder.add("cut.nwb", whole.substr(0, whole.size() / 2));
    auto const ls = run(ls_command, {path});
    CHECK(ls.code == exit_problems);
    CHECK_FALSE(ls.out.empty());
    CHECK(ls.err.find("lindi ls: " + path + ": ") == 0);
    CHECK(ls.err.find(" at 0x") != std::string::npos);
}

TEST_CASE("ls: nothing is said of the data of a dataset whose layout is damaged")
{
    scratch_folder const folder;
    auto const path = folder.add("bad.h5", file_with_damaged_layout());
    auto const listed = run(ls_command, {"-l", path});
    CHECK(listed.code == exit_problems);
    CHECK(listed.out.find("problem: data layout message at") != std::string::npos);
    CHECK(listed.out.find("data: ") == std::string::npos);
}

TEST_CASE("ls: a command line that makes no sense is exit code 1")
{
    CHECK(run(ls_command, {}).code == exit_usage);
    CHECK(run(ls_command, {"--what", sample}).code == exit_usage);
    auto const help = run(ls_command, {"--help"});
    CHECK(help.code == exit_ok);
    CHECK(help.out.find("Examples:\n  lindi ls") != std::string::npos);
}
