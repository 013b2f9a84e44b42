#include <lindi/core/checked.hpp>
#include <lindi/lindi/reference.hpp>

#include <algorithm>
#include <charconv>

namespace lindi::rfs {

namespace {

/// Digits of the largest number.
constexpr std::size_t number_room = 20;

void write_number(json_writer& out, std::uint64_t number)
{
    auto* const to = out.room(number_room);
    out.advance(std::to_chars(to, to + number_room, number).ptr);
}

/// What stands between the last number of a key and the offset: the same for all of a dataset.
std::string text_between(std::size_t zero_count, std::string_view url)
{
    std::string out;
    for (std::size_t i = 0; i < zero_count; ++i)  // dimensions whose chunks span them
        out += ".0";
    return out.append("\": [\"").append(url).append("\",");
}

void write_location(
    json_writer& out, std::string_view between, std::uint64_t offset, std::uint64_t size
)
{
    out.write(between);
    write_number(out, offset);
    out.write(",");
    write_number(out, size);
    out.write("]");
}

void append_number(std::string& out, std::uint64_t number)
{
    char digits[number_room];
    out.append(digits, std::to_chars(digits, digits + number_room, number).ptr);
}

/// Keys of chunks whose numbers ascend: all but the last coordinate are formatted once per row.
class chunk_keys {
public:
    chunk_keys(std::string_view prefix, std::span<std::uint64_t const> grid)
        : prefix_(prefix), grid_(grid)
    {}

    /// The key without its last coordinate; `last` is that coordinate.
    std::string_view row_of(std::uint64_t number, std::uint64_t& last)
    {
        auto const width = grid_.back();
        last = number % width;
        auto const row = number / width;
        if (row != row_)
            format(row);
        return text_;
    }

private:
    void format(std::uint64_t row)
    {
        row_ = row;
        std::vector<std::uint64_t> coordinates(grid_.size() - 1);
        for (auto i = coordinates.size(); i-- > 0; row /= grid_[i])
            coordinates[i] = row % grid_[i];
        text_ = prefix_;
        for (auto const c : coordinates) {
            append_number(text_, c);
            text_ += '.';
        }
    }

    std::string_view prefix_;
    std::span<std::uint64_t const> grid_;
    std::uint64_t row_ = ~std::uint64_t{0};
    std::string text_;
};

void write_chunks(
    json_writer& out,
    node::dataset const& data,
    dataset_plan const& plan,
    std::string_view prefix,
    std::string_view url
)
{
    chunk_keys keys(prefix, data.chunks->grid());
    auto const between = text_between(plan.item.inner.size(), url);
    data.chunks->for_each([&](std::uint64_t number, node::stored_chunk const& chunk) {
        std::uint64_t last = 0;
        out.begin_key();
        out.write(keys.row_of(number, last));
        write_number(out, last);
        write_location(out, between, chunk.offset, chunk.size - plan.cut);
    });
}

std::uint64_t piece_count(dataset_plan const& plan)
{
    return divide_up(plan.shape[0], plan.chunks[0]);
}

void write_pieces(
    json_writer& out, dataset_plan const& plan, std::string_view prefix, std::string_view url
)
{
    auto const between = text_between(plan.shape.size() - 1, url);
    auto const length = plan.size / plan.shape[0] * std::min(plan.chunks[0], plan.shape[0]);
    auto const count = piece_count(plan);
    for (std::uint64_t i = 0; i < count && out.ok(); ++i) {
        out.begin_key();
        out.write(prefix);
        write_number(out, i);
        write_location(
            out, between, plan.offset + i * length, std::min(length, plan.size - i * length)
        );
    }
}

}  // namespace

std::uint64_t count_references(node::dataset const& data, dataset_plan const& plan)
{
    if (plan.form == data_form::references)
        return data.chunks->count();
    return plan.form == data_form::pieces ? piece_count(plan) : 0;
}

void write_references(
    json_writer& out,
    node::dataset const& data,
    dataset_plan const& plan,
    std::string_view prefix,
    std::string_view url
)
{
    if (plan.form == data_form::references)
        write_chunks(out, data, plan, prefix, url);
    else
        write_pieces(out, plan, prefix, url);
}

}  // namespace lindi::rfs
