/// \file
/// One LINDI file whose keys can be changed: JSON, tar or directory. What Zarr makes of the keys is
/// not its business. doc/durability.md says what a crash leaves.
///
/// Changes are seen at once by the store's own functions, and by everybody else after `flush`.
/// Metadata and small chunks are held in memory until then; chunks that become blobs are written to
/// the tar or the directory when they are put.

#pragma once

#include <lindi/core/bytes.hpp>
#include <lindi/core/limits.hpp>
#include <lindi/io/file_layer.hpp>
#include <lindi/lindi/document_state.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace lindi::edit {

/// Content in the document, as it stands there: an object, or a string between its quotes.
struct inline_json {
    std::string text;

    friend bool operator==(inline_json const&, inline_json const&) = default;
};
/// Content in another file. Templates are put in.
struct range_of_url {
    std::string url;
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> size{};  ///< none: the whole file

    friend bool operator==(range_of_url const&, range_of_url const&) = default;
};
/// Content in a file of this tar or directory.
struct stored_blob {
    std::string name;  ///< without the "./" of the reference
    std::uint64_t offset = 0;
    std::uint64_t size = 0;

    friend bool operator==(stored_blob const&, stored_blob const&) = default;
};
using entry = std::variant<inline_json, range_of_url, stored_blob>;

/// As h5py names them.
enum class open_mode : std::uint8_t {
    read,        ///< r: there has to be a file; needs no right to write
    read_write,  ///< r+: there has to be a file
    create,      ///< w: a new one, in the place of what is there
    create_new,  ///< w-, x: there must be none
    append,      ///< a: as r+ if there is one, else as w
};

/// Whether a key's content is metadata and no chunk: `.zattrs`, `.zgroup`, `.zarray`, ...
bool is_metadata_key(std::string_view key);

/// Which of the three forms a file has: of one that is there its content says, of a new one the
/// end of its name: `.tar`, `.d`, anything else.
enum class container : std::uint8_t { json, tar, directory };

/// \param path  of a file to be
container container_of_name(std::string_view path);

struct store_options {
    io::file_layer* files = nullptr;  ///< outlives the store; null: the operating system
    lindi::limits max{};
    /// What a new file begins as, instead of an empty one: the text of a document, blobs of its
    /// own not among it.
    block begin_with{};
    /// Gets what the user should know though nothing failed: a torn end that was cut off, ...
    std::function<void(std::string const&)> warn{};
};

/// For one thread, or one after the other. One store at a time has a file open for writing; it is
/// locked until the store goes.
class reference_store {
public:
    /// Encoded chunks of fewer bytes stand in the document, also of a tar or directory.
    static constexpr std::size_t least_blob_size = 1000;

    /// A new file has a root group, `.zgroup`, and nothing else. It takes its name in the first
    /// `flush`: until then an older file of that name is as it was.
    /// \param path  local. In a LINDI directory `create` begins with no keys.
    /// \return the store; or std::errc::no_such_file_or_directory, std::errc::file_exists,
    ///   std::errc::resource_unavailable_try_again (somebody else is writing), the system's other
    ///   errors, or what reading documents and tars fails with
    static result<std::unique_ptr<reference_store>>
    open(std::string const& path, open_mode mode, store_options options = {});

    /// What was not flushed is dropped.
    ~reference_store();
    reference_store(reference_store const&) = delete;
    reference_store& operator=(reference_store const&) = delete;

    container form() const noexcept;
    std::string const& path() const noexcept;
    bool is_writable() const noexcept;

    /// \param key  as in the document, unescaped: "acquisition/data/0.0", ".zgroup"
    bool has(std::string_view key) const;
    /// \return what the key stands for, nothing when there is no such key; or errc::bad_value: the
    ///   document has something else there
    result<std::optional<entry>> get(std::string_view key) const;
    /// The bytes of a key, if they are in this file. Blobs are read.
    /// \return the bytes; errc::not_found, errc::unsupported for a range of a url, errc::too_large,
    ///   or what reading fails with
    result<lindi::bytes> content(std::string_view key) const;

    /// The first key that is `from` or comes behind it, in order of bytes; nothing at the end. To
    /// pass over everything below a path go on from `path + "0"`, which is behind `path + "/..."`.
    std::optional<std::string> key_from(std::string_view from) const;
    /// Calls `visit` with the keys that begin with `prefix`, in order of bytes, until it returns
    /// false. \pre visit changes nothing
    void
    for_each_key(std::string_view prefix, std::function<bool(std::string_view)> const& visit) const;

    // Changes. Each fails with errc::unsupported when the store is not writable, and with what
    // `flush` failed with if that left the store unusable; a change that fails changes nothing.

    /// Sets metadata: `.zattrs`, `.zgroup`, `.zarray`. \param json  an object, in ASCII
    /// \return nothing; or errc::bad_value, errc::truncated: no JSON object
    result<void> put_json(std::string_view key, std::string json);
    /// Sets a chunk, or metadata. Chunks of a tar or directory become blobs from least_blob_size
    /// bytes on, whose bytes are in the file when this returns, to be found there after `flush`. Of
    /// a JSON file it stands in the document. \return nothing; errc::too_large
    /// (limits::inline_bytes for a chunk in the document), or what
    ///   writing fails with: no space left, ...
    result<void> put_bytes(std::string_view key, std::span<std::byte const> content);
    /// Sets what another key has, of this store or of another: inline content is taken as it is,
    /// a blob has to be one of this file.
    /// \return nothing; errc::bad_value, errc::not_found: no such blob
    result<void> put(std::string_view key, entry value);
    /// \param url  without templates; `put` is the same
    result<void> put_reference(
        std::string_view key,
        std::string url,
        std::uint64_t offset,
        std::optional<std::uint64_t> size
    )
    {
        return put(key, range_of_url{std::move(url), offset, size});
    }
    /// \return whether there was such a key
    result<bool> erase(std::string_view key);
    /// Erases every key that begins with `prefix`. \return how many
    result<std::uint64_t> erase_all(std::string_view prefix);

    /// A member beside `refs`, as JSON: "generationMetadata", ...; nothing when there is none.
    std::optional<std::string> member(std::string_view name) const;
    /// Sets it. \return nothing; errc::bad_value: no JSON, or `refs`, `templates`, `version`
    result<void> put_member(std::string_view name, std::string json);

    /// Whether there are changes that no `flush` wrote.
    bool is_changed() const noexcept;
    /// Writes the changes and syncs: once this returns they outlive a power cut, and whoever opens
    /// the file sees all of them. Nothing to do: touches nothing.
    /// \return nothing; or why they were not written: the file is as before. After some failures
    ///   (a sync that fails may have lost bytes for good) the store cannot be changed any more.
    result<void> flush();

    /// As `flush`, and leaves out what nothing in the document needs: older states of a tar, blobs
    /// that were replaced. Files that other programs appended to a tar are not kept.
    result<void> pack();

    /// The document as it is now, for `open::tree::open`: reading it sees every change made so far
    /// and none made later. Costs as much as writing the document. The store has to live as long.
    result<rfs::document_state> snapshot() const;

private:
    struct state;
    explicit reference_store(std::unique_ptr<state> made) noexcept;

    std::unique_ptr<state> state_;
};

}  // namespace lindi::edit
