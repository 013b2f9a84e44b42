/// \file
/// An open file. Needs neither network nor cache; `open.hpp` opens paths and URLs:
///
///     auto file = lindi::open_file("recording.nwb").value();
///     auto times = file.root().dataset_at("units/spike_times").value();
///     std::vector<double> first = times.read<double>(lindi::selection::index(":100")).value();
///
/// Functions that can fail return a result; `.value()` throws std::system_error with the message.

#pragma once

#include <lindi/api/backend.hpp>
#include <lindi/api/object.hpp>
#include <lindi/codec/codec.hpp>
#include <lindi/core/limits.hpp>
#include <lindi/io/reader.hpp>
#include <lindi/io/source.hpp>

namespace lindi {

struct open_options {
    /// What the file may cost; running out is an error that names the limit.
    lindi::limits limits{};
    /// Filters that can be undone; add your own.
    codec::registry filters = codec::built_in_filters();
    /// Bytes of decoded chunks that are kept for later readings; 0: none.
    std::uint64_t chunk_cache = std::uint64_t{64} << 20;
    /// Called now and then with the number of objects found.
    std::function<void(std::uint64_t)> on_progress{};
};

/// An open file. A handle: copies lead to the same file, which closes with the last of them and of
/// the objects taken from it.
class file {
public:
    /// Reads the structure of the file; data are read when they are asked for.
    /// \param from  where the bytes come from; pages in front make small reads cheap
    /// \return the file; or why there is none: errc::not_hdf5, errc::truncated, ... Damage to
    ///   single objects is no failure: see `problems`
    [[nodiscard]] static result<file>
    from_source(std::unique_ptr<io::source> from, open_options options = {});
    /// \param content  of the file
    [[nodiscard]] static result<file> from_memory(lindi::bytes content, open_options options = {});
    /// Limits and filters are those that the backend was made with.
    [[nodiscard]] static result<file>
    from_backend(std::unique_ptr<api::backend> from, open_options options = {});

    group root() const;
    /// What a path leads to, soft links included. \return errc::not_found
    [[nodiscard]] result<object> at(std::string_view path) const { return root().at(path); }

    /// "path: message" for all that could not be read.
    std::vector<std::string> problems() const;
    /// What was read so far. Waits for a reading that is at work.
    io::read_stats stats() const;
    /// Ends what is being read now, and all that comes after it, with errc::cancelled. Safe from
    /// any thread.
    void cancel() noexcept;

private:
    explicit file(api::session_ptr session) noexcept : session_(std::move(session)) {}

    api::session_ptr session_;
};

}  // namespace lindi
