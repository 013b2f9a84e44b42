#include "dataset_writer.hpp"

#include <lindi/codec/base64.hpp>
#include <lindi/lindi/attributes.hpp>
#include <lindi/lindi/reference.hpp>
#include <lindi/zarr/json_text.hpp>
#include <lindi/zarr/metadata.hpp>

namespace lindi::rfs {

namespace {

bool is(error const& e, errc code)
{
    return e.code() == make_error_code(code);
}

/// Data that others can read: no damage.
bool is_harmless(error const& e)
{
    return is(e, errc::unsupported) || is(e, errc::missing_filter);
}

/// Readers take item 0 of a scalar; rows of a compound can only be read from a list.
bool is_marked_scalar(node::dataset const& data, dataset_plan const& plan)
{
    bool const rows = plan.item.kind == zarr::item_kind::objects &&
                      plan.item.element->what == hdf5::type_class::compound;
    return data.space.rank() == 0 && plan.item.inner.empty() && !rows;
}

std::string external_link(std::string_view path, std::string const& url)
{
    std::string out = R"({"link_type":"hdf5_dataset","name":)";
    zarr::append_string(out, path.substr(1));
    out += ",\"url\":";
    zarr::append_string(out, url);
    return out + "}";
}

/// Data of more bytes than this, and chunk tables of more chunks, are looked at once only.
constexpr std::uint64_t costly_size = 4096;

}  // namespace

void dataset_writer::write(node::object_id id, place const& where)
{
    prepared here;
    auto const& p = remembered(id, where, here);
    report(id, p, where);
    if (p.plan.form == data_form::left_out)
        return;
    auto const& o = c_.graph.objects[id];
    ++c_.report.datasets;
    write_array(p, where);
    write_attributes(o, p, where);
    write_data(*o.dataset, p, where);
}

dataset_writer::prepared const&
dataset_writer::remembered(node::object_id id, place const& where, prepared& here)
{
    if (auto const found = costly_.find(id); found != costly_.end())
        return found->second;
    here = prepare(id, where);
    auto const& data = *c_.graph.objects[id].dataset;
    bool const costly = (data.chunks && data.chunks->count() > costly_size) ||
                        here.chunk.encoded.size() > costly_size || here.plan.size > costly_size;
    if (costly && c_.shared[id])
        return costly_.emplace(id, std::move(here)).first->second;
    return here;
}

dataset_writer::prepared dataset_writer::prepare(node::object_id id, place const& where)
{
    auto const& data = *c_.graph.objects[id].dataset;
    prepared p;
    p.plan = plan_dataset(data, c_.options, c_.budget.max(), c_.graph.file.size);
    if (needs_chunk_table(data, p.plan) && !data.chunks)
        make_link(p.plan, "its chunk index could not be read", true);
    if (p.plan.form == data_form::inlined)
        prepare_chunk(id, p, where);
    return p;
}

void dataset_writer::prepare_chunk(node::object_id id, prepared& p, place const& where)
{
    auto const found = c_.data.find(id);
    if (found == c_.data.end())
        return make_link(p.plan, "its data were not read", true);
    if (!found->second)
        return make_link(
            p.plan, found->second.error().message(), !is_harmless(found->second.error())
        );
    auto const& data = *c_.graph.objects[id].dataset;
    auto chunk = encode_inline(data, p.plan, *found->second, c_.payload_text);
    auto const lost = c_.payload_text.take_lost_references();
    if (!chunk) {
        c_.out.spend(found->second->size());
        bool const too_long = is(chunk.error(), errc::too_large);
        return make_link(p.plan, chunk.error().message(), !too_long && !is_harmless(chunk.error()));
    }
    if (lost != 0 && where.first)
        c_.problems.add(
            where.path, std::to_string(lost) + " references lead to no object: written as null"
        );
    p.chunk = std::move(*chunk);
}

void dataset_writer::report(node::object_id id, prepared const& p, place const& where)
{
    if (!p.plan.problem || !where.first)
        return;
    if (p.plan.form != data_form::left_out)
        return c_.problems.add(where.path, "only a link: " + p.plan.why);
    auto const attributes = c_.graph.objects[id].attributes.size();
    auto const with =
        attributes == 0 ? "" : " (with " + std::to_string(attributes) + " attributes)";
    c_.problems.add(where.path, "left out" + with + ": " + p.plan.why);
}

void dataset_writer::write_array(prepared const& p, place const& where)
{
    auto const& plan = p.plan;
    zarr::array_metadata m{
        plan.shape, plan.chunks, plan.item.dtype, plan.fill_value, plan.filters, "null"};
    if (plan.form == data_form::inlined)
        m.dtype = p.chunk.dtype;
    if (plan.inline_codecs) {
        m.compressor = zarr::blosc_compressor;
        // A text scalar has become <Un, which needs no filter.
        m.filters = m.dtype == "|O" ? zarr::json2_filters : "null";
        if (m.dtype.starts_with("<U"))
            m.fill_value = "\"\"";
    }
    std::string json;
    zarr::append_array(json, m);
    write_metadata(c_, where.prefix, ".zarray", json);
}

void dataset_writer::write_attributes(node::object const& o, prepared const& p, place const& where)
{
    std::string json = "{";
    auto const compound = p.plan.form == data_form::inlined
                              ? p.chunk.compound_dtype
                              : compound_dtype_without_data(p.plan.item);
    if (!compound.empty()) {
        append_key(json, "_COMPOUND_DTYPE");
        json += compound;
    }
    if (p.plan.form == data_form::linked) {
        append_key(json, "_EXTERNAL_ARRAY_LINK");
        json += external_link(where.path, c_.options.url);
    }
    if (is_marked_scalar(*o.dataset, p.plan)) {
        append_key(json, "_SCALAR");
        json += "true";
    }
    append_user_attributes(c_, json, o, where);
    json += '}';
    if (json != "{}")
        write_metadata(c_, where.prefix, ".zattrs", json);
}

void dataset_writer::write_data(node::dataset const& data, prepared const& p, place const& where)
{
    switch (p.plan.form) {
    case data_form::references:
    case data_form::pieces:
        c_.report.references += count_references(data, p.plan);
        return write_references(c_.out, data, p.plan, where.prefix, c_.url);
    case data_form::inlined: {
        ++c_.report.inlined;
        std::string key = "0";
        for (std::size_t i = 1; i < p.plan.shape.size(); ++i)
            key += ".0";
        std::string text = "\"base64:";
        codec::append_base64(text, p.chunk.encoded);
        text += '"';
        c_.out.begin_member(where.prefix, key);
        return c_.out.write(text);
    }
    case data_form::linked:
        ++c_.report.linked;
        return;
    case data_form::no_chunks:
    case data_form::left_out:
        return;
    }
}

}  // namespace lindi::rfs
