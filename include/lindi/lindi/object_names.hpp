/// \file
/// Objects of a LINDI document by path, for the references to them.

#pragma once

#include <lindi/core/json_reader.hpp>
#include <lindi/node/graph.hpp>

#include <string>
#include <string_view>
#include <unordered_map>

namespace lindi::rfs {

/// What references use as the address of an object: the graph's objects have these.
constexpr std::uint64_t address_of(node::object_id id) noexcept
{
    return std::uint64_t{id} + 1;
}

class object_names {
public:
    /// \param path  without slashes at its ends; "" is the root
    void add(std::string path, node::object_id id) { ids_.emplace(std::move(path), id); }
    /// An object's attribute `object_id`, as text or number of JSON.
    void add_object_id(node::object_id id, std::string text)
    {
        object_ids_.insert_or_assign(id, std::move(text));
    }

    /// \return no_object when there is none
    node::object_id find(std::string const& path) const;
    /// As above for any way of writing a path: slashes repeated or in front.
    node::object_id find_any(std::string_view path) const;

    /// Reads `{"_REFERENCE": {...}}` or null.
    /// \return the address: 0 for null, `dangling` when the object is not there or another one than
    ///   its ids say
    std::uint64_t take_reference(json_reader& r) const;

    /// The address of nothing.
    static constexpr std::uint64_t dangling = ~std::uint64_t{1};

private:
    bool has_object_id(node::object_id id, std::string const& wanted) const;
    std::uint64_t take_target(json_reader& r) const;

    std::unordered_map<std::string, node::object_id> ids_;
    std::unordered_map<node::object_id, std::string> object_ids_;
};

}  // namespace lindi::rfs
