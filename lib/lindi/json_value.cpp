#include <lindi/lindi/json_value.hpp>
#include <lindi/zarr/json_text.hpp>

namespace lindi::rfs {

namespace {

void append_json_array(std::string& out, boost::json::array const& items)
{
    out += '[';
    for (auto const& item : items) {
        if (&item != items.data())
            out += ',';
        append_json_value(out, item);
    }
    out += ']';
}

void append_json_object(std::string& out, boost::json::object const& members)
{
    out += '{';
    for (auto const& [key, value] : members) {
        if (out.back() != '{')
            out += ',';
        zarr::append_string(out, {key.data(), key.size()});
        out += ':';
        append_json_value(out, value);
    }
    out += '}';
}

}  // namespace

void append_json_value(std::string& out, boost::json::value const& value)
{
    switch (value.kind()) {
    case boost::json::kind::null:
        out += "null";
        break;
    case boost::json::kind::bool_:
        out += value.get_bool() ? "true" : "false";
        break;
    case boost::json::kind::int64:
        zarr::append_integer(out, value.get_int64());
        break;
    case boost::json::kind::uint64:
        zarr::append_integer(out, value.get_uint64());
        break;
    case boost::json::kind::double_:
        zarr::append_float(out, value.get_double());
        break;
    case boost::json::kind::string:
        zarr::append_string(out, {value.get_string().data(), value.get_string().size()});
        break;
    case boost::json::kind::array:
        append_json_array(out, value.get_array());
        break;
    case boost::json::kind::object:
        append_json_object(out, value.get_object());
        break;
    }
}

}  // namespace lindi::rfs
