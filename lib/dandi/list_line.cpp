#include "members.hpp"

#include <lindi/dandi/pages.hpp>

namespace lindi::dandi {
namespace {

std::string_view trim(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    auto const first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

result<std::optional<asset>> decode_object(std::string_view json)
{
    json_reader in(json, "list");
    asset out;
    read_object(in, [&](std::string_view key) {
        if (key == "url")
            out.url = text_or_none(in);
        else if (key == "id")
            out.id = text_or_none(in);
        else if (key == "dandiset")
            out.dandiset = text_or_none(in);
        else if (key == "version")
            out.version = text_or_none(in);
        else if (key == "path")
            out.path = text_or_none(in);
        else if (key == "blob")
            out.blob = text_or_none(in);
        else if (key == "size")
            out.size = count_or_none(in);
        else if (key == "modified")
            out.modified = text_or_none(in);
        else if (key == "digest")
            out.digest = text_or_none(in);
        else if (key == "reference")
            out.reference = text_or_none(in);
        else
            skip(in);
    });
    in.expect_end();
    if (in.ok() && out.url.empty())
        in.fail(errc::bad_value, "no url");
    for (auto const* const name : {&out.id, &out.dandiset, &out.version})
        if (in.ok() && !name->empty() && !is_plain_name(*name))
            in.fail(errc::bad_value, "an id, dandiset or version is no plain name");
    return in.finish(std::optional<asset>(std::move(out)));
}

}  // namespace

result<std::optional<asset>> decode_list_line(std::string_view line)
{
    line = trim(line);
    if (line.empty() || line.starts_with('#'))
        return std::optional<asset>();
    if (line.starts_with('{'))
        return decode_object(line);
    asset out;
    out.url = std::string(line);
    return std::optional<asset>(std::move(out));
}

}  // namespace lindi::dandi
