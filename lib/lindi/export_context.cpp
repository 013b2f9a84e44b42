#include "export_context.hpp"

#include <lindi/lindi/attributes.hpp>
#include <lindi/zarr/json_text.hpp>

namespace lindi::rfs {

void write_metadata(
    export_context& c, std::string_view prefix, std::string_view key, std::string const& json
)
{
    c.out.begin_member(prefix, key);
    if (c.options.metadata_as == metadata_form::object)
        return c.out.write(json);
    std::string text;
    zarr::append_string(text, json);
    c.out.write(text);
}

void append_user_attributes(
    export_context& c, std::string& json, node::object const& o, place const& where
)
{
    problem_list known(false);
    auto const wasted = append_attributes(
        json, o.attributes, c.attribute_text, where.path, where.first ? c.problems : known
    );
    c.out.spend(wasted);
}

}  // namespace lindi::rfs
