#include "reference_opener.hpp"

#include <lindi/open/open_references.hpp>

namespace lindi::open {

io::joined_source::opener references_of(std::string const& document, tree_options options)
{
    auto opener = std::make_shared<reference_opener>(
        document_place::of(document),
        options.trust,
        std::move(options.source),
        std::move(options.rewrite)
    );
    return [opener](std::string const& name) { return opener->open(name); };
}

}  // namespace lindi::open
