/// \file
/// The tar form. Everything is appended; then one block, the entry at the start, says where the new
/// index is, and by that which document counts. doc/durability.md.

#pragma once

#include "container_file.hpp"
#include "tar_members.hpp"

namespace lindi::edit {

/// Which of the files in the tar count.
struct tar_state {
    rfs::tar_entry document;
    rfs::tar_entry index;
    std::uint64_t end = 0;  ///< of all files, padding included
};

class tar_container final : public container_file {
public:
    /// A tar that is there.
    /// \param files      that its index lists, but document and index
    /// \param committed  what its entry leads to; `end` is where the next file comes
    tar_container(
        container_place place,
        std::shared_ptr<io::stored_file> file,
        rfs::tar_index files,
        tar_state const& committed
    );
    /// A new one. \param replaced  the older file, kept so that nobody else changes it; or null
    static result<std::unique_ptr<tar_container>>
    create(container_place place, std::unique_ptr<io::stored_file> replaced);

    ~tar_container() override;

    container form() const noexcept override { return container::tar; }
    result<stored_blob> put_blob(std::string_view key, std::span<std::byte const> content) override;
    result<std::uint64_t> size_of(std::string const& name) override;
    result<lindi::bytes> read_blob(stored_blob const& blob) override;
    result<void> commit(changed_document const& document, limits const& max) override;
    result<void> pack(
        changed_document const& document, std::set<std::string> const& named, limits const& max
    ) override;
    void describe(rfs::document_state& out) const override;

    /// Ends the tar where its last file ends.
    result<void> write_end() { return write_end(end_); }

private:
    result<void> check_place();
    result<void> write_header(std::string_view name, rfs::tar_entry const& place);
    result<rfs::tar_entry> write_index(rfs::tar_entry const& document, std::uint64_t at);
    result<tar_state> append(changed_document const& document, limits const& max);
    result<void> write_end(std::uint64_t at);
    result<void> publish();
    result<void> take_file(std::string const& name, tar_container& from);
    /// Ends all changes. \return `why`
    result<void> break_with(error const& why);
    std::string unused_name(std::string_view key);

    container_place place_;
    std::shared_ptr<io::stored_file> file_;
    std::unique_ptr<io::stored_file> replaced_;
    rfs::tar_index files_;  ///< but document and index
    tar_state committed_;
    std::uint64_t end_;          ///< of all files, those that no index lists yet among them
    std::uint64_t version_ = 0;  ///< of the last blob whose name was taken
    bool is_published_;
    bool is_named_;  ///< for good: also after a power cut
};

}  // namespace lindi::edit
