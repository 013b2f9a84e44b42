#include "bulk_metrics.hpp"
#include "bulk_progress.hpp"
#include "bulk_run_options.hpp"
#include "command_line.hpp"
#include "interrupt.hpp"
#include "output_file.hpp"
#include "printable.hpp"

#include <lindi/bulk/summary.hpp>

#include <malloc.h>

namespace lindi::tools {
namespace {

constexpr char const* run_examples = R"(
Writes the index of every asset that has none, or an old one. Assets that share a blob share its index. A run
may be ended at any moment, killed too: the next one goes on. Ctrl-C ends what is in work first, twice ends it
at once. Failures are listed, counted by kind (lindi bulk status) and do not stop the run: those of a kind that
may pass are tried again by the next run, others by lindi bulk retry.

Examples:
  lindi bulk run --dandiset 000003 -o out
  lindi bulk run --all --version draft -o out --at-once 64 --events events.ndjson
  lindi bulk run --all --manifests -o s3://bucket/prefix --journal journal
  lindi bulk run --list urls.txt -o out
  lindi bulk run --tree /data --tree-url https://example.org/data/ -o out
  lindi bulk run --all -o out --shard 2/8
)";
constexpr char const* plan_examples = R"(
Lists the source as run does, and says what run would do.

Example:
  lindi bulk plan --dandiset 000003 -o out
)";
constexpr char const* retry_examples = R"(
Indexes what failed before, without listing the source again.

Examples:
  lindi bulk retry -o out
  lindi bulk retry -o out --kind forbidden
)";

enum class mode { run, plan, retry };

class bulk_job {
public:
    bulk_job(std::string_view command, mode what, bulk_run_options& o, environment& env)
        : command_(command), mode_(what), options_(&o), env_(&env)
    {}

    int run()
    {
        auto const status = work();
        if (status)
            return *status;
        return bulk_failure(*env_, command_, status.error());
    }

private:
    result<int> work();
    result<void> list();
    result<int> index(bulk::work_plan plan);
    result<void> write_index_file(bulk::output_store& output, bulk::output_layout const& layout);
    void tell_plan(bulk::work_plan const& plan);

    std::string_view command_;
    mode mode_;
    bulk_run_options* options_;
    environment* env_;
    bulk::shard shard_;
    std::string journal_folder_;
    std::shared_ptr<bulk::journal> journal_;
    std::shared_ptr<net::client_thread> client_;
    bulk_source source_;
    bool is_partly_listed_ = false;
    bulk::stop_wish const stop_ = [] { return interrupt_guard::received() != 0; };
};

result<int> bulk_job::work()
{
    if (auto const ready = complete(*options_); !ready)
        return ready.error();
    auto const shard = shard_of(options_->place.shard, env_->variables);
    if (!shard)
        return shard.error();
    shard_ = *shard;
    auto folder = journal_folder(options_->place, shard_);
    if (!folder)
        return folder.error();
    journal_folder_ = std::move(*folder);
    auto client = bulk_client(*env_, options_->connections);
    if (!client)
        return client.error();
    client_ = std::move(*client);
    if (mode_ != mode::retry) {
        auto source = source_of(options_->source, options_->place.instance, client_);
        if (!source)
            return source.error();
        source_ = std::move(*source);
    }
    auto journal = bulk::journal::open(journal_folder_, mode_ != mode::retry);
    if (!journal)
        return journal.error();
    journal_ = std::move(*journal);
    interrupt_guard const guard;
    if (auto const settled = bulk::settle_interrupted(*journal_); !settled)
        return settled.error();
    if (mode_ == mode::retry) {
        auto const kind = bulk::failure_kind_named(options_->kind);
        if (!kind && !options_->kind.empty())
            return error(errc::bad_value, error::nowhere, "--kind", "no such kind of failure")
                .within(options_->kind);
        if (auto const done = bulk::forget_failures(*journal_, kind); !done)
            return done.error();
    } else if (auto const listed = list(); !listed) {
        return listed.error();
    }
    auto plan =
        bulk::make_plan(*journal_, options_->run.indexing.recipe(), order_of(options_->order));
    tell_plan(plan);
    if (mode_ == mode::plan)
        return is_partly_listed_ ? exit_problems : exit_ok;
    return index(std::move(plan));
}

result<void> bulk_job::list()
{
    auto const on_progress = [this](std::uint64_t assets) {
        if (env_->err_is_terminal)
            env_->err << "\r\x1b[K" << assets << " assets listed" << std::flush;
    };
    auto const listed = bulk::take_listing(
        *journal_, *source_.assets, shard_, options_->listing_threads, stop_, on_progress
    );
    if (env_->err_is_terminal)
        env_->err << "\r\x1b[K" << std::flush;
    if (!listed)
        return listed.error();
    for (auto const& problem : listed->problems)
        env_->err << command_ << ": " << one_line(problem.message()) << '\n';
    is_partly_listed_ = !listed->problems.empty();
    if (listed->gone != 0)
        env_->err << command_ << ": " << listed->gone << " assets are not there any more\n";
    return {};
}

void bulk_job::tell_plan(bulk::work_plan const& plan)
{
    std::uint64_t assets = 0;
    std::uint64_t to_index = 0;
    for (auto const& one : plan.units) {
        assets += one.assets.size();
        to_index += one.has_index ? 0 : 1;
    }
    env_->out << plan.assets << " assets of " << plan.blobs << " blobs; " << plan.assets_done
              << " done before, " << plan.assets_failed << " failed before; to do: " << assets
              << " assets, " << to_index << " blobs to index\n"
              << std::flush;
}

result<int> bulk_job::index(bulk::work_plan plan)
{
    auto const layout = layout_of(options_->place);
    if (!layout)
        return layout.error();
    auto output = output_of(options_->place, client_);
    if (!output)
        return output.error();
    std::uint64_t assets = 0;
    for (auto const& one : plan.units)
        assets += one.assets.size();
    bulk_progress progress(command_, assets, *env_);
    if (!options_->events.empty())
        if (auto const opened = progress.open_events(options_->events); !opened)
            return opened.error();
    auto const metrics = serve_metrics(options_->metrics_port, progress);
    if (!metrics)
        return metrics.error();
    bulk::run_parts parts{*journal_, **output, *layout, client_.get(), journal_folder_ + "/spool"};
    auto const totals = bulk::run(
        std::move(parts),
        std::move(plan.units),
        options_->run,
        stop_,
        [&](bulk::run_event const& event) { progress.note(event); }
    );
    if (!totals)
        return totals.error();
    if (auto const written = write_index_file(**output, *layout); !written)
        return written.error();
    if (auto const number = interrupt_guard::received(); number != 0)
        return exit_signal + number;
    bool const is_partial =
        totals->assets_failed != 0 || is_partly_listed_ || plan.assets_failed != 0;
    return is_partial ? exit_problems : exit_ok;
}

/// index.ndjson, or that of the shard.
result<void>
bulk_job::write_index_file(bulk::output_store& output, bulk::output_layout const& layout)
{
    auto const path = journal_folder_ + "/index.ndjson";
    auto file = output_file::create(path);
    if (!file)
        return file.error();
    auto const written = bulk::write_index(*journal_, layout, [&](std::string_view line) {
        return (*file)->write(line);
    });
    if (!written)
        return written;
    if (auto const done = (*file)->commit(); !done)
        return done;
    auto const key = shard_.count == 1 ? std::string("index.ndjson")
                                       : "index-" + std::to_string(shard_.index + 1) + "-of-" +
                                             std::to_string(shard_.count) + ".ndjson";
    return output.put_file(key, path, {});
}

int run_mode(
    std::string_view command,
    mode what,
    char const* does,
    char const* examples,
    arguments args,
    environment& env
)
{
    bulk_run_options options;
    command_line app(does, std::string(command));
    add_place_options(app, options.place);
    if (what == mode::retry)
        app.value("--kind", options.kind, "only what failed for this reason (see status)")
            .value_name("KIND");
    else
        add_source_options(app, options.source);
    add_run_options(app, options);
    app.footer(examples);
    if (auto const stop = app.read(args, env))
        return *stop;
    // Dozens of threads that allocate would each keep memory of their own.
    constexpr int arenas = 4;
    ::mallopt(M_ARENA_MAX, arenas);
    return bulk_job(command, what, options, env).run();
}

}  // namespace

int bulk_run_command(arguments args, environment& env)
{
    return run_mode("lindi bulk run", mode::run, "Indexes many files.", run_examples, args, env);
}

int bulk_plan_command(arguments args, environment& env)
{
    return run_mode(
        "lindi bulk plan", mode::plan, "Says what a run would do.", plan_examples, args, env
    );
}

int bulk_retry_command(arguments args, environment& env)
{
    return run_mode(
        "lindi bulk retry", mode::retry, "Indexes what failed.", retry_examples, args, env
    );
}

}  // namespace lindi::tools
