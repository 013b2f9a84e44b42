#include "dump_data.hpp"

#include "canonical_form.hpp"

#include <lindi/core/checked.hpp>

namespace lindi::tools {
namespace {

result<element_sum>
sum_data(dump_context& context, node::dataset const& data, element_reader const& read)
{
    auto const elements = read(data);
    if (!elements)
        return elements.error();
    return sum_elements(context, *data.type, *elements);
}

}  // namespace

result<void> put_data(
    json_writer& w, dump_context& context, node::dataset const& data, element_reader const& read
)
{
    if (data.space.what == hdf5::dataspace::kind::null)
        return {};
    auto const size = checked_multiply(data.space.element_count(), data.type->size);
    if (!size || *size > max_summed_bytes) {
        w.member("data_skipped", true);
        return {};
    }
    auto const sum = sum_data(context, data, read);
    if (sum) {
        w.member("data_sha256", sum->sha256);
        w.member("hash_mode", sum->mode);
    } else {
        w.member("data_error", utf8_text(sum.error().message()));
    }
    return context.with_damage(sum ? result<void>() : sum.error());
}

}  // namespace lindi::tools
