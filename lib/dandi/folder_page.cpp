#include <lindi/dandi/pages.hpp>

namespace lindi::dandi {
namespace {

/// What stands between the next <name> and </name>; moves behind it.
std::optional<std::string_view> next_element(std::string_view& xml, std::string const& name)
{
    auto const open = "<" + name + ">";
    auto const close = "</" + name + ">";
    auto const first = xml.find(open);
    if (first == std::string_view::npos)
        return std::nullopt;
    auto const begin = first + open.size();
    auto const end = xml.find(close, begin);
    if (end == std::string_view::npos)
        return std::nullopt;
    auto const out = xml.substr(begin, end - begin);
    xml.remove_prefix(end + close.size());
    return out;
}

}  // namespace

result<folder_page> decode_folder_page(std::string_view xml)
{
    error const no_list(errc::bad_value, error::nowhere, "bucket listing", "not what S3 answers");
    if (xml.find("<ListBucketResult") == std::string_view::npos)
        return no_list;
    folder_page out;
    auto rest = xml;
    while (auto folder = next_element(rest, "CommonPrefixes")) {
        auto const prefix = next_element(*folder, "Prefix");
        if (!prefix)
            return no_list;
        out.folders.emplace_back(*prefix);
    }
    rest = xml;
    auto const truncated = next_element(rest, "IsTruncated");
    rest = xml;
    auto const token = next_element(rest, "NextContinuationToken");
    if (truncated == "true" && token)
        out.next = std::string(*token);
    return out;
}

}  // namespace lindi::dandi
