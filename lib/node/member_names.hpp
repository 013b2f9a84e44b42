/// \file
/// Names of the files that belong together.

#pragma once

#include <lindi/core/error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lindi::node {

/// Names that count: "tfamily%05d.h5".
class counted_name {
public:
    /// \return errc::bad_value unless there is exactly one %d or %0Nd, N up to 20; %% is a percent
    ///   sign
    static result<counted_name> parse(std::string_view pattern);
    /// Every number in `name` that is zero may be the one that counts; the last comes first.
    static std::vector<counted_name> guesses(std::string_view name);

    std::string operator()(std::uint64_t number) const;

private:
    std::string before_;
    std::size_t width_ = 1;  ///< digits at least
    std::string after_;
};

/// What %s stands for when `pattern` gives `name`; none when it does not.
std::optional<std::string> stem_of(std::string_view name, std::string_view pattern);
/// \return the pattern with `stem` for its one %s, or errc::bad_value when there are others or none
result<std::string> name_of_stem(std::string_view pattern, std::string_view stem);

}  // namespace lindi::node
