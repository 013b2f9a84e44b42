/// \file
/// Where the content of a key is among the addresses of a file's source.

#pragma once

#include <lindi/io/byte_range.hpp>
#include <lindi/lindi/read_tree.hpp>
#include <lindi/node/chunk_decoder.hpp>

namespace lindi::rfs {

class content_places {
public:
    /// \param in      outlives this
    /// \param budget  pays for urls that are remembered
    content_places(tree_input const& in, budget& budget) : in_(&in), budget_(&budget) {}

    /// First address behind the document's text.
    std::uint64_t inline_end() const noexcept { return io::joined_source::part_size; }

    /// \return the range, with the size chunk_decoder::whole_file where the file is to tell it; or
    ///   errc::bad_value, errc::not_found (no such file in the tar), errc::truncated (past its end
    ///   there), errc::too_large
    result<io::byte_range> find(std::size_t key);
    /// As above, for a reference of the document.
    result<io::byte_range> find(byte_reference const& reference);

private:
    result<io::byte_range> in_tar(std::string const& url, byte_reference const& reference) const;
    result<std::uint64_t> first_address(std::string_view raw_url, std::string const& url);

    tree_input const* in_;
    budget* budget_;
    std::string_view last_raw_;  ///< neighbours mostly name the same file
    std::uint64_t last_address_ = 0;
};

}  // namespace lindi::rfs
