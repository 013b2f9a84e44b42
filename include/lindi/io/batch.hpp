/// \file
/// How much is worth reading at once.

#pragma once

#include <lindi/io/reader.hpp>

#include <cstdint>

namespace lindi::io {

/// Bytes of one of many batches. Where waves wait, few large ones; else memory that still is in the
/// processor's cache when it is looked at, and again when the next batch comes into it.
std::uint64_t batch_bytes(reader const& from) noexcept;

}  // namespace lindi::io
