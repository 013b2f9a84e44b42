/// \file
/// SHA-256 of bytes that come in pieces.

#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace lindi::tools {

class sha256 {
public:
    sha256();
    ~sha256();
    sha256(sha256 const&) = delete;
    sha256& operator=(sha256 const&) = delete;

    void add(std::span<std::byte const> bytes);
    void add(std::string_view text);
    /// The sum as 64 lower-case hexadecimal digits. Ends the use of the object.
    std::string finish();

private:
    struct state;
    std::unique_ptr<state> state_;
};

std::string sha256_of(std::span<std::byte const> bytes);

}  // namespace lindi::tools
