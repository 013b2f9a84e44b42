/// \file
/// A graph as text: equal graphs give equal text, and a difference can be read.

#pragma once

#include <lindi/node/graph.hpp>
#include <lindi/node/value.hpp>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>

namespace lindi::test {

class graph_writer {
public:
    explicit graph_writer(node::graph const& g) : graph_(g) {}

    /// Objects in order of their addresses.
    std::string text()
    {
        std::map<std::uint64_t, std::string> objects;
        for (node::object_id id = 0; id < graph_.objects.size(); ++id)
            objects[graph_.objects[id].address] = object_text(id);
        std::string out;
        for (auto const& [address, text] : objects)
            out += text;
        return out;
    }

    /// Objects are named by their addresses: an object's path depends on others.
    std::string object_text(node::object_id id)
    {
        out_.str({});
        auto const& o = graph_.objects[id];
        out_ << o.address << " kind " << static_cast<int>(o.kind) << " version "
             << int{o.header_version} << " references " << o.reference_count << '\n';
        for (auto const& a : o.attributes)
            write_attribute(a);
        if (o.group)
            write_group(*o.group);
        if (o.dataset)
            write_dataset(*o.dataset);
        // Their order is that of the answers.
        std::vector<std::string> problems;
        for (auto const& problem : o.problems)
            problems.push_back("  problem " + problem.message() + '\n');
        std::sort(problems.begin(), problems.end());
        for (auto const& problem : problems)
            out_ << problem;
        return out_.str();
    }

private:
    void write_space(hdf5::dataspace const& space)
    {
        out_ << " space " << static_cast<int>(space.what);
        for (std::size_t i = 0; i < space.rank(); ++i)
            out_ << ' ' << space.extents[i] << '/' << space.max_extents[i];
    }

    void write_type(hdf5::datatype const& type)
    {
        out_ << " type " << static_cast<int>(type.what) << ' ' << type.size;
        for (auto const& member : type.members) {
            out_ << " (" << member.name << ' ' << member.offset;
            write_type(*member.type);
            out_ << ')';
        }
        if (type.base)
            write_type(*type.base);
    }

    void write_value(node::value const& v)
    {
        std::visit([this](auto const& is) { write_one(is); }, v.is);
    }
    void write_one(std::monostate) { out_ << " none"; }
    void write_one(std::int64_t n) { out_ << ' ' << n; }
    void write_one(std::uint64_t n) { out_ << ' ' << n; }
    void write_one(double n) { out_ << ' ' << n; }
    void write_one(node::text const& t) { out_ << " '" << t.bytes << '\''; }
    void write_one(node::raw_bits const& raw) { out_ << " raw" << raw.bytes.size(); }
    void write_one(node::value_list const& list)
    {
        out_ << " [";
        for (auto const& part : list)
            write_value(part);
        out_ << " ]";
    }
    void write_one(node::reference const& r)
    {
        out_ << " ->";
        if (r.object != node::no_object)
            write_target(r.object);
        if (r.region)
            out_ << " region " << static_cast<int>(r.region->what);
    }

    void write_attribute(node::attribute const& a)
    {
        out_ << "  attribute " << a.name;
        write_type(*a.type);
        write_space(a.space);
        out_ << " =";
        for (std::size_t at = 0; at + a.type->size <= a.value.size(); at += a.type->size) {
            auto const v =
                node::decode_value(*a.type, std::span(a.value).subspan(at, a.type->size), graph_);
            if (v)
                write_value(*v);
            else
                out_ << ' ' << v.error().message();
        }
        out_ << '\n';
    }

    void write_target(node::object_id id)
    {
        if (id == node::no_object)
            out_ << "nothing";
        else
            out_ << graph_.objects[id].address;
    }
    void write_hard_link(node::hard_link l)
    {
        out_ << " hard ";
        write_target(l.object);
    }

    void write_group(node::group const& g)
    {
        out_ << "  links " << static_cast<int>(g.storage) << '\n';
        for (auto const& l : g.links) {
            out_ << "  link " << l.name << " order " << l.creation_order.value_or(0);
            if (auto const* const hard = std::get_if<node::hard_link>(&l.target))
                write_hard_link(*hard);
            else if (auto const* const soft = std::get_if<node::soft_link>(&l.target))
                out_ << " soft " << soft->path;
            else if (auto const* const external = std::get_if<node::external_link>(&l.target))
                out_ << " external " << external->file << " : " << external->path;
            else if (auto const* const user = std::get_if<node::user_link>(&l.target))
                out_ << " user " << int{user->type} << " of " << user->data.size();
            out_ << '\n';
        }
    }

    void write_dataset(node::dataset const& d)
    {
        out_ << "  data";
        write_type(*d.type);
        write_space(d.space);
        out_ << " layout " << static_cast<int>(d.layout) << " filters " << d.filters.filters.size()
             << " fill " << d.fill.value.size() << " compact " << d.compact.size();
        if (d.offset)
            out_ << " at " << *d.offset << " size " << d.contiguous_size;
        out_ << '\n';
        if (d.chunks)
            d.chunks->for_each([this](std::uint64_t number, node::stored_chunk const& chunk) {
                out_ << "  chunk " << number << ' ' << chunk.offset << ' ' << chunk.size << ' '
                     << chunk.filter_mask << '\n';
            });
    }

    node::graph const& graph_;
    std::ostringstream out_;
};

inline std::string graph_text(node::graph const& g)
{
    return graph_writer(g).text();
}

}  // namespace lindi::test
