// The C interface over lindi::edit.

#include "calls.hpp"

#include <lindi/array/index_expression.hpp>
#include <lindi/core/json_reader.hpp>
#include <lindi/edit/file.hpp>

struct lindi_editor {
    lindi::edit::file file;
};

namespace {

using namespace lindi;
using namespace lindi::c;

/// Runs `call` with the root group of the file.
template <class Call>
lindi_status edited(lindi_editor* editor, char const* path, char** message, Call&& call) noexcept
{
    return guarded(message, [&]() -> result<void> {
        if (editor == nullptr || path == nullptr)
            return bad_argument("null where an editor or a path is needed");
        return call(editor->file.root());
    });
}

result<edit::open_mode> to_mode(std::string_view text)
{
    using enum edit::open_mode;
    constexpr std::pair<std::string_view, edit::open_mode> modes[] = {
        {"r", read},
        {"r+", read_write},
        {"w", create},
        {"w-", create_new},
        {"x", create_new},
        {"a", append}};
    for (auto const& [name, mode] : modes)
        if (name == text)
            return mode;
    return bad_argument("modes are r, r+, w, w-, x and a");
}

template <class T>
result<void> drop_value(result<T> const& done)
{
    return done ? result<void>() : done.error();
}

result<std::vector<std::uint64_t>> to_shape(std::size_t rank, std::uint64_t const* shape)
{
    constexpr std::size_t most = 32;
    if (rank > most || (shape == nullptr && rank != 0))
        return bad_argument("a shape of at most 32 extents is needed");
    return rank == 0 ? std::vector<std::uint64_t>()
                     : std::vector<std::uint64_t>(shape, shape + rank);
}

void take_compression(json_reader& r, edit::filter_spec& out)
{
    if (r.kind() == json_kind::null) {
        r.take_null();
        out.how = edit::compression::none;
        return;
    }
    auto const name = r.take_text();
    if (name != "blosc" && name != "gzip" && name != "zlib")
        return r.fail(errc::bad_value, "compression is blosc, gzip, zlib or null");
    out.how = name == "blosc"  ? edit::compression::blosc
              : name == "gzip" ? edit::compression::gzip
                               : edit::compression::zlib;
}

void take_option(json_reader& r, std::string_view key, edit::dataset_spec& out)
{
    auto const natural = [&r] {
        auto const number = r.take_number();
        auto const* const whole = std::get_if<std::int64_t>(&number);
        if (r.ok() && (whole == nullptr || *whole < 0))
            r.fail(errc::bad_value, "a natural number is needed");
        return r.ok() ? static_cast<std::uint64_t>(*whole) : 0;
    };
    if (key == "chunks") {
        for (r.begin_list(); r.next();)
            out.chunks.push_back(natural());
    } else if (key == "compression") {
        take_compression(r, out.filters);
    } else if (key == "level") {
        out.filters.level = static_cast<int>(std::min<std::uint64_t>(natural(), 100));
    } else if (key == "shuffle") {
        out.filters.shuffle = r.take_boolean();
    } else if (key == "fill") {
        out.fill = r.take_raw();
    } else {
        r.fail(errc::bad_value, "no such option: " + std::string(key.substr(0, 40)));
    }
}

result<void> read_options(char const* text, edit::dataset_spec& out)
{
    if (text == nullptr)
        return {};
    json_reader r(text, "options");
    std::string_view key;
    for (r.begin_object(); r.next_member(key);)
        take_option(r, key, out);
    r.expect_end();
    return r.ok() ? result<void>() : r.failure();
}

/// What Python's brackets select; all when there is nothing in them.
result<edit::hyperslab> part_of(edit::dataset const& data, char const* index)
{
    auto const shape = data.shape();
    if (!shape)
        return shape.error();
    auto part = array::parse_index(index == nullptr ? "" : index, *shape);
    return part ? result<edit::hyperslab>(std::move(part->part)) : part.error();
}

edit::native_type native_of(lindi_type type)
{
    switch (type) {
    case LINDI_FLOAT:
        return {'f', sizeof(float)};
    case LINDI_DOUBLE:
        return {'f', sizeof(double)};
    case LINDI_UINT8:
    case LINDI_UINT16:
    case LINDI_UINT32:
    case LINDI_UINT64:
        return {'u', std::size_t{1} << (type - LINDI_UINT8)};
    default:
        return {'i', std::size_t{1} << (type - LINDI_INT8)};
    }
}

result<void>
write(edit::dataset data, char const* index, lindi_type type, std::span<std::byte const> from)
{
    auto const part = part_of(data, index);
    if (!part)
        return part.error();
    if (type == LINDI_RAW)
        return data.write_items(from, *part);
    if (type < LINDI_RAW || type > LINDI_DOUBLE)
        return bad_argument("no such type");
    auto const native = native_of(type);
    if (from.size() % native.size != 0)
        return bad_argument("a part of an element at the end of the buffer");
    return data.write(edit::native_numbers(native, from), *part);
}

}  // namespace

lindi_status lindi_edit(char const* path, char const* mode, lindi_editor** editor, char** message)
{
    if (editor != nullptr)
        *editor = nullptr;
    return guarded(message, [&]() -> result<void> {
        if (path == nullptr || mode == nullptr || editor == nullptr)
            return bad_argument("null where a path, a mode or a place for the editor is needed");
        auto const how = to_mode(mode);
        if (!how)
            return how.error();
        auto opened = edit::file::open(path, *how);
        if (!opened)
            return opened.error();
        *editor = new lindi_editor{std::move(*opened)};
        return {};
    });
}

lindi_status lindi_flush(lindi_editor* editor, char** message)
{
    return guarded(message, [&]() -> result<void> {
        return editor == nullptr ? bad_argument("no editor") : editor->file.flush();
    });
}

void lindi_close_editor(lindi_editor* editor)
{
    delete editor;
}

lindi_status lindi_snapshot(lindi_editor* editor, lindi_file** file, char** message)
{
    if (file != nullptr)
        *file = nullptr;
    return guarded(message, [&]() -> result<void> {
        if (editor == nullptr || file == nullptr)
            return bad_argument("null where an editor or a place for the file is needed");
        auto now = editor->file.snapshot();
        if (!now)
            return now.error();
        *file = new lindi_file{std::move(*now)};
        return {};
    });
}

lindi_status lindi_create_group(lindi_editor* editor, char const* path, char** message)
{
    return edited(editor, path, message, [&](edit::group root) {
        return drop_value(root.create_group(path));
    });
}

lindi_status lindi_create_dataset(
    lindi_editor* editor,
    char const* path,
    char const* type,
    size_t rank,
    uint64_t const* shape,
    char const* options,
    char** message
)
{
    return edited(editor, path, message, [&](edit::group root) -> result<void> {
        auto const element = edit::element_type::parse(type == nullptr ? "" : type);
        if (!element)
            return element.error();
        auto const extents = to_shape(rank, shape);
        if (!extents)
            return extents.error();
        edit::dataset_spec spec{.type = *element, .shape = *extents};
        if (auto const read = read_options(options, spec); !read)
            return read;
        return drop_value(root.create_dataset(path, spec));
    });
}

lindi_status lindi_write(
    lindi_editor* editor,
    char const* path,
    char const* index,
    lindi_type type,
    void const* buffer,
    size_t buffer_size,
    char** message
)
{
    return edited(editor, path, message, [&](edit::group root) -> result<void> {
        if (buffer == nullptr && buffer_size != 0)
            return bad_argument("no buffer");
        auto const data = root.dataset_at(path);
        if (!data)
            return data.error();
        return write(*data, index, type, {static_cast<std::byte const*>(buffer), buffer_size});
    });
}

lindi_status lindi_write_json(
    lindi_editor* editor, char const* path, char const* index, char const* json, char** message
)
{
    return edited(editor, path, message, [&](edit::group root) -> result<void> {
        auto data = root.dataset_at(path);
        if (!data)
            return data.error();
        auto const part = part_of(*data, index);
        if (!part)
            return part.error();
        json_reader r(json == nullptr ? "" : json, "elements");
        std::vector<std::string> elements;
        for (r.begin_list(); r.next();)
            elements.emplace_back(r.take_raw());
        r.expect_end();
        return r.ok() ? data->write_json(elements, *part) : r.failure();
    });
}

lindi_status lindi_resize(
    lindi_editor* editor, char const* path, size_t rank, uint64_t const* shape, char** message
)
{
    return edited(editor, path, message, [&](edit::group root) -> result<void> {
        auto data = root.dataset_at(path);
        auto const extents = data ? to_shape(rank, shape) : data.error();
        return extents ? data->resize(*extents) : extents.error();
    });
}

lindi_status lindi_set_attribute(
    lindi_editor* editor, char const* path, char const* name, char const* json, char** message
)
{
    return edited(editor, path, message, [&](edit::group) -> result<void> {
        if (name == nullptr || json == nullptr)
            return bad_argument("null where a name or a value is needed");
        auto object = editor->file.at(path);
        if (!object)
            return object.error();
        return object->set_attribute(name, edit::attribute_value::json(json));
    });
}

lindi_status
lindi_delete_attribute(lindi_editor* editor, char const* path, char const* name, char** message)
{
    return edited(editor, path, message, [&](edit::group) -> result<void> {
        if (name == nullptr)
            return bad_argument("no name");
        auto object = editor->file.at(path);
        auto const there = object ? object->delete_attribute(name) : object.error();
        if (!there || *there)
            return drop_value(there);
        return error(errc::not_found, error::nowhere, "attribute").within(name);
    });
}

lindi_status lindi_delete(lindi_editor* editor, char const* path, char** message)
{
    return edited(editor, path, message, [&](edit::group root) { return root.remove(path); });
}

lindi_status lindi_move(lindi_editor* editor, char const* from, char const* to, char** message)
{
    return edited(editor, from, message, [&](edit::group root) -> result<void> {
        return to == nullptr ? bad_argument("no path to move to") : root.move(from, to);
    });
}

lindi_status lindi_link(lindi_editor* editor, char const* path, char const* target, char** message)
{
    return edited(editor, path, message, [&](edit::group root) -> result<void> {
        return target == nullptr ? bad_argument("no target") : root.link(path, target);
    });
}
