#include <lindi/api/open.hpp>

namespace lindi {
namespace {

class tree_backend final : public api::backend {
public:
    explicit tree_backend(std::unique_ptr<open::tree> tree) noexcept : tree_(std::move(tree)) {}

    io::reader& reader() noexcept override { return tree_->reader(); }
    node::file& file() noexcept override { return tree_->file(); }
    result<void> read_graph(node::read_options options) override
    {
        return tree_->read_graph(std::move(options));
    }

private:
    std::unique_ptr<open::tree> tree_;
};

}  // namespace

result<file>
open_file(std::string const& path_or_url, open_options options, open::tree_options from)
{
    from.max = options.limits;
    from.codecs = std::move(options.filters);
    auto tree = open::tree::open(path_or_url, std::move(from));
    if (!tree)
        return tree.error();
    return open_file(std::move(*tree), std::move(options));
}

result<file> open_file(std::unique_ptr<open::tree> tree, open_options options)
{
    return file::from_backend(std::make_unique<tree_backend>(std::move(tree)), std::move(options));
}

}  // namespace lindi
