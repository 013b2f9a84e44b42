// Any text as a reference file: its graph, names, problems, the values of its attributes, its small
// datasets. The only file that it can name has the text itself.
#include <lindi/array/read.hpp>
#include <lindi/codec/codec.hpp>
#include <lindi/io/memory_source.hpp>
#include <lindi/lindi/read_tree.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/node/value.hpp>

namespace {

using namespace lindi;

void decode_all(
    node::graph const& g, hdf5::datatype const& type, std::span<std::byte const> elements
)
{
    for (std::size_t at = 0; at + type.size <= elements.size(); at += type.size)
        (void)node::decode_value(type, elements.subspan(at, type.size), g);
}

limits small()
{
    limits out;
    out.memory = 64 << 20;
    out.decoded_chunk = 1 << 20;
    out.bytes_read = 256 << 20;
    return out;
}

void read_datasets(io::reader& reader, node::file& file)
{
    constexpr std::uint64_t most = 64 << 10;
    for (auto const& object : file.contents.objects) {
        for (auto const& attribute : object.attributes)
            decode_all(file.contents, *attribute.type, attribute.value);
        if (!object.dataset)
            continue;
        auto const content = reader.run(array::read_all(file, *object.dataset, most));
        if (content)
            decode_all(file.contents, *object.dataset->type, *content);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::span const text(reinterpret_cast<std::byte const*>(data), size);
    budget budget(small());
    auto document = rfs::reference_document::parse({{}, {text, 0}}, budget);
    if (!document)
        return 0;
    for (std::size_t i = 0; i < document->size(); ++i)
        (void)document->value(i);
    io::joined_source files("input", [text](std::string const&) {
        return result<std::unique_ptr<io::source>>(
            std::make_unique<io::memory_source>("itself", text)
        );
    });
    files.add(std::make_unique<io::memory_source>("input", text));
    rfs::tree_input input;
    input.document = std::make_shared<rfs::reference_document const>(std::move(*document));
    input.files = &files;
    io::reader reader(files, budget);
    auto const codecs = codec::built_in_filters();
    node::file file(reader, codecs);
    if (!reader.run(rfs::read_tree(file, std::move(input))))
        return 0;
    (void)node::first_paths(file.contents, node::walk_order::native);
    (void)node::all_problems(file.contents);
    read_datasets(reader, file);
    return 0;
}
