#include "reference_option.hpp"

#include <lindi/net/dandi_url.hpp>
#include <lindi/net/public_text.hpp>

namespace lindi::tools {
namespace {

bool is_of_form(std::string const& form, std::string const& reference)
{
    auto const parsed = net::parse_url(reference);
    if (form == "as-given" || !parsed)
        return form == "as-given";
    return form == "api" ? net::parse_dandi_asset(*parsed).has_value()
                         : net::public_blob_url(*parsed).has_value();
}

}  // namespace

void add_reference_option(command_line& app, std::string& form)
{
    app.value(
           "--reference-url",
           form,
           "which URL of a DANDI file the references carry: as-given, api (follows permissions), "
           "or "
           "blob (the public one that the archive redirects to; default: as-given)"
    )
        .one_of({"as-given", "api", "blob"})
        .value_name("FORM");
}

net::reference_url to_reference_url(std::string const& form)
{
    if (form == "api")
        return net::reference_url::api;
    return form == "blob" ? net::reference_url::blob : net::reference_url::as_given;
}

std::string
reference_warning(std::string const& form, std::string const& given, std::string const& reference)
{
    if (!is_of_form(form, reference))
        return "no " + form + " URL is known: references carry " + reference;
    auto const parsed = net::parse_url(given);
    if (parsed && net::has_signature(*parsed))
        return "references carry " + reference + ", without the signature of the URL";
    return {};
}

}  // namespace lindi::tools
