#include "changed_document.hpp"

#include <lindi/edit/copy_contents.hpp>
#include <lindi/lindi/content_places.hpp>
#include <lindi/node/chunk_decoder.hpp>

namespace lindi::edit {
namespace {

/// Contents that are read together.
constexpr std::uint64_t batch_bytes = std::uint64_t{16} << 20;
constexpr std::size_t batch_count = 4096;

class copier {
public:
    copier(
        io::reader& from,
        rfs::tree_input const& in,
        container form,
        reference_store* to,
        copy_options options
    )
        : from_(&from), in_(&in), form_(form), to_(to), options_(std::move(options)),
          places_(in, from.budget())
    {}

    result<copy_report> run(changed_document const& document);

private:
    struct pending {
        std::string key;
        io::byte_range place;
    };

    result<void> look_at(std::string_view key, std::string_view value);
    result<void> look_at(std::string_view key, rfs::inline_content const& content);
    result<void> look_at(std::string_view key, rfs::byte_reference const& reference);
    result<void>
    keep(std::string_view key, rfs::byte_reference const& reference, std::string const& url);
    result<void> keep_in_tar(std::string_view key, rfs::byte_reference const& reference);
    result<io::byte_range> place_of(rfs::byte_reference const& reference);
    result<void> copy(std::string_view key, rfs::byte_reference const& reference);
    result<void> copy_batch();

    io::reader* from_;
    rfs::tree_input const* in_;
    container form_;
    reference_store* to_;  ///< null: nothing is copied, only counted
    copy_options options_;
    rfs::content_places places_;
    std::vector<pending> batch_;
    std::uint64_t batch_bytes_ = 0;
    copy_report report_;
};

result<copy_report> copier::run(changed_document const& document)
{
    std::string next;
    while (auto const found = document.key_from(next)) {
        std::string const key(*found);
        if (auto const done = look_at(key, *document.find(key)); !done)
            return done.error();
        next = key + '\0';
    }
    if (auto const done = copy_batch(); !done)
        return done.error();
    return report_;
}

result<void> copier::look_at(std::string_view key, std::string_view value)
{
    auto const decoded = rfs::decode_reference_value(value, 0);
    if (!decoded)
        return {};  // no reader takes it for anything: it stays as it is
    return std::visit([&](auto const& v) { return look_at(key, v); }, *decoded);
}

/// In a tar or directory large chunks do not stand in the document.
result<void> copier::look_at(std::string_view key, rfs::inline_content const& content)
{
    if (to_ == nullptr || form_ == container::json || is_metadata_key(key) ||
        content.raw.size() < reference_store::least_blob_size)
        return {};
    auto const decoded = rfs::decode_inline(content.raw);
    if (!decoded)
        return decoded.error().within(key);
    return decoded->size() < reference_store::least_blob_size ? result<void>()
                                                              : to_->put_bytes(key, *decoded);
}

result<void> copier::look_at(std::string_view key, rfs::byte_reference const& reference)
{
    auto const url = in_->document->expand(reference.raw_url);
    bool const own = options_.has_own_files && url.starts_with("./");
    bool const moves = own && options_.own_url.empty();
    if (moves || (options_.copies_in && options_.copies_in(key, own ? options_.own_url : url)))
        return copy(key, reference);
    return own ? keep_in_tar(key, reference) : keep(key, reference, url);
}

result<void>
copier::keep(std::string_view key, rfs::byte_reference const& reference, std::string const& url)
{
    if (to_ == nullptr)
        return {};
    auto const renamed = options_.rename ? options_.rename(url) : url;
    if (renamed == url)
        return {};
    return to_->put(key, range_of_url{renamed, reference.offset, reference.size});
}

result<void> copier::keep_in_tar(std::string_view key, rfs::byte_reference const& reference)
{
    auto const place = places_.find(reference);
    if (!place || to_ == nullptr)
        return place ? result<void>() : place.error().within(key);
    return to_->put(key, range_of_url{options_.own_url, place->offset - in_->tar_at, place->size});
}

result<io::byte_range> copier::place_of(rfs::byte_reference const& reference)
{
    auto place = places_.find(reference);
    if (!place || place->size != node::chunk_decoder::whole_file)
        return place;
    auto const size = in_->files->size_of(place->offset);
    if (!size)
        return size.error();
    place->size = *size;
    return place;
}

result<void> copier::copy(std::string_view key, rfs::byte_reference const& reference)
{
    auto const place = place_of(reference);
    if (!place)
        return place.error().within(key);
    if (place->size > from_->budget().max().decoded_chunk)
        return error(errc::too_large, error::nowhere, "chunk", "more than decoded_chunk")
            .within(key);
    if (to_ == nullptr) {
        ++report_.contents;
        report_.bytes += place->size;
        return {};
    }
    batch_.push_back({std::string(key), *place});
    batch_bytes_ += place->size;
    bool const full = batch_bytes_ >= batch_bytes || batch_.size() >= batch_count;
    return full ? copy_batch() : result<void>();
}

result<void> copier::copy_batch()
{
    std::vector<io::byte_range> places;
    for (auto const& one : batch_)
        places.push_back(one.place);
    auto const got = from_->run(from_->read_each(std::move(places)));
    for (std::size_t i = 0; i < batch_.size(); ++i) {
        auto const& key = batch_[i].key;
        auto const done =
            got[i] ? to_->put_bytes(key, got[i]->view.bytes) : result<void>(got[i].error());
        if (!done)
            return got[i] ? done.error() : done.error().within(key);
        ++report_.contents;
        report_.bytes += got[i]->view.size();
    }
    batch_.clear();
    batch_bytes_ = 0;
    if (options_.on_progress)
        options_.on_progress(report_.bytes);
    return {};
}

/// The keys in order, each once. The copier looks at them while the store changes.
result<changed_document> keys_of(rfs::tree_input const& in, budget& from)
{
    return changed_document::parse({in.document, {as_bytes(in.document->text()), 0}}, from);
}

}  // namespace

result<copy_report> copy_contents(
    io::reader& from, rfs::tree_input const& in, reference_store& to, copy_options options
)
{
    auto const document = keys_of(in, from.budget());
    if (!document)
        return document.error();
    return copier(from, in, to.form(), &to, std::move(options)).run(*document);
}

result<copy_report>
count_contents(io::reader& from, rfs::tree_input const& in, container form, copy_options options)
{
    auto const document = keys_of(in, from.budget());
    if (!document)
        return document.error();
    return copier(from, in, form, nullptr, std::move(options)).run(*document);
}

}  // namespace lindi::edit
