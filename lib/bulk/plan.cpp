#include <lindi/bulk/plan.hpp>

#include <algorithm>
#include <unordered_map>

namespace lindi::bulk {
namespace {

/// Blobs that the program ended on so often come last: one of them may be why.
constexpr unsigned suspicious = 5;

/// One of each dandiset in turn, each dandiset's as listed.
void order_fairly(std::vector<unit>& units)
{
    std::unordered_map<std::string, std::uint64_t> turns;
    std::vector<std::pair<std::uint64_t, std::size_t>> keys;
    for (std::size_t i = 0; i < units.size(); ++i)
        keys.emplace_back(turns[units[i].dandiset]++, i);
    std::sort(keys.begin(), keys.end());
    std::vector<unit> out;
    out.reserve(units.size());
    for (auto const& [turn, i] : keys)
        out.push_back(std::move(units[i]));
    units = std::move(out);
}

void put_in_order(std::vector<unit>& units, unit_order order)
{
    std::sort(units.begin(), units.end(), [](unit const& a, unit const& b) {
        return a.number < b.number;
    });
    if (order == unit_order::largest)
        std::stable_sort(units.begin(), units.end(), [](unit const& a, unit const& b) {
            return a.size > b.size;
        });
    if (order == unit_order::fair)
        order_fairly(units);
    std::stable_partition(units.begin(), units.end(), [](unit const& one) {
        return one.interruptions < suspicious;
    });
}

/// What the journal says of a blob, as far as a plan needs it.
struct blob_facts {
    blob_state state = blob_state::todo;
    std::string made{};  ///< version and recipe
    bool is_final = false;
    unsigned interruptions = 0;
    std::size_t unit = ~std::size_t{0};  ///< index in the plan
};

using blob_table = std::unordered_map<std::string, blob_facts>;

blob_table facts_of(journal const& in)
{
    blob_table out;
    in.each_blob([&](std::string const& key, blob_record record) {
        blob_facts facts;
        facts.state = record.state;
        facts.made = record.version + "\n" + record.recipe;
        facts.is_final = record.state == blob_state::failed && !may_pass(record.kind);
        facts.interruptions = record.interruptions;
        out.emplace(key, std::move(facts));
    });
    return out;
}

void add_asset(
    work_plan& to,
    blob_table& blobs,
    std::string const& key,
    asset_record const& asset,
    std::string const& recipe
)
{
    ++to.assets;
    auto const blob_key = blob_key_of(asset.is);
    auto const wanted = version_of(asset.is) + "\n" + recipe;
    auto& blob = blobs[blob_key];
    bool const is_made = blob.made == wanted;
    if (is_made && blob.state == blob_state::done && asset.written == wanted) {
        ++to.assets_done;
        return;
    }
    if (is_made && blob.is_final) {
        ++to.assets_failed;
        return;
    }
    if (blob.unit == ~std::size_t{0}) {
        blob.unit = to.units.size();
        unit made;
        made.blob = blob_key;
        made.dandiset = asset.is.dandiset;
        made.size = asset.is.size.value_or(0);
        made.number = asset.number;
        made.interruptions = blob.interruptions;
        made.has_index = is_made && blob.state == blob_state::done;
        to.units.push_back(std::move(made));
    }
    auto& in = to.units[blob.unit];
    in.number = std::min(in.number, asset.number);
    in.assets.push_back(key);
}

}  // namespace

result<std::uint64_t> settle_interrupted(journal& in)
{
    std::vector<std::string> left;
    in.each_blob([&](std::string const& key, blob_record const& record) {
        if (record.state == blob_state::working)
            left.push_back(key);
    });
    auto const done = in.change([&](journal::changes& to) {
        for (auto const& key : left) {
            auto record = to.blob(key).value_or(blob_record{});
            record.state = blob_state::todo;
            ++record.interruptions;
            to.put(key, record);
        }
    });
    if (!done)
        return done.error();
    return std::uint64_t{left.size()};
}

work_plan make_plan(journal const& in, std::string const& recipe, unit_order order)
{
    work_plan out;
    auto blobs = facts_of(in);
    std::unordered_map<std::string, bool> met;
    in.each_asset([&](std::string const& key, asset_record const& asset) {
        if (asset.gone)
            return;
        met[blob_key_of(asset.is)] = true;
        add_asset(out, blobs, key, asset, recipe);
    });
    out.blobs = met.size();
    put_in_order(out.units, order);
    return out;
}

result<std::uint64_t> forget_failures(journal& in, std::optional<failure_kind> kind)
{
    std::vector<std::string> failed;
    in.each_blob([&](std::string const& key, blob_record const& record) {
        if (record.state == blob_state::failed && (!kind || record.kind == *kind))
            failed.push_back(key);
    });
    auto const done = in.change([&](journal::changes& to) {
        for (auto const& key : failed) {
            auto record = to.blob(key).value_or(blob_record{});
            record.state = blob_state::todo;
            record.attempts = 0;
            to.put(key, record);
        }
    });
    if (!done)
        return done.error();
    return std::uint64_t{failed.size()};
}

}  // namespace lindi::bulk
