#include "value_text.hpp"

#include "printable.hpp"
#include "sha256.hpp"
#include "shortest_float.hpp"

#include <lindi/node/value.hpp>

namespace lindi::tools {
namespace {

class writer {
public:
    writer(node::graph const& g, std::vector<std::string> const& paths, std::size_t max_bytes)
        : graph_(&g), paths_(&paths), max_(max_bytes)
    {}

    bool full() const noexcept { return out_.size() > max_; }

    result<void> add_element(hdf5::datatype const& type, std::span<std::byte const> element)
    {
        auto const decoded = node::decode_value(type, element, *graph_);
        if (!decoded)
            return decoded.error();
        add(type, *decoded);
        return {};
    }

    void add_text(std::string_view text) { out_ += text; }

    std::string take()
    {
        if (!full())
            return std::move(out_);
        // not in the middle of a character
        while (max_ > 0 && (static_cast<unsigned char>(out_[max_]) & 0xc0) == 0x80)
            --max_;
        out_.resize(max_);
        return out_ + "...";
    }

private:
    /// Floats as short as their own width allows; other values tell by themselves what they are.
    void add(hdf5::datatype const& type, node::value const& v)
    {
        if (auto const* const list = std::get_if<node::value_list>(&v.is))
            return add_list(type, *list);
        if (auto const* const number = std::get_if<double>(&v.is)) {
            out_ += shortest_float(*number, node::is_ieee(type) ? type.size : sizeof(double));
            return;
        }
        if (type.what == hdf5::type_class::enumeration && add_name(type, v))
            return;
        std::visit([this](auto const& leaf) { add_leaf(leaf); }, v.is);
    }

    void add_list(hdf5::datatype const& type, node::value_list const& list)
    {
        bool const compound = type.what == hdf5::type_class::compound;
        out_ += compound ? '{' : '[';
        for (std::size_t i = 0; i < list.size() && !full(); ++i) {
            out_ += i == 0 ? "" : ", ";
            if (compound)
                out_ += printable(type.members[i].name) + ": ";
            add(compound ? *type.members[i].type : *type.base, list[i]);
        }
        out_ += compound ? '}' : ']';
    }

    bool add_name(hdf5::datatype const& type, node::value const& v)
    {
        for (auto const& member : type.values) {
            auto const named = node::decode_value(*type.base, member.value, *graph_);
            if (named && named->is.index() == v.is.index() && bits_of(*named) == bits_of(v)) {
                out_ += printable(member.name);
                return true;
            }
        }
        return false;
    }

    static std::uint64_t bits_of(node::value const& v)
    {
        if (auto const* const i = std::get_if<std::int64_t>(&v.is))
            return static_cast<std::uint64_t>(*i);
        auto const* const u = std::get_if<std::uint64_t>(&v.is);
        return u != nullptr ? *u : 0;
    }

    void add_leaf(std::monostate) { out_ += "null"; }
    void add_leaf(std::int64_t v) { out_ += std::to_string(v); }
    void add_leaf(std::uint64_t v) { out_ += std::to_string(v); }
    void add_leaf(double v) { out_ += shortest_float(v, sizeof v); }
    void add_leaf(node::text const& v)
    {
        out_ += in_quotes(std::string_view(v.bytes).substr(0, max_ + 1));
    }
    void add_leaf(node::raw_bits const& v)
    {
        auto const shown = std::min(v.bytes.size(), max_);
        out_ += "0x" + hex_of(std::span(v.bytes).first(shown));
    }
    void add_leaf(node::value_list const&) {}
    void add_leaf(node::reference const& v)
    {
        if (v.null) {
            out_ += "null";
            return;
        }
        auto const known = v.object != node::no_object && !(*paths_)[v.object].empty();
        out_ += "<" + (known ? printable((*paths_)[v.object]) : "unresolved reference");
        if (v.region)
            out_ += " region";
        if (!v.attribute.empty())
            out_ += "@" + printable(v.attribute);
        out_ += ">";
    }

    node::graph const* graph_;
    std::vector<std::string> const* paths_;
    std::size_t max_;
    std::string out_;
};

}  // namespace

result<std::string> value_text(
    node::graph const& g,
    std::vector<std::string> const& paths,
    node::attribute const& attribute,
    std::size_t max_bytes
)
{
    auto const& type = *attribute.type;
    if (attribute.space.what == hdf5::dataspace::kind::null)
        return std::string("null");
    bool const scalar = attribute.space.what == hdf5::dataspace::kind::scalar;
    writer text(g, paths, max_bytes);
    text.add_text(scalar ? "" : "[");
    for (std::size_t at = 0; at < attribute.value.size() && !text.full(); at += type.size) {
        text.add_text(at == 0 ? "" : ", ");
        auto const element = std::span(attribute.value).subspan(at, type.size);
        if (auto const done = text.add_element(type, element); !done)
            return done.error();
    }
    text.add_text(scalar ? "" : "]");
    return text.take();
}

}  // namespace lindi::tools
