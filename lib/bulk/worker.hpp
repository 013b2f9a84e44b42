/// \file
/// What is done with one unit.

#pragma once

#include "index_blob.hpp"

#include <lindi/bulk/run.hpp>

#include <map>
#include <string>

namespace lindi::bulk {

/// Of one unit, at work on one thread.
class unit_work {
public:
    enum class next {
        nothing,  ///< it is over
        again,    ///< another attempt may help
        larger,   ///< with more memory
    };

    unit_work(run_parts const& parts, run_options const& how, spool_folder& spool, unit const& of)
        : parts_(&parts), how_(&how), spool_(&spool), unit_(&of)
    {}

    /// Notes in the journal that it is in work. \return errc::io
    result<void> begin();
    /// Makes the index, or takes that of another asset, and writes all outputs; notes what became
    /// of it. \return what is to be done with it; errc::io when the journal cannot be written
    result<next> run();

    /// What happened, for observers.
    run_event const& event() const noexcept { return event_; }

private:
    struct head {
        spool_file file;
        std::uint64_t size = 0;
    };

    result<void> make();
    result<void> look_at_outputs();
    result<head> head_of_other();
    result<head> new_head();
    result<void> write_outputs(head from);
    result<void> write_output(asset_record const& asset, head& from, bool is_last);
    result<head> with_reference(head& from, std::string const& reference);
    std::vector<std::string> references() const;
    result<void> note_done();
    result<next> note_failure(error const& why, failure_kind kind);
    next next_after(error const& why, failure_kind kind) const;

    run_parts const* parts_;
    run_options const* how_;
    spool_folder* spool_;
    unit const* unit_;
    std::vector<asset_record> assets_;
    blob_record record_;
    std::map<std::string, seen_output> seen_;  ///< by key, before the work
    std::string placeholder_;  ///< stands for the reference where assets have different ones
    bool is_output_failure_ = false;
    std::chrono::steady_clock::time_point start_;
    run_event event_;
};

}  // namespace lindi::bulk
