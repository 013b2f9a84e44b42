#include "added_data.hpp"

#include "csv_reader.hpp"
#include "npy_reader.hpp"

#include <lindi/array/pieces.hpp>
#include <lindi/core/checked.hpp>
#include <lindi/core/utf8.hpp>
#include <lindi/zarr/stored_type.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace lindi::tools {
namespace {

using edit::element_type;

/// What has to be in memory as a whole: CSV, texts, arrays with the first index fastest.
constexpr std::uint64_t most_in_memory = std::uint64_t{1} << 30;

error refuse(errc code, std::string const& path, std::string why)
{
    return error(code, error::nowhere, "data file", std::move(why)).within(path);
}

result<std::uint64_t> size_of(std::string const& path)
{
    std::error_code wrong;
    auto const size = std::filesystem::file_size(path, wrong);
    if (wrong)
        return error(wrong, error::nowhere, "data file").within(path);
    return size;
}

result<lindi::bytes> read_bytes(std::ifstream& from, std::string const& path, std::uint64_t count)
{
    lindi::bytes out(static_cast<std::size_t>(count));
    from.read(reinterpret_cast<char*>(out.data()), static_cast<std::streamsize>(out.size()));
    if (static_cast<std::uint64_t>(from.gcount()) != count)
        return refuse(errc::truncated, path, "it ends too early");
    return out;
}

result<lindi::bytes>
read_bytes_at(std::string const& path, std::uint64_t offset, std::uint64_t count)
{
    if (count > most_in_memory)
        return refuse(errc::too_large, path, "more than 1 GiB that has to be in memory");
    std::ifstream file(path, std::ios::binary);
    if (!file.seekg(static_cast<std::streamoff>(offset)))
        return refuse(errc::io, path, "it cannot be read");
    return read_bytes(file, path, count);
}

std::uint64_t item_size_of(element_type const& type)
{
    auto const stored = zarr::type_of_dtype(type.dtype());
    return stored ? stored->item_size : 0;
}

/// Elements with the first index fastest, in C order.
lindi::bytes
to_c_order(lindi::bytes const& in, std::vector<std::uint64_t> const& shape, std::size_t size)
{
    lindi::bytes out(in.size());
    std::vector<std::uint64_t> at(shape.size());
    for (std::size_t to = 0; to + size <= out.size(); to += size) {
        std::uint64_t from = 0;
        for (std::size_t i = shape.size(); i-- > 0;)
            from = from * shape[i] + at[i];
        std::copy_n(in.data() + from * size, size, out.data() + to);
        for (std::size_t i = shape.size(); i-- > 0 && ++at[i] == shape[i];)
            at[i] = 0;
    }
    return out;
}

void reverse_items(lindi::bytes& items, std::size_t size)
{
    for (std::size_t at = 0; at + size <= items.size(); at += size)
        std::reverse(items.data() + at, items.data() + at + size);
}

bool is_native(element_type const& type)
{
    using enum element_type::kind;
    return type.what() == boolean || (type.what() == number && type.dtype().substr(1) != "f2");
}

}  // namespace

result<added_data> added_data::open(data_options const& options)
{
    auto format = options.format;
    if (format.empty())
        format = options.file.ends_with(".npy")                                     ? "npy"
                 : options.file.ends_with(".csv") || options.file.ends_with(".txt") ? "csv"
                                                                                    : "raw";
    if (format == "npy" && (!options.type.empty() || !options.shape.empty()))
        return refuse(errc::bad_value, options.file, "a .npy file tells type and shape itself");
    if (format == "npy")
        return open_npy(options.file);
    return format == "csv" ? open_csv(options) : open_raw(options);
}

result<added_data> added_data::open_npy(std::string const& path)
{
    auto const size = size_of(path);
    if (!size)
        return size.error();
    auto const start = read_bytes_at(path, 0, std::min<std::uint64_t>(*size, npy_header_room));
    auto const header = start ? read_npy_header({*start, 0}) : start.error();
    if (!header)
        return header.error().within(path);
    auto const stored = zarr::type_of_dtype(header->dtype);
    bool const unicode = stored && stored->how == zarr::stored_type::form::unicode;
    bool const big = stored && stored->big_endian;
    auto little = header->dtype;
    if (big)
        little[0] = '<';
    auto type = unicode ? element_type::text() : element_type::parse(little);
    if (!type)
        return refuse(errc::unsupported, path, "LINDI has no type for " + header->dtype);
    auto const count = checked_product(header->shape);
    auto const bytes = count ? checked_multiply(*count, stored->item_size) : count;
    if (!bytes || *bytes > *size - header->data)
        return refuse(errc::truncated, path, "fewer elements than its header says");
    added_data out(std::move(*type));
    out.shape_ = header->shape;
    bool const turned = header->fortran_order && header->shape.size() > 1;
    if (!unicode && !big && !turned) {
        out.file_ = path;
        out.offset_ = header->data;
        return out;
    }
    auto items = read_bytes_at(path, header->data, *bytes);
    if (!items)
        return items.error();
    auto const item_size = static_cast<std::size_t>(stored->item_size);
    if (turned)
        *items = to_c_order(*items, out.shape_, item_size);
    if (big && !unicode)
        reverse_items(*items, item_size);
    for (std::size_t at = 0; unicode && at < items->size(); at += item_size) {
        auto text = utf8_of_utf32(std::span(*items).subspan(at, item_size), big);
        if (!text)
            return text.error();
        out.texts_.push_back(std::move(*text));
    }
    if (!unicode)
        out.items_ = std::move(*items);
    return out;
}

result<added_data> added_data::open_csv(data_options const& options)
{
    auto const size = size_of(options.file);
    auto const text = size ? read_bytes_at(options.file, 0, *size) : size.error();
    if (!text)
        return text.error();
    auto type = element_type::parse(options.type.empty() ? "float64" : options.type);
    if (!type)
        return type.error();
    auto table = read_csv(as_text(*text), type->what() == element_type::kind::text);
    if (!table)
        return table.error().within(options.file);
    if (options.type.empty() && table->all_whole)
        type = element_type::of<std::int64_t>();
    added_data out(std::move(*type));
    out.shape_ = {table->rows};
    if (table->columns != 1)
        out.shape_.push_back(table->columns);
    out.texts_ = std::move(table->fields);
    return out;
}

result<added_data> added_data::open_raw(data_options const& options)
{
    if (options.type.empty() || options.shape.empty())
        return refuse(
            errc::bad_value, options.file, "plain bytes need --type and --shape (or --format)"
        );
    auto type = element_type::parse(options.type);
    if (!type)
        return type.error();
    auto const item_size = type->is_objects() ? 0 : item_size_of(*type);
    if (item_size == 0)
        return refuse(errc::unsupported, options.file, "elements of no fixed size");
    auto const size = size_of(options.file);
    if (!size)
        return size.error();
    auto const count = checked_product(options.shape);
    auto const bytes = count ? checked_multiply(*count, item_size) : count;
    if (!bytes || *bytes != *size)
        return refuse(
            errc::bad_value,
            options.file,
            "its " + std::to_string(*size) + " bytes are not the elements of that shape and type"
        );
    added_data out(std::move(*type));
    out.shape_ = options.shape;
    out.file_ = options.file;
    return out;
}

result<void> added_data::write_piece(
    edit::dataset& to, edit::hyperslab const& piece, std::span<std::byte const> items
) const
{
    // Numbers may be converted to those of a dataset that is there already.
    auto const& dtype = type_.dtype();
    if (!is_native(type_) || dtype[0] == '>')
        return to.write_items(items, piece);
    char const letter = dtype[1] == 'b' ? 'u' : dtype[1];
    return to.write(
        edit::native_numbers({letter, static_cast<std::size_t>(dtype[2] - '0')}, items), piece
    );
}

result<void> added_data::write(
    edit::dataset& to, edit::hyperslab const& part, std::function<bool(std::uint64_t)> const& go_on
) const
{
    constexpr std::uint64_t piece_bytes = std::uint64_t{16} << 20;
    if (!texts_.empty() && type_.what() == element_type::kind::text)
        return to.write(texts_, part);
    if (!texts_.empty())
        return to.write_json(texts_, part);
    if (file_.empty())
        return write_piece(to, part, items_);
    auto const item_size = item_size_of(type_);
    auto const chunks = to.chunks();
    if (!chunks)
        return chunks.error();
    if (array::element_count(part) == 0)
        return {};
    std::ifstream file(file_, std::ios::binary);
    if (!file.seekg(static_cast<std::streamoff>(offset_)))
        return refuse(errc::io, file_, "it cannot be read");
    std::uint64_t written = 0;
    array::piece_list pieces(part, std::max<std::uint64_t>(1, piece_bytes / item_size), *chunks);
    for (auto piece = pieces.next(); piece; piece = pieces.next()) {
        if (!go_on(written))
            return error(errc::cancelled, error::nowhere, "data file");
        auto const size = array::element_count(*piece) * item_size;
        auto const items = read_bytes(file, file_, size);
        if (!items)
            return items.error();
        if (auto const done = write_piece(to, *piece, *items); !done)
            return done;
        written += size;
    }
    return {};
}

}  // namespace lindi::tools
