#include "stored_text.hpp"
#include "tar_container.hpp"
#include "tar_tail.hpp"

#include <algorithm>

namespace lindi::edit {
namespace {

constexpr std::uint64_t memory_per_byte = 4;  // of the index: an entry is at least 30 bytes of text

struct found_tar {
    rfs::tar_index files;
    tar_state state;
};

result<void> check_entry(block_view start)
{
    // Only the first block of the entry is ever written again.
    auto const second = as_text(start.sub(2 * tar_block, tar_block).bytes);
    if (second.find_first_not_of(" \t\r\n") == second.npos)
        return {};
    return error(
        errc::unsupported, 2 * tar_block, entry_file, "longer than we can change: convert the file"
    );
}

result<found_tar> read_files(io::stored_file& file, bool writable, budget& from)
{
    auto const start = read_block(file, {0, rfs::tar_start_size}, from);
    if (!start)
        return start.error();
    auto const own = rfs::decode_tar_start(start->view);
    if (!own)
        return own.error();
    if (auto const entry = check_entry(start->view); writable && !entry)
        return entry.error();
    auto const text = read_block(file, {own->data, own->size}, from);
    if (!text)
        return text.error();
    if (auto const spent = from.spend_memory(memory_per_byte * own->size, own->data); !spent)
        return spent.error();
    auto files = rfs::decode_tar_index(text->view, *own);
    if (!files)
        return files.error();
    auto const end = end_of_files(*files);
    auto const document = files->find(document_file);
    if (!end || document == files->end())
        return error(
            end ? errc::not_found : errc::bad_value,
            own->data,
            "tar index",
            end ? "no lindi.json" : "a file past every end"
        );
    found_tar out{{}, {document->second, *own, *end}};
    files->erase(document);
    files->erase(index_file);
    out.files = std::move(*files);
    return out;
}

void tell_cut(std::uint64_t size, std::function<void(std::string const&)> const& warn)
{
    if (size != 0 && warn)
        warn(
            "the end of the file was left by a write that was not finished: " +
            std::to_string(size) + " bytes were cut off, everything before is as it was"
        );
}

result<std::unique_ptr<io::stored_file>> open_file(container_place const& place)
{
    return place.writable ? open_locked(*place.files, place.path)
                          : place.files->open(place.path, io::file_layer::access::read);
}

}  // namespace

result<opened_container> open_tar(
    container_place const& place, budget& from, std::function<void(std::string const&)> const& warn
)
{
    std::unique_ptr<io::stored_file> file;
    if (!place.is_new || place.replaces) {
        auto opened = open_file(place);
        if (!opened)
            return opened.error();
        file = std::move(*opened);
    }
    if (place.is_new) {
        auto made = tar_container::create(place, std::move(file));
        if (!made)
            return made.error();
        return opened_container{std::move(*made), true};
    }
    auto found = read_files(*file, place.writable, from);
    if (!found)
        return found.error();
    auto const& document = found->state.document;
    auto text = read_block(*file, {document.data, document.size}, from);
    if (!text)
        return text.error();
    tar_tail tail{found->state.end, 0, true};
    if (place.writable) {
        auto const looked = look_at_tail(*file, found->state.end);
        if (!looked)
            return looked.error();
        tail = *looked;
    }
    found->state.end = tail.append_at;
    auto out = std::make_unique<tar_container>(
        place, std::move(file), std::move(found->files), found->state
    );
    if (!tail.ends_well)
        if (auto const repaired = out->write_end(); !repaired)
            return repaired.error();
    tell_cut(tail.left_over, warn);
    return opened_container{std::move(out), false, std::move(*text)};
}

}  // namespace lindi::edit
