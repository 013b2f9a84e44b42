#include <lindi/bulk/summary.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <unordered_map>

namespace lindi::bulk {
namespace {

namespace json = boost::json;

/// What the lines of assets need to know of their blobs.
struct known_blob {
    blob_state state = blob_state::todo;
    failure_kind kind = failure_kind::network;
};

std::string line_of(asset_record const& asset, blob_record const& blob, std::string const& document)
{
    json::object types;
    for (auto const& [name, count] : blob.content.types)
        types[name] = count;
    auto const& one = asset.is;
    json::object out = {
        {"asset", one.id},
        {"dandiset", one.dandiset},
        {"version", one.version},
        {"path", one.path},
        {"blob", one.blob},
        {"document", document},
        {"objects", blob.content.objects},
        {"problems", blob.content.problems.size()},
        {"neurodata_types", std::move(types)},
    };
    if (one.size)
        out["size"] = *one.size;
    return json::serialize(out) + "\n";
}

}  // namespace

job_summary summarize(journal const& in)
{
    job_summary out;
    std::unordered_map<std::string, known_blob> blobs;
    in.each_blob([&](std::string const& key, blob_record const& record) {
        ++out.states[static_cast<std::size_t>(record.state)];
        blobs[key] = {record.state, record.kind};
        if (record.state == blob_state::failed)
            ++out.failures[static_cast<std::size_t>(record.kind)];
        if (record.state != blob_state::done)
            return;
        out.bytes += record.bytes;
        out.requests += record.requests;
        out.seconds += record.seconds;
        out.problems += record.content.problems.size();
    });
    in.each_asset([&](std::string const&, asset_record const& asset) {
        if (asset.gone) {
            ++out.assets_gone;
            return;
        }
        ++out.assets;
        auto const [blob, is_new] = blobs.try_emplace(blob_key_of(asset.is));
        out.states[static_cast<std::size_t>(blob_state::todo)] += is_new ? 1 : 0;
        if (blob->second.state == blob_state::failed)
            ++out.failed_assets[static_cast<std::size_t>(blob->second.kind)];
        else if (!asset.written.empty())
            ++out.assets_done;
    });
    out.blobs = blobs.size();
    return out;
}

result<void> write_index(
    journal const& in,
    output_layout const& layout,
    std::function<result<void>(std::string_view)> const& put
)
{
    result<void> done;
    in.each_asset([&](std::string const&, asset_record const& asset) {
        if (!done || asset.gone || asset.written.empty())
            return;
        auto const blob = in.blob(blob_key_of(asset.is));
        if (blob && blob->state == blob_state::done)
            done = put(line_of(asset, *blob, layout.document(asset.is)));
    });
    return done;
}

result<void> merge_journal(journal& into, journal const& from)
{
    // Read first: a transaction that writes waits for nobody, but they must not be mixed.
    std::vector<std::pair<std::string, blob_record>> blobs;
    std::vector<std::pair<std::string, asset_record>> assets;
    from.each_blob([&](std::string const& key, blob_record record) {
        blobs.emplace_back(key, std::move(record));
    });
    from.each_asset([&](std::string const& key, asset_record record) {
        assets.emplace_back(key, std::move(record));
    });
    return into.change([&](journal::changes& to) {
        for (auto& [key, record] : blobs) {
            auto const known = to.blob(key);
            if (!known || known->ended <= record.ended)
                to.put(key, record);
        }
        for (auto& [key, record] : assets) {
            auto const known = to.asset(key);
            if (!known || known->listed <= record.listed)
                to.put(key, record);
        }
    });
}

}  // namespace lindi::bulk
