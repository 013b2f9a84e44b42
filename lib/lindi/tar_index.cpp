#include <lindi/core/checked.hpp>
#include <lindi/core/json_reader.hpp>
#include <lindi/lindi/tar_index.hpp>

namespace lindi::rfs {
namespace {

constexpr char const* structure = "tar index";
constexpr std::uint64_t header_size = 512;
constexpr char const* entry_name = ".tar_entry.json";
constexpr char const* index_name = ".tar_index.json";

std::uint64_t take_place(json_reader& r)
{
    auto const number = r.kind() == json_kind::number ? r.take_number() : json_number(-1.0);
    auto const* const whole = std::get_if<std::int64_t>(&number);
    if (whole != nullptr && *whole >= 0)
        return static_cast<std::uint64_t>(*whole);
    r.fail(errc::bad_value, "no place or size");
    return 0;
}

/// `{"d": 2048, "n": ".tar_index.json", "o": 1536, "s": 8192}`
std::pair<std::string, tar_entry> take_entry(json_reader& r)
{
    std::pair<std::string, tar_entry> out;
    bool name = false, data = false, header = false, size = false;
    std::string_view key;
    for (r.begin_object(); r.next_member(key);) {
        if (key == "n") {
            out.first = r.take_text();
            name = true;
        } else if (key == "o") {
            out.second.header = take_place(r);
            header = true;
        } else if (key == "d") {
            out.second.data = take_place(r);
            data = true;
        } else if (key == "s") {
            out.second.size = take_place(r);
            size = true;
        } else {
            r.take_raw();
        }
    }
    if (!(name && data && header && size))
        r.fail(errc::bad_value, "an entry without name, places or size");
    if (!checked_add(out.second.data, out.second.size))
        r.fail(errc::bad_value, "an entry past every end");
    return out;
}

bool has(tar_index const& index, char const* name, tar_entry const& entry)
{
    auto const found = index.find(name);
    return found != index.end() && found->second == entry;
}

}  // namespace

bool is_tar(std::span<std::byte const> first_bytes) noexcept
{
    // As text: a literal would end at the NUL.
    constexpr std::string_view magic("ustar\0", 6);
    constexpr std::size_t place = 257;
    return first_bytes.size() >= header_size &&
           as_text(first_bytes).substr(place, magic.size()) == magic;
}

result<tar_entry> decode_tar_start(block_view start)
{
    if (!is_tar(start.bytes))
        return error(errc::bad_signature, start.at, structure, "no ustar header of POSIX");
    if (start.size() < tar_start_size)
        return error(errc::truncated, start.at, structure);
    auto const content = start.sub(header_size, tar_start_size - header_size);
    json_reader r(as_text(content.bytes), structure, content.at);
    std::pair<std::string, tar_entry> index;
    bool found = false;
    std::string_view key;
    for (r.begin_object(); r.next_member(key);) {
        if (key == "index") {
            index = take_entry(r);
            found = true;
        } else {
            r.take_raw();
        }
    }
    r.expect_end();
    if (!found || index.first != index_name)
        r.fail(errc::bad_value, "it does not say where the index is");
    return r.finish(index.second);
}

result<tar_index> decode_tar_index(block_view text, tar_entry const& own)
{
    json_reader r(as_text(text.bytes), structure, text.at);
    tar_index out;
    std::string_view key;
    for (r.begin_object(); r.next_member(key);) {
        if (key != "files") {
            r.take_raw();
            continue;
        }
        for (r.begin_list(); r.next();) {
            auto [name, entry] = take_entry(r);
            out.insert_or_assign(std::move(name), entry);
        }
    }
    r.expect_end();
    if (!r.ok())
        return r.failure();
    tar_entry const start{0, header_size, tar_start_size - header_size};
    if (!has(out, index_name, own) || !has(out, entry_name, start))
        return error(errc::bad_value, text.at, structure, "it does not list itself");
    return out;
}

task<result<tar_index>> read_tar_index(io::reader& tar)
{
    constexpr std::uint64_t memory_per_byte = 4;  // an entry is at least 30 bytes of text
    io::byte_range const first{0, std::min(tar.size(), tar_start_size)};
    auto const start = co_await tar.read(first);
    if (!start)
        co_return start.error();
    auto const own = decode_tar_start(start->view);
    if (!own)
        co_return own.error();
    auto const cost = checked_multiply(own->size, memory_per_byte).value_or(~std::uint64_t{0});
    if (auto const spent = tar.budget().spend_memory(cost, own->data); !spent)
        co_return spent.error();
    io::byte_range const place{own->data, own->size};
    auto const text = co_await tar.read(place);
    if (!text)
        co_return text.error();
    co_return decode_tar_index(text->view, *own);
}

}  // namespace lindi::rfs
