#include "../../lib/edit/tar_members.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace lindi;
using namespace lindi::edit;

namespace {

/// Written by Python lindi 0.4.6: a group with the array "a" of 1200 random bytes.
lindi::bytes python_tar()
{
    std::ifstream file(TEST_DATA "/python.lindi.tar", std::ios::binary);
    std::string const content{std::istreambuf_iterator<char>(file), {}};
    return {as_bytes(content).begin(), as_bytes(content).end()};
}

tar_header header_at(lindi::bytes const& tar, std::size_t at)
{
    tar_header out{};
    std::copy_n(tar.begin() + static_cast<std::ptrdiff_t>(at), out.size(), out.begin());
    return out;
}

rfs::tar_index python_index(lindi::bytes const& tar)
{
    block_view const all{tar, 0};
    auto const own = rfs::decode_tar_start(all.sub(0, rfs::tar_start_size)).value();
    return rfs::decode_tar_index(all.sub(own.data, own.size), own).value();
}

}  // namespace

TEST_CASE("tar members: headers are those of Python lindi, byte for byte")
{
    auto const tar = python_tar();
    auto const index = python_index(tar);
    CHECK(index.contains("blobs/a/0"));
    for (auto const& [name, place] : index) {
        CAPTURE(name);
        CHECK(encode_tar_header(name, place.size) == header_at(tar, place.header));
        CHECK(decode_tar_header(header_at(tar, place.header)) == place.size);
    }
}

TEST_CASE("tar members: a header with any other byte is none")
{
    auto const sound = encode_tar_header("blobs/a", largest_tar_file);
    CHECK(decode_tar_header(sound) == largest_tar_file);
    for (std::size_t i = 0; i < sound.size(); ++i) {
        CAPTURE(i);
        bool const in_checksum = i >= 148 && i < 156;  // NUL and space behind it may be either
        auto damaged = sound;
        damaged[i] ^= std::byte{1};
        if (!in_checksum)
            CHECK_FALSE(decode_tar_header(damaged));
    }
    CHECK_FALSE(decode_tar_header(tar_header{}));
}

TEST_CASE("tar members: the entry and the index that it leads to read back")
{
    rfs::tar_index files{
        {entry_file, {0, 512, 1024}},
        {"blobs/a/0", {1536, 2048, 5000}},
        {"blobs/caf\xc3\xa9 \"x\"", {7168, 7680, 1}},
    };
    std::vector<named_tar_entry> list(files.begin(), files.end());
    std::string text;
    auto const own = write_tar_index(list, 8192, [&](std::string_view piece) -> result<void> {
        text += piece;
        return {};
    });
    REQUIRE(own.has_value());
    CHECK(own->header == 8192);
    CHECK(own->data == 8704);
    CHECK(own->size == text.size());
    CHECK(text.size() % tar_block == 0);
    files[index_file] = *own;
    CHECK(rfs::decode_tar_index({as_bytes(text), own->data}, *own).value() == files);

    auto const header = encode_tar_header(entry_file, 1024);
    auto const entry = encode_tar_entry(*own);
    lindi::bytes start(header.begin(), header.end());
    start.insert(start.end(), entry.begin(), entry.end());
    start.resize(rfs::tar_start_size, std::byte{' '});
    CHECK(rfs::decode_tar_start({start, 0}).value() == *own);
}

TEST_CASE("tar members: an index of many files, and one whose text cannot be written")
{
    std::vector<std::string> names;
    for (int i = 0; i < 5000; ++i)
        names.push_back("blobs/" + std::to_string(i));
    std::vector<named_tar_entry> list{{entry_file, {0, 512, 1024}}};
    for (std::size_t i = 0; i < names.size(); ++i)
        list.push_back({names[i], {1536 + i * 1024, 2048 + i * 1024, 100}});
    std::string text;
    auto const put = [&](std::string_view piece) -> result<void> {
        text += piece;
        return {};
    };
    auto const own = write_tar_index(list, 1 << 30, put);
    REQUIRE(own.has_value());
    CHECK(rfs::decode_tar_index({as_bytes(text), own->data}, *own).value().size() == 5002);
    auto const failing = write_tar_index(list, 1 << 30, [](std::string_view) -> result<void> {
        return error(errc::io, 0, "test");
    });
    CHECK(failing.error().code() == errc::io);
}

TEST_CASE("tar members: the end of files")
{
    CHECK(end_of_files({}) == 0);
    CHECK(end_of_files({{"a", {0, 512, 1}}, {"b", {1024, 1536, 512}}}) == 2048);
    CHECK_FALSE(end_of_files({{"a", {0, ~std::uint64_t{0}, 1}}}));
    CHECK_FALSE(end_of_files({{"a", {0, ~std::uint64_t{0} - 100, 1}}}));
}
