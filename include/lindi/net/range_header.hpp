/// \file
/// Range requests. RFC 9110, section 14.

#pragma once

#include <lindi/core/error.hpp>
#include <lindi/io/byte_range.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace lindi::net {

/// The value of a `Range` header. \pre range.size != 0
std::string write_range(io::byte_range range);

/// A parsed `Content-Range`.
struct content_range {
    std::optional<io::byte_range> range;  ///< missing in an answer 416: "bytes */1234"
    std::optional<std::uint64_t> total;   ///< size of the whole file; missing when it says '*'
};

/// \return errc::bad_value when it is not "bytes FIRST-LAST/TOTAL" with FIRST <= LAST < TOTAL
result<content_range> parse_content_range(std::string_view value);

/// What an answer says about the bytes it brings.
struct range_claim {
    unsigned status = 0;
    std::string_view content_range;  ///< empty: there was none
    std::string_view content_encoding;
    std::string_view content_type;
    std::optional<std::uint64_t> content_length;
};

/// The bytes that an answer really carries.
struct granted_range {
    io::byte_range range;
    std::uint64_t total = 0;  ///< size of the whole file
};

/// Checks the answer to the first request for a file, whose size nobody knows yet.
/// \param asked  starts at 0; less comes back when the file is smaller
/// \param whole_file  a 200 is accepted when the whole file has at most this many bytes
/// \return what follows as the body; an empty range for an empty file.
///   errc::io  the server ignored the range, sent another one, encoded the body, or answers with a
///   web page
result<granted_range>
check_first_answer(range_claim const& claim, io::byte_range asked, std::uint64_t whole_file);

/// Checks the answer to any later request.
/// \return nothing when exactly the range follows; errc::io with the reason otherwise
result<void> check_answer(range_claim const& claim, io::byte_range asked, std::uint64_t total);

}  // namespace lindi::net
