#include "store_session.hpp"

#include <algorithm>

namespace lindi::test {
namespace {

using edit::open_mode;
using edit::reference_store;

constexpr char const* url = "https://example.org/data.h5";
constexpr std::uint64_t reference_size = 4096;

std::string pattern(std::size_t size, unsigned seed)
{
    std::mt19937 random(seed);
    std::string out(size, '\0');
    for (auto& c : out)
        c = static_cast<char>(random());
    return out;
}

std::string reference_text(std::uint64_t offset)
{
    return std::string("reference ") + url + " " + std::to_string(offset) + " " +
           std::to_string(reference_size);
}

/// What a key stands for, as in the map; nothing when it cannot be read.
std::optional<std::string> value_of(reference_store const& store, std::string_view key)
{
    auto const found = store.get(key);
    if (!found || !*found)
        return std::nullopt;
    if (auto const* const range = std::get_if<edit::range_of_url>(&**found))
        return "reference " + range->url + " " + std::to_string(range->offset) + " " +
               std::to_string(range->size.value_or(0));
    auto const content = store.content(key);
    return content ? std::optional(std::string(as_text(*content))) : std::nullopt;
}

std::optional<store_state> state_of(reference_store const& store)
{
    store_state out(std::in_place);
    bool readable = true;
    store.for_each_key("", [&](std::string_view key) {
        auto value = value_of(store, key);
        readable = value.has_value();
        if (readable)
            out->emplace(key, std::move(*value));
        return readable;
    });
    return readable ? std::optional(out) : std::nullopt;
}

}  // namespace

store_session::store_session(std::unique_ptr<simulated_disk> disk, std::string path)
    : disk_(std::move(disk)), path_(std::move(path)), possible_{std::nullopt}
{}

bool store_session::complain(std::string what)
{
    complaint_ = std::move(what);
    return false;
}

void store_session::open(open_mode mode)
{
    close();
    edit::store_options options;
    options.files = disk_.get();
    auto opened = reference_store::open(path_, mode, options);
    if (!opened)
        return;
    store_ = std::move(*opened);
    if (mode == open_mode::create || mode == open_mode::create_new)
        model_ = std::map<std::string, std::string>{{".zgroup", R"({"zarr_format": 2})"}};
    else if (auto const seen = state_of(*store_))
        model_ = *seen;
    else
        close();  // is_sound will say it
}

void store_session::close()
{
    store_.reset();
}

void store_session::put_json(std::string const& key, std::string const& json)
{
    if (store_ && store_->put_json(key, json))
        set(key, json);
}

void store_session::put_bytes(std::string const& key, std::size_t size, unsigned seed)
{
    auto const content = pattern(size, seed);
    if (store_ && store_->put_bytes(key, as_bytes(content)))
        set(key, content);
}

void store_session::put_reference(std::string const& key, std::uint64_t offset)
{
    if (store_ && store_->put_reference(key, url, offset, reference_size))
        set(key, reference_text(offset));
}

void store_session::copy(std::string const& from, std::string const& to)
{
    if (!store_ || !model_->contains(from))
        return;
    auto const value = store_->get(from);
    if (value && *value && store_->put(to, **value))
        set(to, model_->at(from));
}

void store_session::erase(std::string const& key)
{
    if (store_ && store_->erase(key))
        model_->erase(key);
}

void store_session::erase_all(std::string const& prefix)
{
    if (store_ && store_->erase_all(prefix))
        std::erase_if(*model_, [&](auto const& item) { return item.first.starts_with(prefix); });
}

void store_session::flush()
{
    if (!store_)
        return;
    if (store_->flush())
        possible_ = {model_};
    else
        possible_.push_back(model_);
}

void store_session::pack()
{
    if (!store_)
        return;
    if (store_->pack())
        possible_ = {model_};
    else
        possible_.push_back(model_);
}

void store_session::replace_disk(std::unique_ptr<simulated_disk> disk)
{
    close();
    disk_ = std::move(disk);
}

void store_session::kill()
{
    // The process is gone before its destructors run.
    auto after = disk_->after_kill();
    replace_disk(std::move(after));
}

void store_session::cut_power(unsigned seed)
{
    auto after = disk_->after_power_cut(seed);
    replace_disk(std::move(after));
}

bool store_session::agrees() const
{
    return !store_ || state_of(*store_) == model_;
}

std::optional<store_state> store_session::look(open_mode mode)
{
    edit::store_options options;
    options.files = disk_.get();
    auto const opened = reference_store::open(path_, mode, options);
    if (opened)
        return state_of(**opened);
    auto const& why = opened.error();
    complaint_ = why.message();
    return why.code() == std::errc::no_such_file_or_directory ? std::optional(store_state())
                                                              : std::nullopt;
}

bool store_session::is_sound()
{
    close();
    auto const seen = look(open_mode::read);
    if (!seen)
        return complain("unreadable: " + complaint_);
    if (std::find(possible_.begin(), possible_.end(), *seen) == possible_.end())
        return complain("neither the state before nor the one after");
    auto const again = look(open_mode::read_write);
    if (again != seen)
        return complain("opening for writing: " + (again ? "another state" : complaint_));
    if (look(open_mode::read) != seen)
        return complain("opening for writing changed it");
    if (*seen && path_.ends_with(".tar") && !is_whole_tar(disk_->content(path_)))
        return complain("a tar that no tar program reads");
    model_ = *seen;
    possible_ = {*seen};
    return true;
}

bool is_whole_tar(std::span<std::byte const> bytes)
{
    constexpr std::size_t block = 512;
    auto const number = [](std::string_view field) {
        return std::stoull(
            "0" + std::string(field.substr(0, field.find_first_of(std::string_view(" \0", 2)))),
            nullptr,
            8
        );
    };
    std::size_t at = 0;
    while (bytes.size() - at >= block) {
        auto const header = bytes.subspan(at, block);
        auto const text = as_text(header);
        if (std::all_of(header.begin(), header.end(), [](auto b) { return b == std::byte{}; }))
            return bytes.size() - at == 2 * block &&
                   std::all_of(header.begin(), header.end(), [](auto b) {
                       return b == std::byte{};
                   });
        unsigned long long sum = 8 * ' ';
        for (std::size_t i = 0; i < block; ++i)
            sum += i >= 148 && i < 156 ? 0 : std::to_integer<unsigned>(header[i]);
        if (text.substr(257, 5) != "ustar" || number(text.substr(148, 8)) != sum)
            return false;
        at += block + (number(text.substr(124, 12)) + block - 1) / block * block;
        if (at > bytes.size())
            return false;
    }
    return false;
}

}  // namespace lindi::test
