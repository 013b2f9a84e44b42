#include <lindi/core/utf8.hpp>
#include <lindi/lindi/names.hpp>

namespace lindi::rfs {

namespace {

std::string with_escapes(std::string_view name, std::string_view mark, char const* digits)
{
    std::string out;
    out.reserve(name.size());
    for (std::size_t at = 0; at < name.size();) {
        auto const start = at;
        auto const c = next_code_point(name, at);
        if (c < 0xdc80 || c > 0xdcff) {
            out += name.substr(start, at - start);
        } else {
            out += mark;
            out += digits[c >> 4 & 0xf];
            out += digits[c & 0xf];
        }
    }
    return out;
}

void append_parts(std::string& out, std::string_view path)
{
    while (!path.empty()) {
        auto const slash = path.find('/');
        auto const part = path.substr(0, slash);
        path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
        if (part.empty() || part == ".")
            continue;
        out += '/';
        out += part;
    }
}

}  // namespace

std::string written_name(std::string_view name)
{
    return with_escapes(name, "%", "0123456789ABCDEF");
}

std::string printable_name(std::string_view name)
{
    return with_escapes(name, "\\x", "0123456789abcdef");
}

std::string absolute_path(std::string_view group, std::string_view target)
{
    std::string out;
    if (!target.starts_with('/'))
        append_parts(out, group);
    append_parts(out, target);
    return out.empty() ? "/" : out;
}

}  // namespace lindi::rfs
