#include "cache_import.hpp"

#include "printable.hpp"
#include "remote_options.hpp"

#include <lindi/cache/python_cache.hpp>
#include <lindi/net/http_source.hpp>
#include <lindi/net/public_text.hpp>
#include <lindi/open/cached_files.hpp>

namespace lindi::tools {
namespace {

class importing {
public:
    importing(cache::store& into, std::shared_ptr<net::client> client, bool all, environment& env)
        : into_(&into), client_(std::move(client)), all_(all), env_(&env)
    {}

    result<void> take(std::optional<cache::python_range> const& row)
    {
        if (!row) {
            say("a row that is none of Python lindi's");
            ++report.skipped;
            return {};
        }
        if (row->url != url_)
            begin(std::string(row->url));
        auto const& bytes = row->bytes;
        bool const fits = content_ && bytes.at <= size_ && bytes.size() <= size_ - bytes.at;
        if (!fits) {
            ++report.skipped;
            return {};
        }
        into_->keep(*content_, {nullptr, bytes});
        ++report.ranges;
        report.bytes += bytes.size();
        return {};
    }

    import_report report{};

private:
    void say(std::string const& what)
    {
        ++report.problems;
        env_->err << "lindi cache import: " << one_line(what) << '\n';
    }

    /// Finds out what the ranges of the URL belong to.
    void begin(std::string url)
    {
        url_ = std::move(url);
        content_.reset();
        auto const facts = net::facts_of(client_->options(), url_);
        if (facts && !facts->never_changes && !all_)
            return say(net::public_name(url_) + ": left out, it may have changed since; see --all");
        auto content = facts ? open::identify(*into_, client_, url_, size_)
                             : facts.error().within(net::public_name(url_));
        if (!content)
            return say(content.error().message());
        content_ = std::move(*content);
        ++report.files;
    }

    cache::store* into_;
    std::shared_ptr<net::client> client_;
    bool all_;
    environment* env_;
    std::string url_{};
    std::optional<cache::content_key> content_{};
    std::uint64_t size_ = 0;
};

}  // namespace

result<import_report>
import_python_cache(cache::store& into, std::string const& path, bool all, environment& env)
{
    auto client = client_of(env);
    if (!client)
        return client.error();
    importing work(into, std::move(*client), all, env);
    auto const done =
        cache::read_python_cache(path, [&](std::optional<cache::python_range> const& row) {
            return work.take(row);
        });
    if (!done)
        return done.error();
    return work.report;
}

}  // namespace lindi::tools
