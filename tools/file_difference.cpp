#include "file_difference.hpp"

#include "printable.hpp"
#include "type_text.hpp"

#include <lindi/api/element_json.hpp>
#include <lindi/array/pieces.hpp>
#include <lindi/hdf5/same_type.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>

namespace lindi::tools {
namespace {

/// Elements of one piece, at most: both files' are in memory.
constexpr std::uint64_t piece_bytes = 8 * 1024 * 1024;

bool is_number(hdf5::datatype const& type)
{
    using enum hdf5::type_class;
    return type.size <= 8 && (type.what == integer || type.what == floating);
}

template <class T>
std::optional<T> number_of(elements_view element)
{
    T out{};
    return convert(element, std::span(&out, 1)) ? std::optional(out) : std::nullopt;
}

template <class T>
bool same_as(elements_view a, elements_view b)
{
    auto const x = number_of<T>(a);
    auto const y = number_of<T>(b);
    return x && y && *x == *y;
}

/// Whether two numbers are one, each in the precision of its type. Integers are exact.
bool same_number(elements_view a, elements_view b)
{
    using hdf5::type_class;
    if (a.type.what == type_class::integer || b.type.what == type_class::integer)
        return same_as<std::int64_t>(a, b) || same_as<std::uint64_t>(a, b);
    auto const x = number_of<double>(a);
    auto const y = number_of<double>(b);
    return x && y && (*x == *y || (std::isnan(*x) && std::isnan(*y)));
}

/// A text that was never written is an empty one: not all forms can tell.
bool is_empty_text(std::string_view json)
{
    return json == "null" || json == "\"\"";
}

result<bool> same_element(elements_view a, elements_view b)
{
    if (is_number(a.type) && is_number(b.type))
        return same_number(a, b);
    std::string in_a, in_b;
    if (auto const done = append_json(in_a, a); !done)
        return done.error();
    if (auto const done = append_json(in_b, b); !done)
        return done.error();
    return in_a == in_b || (is_empty_text(in_a) && is_empty_text(in_b));
}

/// The first element that differs; as many as there are when none does.
result<std::uint64_t> first_difference(elements_view a, elements_view b)
{
    bool const same_bytes =
        !a.type.needs_heap() && !a.type.has_reference() && hdf5::same_type(a.type, b.type);
    if (same_bytes && std::ranges::equal(a.bytes, b.bytes))
        return a.count();
    for (std::uint64_t i = 0; i < a.count(); ++i) {
        auto const same = same_element(a.element(i), b.element(i));
        if (!same)
            return same.error();
        if (!*same)
            return i;
    }
    return a.count();
}

/// Texts of types leave out what few want to know.
std::string both_types(std::string const& a, std::string const& b)
{
    return a == b ? a + " in two layouts" : a + " | " + b;
}

std::string shape_text(std::vector<std::uint64_t> const& shape, bool null)
{
    return null ? "null" : shape.empty() ? "scalar" : tuple_text(shape);
}

struct group_pair {
    std::string path;  ///< that led to both
    group a;
    group b;
};

class comparison {
public:
    comparison(difference_options const& options, difference_sink const& tell)
        : options_(options), tell_(tell)
    {}

    bool compare(file const& a, file const& b)
    {
        is_new(a.root(), b.root());
        compare_attributes("/", a.root(), b.root());
        compare_groups(a.root(), b.root());
        return same_;
    }

private:
    void tell(std::string const& line)
    {
        same_ = false;
        going_ = going_ && tell_(line);
    }
    void differs(std::string const& path, std::string const& what)
    {
        tell("~ " + path + ": " + what);
    }

    /// Objects may have many links. \return whether these two were not compared before
    bool is_new(object const& a, object const& b)
    {
        constexpr std::size_t most_pairs = 10'000'000;
        if (compared_.size() >= most_pairs) {
            differs(a.path(), "more pairs of linked objects than can be compared");
            going_ = false;
            return false;
        }
        return compared_.emplace(a.path(), b.path()).second;
    }

    /// Groups wait in a list: files nest as deep as they like.
    void compare_groups(group const& a, group const& b)
    {
        std::vector<group_pair> next{{"/", a, b}};
        while (!next.empty() && going_) {
            auto const [path, x, y] = next.back();
            next.pop_back();
            std::map<std::string, std::pair<member const*, member const*>> names;
            auto const in_a = x.members();
            auto const in_b = y.members();
            for (auto const& m : in_a)
                names[m.name].first = &m;
            for (auto const& m : in_b)
                names[m.name].second = &m;
            for (auto const& [name, both] : names)
                compare_members(child(path, name), both.first, both.second, next);
        }
    }

    static std::string child(std::string const& path, std::string const& name)
    {
        return (path == "/" ? "/" : path + "/") + name;
    }

    void compare_members(
        std::string const& path, member const* a, member const* b, std::vector<group_pair>& next
    )
    {
        if (!going_)
            return;
        if (a == nullptr || b == nullptr)
            return tell((a == nullptr ? "+ " : "- ") + path);
        if (!a->target || !b->target) {
            if (a->target.has_value() != b->target.has_value())
                differs(
                    path,
                    a->target ? "a link that leads nowhere in B" : "a link that leads nowhere in A"
                );
            return;
        }
        if (!is_new(*a->target, *b->target))
            return;
        // Of several links to one object, none is the better name.
        auto const& own = a->target->path();
        compare_objects(own == b->target->path() ? own : path, *a->target, *b->target);
        auto const x = a->target->as_group();
        auto const y = b->target->as_group();
        if (x && y)
            next.push_back({path, *x, *y});
    }

    void compare_objects(std::string const& path, object const& a, object const& b)
    {
        if (a.kind() != b.kind())
            return differs(path, "another kind of object");
        compare_attributes(path, a, b);
        auto const x = a.as_dataset();
        auto const y = b.as_dataset();
        if (x && y)
            compare_datasets(path, *x, *y);
        else if (x || y)
            differs(
                path, x ? "the dataset of B cannot be read" : "the dataset of A cannot be read"
            );
    }

    void compare_attributes(std::string const& path, object const& a, object const& b)
    {
        std::map<std::string, std::pair<std::optional<attribute>, std::optional<attribute>>> names;
        for (auto& of : a.attributes())
            names[of.name()].first = of;
        for (auto& of : b.attributes())
            names[of.name()].second = of;
        for (auto const& [name, both] : names) {
            auto const where = path + "@" + name;
            if (!both.first || !both.second)
                tell((both.first ? "- " : "+ ") + where);
            else
                compare_attribute(where, *both.first, *both.second);
        }
    }

    void compare_attribute(std::string const& where, attribute const& a, attribute const& b)
    {
        if (!compare_spaces(where, a, b) || a.is_null())
            return;
        std::optional<result<std::uint64_t>> first;
        // One inside the other: both graphs stay as they are while they are looked at.
        auto const done = a.visit([&](elements_view x) {
            return b.visit([&](elements_view y) -> result<void> {
                first = first_difference(x, y);
                return {};
            });
        });
        if (!done)
            differs(where, done.error().message());
        else if (!*first)
            differs(where, first->error().message());
        else if (**first != a.element_count())
            differs(where, text_of(a) + " | " + text_of(b));
    }

    static std::string text_of(attribute const& of)
    {
        constexpr std::size_t most = 200;
        auto const json = of.json();
        auto const text = json ? *json : json.error().message();
        return text.size() <= most ? text : text.substr(0, most) + "...";
    }

    /// \return whether values can be compared
    bool compare_spaces(std::string const& where, array_info const& a, array_info const& b)
    {
        if (options_.types && !hdf5::same_type(a.type(), b.type()))
            differs(where, "type " + both_types(type_text(a.type()), type_text(b.type())));
        if (a.is_null() == b.is_null() && a.shape() == b.shape())
            return true;
        differs(
            where,
            "shape " + shape_text(a.shape(), a.is_null()) + " | " +
                shape_text(b.shape(), b.is_null())
        );
        return false;
    }

    void compare_datasets(std::string const& path, dataset const& a, dataset const& b)
    {
        if (!compare_spaces(path, a, b) || a.is_null() || !options_.data)
            return;
        auto const largest = std::max(a.type().size, b.type().size);
        array::piece_list pieces(
            array::whole(a.shape()), std::max<std::uint64_t>(piece_bytes / largest, 1), a.chunks()
        );
        while (auto const piece = pieces.next()) {
            if (!going_ || !compare_piece(path, a, b, *piece))
                return;
        }
    }

    /// \return whether there was no difference
    bool compare_piece(
        std::string const& path, dataset const& a, dataset const& b, hyperslab const& piece
    )
    {
        std::optional<result<std::uint64_t>> first;
        std::uint64_t count = 0;
        auto const done = a.visit(piece, [&](elements_view x) {
            count = x.count();
            return b.visit(piece, [&](elements_view y) -> result<void> {
                first = first_difference(x, y);
                return {};
            });
        });
        if (!done)
            differs(path, done.error().message());
        else if (!*first)
            differs(path, first->error().message());
        else if (**first != count)
            differs(path, "data, first at " + place_text(piece, **first));
        return done && *first && **first == count;
    }

    static std::string place_text(hyperslab const& piece, std::uint64_t at)
    {
        std::vector<std::uint64_t> place(piece.size());
        for (std::size_t i = piece.size(); i-- > 0;) {
            place[i] = piece[i].start + at % piece[i].count * piece[i].step;
            at /= piece[i].count;
        }
        return place.empty() ? "the only element" : tuple_text(place);
    }

    difference_options options_;
    difference_sink const& tell_;
    std::set<std::pair<std::string, std::string>> compared_;  ///< paths of objects
    bool same_ = true;
    bool going_ = true;
};

}  // namespace

bool compare_files(
    file const& a, file const& b, difference_options const& options, difference_sink const& tell
)
{
    return comparison(options, tell).compare(a, b);
}

}  // namespace lindi::tools
