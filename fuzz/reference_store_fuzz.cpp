// Any bytes as a LINDI file that is to be changed: what could be read of it before can be read, and
// is the same, after a change was flushed and the file packed.
#include "simulated_disk.hpp"

#include <lindi/edit/reference_store.hpp>

#include <cstdlib>
#include <map>

namespace {

using namespace lindi;
using edit::open_mode;
using edit::reference_store;

constexpr char const* path = "/disk/x";
constexpr char const* new_key = "fuzz/new/0";

std::unique_ptr<reference_store> opened(test::simulated_disk& disk, open_mode mode)
{
    edit::store_options options;
    options.files = &disk;
    options.max.memory = 64 << 20;
    auto out = reference_store::open(path, mode, std::move(options));
    return out ? std::move(*out) : nullptr;
}

/// What each key says; of content that is in the document, the bytes.
std::map<std::string, edit::entry> entries(reference_store const& store)
{
    std::map<std::string, edit::entry> out;
    store.for_each_key("", [&](std::string_view key) {
        auto const found = store.get(key);
        if (found && *found && key != new_key)
            out.emplace(key, **found);
        (void)store.content(key);
        return true;
    });
    return out;
}

void require(bool holds)
{
    if (!holds)
        std::abort();
}

/// \return false: nothing can be written into this one
bool change(test::simulated_disk& disk, lindi::bytes const& content, bool pack)
{
    auto const store = opened(disk, open_mode::read_write);
    if (!store)
        return false;
    auto const before = entries(*store);
    require(store->put_bytes(new_key, content).has_value());
    require(entries(*store) == before);
    if (pack && !store->pack())
        return false;  // what it names is not all there
    require(store->flush().has_value());
    auto const again = opened(disk, open_mode::read);
    require(again != nullptr && entries(*again) == before);
    auto const got = again->content(new_key);
    require(got && *got == content);
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    test::simulated_disk disk(1);
    std::span const input(reinterpret_cast<std::byte const*>(data), size);
    require((*disk.create(path))->write(0, input).has_value());
    if (change(disk, lindi::bytes(1500), false))
        change(disk, lindi::bytes(2500), true);
    return 0;
}
