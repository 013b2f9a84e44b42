#include "content_places.hpp"

#include <lindi/core/checked.hpp>

namespace lindi::rfs {
namespace {

constexpr char const* structure = "reference";

error refuse(errc code, std::string why)
{
    return error(code, error::nowhere, structure, std::move(why));
}

}  // namespace

result<io::byte_range>
content_places::in_tar(std::string const& url, byte_reference const& reference) const
{
    auto const found = in_->tar->find(url.substr(2));
    if (found == in_->tar->end())
        return refuse(errc::not_found, "no file " + url + " in the tar");
    auto const& file = found->second;
    if (reference.offset > file.size)
        return refuse(errc::truncated, url);
    auto const size = reference.size.value_or(file.size - reference.offset);
    if (size > file.size - reference.offset)
        return refuse(errc::truncated, url);
    auto const start = checked_add(file.data, reference.offset);
    if (!start || *start >= io::joined_source::part_size)
        return refuse(errc::too_large, url);
    return io::byte_range{in_->tar_at + *start, size};
}

result<std::uint64_t>
content_places::first_address(std::string_view raw_url, std::string const& url)
{
    constexpr std::uint64_t cost_of_file = 256;
    if (url.empty())
        return refuse(errc::bad_value, "an empty url");
    auto const before = in_->files->size();
    auto const address = in_->files->add(url);
    bool const is_new = in_->files->size() != before;
    auto const cost = is_new ? cost_of_file + 2 * url.size() : 0;
    if (auto const spent = budget_->spend_memory(cost, 0); !spent)
        return spent.error();
    if (address) {
        last_raw_ = raw_url;
        last_address_ = *address;
    }
    return address;
}

result<io::byte_range> content_places::find(std::size_t key)
{
    auto const value = in_->document->value(key);
    if (!value)
        return value.error();
    if (auto const* const content = std::get_if<inline_content>(&*value)) {
        auto const at = content->raw.data() - in_->document->text().data();
        return io::byte_range{static_cast<std::uint64_t>(at), content->raw.size()};
    }
    auto const& reference = std::get<byte_reference>(*value);
    auto address = last_address_;
    if (last_raw_.data() == nullptr || reference.raw_url != last_raw_) {
        auto const url = in_->document->expand(reference.raw_url);
        if (in_->tar && url.starts_with("./"))
            return in_tar(url, reference);
        auto const added = first_address(reference.raw_url, url);
        if (!added)
            return added.error();
        address = *added;
    }
    auto const end = checked_add(reference.offset, reference.size.value_or(0));
    if (!end || *end > io::joined_source::part_size)
        return refuse(errc::bad_value, "a place past every end");
    auto const size = reference.size.value_or(node::chunk_decoder::whole_file);
    return io::byte_range{address + reference.offset, size};
}

}  // namespace lindi::rfs
