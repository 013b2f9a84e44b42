/// \file
/// From the pipeline of a file to what the codec layer runs.

#pragma once

#include <lindi/codec/pipeline.hpp>
#include <lindi/hdf5/message/filter_pipeline.hpp>

#include <vector>

namespace lindi::node {

/// Views of the pipeline's filters, which outlive them.
inline std::vector<codec::filter_call> filter_calls(hdf5::filter_pipeline const& pipeline)
{
    std::vector<codec::filter_call> calls;
    calls.reserve(pipeline.filters.size());
    for (auto const& filter : pipeline.filters)
        calls.push_back({filter.id, filter.name, filter.client_data});
    return calls;
}

}  // namespace lindi::node
