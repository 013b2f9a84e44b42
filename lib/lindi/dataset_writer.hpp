/// \file
/// One dataset in the reference file: .zarray, .zattrs, chunks.

#pragma once

#include "export_context.hpp"

#include <unordered_map>

namespace lindi::rfs {

class dataset_writer {
public:
    explicit dataset_writer(export_context& c) : c_(c) {}

    /// Under every path that leads to it. \pre the object is a dataset
    void write(node::object_id id, place const& where);

private:
    /// A plan and the chunk that belongs to it, if it is inlined.
    struct prepared {
        dataset_plan plan;
        inline_chunk chunk;
    };

    prepared prepare(node::object_id id, place const& where);
    /// As prepare; what was costly is kept, because an object may have many names.
    prepared const& remembered(node::object_id id, place const& where, prepared& here);
    void prepare_chunk(node::object_id id, prepared& p, place const& where);
    void report(node::object_id id, prepared const& p, place const& where);
    void write_array(prepared const& p, place const& where);
    void write_attributes(node::object const& o, prepared const& p, place const& where);
    void write_data(node::dataset const& data, prepared const& p, place const& where);

    export_context& c_;
    std::unordered_map<node::object_id, prepared> costly_;
};

}  // namespace lindi::rfs
