#include "npy_reader.hpp"
#include "run_command.hpp"

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::tools;

namespace {

/// As numpy.save writes it. \param version  first byte of it
std::string npy(std::string const& dictionary, char version = 1)
{
    std::string out("\x93NUMPY", 6);
    out += version;
    out += '\0';
    auto const size = dictionary.size();
    for (int i = 0; i < (version == 1 ? 2 : 4); ++i)
        out += static_cast<char>(size >> 8 * i & 0xff);
    return out + dictionary;
}

result<npy_description> read(std::string const& text)
{
    return read_npy_header({as_bytes(text), 0});
}

}  // namespace

TEST_CASE("npy: headers as numpy writes them")
{
    auto const text = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }      \n");
    auto const header = read(text + "elements").value();
    CHECK(header.dtype == "<f8");
    CHECK_FALSE(header.fortran_order);
    CHECK(header.shape == std::vector<std::uint64_t>{3, 4});
    CHECK(header.data == text.size());
    auto const other = read(npy("{'shape': (), 'fortran_order': True, 'descr': '|b1'}", 3)).value();
    CHECK(other.fortran_order);
    CHECK(other.shape.empty());
    CHECK(
        read(npy("{'descr': '|u1', 'fortran_order': False, 'shape': (5L,)}")).value().shape[0] == 5
    );
}

TEST_CASE("npy: every shorter header is refused")
{
    auto const text = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4)}");
    for (std::size_t n = 0; n < text.size(); ++n) {
        CAPTURE(n);
        CHECK(read(text.substr(0, n)).has_error());
    }
}

TEST_CASE("npy: what is no plain array is refused")
{
    auto const code = [](std::string const& text) { return read(text).error().code(); };
    CHECK(code("PK\x03\x04 is no array, but an archive") == errc::bad_signature);
    CHECK(code(npy("{}", 4)) == errc::unsupported_version);
    CHECK(code(npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}")) == errc::unsupported);
    CHECK(
        code(npy("{'descr': [('a', '<i4')], 'fortran_order': False, 'shape': (1,)}")) ==
        errc::unsupported
    );
    for (std::string const dictionary :
         {"",
          "{}",
          "[]",
          "{'descr': '<f8', 'fortran_order': 0}",
          "{'descr': '<f8', 'shape': (-1,)}",
          "{'descr': '<f8', 'shape': (1, 2}",
          "{'descr': '<f8', 'shape': (99999999999999999999,)}",
          "{'descr': '<f8', 'other': 1}",
          "{'descr': '<f8"}) {
        CAPTURE(dictionary);
        CHECK(code(npy(dictionary)) == errc::bad_value);
    }
    std::string shape = "(";
    for (int i = 0; i < 33; ++i)
        shape += "1,";
    CHECK(code(npy("{'descr': '<f8', 'shape': " + shape + ")}")) == errc::bad_value);
}
