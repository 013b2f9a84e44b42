// Documents of others that are changed: what is in them is looked at, rewritten and moved. Nothing
// is written, and no file that a document names is opened.
#include <lindi/edit/file.hpp>

namespace {

using namespace lindi;

void change(edit::dataset data)
{
    auto shape = data.shape();
    if (!shape)
        return;
    array::hyperslab part;
    for (auto& extent : *shape)
        part.push_back({0, std::min<std::uint64_t>(extent, 3), 1});
    auto const elements = data.read_json(part);
    if (elements)
        (void)data.write_json(*elements, part);
    for (auto& extent : *shape)
        extent = std::min<std::uint64_t>(extent, 64) + 1;
    (void)data.resize(*shape);
}

void visit(edit::group group, unsigned depth)
{
    constexpr unsigned deepest = 8;
    auto const members = group.members();
    for (std::size_t i = 0; members && i < std::min<std::size_t>(members->size(), 8); ++i) {
        auto const& name = (*members)[i].name;
        if (auto const data = group.dataset_at(name))
            change(*data);
        else if (auto const inner = group.group_at(name); inner && depth < deepest)
            visit(*inner, depth + 1);
        (void)group.move(name, name + "moved");
    }
    (void)group.set_attribute("object_id", "fuzz");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    edit::file_options options;
    options.store.begin_with = {nullptr, {{reinterpret_cast<std::byte const*>(data), size}, 0}};
    options.store.max.decoded_chunk = 1 << 20;
    options.from.trust.local_files = false;
    options.from.source.offline = true;
    auto const file = edit::file::open("fuzz.lindi.json", edit::open_mode::create, options);
    if (file)
        visit(file->root(), 0);
    return 0;
}
