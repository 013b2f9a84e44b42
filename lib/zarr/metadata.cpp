#include <lindi/zarr/json_text.hpp>
#include <lindi/zarr/metadata.hpp>

namespace lindi::zarr {

void append_array(std::string& out, array_metadata const& m)
{
    out += "{\"chunks\":";
    append_list(out, m.chunks);
    out += ",\"compressor\":";
    out += m.compressor;
    out += ",\"dtype\":";
    append_string(out, m.dtype);
    out += ",\"fill_value\":";
    out += m.fill_value;
    out += ",\"filters\":";
    out += m.filters;
    out += ",\"order\":\"C\",\"shape\":";
    append_list(out, m.shape);
    out += ",\"zarr_format\":2}";
}

}  // namespace lindi::zarr
