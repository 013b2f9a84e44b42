/// \file
/// What can go wrong, and where: every fallible function returns a `result<T>`.

#pragma once

#include <boost/system/result.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>

namespace lindi {

/// Why bytes from outside were refused. A caller acts on these; the words are in `error`.
enum class errc {
    truncated = 1,  ///< a structure runs past the bytes it lies in, or past the end of the file
    bad_signature,  ///< the address does not lead to the structure it should
    bad_checksum,   ///< the structure's checksum differs from its bytes
    unsupported_version,  ///< the version of the structure is not one this library knows
    unsupported,          ///< valid, but this library cannot handle it; the detail says what
    bad_value,            ///< a field holds what the specification does not allow
    cycle,                ///< following addresses came back to where it had been
    too_large,            ///< a limit of `limits` ran out; the detail names it
    not_found,            ///< no object, link or heap entry of that name or id
    not_hdf5,             ///< no HDF5 signature where one may be
    missing_filter,       ///< a filter of the pipeline is not built in; the detail has its id
    cancelled,            ///< the caller asked to stop
    io,                   ///< the source of bytes failed; the detail says how
};

std::error_category const& lindi_category() noexcept;
std::error_code make_error_code(errc code) noexcept;

/// An error: what, in which structure, at which byte of the file, and on the way to which object.
/// Cheap to move and to copy; one failed read may be handed to many waiters.
class error {
public:
    /// Offset of an error that has no place in a file.
    static constexpr std::uint64_t nowhere = ~std::uint64_t{0};

    /// No error: what result::error() of a value returns.
    error() = default;
    error(std::error_code code, std::uint64_t at, char const* structure, std::string detail = {});
    error(errc code, std::uint64_t at, char const* structure, std::string detail = {})
        : error(make_error_code(code), at, structure, std::move(detail))
    {}

    std::error_code code() const noexcept { return code_; }
    /// File offset of the field or structure, in bytes, or `nowhere`.
    std::uint64_t at() const noexcept { return at_; }
    /// Name of the structure as the specification has it.
    std::string_view structure() const noexcept { return structure_; }
    std::string_view detail() const noexcept;

    /// The same error as seen from further out: `where` is put in front of the trail.
    [[nodiscard]] error within(std::string_view where) const;

    /// One line: "trail: structure at 0x1f38c0: what is wrong (detail)".
    std::string message() const;

private:
    struct words {
        std::string trail;
        std::string detail;
    };

    std::error_code code_;
    std::uint64_t at_ = nowhere;
    char const* structure_ = "";          ///< a literal: lives for ever
    std::shared_ptr<words const> words_;  ///< null when there are none
};

template <class T>
using result = boost::system::result<T, error>;

/// Found by boost::system::result::value(): throws std::system_error with the message.
[[noreturn]] void throw_exception_from_error(error const& e, boost::source_location const& where);

}  // namespace lindi

template <>
struct std::is_error_code_enum<lindi::errc> : std::true_type {};
