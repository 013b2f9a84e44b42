#include "dump_dataset.hpp"

#include "canonical_form.hpp"
#include "dump_attribute.hpp"
#include "dump_chunks.hpp"
#include "dump_selection.hpp"
#include "dump_type.hpp"
#include "sha256.hpp"

#include <lindi/core/hex.hpp>

#include <algorithm>

namespace lindi::tools {
namespace {

/// Longer fill values are given by their sum.
constexpr std::size_t max_fill_bytes = 4096;

char const* layout_name(hdf5::layout_class layout)
{
    switch (layout) {
    case hdf5::layout_class::compact:
        return "compact";
    case hdf5::layout_class::contiguous:
        return "contiguous";
    case hdf5::layout_class::chunked:
        return "chunked";
    case hdf5::layout_class::virtual_:
        return "virtual";
    }
    return "?";
}

void put_filters(json_writer& w, hdf5::filter_pipeline const& pipeline)
{
    // libhdf5 hands out no more values than these
    constexpr std::size_t max_values = 256;
    w.key("filters");
    w.begin_array();
    for (auto const& filter : pipeline.filters) {
        w.begin_object();
        w.member("id", filter.id);
        w.member("flags", filter.flags);
        w.key("client_data");
        w.begin_array();
        for (std::size_t i = 0; i < std::min(filter.client_data.size(), max_values); ++i)
            w.number(filter.client_data[i]);
        w.end_array();
        if (filter.client_data.size() > max_values)
            w.member("client_data_count", filter.client_data.size());
        w.end_object();
    }
    w.end_array();
}

char const* status_name(hdf5::fill_value::state status)
{
    using state = hdf5::fill_value::state;
    return status == state::undefined ? "undefined"
           : status == state::user    ? "user_defined"
                                      : "default";
}

char const* writing_name(hdf5::fill_value::writing time)
{
    using writing = hdf5::fill_value::writing;
    return time == writing::on_allocation ? "alloc" : time == writing::never ? "never" : "ifset";
}

char const* allocation_name(hdf5::fill_value::allocation time)
{
    using allocation = hdf5::fill_value::allocation;
    switch (time) {
    case allocation::none:
        return "default";
    case allocation::early:
        return "early";
    case allocation::late:
        return "late";
    case allocation::incremental:
        return "incr";
    }
    return "?";
}

result<void> put_fill_value(json_writer& w, dump_context& context, node::dataset const& data)
{
    auto const& value = data.fill.value;
    if (value.size() != data.type->size)
        return error(
            errc::bad_value, error::nowhere, "fill value", "not of the size of an element"
        );
    if (has_indirect_parts(*data.type)) {
        std::string text;
        if (auto const done = append_jtext(text, context, *data.type, value); !done)
            return done.error();
        w.member("jtext", text);
        return {};
    }
    lindi::bytes canonical;
    append_canonical(canonical, *data.type, value);
    if (canonical.size() <= max_fill_bytes)
        w.member("value_hex", hex_of(canonical));
    else
        w.member("value_sha256", sha256_of(canonical));
    return {};
}

void put_fill(
    json_writer& w,
    dump_context& context,
    node::dataset const& data,
    std::string const& path,
    std::vector<std::string>& problems
)
{
    w.key("fill");
    w.begin_object();
    w.member("status", status_name(data.fill.status));
    w.member("time", writing_name(data.fill.write));
    w.member("alloc_time", allocation_name(data.fill.allocate));
    if (data.fill.status == hdf5::fill_value::state::user) {
        if (auto const done = put_fill_value(w, context, data); !done) {
            problems.push_back(path + ": " + done.error().message());
            w.member("error", utf8_text(done.error().message()));
        }
    }
    w.end_object();
}

bool is_allocated(node::dataset const& data)
{
    switch (data.layout) {
    case hdf5::layout_class::contiguous:
        return !data.external.empty() || data.offset.has_value();
    case hdf5::layout_class::chunked:
        return data.chunks && data.chunks->count() + data.chunks->outside().size() > 0;
    default:
        return true;
    }
}

void put_external(json_writer& w, node::dataset const& data)
{
    w.key("external");
    w.begin_array();
    for (auto const& part : data.external) {
        w.begin_object();
        put_name(w, "file", part.name);
        w.member("offset", part.offset);
        w.key("size");
        part.size == ~std::uint64_t{0} ? w.null() : w.number(part.size);
        w.end_object();
    }
    w.end_array();
}

void put_contiguous(json_writer& w, node::dataset const& data)
{
    w.key("contiguous");
    w.begin_object();
    w.key("offset");
    data.offset ? w.number(*data.offset) : w.null();
    w.member("size", data.offset ? data.contiguous_size : 0);
    w.end_object();
}

/// Sources have no extent of their own in the file: libhdf5 takes the bounds of a limited
/// selection, and zeros for one that goes on for ever.
std::vector<std::uint64_t> source_extent(hdf5::selection const& source)
{
    std::vector<std::uint64_t> const zeros(source.rank, 0);
    auto const bounds = hdf5::bounds_of(source);
    if (!bounds)
        return zeros;
    auto extent = bounds->last;
    for (auto& e : extent) {
        if (e == hdf5::unlimited)
            return zeros;
        ++e;
    }
    return extent;
}

void write_mapping(
    json_writer& w,
    hdf5::virtual_mapping const& mapping,
    std::vector<std::uint64_t> const& extent,
    std::vector<std::uint64_t> const& source
)
{
    w.begin_object();
    put_name(w, "file", *mapping.source_file);
    put_name(w, "dset", *mapping.source_dataset);
    w.key("vspace");
    write_selection(w, mapping.target, extent);
    w.key("srcspace");
    if (mapping.source.what == hdf5::selection::kind::all) {
        w.begin_object();
        w.member("type", "all");
        w.end_object();
    } else {
        write_selection(w, mapping.source, source);
    }
    w.end_object();
}

result<void> put_virtual(json_writer& w, dump_context& context, node::dataset const& data)
{
    result<void> done;
    auto const& extents = data.stored_extents.empty() ? data.space.extents : data.stored_extents;
    w.key("virtual");
    w.begin_array();
    for (auto const& mapping : data.mappings) {
        if (!context.has_room(w))
            break;
        auto const source = source_extent(mapping.source);
        auto const work =
            selection_work(mapping.target, extents) + selection_work(mapping.source, source);
        done = context.spend(work, 0);
        if (!done)
            break;
        write_mapping(w, mapping, extents, source);
    }
    w.end_array();
    return done;
}

}  // namespace

void put_dataset(
    json_writer& w,
    dump_context& context,
    node::dataset const& data,
    std::string const& path,
    std::vector<std::string>& problems
)
{
    auto const note = [&](result<void> const& done) {
        if (!done)
            problems.push_back(path + ": " + done.error().message());
    };
    put_space(w, data.space, true);
    w.key("dtype");
    write_type(w, context, *data.type);
    if (data.unreadable)
        return;  // what is known of a damaged dataset's data would look like facts
    w.member("layout", layout_name(data.layout));
    put_filters(w, data.filters);
    put_fill(w, context, data, path, problems);
    w.member("allocated", is_allocated(data));
    if (data.layout == hdf5::layout_class::chunked)
        put_chunks(w, data);
    else if (data.layout == hdf5::layout_class::virtual_)
        note(put_virtual(w, context, data));
    else if (!data.external.empty())
        put_external(w, data);
    else if (data.layout == hdf5::layout_class::contiguous)
        put_contiguous(w, data);
}

}  // namespace lindi::tools
