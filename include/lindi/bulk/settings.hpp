/// \file
/// How blobs are indexed, and what one of them may cost.

#pragma once

#include <lindi/bulk/output.hpp>
#include <lindi/lindi/options.hpp>

#include <chrono>
#include <string>

namespace lindi::bulk {

enum class reference_form {
    source,  ///< where the bytes were read: the public blob, else the API
    api,     ///< the archive's API
};

/// Who made the indexes, for those who look before they make their own.
struct generator {
    std::string name = "lindi bulk";
    std::int64_t version = 1;
};

struct indexing_options {
    rfs::export_options exported{};  ///< `url` and `generation_metadata` are not used
    reference_form reference = reference_form::source;
    bulk::generator generator{};
    // Of one blob, in one attempt.
    std::chrono::seconds time{900};
    std::uint64_t requests = 200'000;
    std::uint64_t bytes = std::uint64_t{64} << 30;
    std::uint64_t memory = std::uint64_t{2} << 30;  ///< also of all blobs in work together
    std::uint64_t pages = std::uint64_t{16} << 20;  ///< bytes of pages kept

    /// Text that is another one when outputs would be: with the program's version.
    std::string recipe() const;
};

struct run_options {
    indexing_options indexing{};
    unsigned at_once = 32;                         ///< blobs in work, at most
    unsigned attempts = 3;                         ///< of a blob whose failure may pass
    std::chrono::milliseconds first_delay{2'000};  ///< before the second attempt, then doubled
};

}  // namespace lindi::bulk
