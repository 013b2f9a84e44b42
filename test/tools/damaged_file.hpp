/// \file
/// A file with one damaged dataset.

#pragma once

#include "file_builder.hpp"

#include <string>

namespace lindi::tools {

/// Three unsigned integers under /bad, whose layout message is cut off.
inline std::string file_with_damaged_layout()
{
    using namespace test;
    message const cut{hdf5::message_type::layout, bytes(1)};
    file_builder b;
    auto const data = b.place(header({dataspace({3}), datatype(integer_body(4)), cut}));
    auto const root = b.place(header({link_info(), hard_link("bad", data)}));
    return std::string(as_text(b.finish(root)));
}

}  // namespace lindi::tools
