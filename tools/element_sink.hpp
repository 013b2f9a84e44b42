/// \file
/// Forms in which `lindi read` writes elements.

#pragma once

#include <lindi/node/graph.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lindi::tools {

/// Takes text or bytes of the output, in order. \return nothing; or why it cannot be written
using put_function = std::function<result<void>(std::string_view)>;

/// What is written: elements of one type, shape and file.
struct sink_input {
    node::graph const& graph;               ///< resolves heap ids and references
    std::vector<std::string> const& paths;  ///< of each object, for references
    hdf5::datatype_ptr type;
    std::vector<std::uint64_t> shape;  ///< empty: one element
};

/// Gets all elements in C order, piece by piece, and writes them in its form.
class element_sink {
public:
    virtual ~element_sink() = default;
    /// \return nothing; or errc::unsupported (the form cannot say such elements), ...
    [[nodiscard]] virtual result<void> begin() = 0;
    /// \param elements  whole elements in the file's type
    [[nodiscard]] virtual result<void> add(std::span<std::byte const> elements) = 0;
    [[nodiscard]] virtual result<void> end() = 0;
};

/// \param in  its references outlive the sink
/// \param put  outlives the sink
std::unique_ptr<element_sink> make_raw_sink(sink_input in, put_function const& put);
std::unique_ptr<element_sink> make_npy_sink(sink_input in, put_function const& put);
std::unique_ptr<element_sink> make_json_sink(sink_input in, put_function const& put);
std::unique_ptr<element_sink> make_text_sink(sink_input in, put_function const& put);
std::unique_ptr<element_sink> make_csv_sink(sink_input in, put_function const& put);

}  // namespace lindi::tools
