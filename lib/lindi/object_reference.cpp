#include <lindi/lindi/names.hpp>
#include <lindi/lindi/object_reference.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/zarr/json_text.hpp>

#include <algorithm>

namespace lindi::rfs {

namespace {

struct id_writer {
    std::string operator()(std::int64_t n) const { return std::to_string(n); }
    std::string operator()(std::uint64_t n) const { return std::to_string(n); }
    std::string operator()(double n) const
    {
        std::string out;
        zarr::append_float(out, n);
        return out;
    }
    std::string operator()(node::text const& t) const
    {
        std::string out;
        zarr::append_string(out, t.bytes);
        return out;
    }
    template <class Other>
    std::string operator()(Other const&) const
    {
        return "null";
    }
};

}  // namespace

reference_names::reference_names(node::graph const& g)
    : graph_(&g), paths_(node::first_paths(g, node::walk_order::native)),
      source_id_(id_text(g.root))
{}

bool reference_names::append(std::string& out, node::reference const& r) const
{
    if (r.null || r.object >= paths_.size() || paths_[r.object].empty())
        return false;
    out += "{\"_REFERENCE\":{\"object_id\":";
    out += id_text(r.object);
    out += ",\"path\":";
    zarr::append_string(out, written_name(paths_[r.object]));
    out += ",\"source\":\".\",\"source_object_id\":";
    out += source_id_;
    out += "}}";
    return true;
}

std::string reference_names::id_text(node::object_id id) const
{
    if (id >= graph_->objects.size())
        return "null";
    auto const& attributes = graph_->objects[id].attributes;
    auto const found = std::find_if(attributes.begin(), attributes.end(), [](auto const& a) {
        return a.name == "object_id";
    });
    if (found == attributes.end() || found->space.what == hdf5::dataspace::kind::null ||
        found->space.rank() != 0)
        return "null";
    auto const value = node::decode_value(*found->type, found->value, *graph_);
    return value ? std::visit(id_writer{}, value->is) : "null";
}

}  // namespace lindi::rfs
