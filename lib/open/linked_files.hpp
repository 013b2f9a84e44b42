/// \file
/// HDF5 files that a LINDI document links datasets to, each opened once.

#pragma once

#include "reference_opener.hpp"

#include <lindi/lindi/read_attributes.hpp>
#include <lindi/node/linked_dataset.hpp>

#include <map>
#include <memory>

namespace lindi::open {

class linked_files {
public:
    /// All outlive this.
    /// \param document  the reader of the LINDI document: cancelling it cancels those made here
    linked_files(
        reference_opener& opener,
        codec::registry const& codecs,
        io::reader const& document,
        limits const& max
    )
        : opener_(&opener), codecs_(&codecs), document_(&document), max_(max)
    {}

    /// The dataset that a link means; nothing is opened yet.
    std::shared_ptr<node::linked_dataset> dataset(rfs::object_notes::array_link const& link);

    /// The file, with its graph and without chunk tables.
    /// \return what lives as long as this; or why it cannot be read, again for every call
    result<node::file*> open(std::string const& url);

private:
    struct linked_file;

    result<std::shared_ptr<linked_file>> read(std::string const& url) const;

    reference_opener* opener_;
    codec::registry const* codecs_;
    io::reader const* document_;
    limits max_;
    std::map<std::string, result<std::shared_ptr<linked_file>>> files_;
};

}  // namespace lindi::open
