#include <lindi/io/memory_source.hpp>
#include <lindi/io/page_source.hpp>
#include <lindi/io/reader.hpp>
#include <lindi/io/segmented_source.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using namespace lindi::io;

namespace {

std::shared_ptr<source> text_source(std::string_view text)
{
    auto const view = as_bytes(text);
    return std::make_shared<memory_source>("part", bytes(view.begin(), view.end()));
}

/// Answers in `fetch` only, behind pages of 4 bytes.
std::shared_ptr<source> paged_source(std::string_view text)
{
    class slow final : public source {
    public:
        explicit slow(std::shared_ptr<source> from) : from_(std::move(from)) {}
        std::string const& name() const noexcept override { return from_->name(); }
        std::uint64_t size() const noexcept override { return from_->size(); }
        std::optional<block> resident(byte_range) override { return std::nullopt; }
        void fetch(std::vector<byte_range> wave, on_answers done) override
        {
            from_->fetch(std::move(wave), std::move(done));
        }
        source_stats stats() const noexcept override { return {}; }

    private:
        std::shared_ptr<source> from_;
    };
    page_options options;
    options.page_size = 4;
    options.read_ahead = 8;
    return std::make_shared<page_source>(std::make_unique<slow>(text_source(text)), options);
}

std::string text_of(source& from, byte_range range)
{
    limits const max;
    budget costs(max);
    reader r(from, costs);
    auto const one = [](reader& file, byte_range wanted) -> task<result<block>> {
        co_return co_await file.read(wanted);
    };
    auto const got = r.run(one(r, range));
    if (!got)
        return got.error().message();
    CHECK(got->view.at == range.offset);
    return std::string(as_text(got->view.bytes));
}

}  // namespace

TEST_CASE("segmented source: addresses go on from file to file")
{
    segmented_source all(
        "all",
        {{0, 4, text_source("abcd"), 0},
         {4, 3, paged_source("..efg.."), 2},
         {7, 2, text_source("hi"), 0}}
    );
    CHECK(all.size() == 9);
    CHECK(all.stored_size() == 9);
    for (std::uint64_t begin = 0; begin <= 9; ++begin)
        for (std::uint64_t end = begin; end <= 9; ++end) {
            CAPTURE(begin);
            CAPTURE(end);
            CHECK(
                text_of(all, {begin, end - begin}) ==
                std::string("abcdefghi").substr(begin, end - begin)
            );
        }
}

TEST_CASE("segmented source: a segment without a file is zeros, but nothing that is stored")
{
    segmented_source all("all", {{0, 2, text_source("ab"), 0}, {2, 3, nullptr, 0}});
    CHECK(text_of(all, {1, 4}) == std::string("b\0\0\0", 4));
    CHECK(all.stored_size() == 2);
}

TEST_CASE("segmented source: nothing is read from gaps, however large")
{
    constexpr auto far = std::uint64_t{1} << 63;
    segmented_source all(
        "all", {{0, 4, text_source("abcd"), 0}, {far, 4, paged_source("efgh"), 0}}
    );
    CHECK(all.size() == far + 4);
    CHECK(all.stored_size() == 8);
    CHECK(all.end_of(0) == 4);
    CHECK(all.end_of(4) == 4);
    CHECK(all.end_of(1000) == 1000);
    CHECK(all.end_of(far) == far + 4);
    CHECK(text_of(all, {far + 1, 3}) == "fgh");
    CHECK(text_of(all, {2, 4}).find("none of its members has these bytes") != std::string::npos);
    CHECK(text_of(all, {1000, 1}).find("none of its members") != std::string::npos);
    CHECK(text_of(all, {0, far}).find("none of its members") != std::string::npos);
}

TEST_CASE("segmented source: an error of a file names it")
{
    class broken final : public source {
    public:
        std::string const& name() const noexcept override { return name_; }
        std::uint64_t size() const noexcept override { return 4; }
        std::optional<block> resident(byte_range) override { return std::nullopt; }
        void fetch(std::vector<byte_range> wave, on_answers done) override
        {
            done(answers(wave.size(), error(errc::io, wave[0].offset, "file", "no luck")));
        }
        source_stats stats() const noexcept override { return {}; }

    private:
        std::string name_ = "broken.h5";
    };
    segmented_source all(
        "all", {{0, 1, text_source("a"), 0}, {1, 4, std::make_shared<broken>(), 0}}
    );
    CHECK(text_of(all, {0, 3}).find("broken.h5") != std::string::npos);
    CHECK(text_of(all, {0, 1}) == "a");
}
