#include "file_state.hpp"

#include <lindi/api/open.hpp>

namespace lindi::edit {
result<file> file::open(std::string const& path, open_mode mode, file_options options)
{
    auto store = reference_store::open(path, mode, options.store);
    if (!store)
        return store.error().within(path);
    return file(std::make_shared<file_state>(std::move(*store), std::move(options)));
}

result<object> file::at(std::string_view path) const
{
    auto const found = state_->find("", path);
    return found ? result<object>(object(state_, *found)) : found.error();
}

result<void> file::flush()
{
    auto const settled = state_->settle();
    return settled ? state_->store().flush() : settled;
}

result<lindi::file> file::snapshot()
{
    if (auto const settled = state_->settle(); !settled)
        return settled.error();
    auto document = state_->store().snapshot();
    if (!document)
        return document.error();
    auto options = state_->from();
    options.max = state_->max();
    return open_file(open::tree::of_document(std::move(*document), std::move(options)));
}

reference_store& file::store() noexcept
{
    return state_->store();
}

}  // namespace lindi::edit
