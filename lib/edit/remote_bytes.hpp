/// \file
/// Bytes of files that a document names.

#pragma once

#include <lindi/edit/reference_store.hpp>
#include <lindi/io/joined_source.hpp>
#include <lindi/io/reader.hpp>

namespace lindi::edit {

class remote_bytes {
public:
    /// \param open  called when a file is read for the first time
    remote_bytes(std::string name, io::joined_source::opener open, lindi::limits const& max)
        : files_(std::move(name), std::move(open)), budget_(max), reader_(files_, budget_)
    {}

    /// \return the bytes; or what opening and reading fail with
    result<lindi::bytes> read(range_of_url const& range);

private:
    io::joined_source files_;
    lindi::budget budget_;
    io::reader reader_;
};

}  // namespace lindi::edit
