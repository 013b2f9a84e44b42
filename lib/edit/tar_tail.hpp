/// \file
/// What follows the last file that the index of a tar lists: nothing, files of other programs, or
/// what is left of a write that never came to its end.

#pragma once

#include <lindi/io/file_layer.hpp>

namespace lindi::edit {

struct tar_tail {
    std::uint64_t append_at = 0;  ///< behind everything that is worth keeping
    std::uint64_t left_over = 0;  ///< bytes behind it that are not just the end of a tar
    bool ends_well = false;       ///< the zero bytes of the end, and nothing else, stand there
};

/// \param end  of the files that the index lists
/// \return what reading says, errc::truncated: the file ends before
result<tar_tail> look_at_tail(io::stored_file& tar, std::uint64_t end);

}  // namespace lindi::edit
