#include "stored_text.hpp"

namespace lindi::edit {
namespace {

class stored_file_source final : public io::source {
public:
    stored_file_source(std::shared_ptr<io::stored_file> file, std::string name, std::uint64_t size)
        : file_(std::move(file)), name_(std::move(name)), size_(size)
    {}

    std::string const& name() const noexcept override { return name_; }
    std::uint64_t size() const noexcept override { return size_; }
    std::optional<block> resident(io::byte_range) override { return std::nullopt; }
    io::source_stats stats() const noexcept override { return stats_; }

    void fetch(std::vector<io::byte_range> wave, io::on_answers done) override
    {
        io::answers out;
        out.reserve(wave.size());
        for (auto const range : wave)
            out.push_back(read(range));
        done(std::move(out));
    }

private:
    result<block> read(io::byte_range range)
    {
        auto const size = static_cast<std::size_t>(range.size);
        auto const buffer = std::make_shared_for_overwrite<std::byte[]>(size);
        auto const got = file_->read(range.offset, {buffer.get(), size});
        if (!got)
            return got.error();
        ++stats_.requests;
        stats_.bytes_fetched += *got;
        return block{buffer, {{buffer.get(), *got}, range.offset}};
    }

    std::shared_ptr<io::stored_file> file_;
    std::string name_;
    std::uint64_t size_;
    io::source_stats stats_;
};

}  // namespace

result<std::unique_ptr<io::stored_file>> open_locked(io::file_layer& files, std::string const& path)
{
    constexpr int tries = 8;
    for (int i = 0; i < tries; ++i) {
        auto file = files.open(path, io::file_layer::access::write);
        if (!file)
            return file.error();
        if (auto const locked = (*file)->lock(); !locked)
            return locked.error().within("somebody else is writing");
        auto const there = files.is_at(**file, path);
        if (!there)
            return there.error();
        if (*there)
            return std::move(*file);
    }
    return error(
               std::make_error_code(std::errc::resource_unavailable_try_again),
               error::nowhere,
               "file"
    )
        .within(path);
}

result<block> read_block(io::stored_file& file, io::byte_range range, budget& from)
{
    auto const end = file.size();
    if (!end)
        return end.error();
    if (range.offset > *end || range.size > *end - range.offset)
        return error(errc::truncated, range.offset, "file", "it ends earlier");
    if (auto const spent = from.spend_memory(range.size, range.offset); !spent)
        return spent.error();
    auto const size = static_cast<std::size_t>(range.size);
    auto const buffer = std::make_shared_for_overwrite<std::byte[]>(size);
    auto const got = file.read(range.offset, {buffer.get(), size});
    if (!got)
        return got.error();
    if (*got != size)
        return error(errc::truncated, range.offset + *got, "file", "it shrank while being read");
    return block{buffer, {{buffer.get(), size}, range.offset}};
}

result<std::uint64_t> write_document(
    io::stored_file& file, std::uint64_t at, changed_document const& document, limits const& max
)
{
    auto next = at;
    rfs::json_writer out(
        [&](std::string_view text) -> result<void> {
            auto const done = file.write(next, as_bytes(text));
            next += text.size();
            return done;
        },
        max.output_bytes
    );
    document.write(out);
    if (auto const done = out.finish(); !done)
        return done.error();
    return next - at;
}

std::unique_ptr<io::source>
make_source(std::shared_ptr<io::stored_file> file, std::string name, std::uint64_t size)
{
    return std::make_unique<stored_file_source>(std::move(file), std::move(name), size);
}

}  // namespace lindi::edit
