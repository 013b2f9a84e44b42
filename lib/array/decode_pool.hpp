/// \file
/// Work on chunks that does not wait for anything, spread over the processor's cores.

#pragma once

#include <lindi/core/error.hpp>

#include <cstddef>
#include <functional>

namespace lindi::array {

/// Calls `work(0)` to `work(count - 1)`, on several threads when there is enough of it. Calls must
/// not share anything that changes. Returns when all are done. \param most  calls at the same time,
/// at least 1 \return nothing, or the error of the lowest index that failed; later calls may have
/// been left out
[[nodiscard]] result<void> decode_in_parallel(
    std::size_t count, std::size_t most, std::function<result<void>(std::size_t)> const& work
);

}  // namespace lindi::array
