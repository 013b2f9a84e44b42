/// \file
/// Superblock and its extension: what must be known before the first object.

#pragma once

#include <lindi/node/file.hpp>

namespace lindi::node {

/// Finds and decodes the superblock, then its extension: fills f.contents.file and f.shared_heaps.
/// Damage of the extension alone is a problem of the file, not an error.
task<result<void>> open_file(file& f);

}  // namespace lindi::node
