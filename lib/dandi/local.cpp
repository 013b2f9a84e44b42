#include <lindi/dandi/local.hpp>
#include <lindi/dandi/pages.hpp>
#include <lindi/net/url.hpp>

#include <chrono>
#include <filesystem>

namespace lindi::dandi {
namespace {

namespace fs = std::filesystem;

/// 64 bits of FNV-1a, twice: an id for a URL that is the same each time.
std::string id_of(std::string_view url)
{
    constexpr std::uint64_t prime = 1099511628211U;
    std::string out;
    for (std::uint64_t hash : {14695981039346656037U, 9650029242287828579U}) {
        for (char const c : url)
            hash = (hash ^ static_cast<unsigned char>(c)) * prime;
        for (int shift = 60; shift >= 0; shift -= 4)
            out += "0123456789abcdef"[(hash >> shift) & 15U];
    }
    return out;
}

/// What stands behind the last slash, before a query.
std::string name_in(std::string const& url)
{
    auto const path = url.substr(0, url.find_first_of("?#"));
    return path.substr(path.rfind('/') + 1);
}

bool is_local(std::string const& url)
{
    return url.find("://") == std::string::npos;
}

/// Size and date, as far as the system tells.
void describe_file(asset& out)
{
    std::error_code failed;
    auto const size = fs::file_size(out.url, failed);
    if (!failed)
        out.size = size;
    auto const time = fs::last_write_time(out.url, failed);
    if (!failed)
        out.modified = std::to_string(time.time_since_epoch().count());
}

class list_source final : public asset_source {
public:
    list_source(std::istream& lines, std::string name, asset_filter filter)
        : lines_(&lines), name_(std::move(name)), filter_(std::move(filter))
    {}

    result<std::vector<source_part>> parts() override
    {
        std::vector<source_part> out(1);
        out[0].name = name_;
        out[0].list = [this](on_asset const& tell) { return list(tell); };
        return out;
    }

private:
    result<void> list(on_asset const& tell)
    {
        std::uint64_t number = 0;
        for (std::string line; std::getline(*lines_, line);) {
            ++number;
            auto one = decode_list_line(line);
            if (!one)
                return one.error().within(name_ + ", line " + std::to_string(number));
            if (!*one)
                continue;
            complete(**one);
            if (!filter_.wants(**one))
                continue;
            if (auto const taken = tell(std::move(**one)); !taken)
                return taken.error();
        }
        if (lines_->bad())
            return error(errc::io, error::nowhere, "list").within(name_);
        return {};
    }

    static void complete(asset& one)
    {
        if (is_local(one.url)) {
            one.url = fs::absolute(one.url).lexically_normal().string();
            if (!one.size || one.modified.empty())
                describe_file(one);
        }
        if (one.id.empty())
            one.id = id_of(one.url);
        // Several URLs may end in one name.
        if (one.path.empty())
            one.path = one.id + "/" + name_in(one.url);
    }

    std::istream* lines_;
    std::string name_;
    asset_filter filter_;
};

class tree_source final : public asset_source {
public:
    tree_source(std::string folder, std::string reference, asset_filter filter)
        : folder_(fs::absolute(std::move(folder)).lexically_normal()),
          reference_(std::move(reference)), filter_(std::move(filter))
    {
        if (!reference_.empty() && !reference_.ends_with('/'))
            reference_ += '/';
    }

    result<std::vector<source_part>> parts() override
    {
        std::error_code failed;
        if (!fs::is_directory(folder_, failed))
            return error(errc::not_found, error::nowhere, "folder").within(folder_.string());
        std::vector<source_part> out(1);
        out[0].name = folder_.string();
        out[0].list = [this](on_asset const& tell) { return list(tell); };
        return out;
    }

private:
    result<void> list(on_asset const& tell)
    {
        std::error_code failed;
        fs::recursive_directory_iterator at(folder_, failed);
        for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed)) {
            std::error_code none;
            if (at->symlink_status(none).type() != fs::file_type::regular)
                continue;
            auto one = asset_at(at->path());
            if (!filter_.wants(one))
                continue;
            if (auto const taken = tell(std::move(one)); !taken)
                return taken.error();
        }
        if (failed)
            return error(failed, error::nowhere, "folder").within(folder_.string());
        return {};
    }

    asset asset_at(fs::path const& path) const
    {
        asset out;
        out.url = path.string();
        out.path = path.lexically_relative(folder_).generic_string();
        out.id = id_of(out.path);
        if (!reference_.empty())
            out.reference = reference_ + net::percent_encode(out.path, true);
        describe_file(out);
        return out;
    }

    fs::path folder_;
    std::string reference_;
    asset_filter filter_;
};

}  // namespace

std::unique_ptr<asset_source> list_of(std::istream& lines, std::string name, asset_filter filter)
{
    return std::make_unique<list_source>(lines, std::move(name), std::move(filter));
}

std::unique_ptr<asset_source>
files_below(std::string folder, std::string reference, asset_filter filter)
{
    return std::make_unique<tree_source>(
        std::move(folder), std::move(reference), std::move(filter)
    );
}

}  // namespace lindi::dandi
