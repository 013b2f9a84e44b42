#include <lindi/lindi/object_names.hpp>

namespace lindi::rfs {
namespace {

/// A path without slashes at its ends and with single ones between.
std::string plain_path(std::string_view path)
{
    std::string out;
    while (!path.empty()) {
        auto const end = std::min(path.find('/'), path.size());
        if (end != 0)
            out.append(out.empty() ? "" : "/").append(path.substr(0, end));
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return out;
}

}  // namespace

node::object_id object_names::find(std::string const& path) const
{
    auto const found = ids_.find(path);
    return found == ids_.end() ? node::no_object : found->second;
}

node::object_id object_names::find_any(std::string_view path) const
{
    return find(plain_path(path));
}

bool object_names::has_object_id(node::object_id id, std::string const& wanted) const
{
    auto const found = object_ids_.find(id);
    return wanted == "null" || (found != object_ids_.end() && found->second == wanted);
}

std::uint64_t object_names::take_target(json_reader& r) const
{
    std::string path, source = ".", id = "null", source_id = "null";
    bool has_path = false;
    std::string_view key;
    // Ids are compared as values: a text may be escaped in more than one way.
    auto const take_id = [&r] {
        return r.kind() == json_kind::text ? '"' + r.take_text() : std::string(r.take_raw());
    };
    for (r.begin_object(); r.next_member(key);) {
        if (key == "path") {
            path = r.take_text();
            has_path = true;
        } else if (key == "source") {
            source = r.take_text();
        } else if (key == "object_id") {
            id = take_id();
        } else if (key == "source_object_id") {
            source_id = take_id();
        } else {
            r.take_raw();
        }
    }
    if (!has_path)
        r.fail(errc::bad_value, "a reference without a path");
    if (source != ".")
        r.fail(errc::unsupported, "a reference into another file");
    auto const target = find_any(path);
    auto const root = find({});
    bool const right =
        target != node::no_object && has_object_id(target, id) && has_object_id(root, source_id);
    return right ? address_of(target) : dangling;
}

std::uint64_t object_names::take_reference(json_reader& r) const
{
    if (r.kind() == json_kind::null) {
        r.take_null();
        return 0;
    }
    std::uint64_t address = 0;
    bool found = false;
    std::string_view key;
    for (r.begin_object(); r.next_member(key);) {
        if (key == "_REFERENCE") {
            address = take_target(r);
            found = true;
        } else {
            r.take_raw();
        }
    }
    if (!found)
        r.fail(errc::bad_value, "an object that is no reference");
    return address;
}

}  // namespace lindi::rfs
