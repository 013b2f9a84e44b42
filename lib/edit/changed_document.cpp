#include "changed_document.hpp"

#include <lindi/zarr/json_text.hpp>

#include <algorithm>

namespace lindi::edit {
namespace {

constexpr char const* structure = "reference file";
constexpr std::string_view empty_text =
    R"({"refs": {".zgroup": {"zarr_format": 2}}, "version": 1})";

bool is_before(std::string_view a, std::string_view b)
{
    return a < b;  // char_traits compare as unsigned: by bytes, which is by code points
}

void write_member(rfs::json_writer& out, std::string const& escaped, std::string_view value)
{
    out.begin_member(escaped);
    out.write(value);
}

}  // namespace

changed_document changed_document::empty()
{
    budget enough{limits{}};
    return *parse({nullptr, {as_bytes(empty_text), 0}}, enough);
}

result<changed_document> changed_document::parse(block text, budget& from)
{
    changed_document out;
    auto base = rfs::reference_document::parse(std::move(text), from);
    if (!base)
        return base.error();
    out.base_ = std::move(*base);
    if (auto const taken = out.take_keys(from); !taken)
        return taken.error();
    return out;
}

result<void> changed_document::take_keys(budget& from)
{
    if (auto const spent = from.spend_memory(base_.size() * sizeof(base_key), 0); !spent)
        return spent;
    keys_.reserve(base_.size());
    for (std::size_t i = 0; i < base_.size(); ++i) {
        auto key = base_.raw_key(i);
        if (key.find('\\') != key.npos) {
            auto plain = unescape_json(key);
            if (!plain)
                return plain.error();
            key = unescaped_.emplace_back(std::move(*plain));
        }
        keys_.push_back({key, i});
    }
    auto const by_key = [](base_key const& a, base_key const& b) {
        return is_before(a.key, b.key);
    };
    if (!std::is_sorted(keys_.begin(), keys_.end(), by_key))
        std::stable_sort(keys_.begin(), keys_.end(), by_key);
    // Of two keys with one name, the last counts.
    auto const same = [](base_key const& a, base_key const& b) { return a.key == b.key; };
    auto const kept = std::unique(keys_.rbegin(), keys_.rend(), same);
    keys_.erase(keys_.begin(), kept.base());
    return {};
}

changed_document::base_place changed_document::first_from(std::string_view key) const
{
    return std::lower_bound(
        keys_.begin(),
        keys_.end(),
        key,
        [](base_key const& a, std::string_view b) { return is_before(a.key, b); }
    );
}

bool changed_document::has(std::string_view key) const
{
    if (auto const changed = changes_.find(key); changed != changes_.end())
        return changed->second.has_value();
    auto const found = first_from(key);
    return found != keys_.end() && found->key == key;
}

std::optional<std::string_view> changed_document::find(std::string_view key) const
{
    if (auto const changed = changes_.find(key); changed != changes_.end())
        return changed->second ? std::optional<std::string_view>(*changed->second) : std::nullopt;
    auto const found = first_from(key);
    if (found == keys_.end() || found->key != key)
        return std::nullopt;
    return base_.raw_value(found->number);
}

std::optional<std::string_view> changed_document::key_from(std::string_view from) const
{
    auto changed = changes_.lower_bound(from);
    while (changed != changes_.end() && !changed->second)
        ++changed;
    auto kept = first_from(from);
    while (kept != keys_.end() && is_covered(*kept))
        ++kept;
    if (changed == changes_.end() && kept == keys_.end())
        return std::nullopt;
    if (changed == changes_.end())
        return kept->key;
    return kept == keys_.end() || is_before(changed->first, kept->key)
               ? std::string_view(changed->first)
               : kept->key;
}

void changed_document::set(std::string_view key, std::string value)
{
    changes_.insert_or_assign(std::string(key), std::move(value));
}

bool changed_document::erase(std::string_view key)
{
    if (!has(key))
        return false;
    auto const found = first_from(key);
    if (found != keys_.end() && found->key == key)
        changes_.insert_or_assign(std::string(key), std::nullopt);
    else
        changes_.erase(changes_.find(key));
    return true;
}

std::optional<std::string_view> changed_document::member(std::string_view name) const
{
    if (auto const found = members_.find(name); found != members_.end())
        return found->second;
    std::optional<std::string_view> out;
    for (auto const& m : base_.other_members())
        if (auto const plain = unescape_json(m.raw_key); plain && *plain == name)
            out = m.raw_value;
    return out;
}

void changed_document::set_member(std::string_view name, std::string json)
{
    members_.insert_or_assign(std::string(name), std::move(json));
}

void changed_document::write_members(rfs::json_writer& out) const
{
    for (auto const& m : base_.other_members()) {
        auto const plain = unescape_json(m.raw_key);
        if (plain && !members_.contains(*plain))
            write_member(out, std::string(m.raw_key), m.raw_value);
    }
    for (auto const& [name, value] : members_) {
        std::string escaped;
        zarr::append_escaped(escaped, name);
        write_member(out, escaped, value);
    }
    auto const is_version = [](auto const& m) { return m.raw_key == "version"; };
    auto const& others = base_.other_members();
    if (std::none_of(others.begin(), others.end(), is_version))
        write_member(out, "version", "1");
}

void changed_document::write_references(rfs::json_writer& out) const
{
    std::string escaped;
    auto const put = [&](std::string_view key, std::string_view value) {
        escaped.clear();
        zarr::append_escaped(escaped, key);
        write_member(out, escaped, value);
    };
    auto changed = changes_.begin();
    auto const put_changes = [&](std::optional<std::string_view> before) {
        for (; changed != changes_.end() && (!before || is_before(changed->first, *before));
             ++changed)
            if (changed->second)
                put(changed->first, *changed->second);
    };
    for (auto const& key : keys_) {
        put_changes(key.key);
        if (changed == changes_.end() || changed->first != key.key)
            put(key.key, base_.raw_value(key.number));
    }
    put_changes(std::nullopt);
}

void changed_document::write(rfs::json_writer& out) const
{
    out.open_object();
    write_members(out);
    out.begin_member("refs");
    out.open_object();
    write_references(out);
    out.close_object();
    out.close_object();
    out.write("\n");
}

}  // namespace lindi::edit
