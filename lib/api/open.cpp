#include <lindi/api/open.hpp>

namespace lindi {

result<file>
open_file(std::string const& path_or_url, open_options options, open::source_options from)
{
    auto opened = open::open_source(path_or_url, std::move(from));
    if (!opened)
        return open::is_url(path_or_url) ? opened.error().within(path_or_url) : opened.error();
    return file::from_source(std::move(opened->source), std::move(options));
}

}  // namespace lindi
