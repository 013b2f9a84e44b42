/// \file
/// Files that another file names: members, raw data, sources of virtual datasets.

#pragma once

#include <lindi/io/source.hpp>

#include <memory>
#include <string>

namespace lindi::io {

/// Opens other files for those who read one, if and as far as its owner allows. Their sources
/// answer inside `fetch`.
class file_set {
public:
    virtual ~file_set() = default;

    /// \param name  as the other file has it: not to be trusted
    /// \return the file; errc::not_found when there is none of that name, errc::unsupported when
    ///   it is one that may not be opened, or what opening it fails with
    virtual result<std::shared_ptr<source>> open(std::string const& name) = 0;
};

}  // namespace lindi::io
