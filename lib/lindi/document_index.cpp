#include "document_index.hpp"

namespace lindi::rfs {
namespace {

/// Bytes of a map node beside its path.
constexpr std::uint64_t node_cost = sizeof(node_keys) + 96;

metadata_key* part_of(node_keys& keys, std::string_view leaf)
{
    if (leaf == ".zgroup")
        return &keys.group;
    return leaf == ".zarray" ? &keys.array : &keys.attributes;
}

}  // namespace

std::string key_text(std::string_view raw_key)
{
    if (raw_key.find('\\') == raw_key.npos)
        return std::string(raw_key);
    auto const text = unescape_json(raw_key);
    return text ? *text : std::string(raw_key);
}

split_key split(std::string_view key) noexcept
{
    auto const slash = key.rfind('/');
    if (slash == key.npos)
        return {{}, key};
    return {key.substr(0, slash), key.substr(slash + 1)};
}

bool is_metadata(std::string_view leaf) noexcept
{
    return leaf == ".zgroup" || leaf == ".zarray" || leaf == ".zattrs";
}

result<document_index> index_document(reference_document const& document, budget& from)
{
    document_index out;
    for (std::size_t i = 0; i < document.size(); ++i) {
        auto const raw = document.raw_key(i);
        // No escape that JSON needs is in these names; whoever escapes more is read, too.
        if (!is_metadata(split(raw).leaf) && raw.find('\\') == raw.npos)
            continue;
        auto const key = key_text(raw);
        auto const [folder, leaf] = split(key);
        if (!is_metadata(leaf) || key.starts_with('/'))
            continue;
        auto const [place, added] = out.try_emplace(std::string(folder));
        if (added)
            if (auto const spent = from.spend_memory(node_cost + folder.size(), 0); !spent)
                return spent.error();
        part_of(place->second, leaf)->key = i;
    }
    return out;
}

}  // namespace lindi::rfs
