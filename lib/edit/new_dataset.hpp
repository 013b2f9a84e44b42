/// \file
/// The metadata of a new dataset.

#pragma once

#include <lindi/core/error.hpp>
#include <lindi/edit/dataset_spec.hpp>

#include <string>

namespace lindi::edit {

struct new_dataset {
    std::string metadata;    ///< .zarray
    std::string attributes;  ///< .zattrs, `{}` when there are none
};

/// \return the texts; or errc::bad_value, errc::unsupported with what of the description does not
///   go together, errc::too_large
result<new_dataset> describe_new(dataset_spec const& spec);

/// .zarray's `dtype` of a scalar text: Python lindi has no text of any length there.
std::string scalar_text_dtype(std::uint64_t code_points);

}  // namespace lindi::edit
