/// \file
/// Standard output and error as streams that remember why a write failed.

#pragma once

#include <array>
#include <ostream>
#include <streambuf>

namespace lindi::tools {

/// Writes to a file descriptor through a buffer. After a failure everything is dropped and the
/// stream is bad.
class descriptor_stream final : public std::ostream {
public:
    explicit descriptor_stream(int descriptor);
    ~descriptor_stream() override { flush(); }

    /// errno of the first failed write, or 0.
    int failure() const noexcept { return buffer_.failure; }

private:
    struct buffer final : std::streambuf {
        explicit buffer(int to);
        int overflow(int c) override;
        int sync() override;

        int descriptor;
        int failure = 0;
        std::array<char, 1 << 16> bytes;
    };

    buffer buffer_;
};

}  // namespace lindi::tools
