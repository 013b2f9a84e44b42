/// \file
/// What all functions of the C interface have in common: nothing is thrown.

#pragma once

#include <lindi/api/file.hpp>
#include <lindi/lindi.h>

#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <string_view>

struct lindi_file {
    lindi::file file;
};

namespace lindi::c {

inline char* copy_text(std::string_view text) noexcept
{
    auto* const out = static_cast<char*>(std::malloc(text.size() + 1));
    if (out == nullptr)
        return nullptr;
    std::memcpy(out, text.data(), text.size());
    out[text.size()] = '\0';
    return out;
}

inline lindi_status fail(lindi_status status, std::string_view why, char** message) noexcept
{
    if (message != nullptr)
        *message = copy_text(why);
    return status;
}

inline lindi_status status_of(error const& why)
{
    bool const ours = why.code().category() == lindi_category();
    return ours ? static_cast<lindi_status>(why.code().value()) : LINDI_IO;
}

/// Runs `call` so that everything that goes wrong becomes a status and a message.
template <class Call>
lindi_status guarded(char** message, Call&& call) noexcept
{
    if (message != nullptr)
        *message = nullptr;
    try {
        result<void> const done = call();
        return done ? LINDI_OK : fail(status_of(done.error()), done.error().message(), message);
    } catch (std::bad_alloc const&) {
        return fail(LINDI_OUT_OF_MEMORY, "out of memory", message);
    } catch (std::exception const& bug) {
        return fail(LINDI_INTERNAL, bug.what(), message);
    }
}

inline error bad_argument(char const* what)
{
    return {errc::bad_value, error::nowhere, "argument", what};
}

/// As `guarded`, for calls that give a text out. \param call  appends to the text it is given
template <class Call>
lindi_status guarded_text(char** text, char** message, Call&& call) noexcept
{
    if (text != nullptr)
        *text = nullptr;
    return guarded(message, [&]() -> result<void> {
        if (text == nullptr)
            return bad_argument("no place for the text");
        std::string out;
        if (result<void> const done = call(out); !done)
            return done;
        *text = copy_text(out);
        if (*text == nullptr)
            throw std::bad_alloc();
        return {};
    });
}

}  // namespace lindi::c
