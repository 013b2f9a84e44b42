/// \file
/// Texts of a session of random changes.

#pragma once

#include <lindi/core/error.hpp>
#include <lindi/zarr/json_text.hpp>

#include <string>

namespace lindi::test {

inline std::string failed(std::string const& what, error const& why)
{
    return what + ": " + why.message();
}

inline std::string quoted(std::string const& text)
{
    std::string out;
    zarr::append_string(out, text);
    return out;
}

inline std::string parent_of(std::string const& path)
{
    return path.substr(0, path.rfind('/'));
}

}  // namespace lindi::test
