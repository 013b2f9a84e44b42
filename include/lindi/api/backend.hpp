/// \file
/// What an open file is read with. Programs need it only for kinds of files of their own.

#pragma once

#include <lindi/node/file.hpp>
#include <lindi/node/read_graph.hpp>

namespace lindi::api {

class backend {
public:
    virtual ~backend() = default;
    virtual io::reader& reader() noexcept = 0;
    /// `array::read_into` reads its datasets.
    virtual node::file& file() noexcept = 0;
    /// Fills the graph. \return as node::read_graph
    virtual result<void> read_graph(node::read_options options) = 0;
};

}  // namespace lindi::api
