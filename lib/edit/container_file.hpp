/// \file
/// What the three forms of a LINDI file have in common: a document, and perhaps blobs.

#pragma once

#include "changed_document.hpp"

#include <lindi/edit/reference_store.hpp>

#include <memory>
#include <set>

namespace lindi::edit {

class container_file {
public:
    virtual ~container_file() = default;

    virtual container form() const noexcept = 0;

    /// Stores a blob; it is there for good once a commit wrote a document that names it.
    /// \pre form() is not json
    virtual result<stored_blob>
    put_blob(std::string_view key, std::span<std::byte const> content) = 0;
    /// \return size of a file of this container; or errc::not_found
    virtual result<std::uint64_t> size_of(std::string const& name) = 0;
    /// \pre the blob lies inside its file
    virtual result<lindi::bytes> read_blob(stored_blob const& blob) = 0;

    /// Makes this the document that everybody sees, and syncs.
    virtual result<void> commit(changed_document const& document, limits const& max) = 0;
    /// As commit; what the document does not name is gone afterwards.
    /// \param named  files of this container
    virtual result<void> pack(
        changed_document const& document, std::set<std::string> const& named, limits const& max
    ) = 0;
    /// What a commit or a blob failed with that leaves it open what is in the file: nothing can be
    /// changed any more.
    result<void> const& check_usable() const noexcept { return usable_; }

    /// Adds what it takes to read the blobs.
    virtual void describe(rfs::document_state& out) const = 0;

protected:
    result<void> usable_;
};

struct container_place {
    std::string path;  ///< without symbolic links
    io::file_layer* files;
    bool is_new = false;  ///< begins without keys
    bool replaces =
        false;  ///< there is an older file, which `path` leads to until the first commit
    bool writable = false;
};

struct opened_container {
    std::unique_ptr<container_file> file;
    bool is_new = false;
    block text{};  ///< of the document, but for a new one
};

result<opened_container> open_json(container_place const& place, budget& from);
result<opened_container> open_tar(
    container_place const& place, budget& from, std::function<void(std::string const&)> const& warn
);
result<opened_container> open_directory(container_place const& place, budget& from);

}  // namespace lindi::edit
