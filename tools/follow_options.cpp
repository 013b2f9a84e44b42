#include "follow_options.hpp"

namespace lindi::tools {

void add_follow_options(CLI::App& app, open::follow_options& o)
{
    app.add_flag(
        "--follow-files",
        o.follow,
        "opens files that FILE names and that are in its folder: members, sources, raw data"
    );
    app.add_option(
           "--members",
           o.members,
           "as above; names of a family's members (x%05d.h5), or what %s stands for in those of a "
           "split or multi file"
    )
        ->type_name("NAME");
}

}  // namespace lindi::tools
