/// \file
/// Contents that move along when a LINDI file becomes another one: blobs, and what is to be copied
/// from elsewhere.

#pragma once

#include <lindi/edit/reference_store.hpp>
#include <lindi/lindi/read_tree.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace lindi::edit {

struct copy_options {
    /// Whether "./name" is a file of the document's own tar or directory: it moves along.
    bool has_own_files = false;
    /// Not empty: the url of the tar. Its files stay there, and become ranges of it.
    std::string own_url{};
    /// Whether the content of a key, which is in another file, is to be copied in. Empty: none is.
    std::function<bool(std::string_view key, std::string_view url)> copies_in{};
    /// What stands for a url in the new document; the url itself when empty.
    std::function<std::string(std::string const& url)> rename{};
    std::function<void(std::uint64_t bytes)> on_progress{};
};

struct copy_report {
    std::uint64_t contents = 0;  ///< that moved along or were copied in
    std::uint64_t bytes = 0;     ///< of these
};

/// Brings the contents of a document into a store that begins with its text.
/// \param from  reads `in.files`
/// \param in    the document that `to` was begun with
/// \return what was copied; or what reading and `reference_store::put_bytes` fail with, at the key
result<copy_report> copy_contents(
    io::reader& from, rfs::tree_input const& in, reference_store& to, copy_options options
);

/// What copy_contents would copy into a file of that form; reads only what tells sizes.
result<copy_report>
count_contents(io::reader& from, rfs::tree_input const& in, container form, copy_options options);

}  // namespace lindi::edit
