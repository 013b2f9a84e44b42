#include <lindi/dandi/archive.hpp>
#include <lindi/net/url.hpp>

#include <array>

namespace lindi::dandi {
namespace {

struct known_instance {
    char const* name;
    instance is;
};

std::array<known_instance, 4> known_instances()
{
    return {
        {{"dandi",
          {"dandi", "https://api.dandiarchive.org/api", "https://dandiarchive.s3.amazonaws.com"}},
         {"sandbox", {"dandi-staging", "https://api.sandbox.dandiarchive.org/api", ""}},
         {"linc", {"linc", "https://api.lincbrain.org/api", ""}},
         {"ember", {"ember", "https://api-dandi.emberarchive.org/api", ""}}}};
}

}  // namespace

result<instance> instance_of(std::string const& text)
{
    for (auto& known : known_instances())
        if (text == known.name)
            return std::move(known.is);
    if (text.find("://") == std::string::npos)
        return error(
                   errc::bad_value,
                   error::nowhere,
                   "archive",
                   "dandi, sandbox, linc, ember or the URL of an API is needed"
        )
            .within(text);
    auto const parsed = net::parse_url(text);
    if (!parsed)
        return parsed.error().within("archive");
    instance out{"dandi", parsed->text(), ""};
    while (out.api.ends_with('/'))
        out.api.pop_back();
    return out;
}

}  // namespace lindi::dandi
