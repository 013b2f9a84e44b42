/// \file
/// Members of JSON objects that may be there, null, or of another type.

#pragma once

#include <lindi/core/json_reader.hpp>

#include <functional>

namespace lindi::dandi {

/// Calls `member` with every key; it takes the value.
template <class F>
void read_object(json_reader& in, F member)
{
    std::string_view key;
    for (in.begin_object(); in.next_member(key);)
        member(key);
}

inline void skip(json_reader& in)
{
    static_cast<void>(in.take_raw());
}

/// A text; empty when it is something else.
inline std::string text_or_none(json_reader& in)
{
    if (in.kind() == json_kind::text)
        return in.take_text();
    skip(in);
    return {};
}

/// A whole number; nothing when it is something else.
inline std::optional<std::uint64_t> count_or_none(json_reader& in)
{
    if (in.kind() != json_kind::number) {
        skip(in);
        return std::nullopt;
    }
    auto const number = in.take_number();
    if (auto const* const small = std::get_if<std::int64_t>(&number); small && *small >= 0)
        return static_cast<std::uint64_t>(*small);
    if (auto const* const large = std::get_if<std::uint64_t>(&number))
        return *large;
    return std::nullopt;
}

}  // namespace lindi::dandi
