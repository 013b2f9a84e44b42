#include "bulk_options.hpp"
#include "command_line.hpp"
#include "interrupt.hpp"
#include "printable.hpp"

#include <lindi/bulk/summary.hpp>
#include <lindi/io/file_source.hpp>
#include <lindi/lindi/reference_document.hpp>

#include <boost/json/parse.hpp>

#include <filesystem>

namespace lindi::tools {
namespace {

namespace fs = std::filesystem;

constexpr char const* command = "lindi bulk verify";
constexpr char const* examples = R"(
Reads every output that the journal says is done: it has to be there, a whole document, and that of its asset.
Outputs that are not are listed, and the next run makes them again. Exit status 3 when there were some.

Example:
  lindi bulk verify -o out
)";

/// Whole, and of this asset. \return why not; empty: it is
std::string objection(std::string const& path, dandi::asset const& of)
{
    auto const file = io::file_source::open(path);
    if (!file)
        return file.error().message();
    auto const text = (*file)->resident({0, (*file)->size()});
    io::answers got;
    if (!text)
        (*file)->fetch({{0, (*file)->size()}}, [&](io::answers a) { got = std::move(a); });
    if (!text && (got.empty() || !got[0]))
        return "it cannot be read";
    lindi::budget budget{limits{}};
    auto const document = rfs::reference_document::parse(text ? *text : *got[0], budget);
    if (!document)
        return document.error().message();
    for (auto const& member : document->other_members()) {
        if (member.raw_key != "generationMetadata")
            continue;
        boost::system::error_code wrong;
        auto const value =
            boost::json::parse({member.raw_value.data(), member.raw_value.size()}, wrong);
        auto const* const object = wrong ? nullptr : value.if_object();
        auto const* const id = object != nullptr ? object->if_contains("assetId") : nullptr;
        if (id != nullptr && id->is_string() && id->get_string() == of.id.c_str())
            return {};
        return "it is that of another asset";
    }
    return "it does not say which asset's it is";
}

/// Looks at one output, which may have to be fetched first.
class verifier {
public:
    verifier(bulk_place const& place, std::string folder, environment& env)
        : place_(&place), folder_(std::move(folder)), env_(&env)
    {}

    result<int> run();

private:
    result<void> look(std::string const& key, bulk::asset_record const& asset);

    bulk_place const* place_;
    std::string folder_;
    environment* env_;
    std::unique_ptr<bulk::output_store> output_;
    std::optional<bulk::output_layout> layout_;
    std::vector<std::string> bad_;
    std::uint64_t looked_ = 0;
};

result<void> verifier::look(std::string const& key, bulk::asset_record const& asset)
{
    ++looked_;
    auto const name = layout_->document(asset.is);
    auto path = place_->output + "/" + name;
    bool const is_remote = place_->output.starts_with("s3://");
    std::string why;
    if (is_remote) {
        path = folder_ + "/verified";
        if (auto const got = output_->get(name, path); !got)
            why = got.error().message();
    }
    if (why.empty())
        why = objection(path, asset.is);
    if (!why.empty()) {
        env_->err << command << ": " << one_line(name + ": " + why) << '\n';
        bad_.push_back(key);
    }
    return {};
}

result<int> verifier::run()
{
    auto layout = layout_of(*place_);
    if (!layout)
        return layout.error();
    layout_.emplace(std::move(*layout));
    auto client = bulk_client(*env_);
    if (!client)
        return client.error();
    auto output = output_of(*place_, *client);
    if (!output)
        return output.error();
    output_ = std::move(*output);
    auto const journal = bulk::journal::open(folder_, false);
    if (!journal)
        return journal.error();
    interrupt_guard const guard;
    (*journal)->each_asset([&](std::string const& key, bulk::asset_record const& asset) {
        if (!asset.gone && !asset.written.empty() && interrupt_guard::received() == 0)
            static_cast<void>(look(key, asset));
    });
    if (auto const number = interrupt_guard::received(); number != 0)
        return exit_signal + number;
    auto const noted = (*journal)->change([&](bulk::journal::changes& to) {
        for (auto const& key : bad_) {
            auto record = to.asset(key).value_or(bulk::asset_record{});
            record.written.clear();
            to.put(key, record);
        }
    });
    if (!noted)
        return noted.error();
    std::error_code none;
    fs::remove(folder_ + "/verified", none);
    env_->out << looked_ << " outputs, " << bad_.size() << " of them to make again\n";
    return bad_.empty() ? exit_ok : exit_problems;
}

}  // namespace

int bulk_verify_command(arguments args, environment& env)
{
    bulk_place place;
    command_line app("Looks at every output.", command);
    add_place_options(app, place);
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    auto const shard = shard_of(place.shard, env.variables);
    if (!shard)
        return bulk_failure(env, command, shard.error());
    auto const folder = journal_folder(place, *shard);
    if (!folder)
        return bulk_failure(env, command, folder.error());
    auto const status = verifier(place, *folder, env).run();
    return status ? *status : bulk_failure(env, command, status.error());
}

}  // namespace lindi::tools
