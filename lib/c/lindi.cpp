// The C interface over lindi::api: nothing is thrown, nothing is decided here.

#include "calls.hpp"

#include <lindi/api/element_json.hpp>
#include <lindi/api/open.hpp>
#include <lindi/lindi/index_file.hpp>
#include <lindi/zarr/json_text.hpp>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace {

using namespace lindi;
using namespace lindi::c;

char const* kind_name(object_kind kind)
{
    constexpr char const* names[] = {"group", "dataset", "datatype", "unknown"};
    return names[static_cast<std::size_t>(kind)];
}

result<object> find(lindi_file* file, char const* path)
{
    if (file == nullptr || path == nullptr)
        return bad_argument("null where a file or a path is needed");
    return file->file.at(path);
}

result<dataset> find_dataset(lindi_file* file, char const* path)
{
    if (file == nullptr || path == nullptr)
        return bad_argument("null where a file or a path is needed");
    return file->file.root().dataset_at(path);
}

selection to_selection(char const* index)
{
    return index == nullptr ? selection() : selection::index(index);
}

void append_member(std::string& out, member const& m)
{
    out += "{\"name\":";
    zarr::append_string(out, m.name);
    out += ",\"kind\":\"";
    out += m.target ? kind_name(m.target->kind()) : "link";
    out += '"';
    if (m.target) {
        out += ",\"path\":";
        zarr::append_string(out, m.target->path());
    }
    out += '}';
}

template <class T>
result<void>
read_numbers(dataset const& data, selection const& part, void* buffer, std::size_t size)
{
    // Elements need not lie at multiples of their size in the caller's memory.
    std::size_t used = 0;
    auto const done = data.visit(part, [&](elements_view elements) -> result<void> {
        std::vector<T> numbers(static_cast<std::size_t>(elements.count()));
        auto const bytes = numbers.size() * sizeof(T);
        if (bytes > size - used)
            return bad_argument("the buffer is too small");
        if (auto const converted = convert(elements, std::span<T>(numbers)); !converted)
            return converted;
        std::memcpy(static_cast<char*>(buffer) + used, numbers.data(), bytes);
        used += bytes;
        return {};
    });
    if (done && used != size)
        return bad_argument("the buffer is too large");
    return done;
}

result<void>
read_as(lindi_type type, dataset const& data, selection const& part, void* buffer, std::size_t size)
{
    switch (type) {
    case LINDI_RAW:
        return data.read_raw({static_cast<std::byte*>(buffer), size}, part);
    case LINDI_INT8:
        return read_numbers<std::int8_t>(data, part, buffer, size);
    case LINDI_INT16:
        return read_numbers<std::int16_t>(data, part, buffer, size);
    case LINDI_INT32:
        return read_numbers<std::int32_t>(data, part, buffer, size);
    case LINDI_INT64:
        return read_numbers<std::int64_t>(data, part, buffer, size);
    case LINDI_UINT8:
        return read_numbers<std::uint8_t>(data, part, buffer, size);
    case LINDI_UINT16:
        return read_numbers<std::uint16_t>(data, part, buffer, size);
    case LINDI_UINT32:
        return read_numbers<std::uint32_t>(data, part, buffer, size);
    case LINDI_UINT64:
        return read_numbers<std::uint64_t>(data, part, buffer, size);
    case LINDI_FLOAT:
        return read_numbers<float>(data, part, buffer, size);
    case LINDI_DOUBLE:
        return read_numbers<double>(data, part, buffer, size);
    }
    return bad_argument("no such type");
}

result<void> index_to(std::string& out, std::string const& from, std::string url)
{
    auto const opened = open::tree::open(from);
    if (!opened)
        return opened.error();
    if ((*opened)->kind() != open::tree_kind::hdf5)
        return error(errc::unsupported, error::nowhere, "file", "it is a LINDI file already")
            .within(from);
    rfs::export_options options;
    options.url = std::move(url);
    auto const done =
        (*opened)
            ->reader()
            .run(rfs::index_file((*opened)->file(), std::move(options), [&](std::string_view text) {
                out += text;
                return result<void>();
            }));
    return done ? result<void>() : done.error().within(from);
}

}  // namespace

char const* lindi_version(void)
{
    return LINDI_VERSION;
}

void lindi_free(char* text)
{
    std::free(text);
}

lindi_status lindi_open(char const* path_or_url, lindi_file** file, char** message)
{
    if (file != nullptr)
        *file = nullptr;
    return guarded(message, [&]() -> result<void> {
        if (path_or_url == nullptr || file == nullptr)
            return bad_argument("null where a path or a place for the file is needed");
        auto opened = open_file(path_or_url);
        if (!opened)
            return opened.error();
        *file = new lindi_file{std::move(*opened)};
        return {};
    });
}

void lindi_close(lindi_file* file)
{
    delete file;
}

void lindi_cancel(lindi_file* file)
{
    if (file != nullptr)
        file->file.cancel();
}

lindi_status lindi_problems(lindi_file* file, char** json, char** message)
{
    return guarded_text(json, message, [&](std::string& out) -> result<void> {
        if (file == nullptr)
            return bad_argument("no file");
        out += '[';
        for (auto const& problem : file->file.problems()) {
            out += out.size() > 1 ? "," : "";
            zarr::append_string(out, problem);
        }
        out += ']';
        return {};
    });
}

lindi_status lindi_list(lindi_file* file, char const* path, char** json, char** message)
{
    return guarded_text(json, message, [&](std::string& out) -> result<void> {
        auto const found = find(file, path);
        if (!found)
            return found.error();
        auto const group = found->as_group();
        if (!group)
            return error(errc::bad_value, error::nowhere, "object", "it is no group").within(path);
        out += '[';
        for (auto const& m : group->members()) {
            out += out.size() > 1 ? "," : "";
            append_member(out, m);
        }
        out += ']';
        return {};
    });
}

lindi_status lindi_attributes(lindi_file* file, char const* path, char** json, char** message)
{
    return guarded_text(json, message, [&](std::string& out) -> result<void> {
        auto const found = find(file, path);
        if (!found)
            return found.error();
        out += '{';
        for (auto const& attribute : found->attributes()) {
            out += out.size() > 1 ? "," : "";
            zarr::append_string(out, attribute.name());
            out += ':';
            if (auto const value = attribute.json()) {
                out += *value;
                continue;
            } else {
                out += "{\"error\":";
                zarr::append_string(out, value.error().message());
                out += '}';
            }
        }
        out += '}';
        return {};
    });
}

lindi_status lindi_shape(
    lindi_file* file,
    char const* path,
    char const* index,
    size_t* rank,
    uint64_t* shape,
    size_t* element_size,
    char** message
)
{
    return guarded(message, [&]() -> result<void> {
        if (rank == nullptr || shape == nullptr || element_size == nullptr)
            return bad_argument("null where a place for a number is needed");
        auto const data = find_dataset(file, path);
        if (!data)
            return data.error();
        auto const extents = data->shape_of(to_selection(index));
        if (!extents)
            return extents.error();
        *rank = extents->size();
        std::copy(extents->begin(), extents->end(), shape);
        *element_size = data->type().size;
        return {};
    });
}

lindi_status lindi_read(
    lindi_file* file,
    char const* path,
    char const* index,
    lindi_type type,
    void* buffer,
    size_t buffer_size,
    char** message
)
{
    return guarded(message, [&]() -> result<void> {
        auto const data = find_dataset(file, path);
        if (!data)
            return data.error();
        if (buffer == nullptr && buffer_size != 0)
            return bad_argument("no buffer");
        return read_as(type, *data, to_selection(index), buffer, buffer_size);
    });
}

lindi_status
lindi_read_json(lindi_file* file, char const* path, char const* index, char** json, char** message)
{
    return guarded_text(json, message, [&](std::string& out) -> result<void> {
        auto const data = find_dataset(file, path);
        if (!data)
            return data.error();
        auto const part = to_selection(index);
        auto const extents = data->shape_of(part);
        if (!extents)
            return extents.error();
        nested_json lists(*extents);
        out += data->is_null() ? "null" : lists.when_empty();
        return data->visit(part, [&](elements_view elements) {
            return lists.append(out, elements);
        });
    });
}

lindi_status
lindi_index(char const* path_or_url, char const* reference_url, char** json, char** message)
{
    return guarded_text(json, message, [&](std::string& out) -> result<void> {
        if (path_or_url == nullptr)
            return bad_argument("no file");
        return index_to(out, path_or_url, reference_url != nullptr ? reference_url : path_or_url);
    });
}
