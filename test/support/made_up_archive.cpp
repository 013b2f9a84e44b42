#include "dandi_archive.hpp"

#include <cstdio>

namespace lindi::test {
namespace {

constexpr std::string_view marker = "00000000-0000-4000-8000-000000000000";
constexpr std::uint32_t of_blobs = 0xb10b0000;
constexpr std::uint32_t of_assets = 0xa55e0000;

archive_blob
make_blob(std::size_t number, archive_shape const& shape, std::span<std::byte const> file)
{
    archive_blob out;
    out.id = made_up_id(of_blobs, number);
    out.content = file;
    if (auto const at = as_text(file).find(marker); at != std::string_view::npos) {
        out.patched_at = at;
        out.patch = out.id;
    }
    if (shape.broken_in_thousand == 0)
        return out;
    auto const every = 1000 / shape.broken_in_thousand;
    if (number % every == every / 2)
        out.defect = static_cast<blob_defect>(1 + number / every % (blob_defect_count - 1));
    return out;
}

}  // namespace

std::string made_up_id(std::uint32_t kind, std::uint64_t number)
{
    char out[40] = {};
    // The first characters are folders in the bucket: let them differ.
    auto const mixed = static_cast<std::uint32_t>(number * 2654435761U);
    std::snprintf(
        out,
        sizeof out,
        "%08x-%04x-4000-8000-%012llx",
        mixed,
        kind >> 16,
        static_cast<unsigned long long>(number)
    );
    return out;
}

made_up_archive make_archive(archive_shape const& shape, std::span<std::byte const> file)
{
    constexpr std::size_t group = 5;
    constexpr std::size_t own = 3;  // of a group; the others share them
    made_up_archive out;
    out.dandisets.resize(shape.dandisets);
    for (std::size_t d = 0; d < shape.dandisets; ++d) {
        char id[8] = {};
        std::snprintf(id, sizeof id, "%06zu", (d + 1) % 1'000'000);
        out.dandisets[d].id = id;
        out.dandisets[d].versions.resize(1);
    }
    for (std::size_t i = 0; i < shape.assets; ++i) {
        bool const is_shared = shape.shares && i % group >= own;
        auto const number = is_shared ? i - own : i;
        if (!is_shared)
            out.blobs.push_back(make_blob(out.blobs.size(), shape, file));
        auto const& blob =
            is_shared ? out.blobs[out.blobs.size() - own + (number % group)] : out.blobs.back();
        out.dandisets[i % shape.dandisets].versions[0].assets.push_back(
            {made_up_id(of_assets, i), "sub-" + std::to_string(i) + "/ses.nwb", blob.id}
        );
    }
    return out;
}

}  // namespace lindi::test
