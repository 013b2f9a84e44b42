/// \file
/// What differs between two files, whatever their kinds.

#pragma once

#include <lindi/api/file.hpp>

#include <functional>
#include <string>

namespace lindi::tools {

struct difference_options {
    bool data = true;    ///< elements of datasets too
    bool types = false;  ///< types of elements too
};

/// Gets a line for each difference. \return whether to go on
using difference_sink = std::function<bool(std::string const&)>;

/// Compares by paths. Values are equal when they mean the same: numbers of any type, texts of any
/// kind, references by where they lead.
/// \return whether there was no difference
bool compare_files(
    file const& a, file const& b, difference_options const& options, difference_sink const& tell
);

}  // namespace lindi::tools
