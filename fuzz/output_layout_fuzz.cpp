// A template and an asset that an archive or a list names: no output leaves its folder.
#include <lindi/bulk/output.hpp>

#include <algorithm>

namespace {

bool stays_inside(std::string const& key)
{
    return !key.empty() && !key.starts_with('/') &&
           ("/" + key + "/").find("/../") == std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace lindi;
    // Lines: template, dandiset, id, path.
    std::string_view rest(reinterpret_cast<char const*>(data), size);
    auto const line = [&rest] {
        auto const end = std::min(rest.find('\n'), rest.size());
        std::string out(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return out;
    };
    auto const text = line();
    dandi::asset one;
    one.dandiset = line();
    one.id = line();
    one.path = std::string(rest);
    auto const usual = bulk::output_layout::usual("dandi");
    if (!stays_inside(usual.document(one)) ||
        (!one.dandiset.empty() && !stays_inside(usual.info(one))))
        __builtin_trap();
    if (auto const made = bulk::output_layout::parse(text, "dandi");
        made && !stays_inside(made->document(one)))
        __builtin_trap();
    return 0;
}
