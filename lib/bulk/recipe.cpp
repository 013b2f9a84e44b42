#include <lindi/bulk/settings.hpp>

namespace lindi::bulk {
namespace {

std::string text_of(std::optional<std::uint64_t> number)
{
    return number ? std::to_string(*number) : "none";
}

}  // namespace

std::string indexing_options::recipe() const
{
    return std::string(LINDI_VERSION) + " " + text_of(exported.num_chunks_threshold) + " " +
           text_of(exported.max_contiguous_chunk) + " " + std::to_string(exported.inline_below) +
           (exported.metadata_as == rfs::metadata_form::string ? " string" : " object") +
           (reference == reference_form::api ? " api " : " source ") + generator.name + " " +
           std::to_string(generator.version);
}

}  // namespace lindi::bulk
