#include "follow_options.hpp"

namespace lindi::tools {

void add_follow_options(command_line& app, open::follow_options& o)
{
    app.flag(
        "--follow-files",
        o.follow,
        "opens files that FILE names and that are in its folder: members, sources, raw data"
    );
    app.value(
           "--members",
           o.members,
           "as above; names of a family's members (x%05d.h5), or what %s stands for in those of a "
           "split or multi file"
    )
        .value_name("NAME");
}

}  // namespace lindi::tools
