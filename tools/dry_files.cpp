#include "dry_files.hpp"

#include <lindi/core/bytes.hpp>

#include <algorithm>
#include <vector>

namespace lindi::tools {
namespace {

/// A file that is read, or none, with what was written over it.
class dry_file final : public io::stored_file {
public:
    dry_file(std::unique_ptr<io::stored_file> below, std::uint64_t size)
        : below_(std::move(below)), size_(size), readable_(size)
    {}

    result<std::uint64_t> size() override { return size_; }
    result<std::size_t> read(std::uint64_t at, std::span<std::byte> into) override
    {
        auto const count = std::min<std::uint64_t>(into.size(), at < size_ ? size_ - at : 0);
        auto const out = into.first(static_cast<std::size_t>(count));
        std::fill(out.begin(), out.end(), std::byte{0});
        auto const old = std::min<std::uint64_t>(count, at < readable_ ? readable_ - at : 0);
        if (below_ && old != 0)
            if (auto const got = below_->read(at, out.first(static_cast<std::size_t>(old))); !got)
                return got;
        for (auto const& written : patches_)
            lay_over(written, at, out);
        return out.size();
    }
    result<void> write(std::uint64_t at, std::span<std::byte const> from) override
    {
        patches_.push_back({at, {from.begin(), from.end()}});
        size_ = std::max(size_, at + from.size());
        return {};
    }
    result<void> set_size(std::uint64_t size) override
    {
        size_ = size;
        readable_ = std::min(readable_, size);
        return {};
    }
    result<void> sync() override { return {}; }
    result<void> lock() override { return {}; }

private:
    struct patch {
        std::uint64_t at;
        lindi::bytes bytes;
    };

    static void lay_over(patch const& p, std::uint64_t at, std::span<std::byte> out)
    {
        auto const first = std::max(p.at, at);
        auto const last = std::min(p.at + p.bytes.size(), at + out.size());
        for (auto i = first; i < last; ++i)
            out[static_cast<std::size_t>(i - at)] = p.bytes[static_cast<std::size_t>(i - p.at)];
    }

    std::unique_ptr<io::stored_file> below_;
    std::uint64_t size_;
    std::uint64_t readable_;  ///< bytes of `below_` that were not cut off
    std::vector<patch> patches_;
};

}  // namespace

result<io::path_kind> dry_files::kind(std::string const& path)
{
    return made_.contains(path) ? io::path_kind::folder : io::system_files().kind(path);
}

std::string dry_files::resolved(std::string const& path)
{
    return io::system_files().resolved(path);
}

result<std::vector<std::string>> dry_files::list(std::string const& path)
{
    return made_.contains(path) ? std::vector<std::string>() : io::system_files().list(path);
}

result<std::unique_ptr<io::stored_file>> dry_files::open(std::string const& path, access)
{
    if (made_.contains(path))
        return std::make_unique<dry_file>(nullptr, 0);
    auto below = io::system_files().open(path, access::read);
    if (!below)
        return below.error();
    auto const what = kind(path);
    bool const folder = what && *what == io::path_kind::folder;
    auto const size = folder ? result<std::uint64_t>(0) : (*below)->size();
    if (!size)
        return size.error();
    return std::make_unique<dry_file>(std::move(*below), *size);
}

result<std::unique_ptr<io::stored_file>> dry_files::create(std::string const&)
{
    return std::make_unique<dry_file>(nullptr, 0);
}

result<std::unique_ptr<io::stored_file>> dry_files::create_unnamed(std::string const&)
{
    return std::make_unique<dry_file>(nullptr, 0);
}

}  // namespace lindi::tools
