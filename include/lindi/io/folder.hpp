/// \file
/// The files of one folder, for files in it that name others.

#pragma once

#include <lindi/io/file_set.hpp>
#include <lindi/io/page_source.hpp>

namespace lindi::io {

/// Regular files in a folder and in folders below it. Names with `..`, absolute names that lead
/// elsewhere, links out of the folder, devices and pipes are errc::unsupported; what lies outside
/// is not even looked at, except to see where a link leads.
class folder final : public file_set {
public:
    /// The folder that has a file. \param path  of the file, which need not be there
    /// \param pages  for each file that is opened
    /// \return the folder, or the system's error
    static result<std::unique_ptr<folder>> around(std::string const& path, page_options pages = {});

    ~folder() override;
    folder(folder const&) = delete;
    folder& operator=(folder const&) = delete;

    /// Pages are in front of the file; its `name` is its real path.
    result<std::shared_ptr<source>> open(std::string const& name) override;

private:
    folder(std::string given, std::string real, int descriptor, page_options pages);
    result<std::string> place_of(std::string const& name) const;

    std::string given_;  ///< as the caller wrote it
    std::string real_;   ///< the same without links
    int descriptor_;
    page_options pages_;
};

}  // namespace lindi::io
