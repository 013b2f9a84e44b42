#include "hdf5_tree.hpp"
#include "linked_files.hpp"
#include "reference_opener.hpp"

#include <lindi/io/joined_source.hpp>
#include <lindi/io/memory_source.hpp>
#include <lindi/lindi/read_tree.hpp>
#include <lindi/open/open_tree.hpp>

#include <filesystem>

namespace lindi::open {
namespace {

codec::registry codecs_of(tree_options& options)
{
    return options.codecs ? std::move(*options.codecs) : codec::built_in_filters();
}

/// A document that was read, and how.
struct read_document {
    tree_kind kind = tree_kind::lindi_json;
    std::shared_ptr<rfs::reference_document const> document;
    std::shared_ptr<rfs::tar_index const> tar;
};

task<void> tell_datasets(node::file& f, node::read_options options)
{
    std::vector<task<void>> told;
    for (node::object_id id = 0; id < f.contents.objects.size(); ++id)
        if (f.contents.objects[id].dataset)
            told.push_back(options.on_dataset(f, id));
    co_await when_all(std::move(told));
}

class lindi_tree final : public tree {
public:
    lindi_tree(
        opened_source opened,
        document_place place,
        tree_options options,
        lindi::budget const& spent,
        read_document read
    )
        : kind_(read.kind), reference_(std::move(opened.reference)), client_(opened.client),
          codecs_(codecs_of(options)), opener_(
                                           std::move(place),
                                           options.trust,
                                           with_client(std::move(options.source), opened.client),
                                           std::move(options.rewrite)
                                       ),
          document_(std::move(read.document)),
          joined_(
              opened.source->name(), [this](std::string const& name) { return opener_.open(name); }
          ),
          budget_(spent), reader_(joined_, budget_), links_(opener_, codecs_, reader_, options.max),
          file_(reader_, codecs_)
    {
        auto const name = opened.source->name();
        joined_.add(std::make_unique<io::memory_source>(name, as_bytes(document_->text())));
        input_.document = document_;
        input_.files = &joined_;
        input_.tar = std::move(read.tar);
        input_.tar_at = input_.tar ? joined_.add(std::move(opened.source)) : 0;
        input_.link = [this](rfs::object_notes::array_link const& to) {
            return links_.dataset(to);
        };
    }

    tree_kind kind() const noexcept override { return kind_; }
    io::reader& reader() noexcept override { return reader_; }
    node::file& file() noexcept override { return file_; }
    std::string const& reference() const noexcept override { return reference_; }
    net::client* client() const noexcept override { return client_.get(); }
    result<void> read_graph(node::read_options options) override
    {
        auto read = reader_.run(rfs::read_tree(file_, input_));
        if (read && options.on_dataset)
            reader_.run(tell_datasets(file_, std::move(options)));
        return read;
    }

private:
    static source_options with_client(source_options options, std::shared_ptr<net::client> client)
    {
        if (client)
            options.client = std::move(client);
        return options;
    }

    tree_kind kind_;
    std::string reference_;
    std::shared_ptr<net::client> client_;
    codec::registry codecs_;
    reference_opener opener_;
    std::shared_ptr<rfs::reference_document const> document_;
    io::joined_source joined_;
    lindi::budget budget_;
    io::reader reader_;
    linked_files links_;
    node::file file_;
    rfs::tree_input input_;
};

/// HDF5 files may have a user block in front, of whatever text.
/// \param most  bytes of the user block
task<result<bool>> has_hdf5_signature(io::reader& file, std::uint64_t most)
{
    std::vector<io::byte_range> places;
    auto const size = hdf5::format_signature.size();
    auto const end = std::min(file.size(), most);
    for (std::uint64_t at = 0; at < end && size <= file.size() - at; at = at == 0 ? 512 : 2 * at)
        places.push_back({at, size});
    auto const blocks = co_await file.read_many(std::move(places));
    if (!blocks)
        co_return blocks.error();
    for (auto const& b : *blocks)
        if (as_text(b.view.bytes) == hdf5::format_signature)
            co_return true;
    co_return false;
}

task<result<std::shared_ptr<rfs::reference_document const>>>
read_text(io::reader& file, io::byte_range place)
{
    if (auto const spent = file.budget().spend_memory(place.size, place.offset); !spent)
        co_return spent.error();
    auto text = co_await file.read(place);
    if (!text)
        co_return text.error();
    auto document = rfs::reference_document::parse(std::move(*text), file.budget());
    if (!document)
        co_return document.error();
    co_return std::make_shared<rfs::reference_document const>(std::move(*document));
}

task<result<read_document>> read_tar(io::reader& file)
{
    read_document out;
    out.kind = tree_kind::lindi_tar;
    auto index = co_await rfs::read_tar_index(file);
    if (!index)
        co_return index.error();
    auto const own = index->find("lindi.json");
    if (own == index->end())
        co_return error(errc::not_found, error::nowhere, "tar index", "no lindi.json");
    io::byte_range const place{own->second.data, own->second.size};
    out.tar = std::make_shared<rfs::tar_index const>(std::move(*index));
    auto document = co_await read_text(file, place);
    if (!document)
        co_return document.error();
    out.document = std::move(*document);
    co_return out;
}

/// \return the document; one that is null when the file is none
task<result<read_document>> read_any(io::reader& file)
{
    constexpr std::uint64_t first_bytes = 512;
    io::byte_range const start{0, std::min(file.size(), first_bytes)};
    auto const first = co_await file.read(start);
    if (!first)
        co_return first.error();
    read_document out;
    auto const text = as_text(first->view.bytes);
    auto const begin = text.find_first_not_of(" \t\r\n");
    bool const tar = rfs::is_tar(first->view.bytes);
    if (!tar && (begin == text.npos || text[begin] != '{'))
        co_return out;
    // What the first read brought; the rest only when the text turns out to be none.
    constexpr std::uint64_t near_block = 32 * 1024;
    auto const hdf5 = co_await has_hdf5_signature(file, near_block);
    if (!hdf5)
        co_return hdf5.error();
    if (*hdf5)
        co_return out;
    if (tar)
        co_return co_await read_tar(file);
    io::byte_range const all{0, file.size()};
    auto document = co_await read_text(file, all);
    if (document) {
        out.document = std::move(*document);
        co_return out;
    }
    auto const far_block = co_await has_hdf5_signature(file, ~std::uint64_t{0});
    if (!far_block || !*far_block)
        co_return document.error();
    co_return out;
}

}  // namespace

result<std::unique_ptr<tree>> tree::open(std::string const& path_or_url, tree_options options)
{
    std::error_code ignored;
    auto name = path_or_url;
    bool const folder = !is_url(name) && std::filesystem::is_directory(name, ignored) &&
                        std::filesystem::exists(name + "/lindi.json", ignored);
    if (folder)
        name += "/lindi.json";
    auto opened = open_source(name, options.source);
    if (!opened)
        return opened.error();
    lindi::budget budget(options.max);
    result<read_document> read = read_document();
    {
        io::reader probe(*opened->source, budget);
        read = probe.run(read_any(probe));
    }
    if (!read)
        return read.error();
    if (!read->document)
        return make_hdf5_tree(std::move(*opened), name, std::move(options));
    if (folder)
        read->kind = tree_kind::lindi_directory;
    return std::unique_ptr<tree>(new lindi_tree(
        std::move(*opened), document_place::of(name), std::move(options), budget, std::move(*read)
    ));
}

}  // namespace lindi::open
