/// \file
/// A LINDI document with what it takes to read the blobs of its own file: how one that is being
/// changed is handed to readers before it is written.

#pragma once

#include <lindi/io/source.hpp>
#include <lindi/lindi/reference_document.hpp>
#include <lindi/lindi/tar_index.hpp>

#include <memory>
#include <string>

namespace lindi::rfs {

struct document_state {
    /// Path of the document, of a directory that of the `lindi.json` in it: relative names in the
    /// document count from its folder. There need not be a file yet.
    std::string path;
    std::shared_ptr<reference_document const> document{};
    /// Files of the tar, null when it is none, and the tar itself.
    std::shared_ptr<tar_index const> tar{};
    std::unique_ptr<io::source> tar_source{};
};

}  // namespace lindi::rfs
