/// \file
/// A dataset whose elements another file has.

#pragma once

#include <lindi/node/file.hpp>

namespace lindi::node {

/// Where a link led.
struct linked_elements {
    file* where = nullptr;  ///< has a reader and an executor of its own
    dataset const* data = nullptr;
};

/// One executor uses it.
class linked_dataset {
public:
    virtual ~linked_dataset() = default;

    /// "URL: NAME", for messages and listings.
    virtual std::string const& name() const noexcept = 0;

    /// Opens the other file, once, and finds the dataset. Blocks.
    /// \return what lives as long as this; or why it cannot be opened
    virtual result<linked_elements> open() = 0;
};

}  // namespace lindi::node
