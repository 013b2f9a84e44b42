/// \file
/// The reference file as text, on its way out: a buffer, the members of `refs` and a limit.

#pragma once

#include <lindi/core/error.hpp>

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace lindi::rfs {

/// Where text goes. Called with big blocks: 128 KiB, but for the last and those before bigger ones.
using text_sink = std::function<result<void>(std::string_view)>;

/// After a failure everything written is dropped; `finish` tells.
class json_writer {
public:
    /// \param max_bytes  errc::too_large beyond
    json_writer(text_sink sink, std::uint64_t max_bytes);

    /// Begins the next member of the object that is open: line break, quotes round the key, colon.
    /// \param key  in two parts, escaped already
    void begin_member(std::string_view key, std::string_view more = {});
    /// As begin_member up to the key: the caller writes it and `": `.
    void begin_key()
    {
        write(first_member_ ? "\n\"" : ",\n\"");
        first_member_ = false;
    }
    /// Opens an object; its members begin with begin_member.
    void open_object();
    void close_object();

    void write(std::string_view text)
    {
        if (text.size() > buffer_.size() - used_)
            return write_slowly(text);
        text.copy(buffer_.data() + used_, text.size());
        used_ += text.size();
    }

    /// At least `size` bytes to write into. \pre size <= 4096
    char* room(std::size_t size)
    {
        if (size > buffer_.size() - used_)
            flush();
        return buffer_.data() + used_;
    }
    /// Takes over what was written into `room`. \param end  behind its last byte
    void advance(char const* end) { used_ = static_cast<std::size_t>(end - buffer_.data()); }

    /// Counts text that was made and thrown away against the limit: work must be bounded too.
    void spend(std::uint64_t count);

    /// Ends the writing with an error of the caller's.
    void fail(error const& why)
    {
        if (status_)
            status_ = why;
    }

    bool ok() const noexcept { return status_.has_value(); }
    std::uint64_t bytes() const noexcept { return sent_ + used_; }
    /// Hands over the rest. \return what went wrong first: the sink's error, or errc::too_large
    result<void> finish();

private:
    void write_slowly(std::string_view text);
    void flush();
    void send(std::string_view text);

    text_sink sink_;
    std::uint64_t max_bytes_;
    std::uint64_t sent_ = 0;
    std::uint64_t spent_ = 0;  ///< of the limit
    std::vector<char> buffer_;
    std::size_t used_ = 0;
    bool first_member_ = true;
    result<void> status_;
};

}  // namespace lindi::rfs
