#include "cell_text.hpp"
#include "element_sink.hpp"
#include "printable.hpp"

namespace lindi::tools {
namespace {

/// A line for each step of the last dimension but one; an empty line where a dimension before it
/// goes on. One dimension stands below each other.
class text_sink final : public element_sink {
public:
    text_sink(sink_input in, put_function const& put) : in_(std::move(in)), put_(put)
    {
        if (in_.shape.size() >= 2) {
            row_ = in_.shape.back();
            plane_ = row_ * in_.shape[in_.shape.size() - 2];
        }
    }

    result<void> begin() override { return {}; }

    result<void> add(std::span<std::byte const> elements) override
    {
        std::string text;
        for (std::size_t at = 0; at < elements.size(); at += in_.type->size) {
            if (in_.shape.size() > 2 && written_ != 0 && written_ % plane_ == 0)
                text += '\n';
            auto const cell =
                cell_text(in_.graph, in_.paths, *in_.type, elements.subspan(at, in_.type->size));
            if (!cell)
                return cell.error();
            text += printable(*cell);
            text += ++written_ % row_ == 0 ? '\n' : '\t';
        }
        return put_(text);
    }

    result<void> end() override { return {}; }

private:
    sink_input in_;
    put_function const& put_;
    std::uint64_t row_ = 1;
    std::uint64_t plane_ = 1;
    std::uint64_t written_ = 0;
};

/// RFC 4180. A record for each step of the first dimension, all others side by side. Compounds in
/// one dimension have a column per member, named in the first record.
class csv_sink final : public element_sink {
public:
    csv_sink(sink_input in, put_function const& put) : in_(std::move(in)), put_(put)
    {
        for (std::size_t i = 1; i < in_.shape.size(); ++i)
            row_ *= in_.shape[i];
        by_member_ = in_.shape.size() <= 1 && in_.type->what == hdf5::type_class::compound;
    }

    result<void> begin() override
    {
        if (!by_member_)
            return {};
        std::string text;
        for (auto const& member : in_.type->members) {
            text += &member == in_.type->members.data() ? "" : ",";
            append_cell(text, member.name);
        }
        return put_(text + "\r\n");
    }

    result<void> add(std::span<std::byte const> elements) override
    {
        std::string text;
        for (std::size_t at = 0; at < elements.size(); at += in_.type->size) {
            auto const element = elements.subspan(at, in_.type->size);
            auto const done =
                by_member_ ? add_members(text, element) : add_one(text, *in_.type, element);
            if (!done)
                return done;
            text += ++written_ % row_ == 0 ? "\r\n" : ",";
        }
        return put_(text);
    }

    result<void> end() override { return {}; }

private:
    static void append_cell(std::string& out, std::string_view cell)
    {
        if (cell.find_first_of(",\"\r\n") == cell.npos) {
            out += cell;
            return;
        }
        out += '"';
        for (char const c : cell)
            out.append(c == '"' ? 2 : 1, c);
        out += '"';
    }

    result<void>
    add_one(std::string& out, hdf5::datatype const& type, std::span<std::byte const> element) const
    {
        auto const cell = cell_text(in_.graph, in_.paths, type, element);
        if (!cell)
            return cell.error();
        append_cell(out, *cell);
        return {};
    }

    result<void> add_members(std::string& out, std::span<std::byte const> element) const
    {
        for (auto const& member : in_.type->members) {
            out += &member == in_.type->members.data() ? "" : ",";
            auto const part =
                element.subspan(static_cast<std::size_t>(member.offset), member.type->size);
            if (auto const done = add_one(out, *member.type, part); !done)
                return done;
        }
        return {};
    }

    sink_input in_;
    put_function const& put_;
    std::uint64_t row_ = 1;  ///< elements in a record
    bool by_member_ = false;
    std::uint64_t written_ = 0;
};

}  // namespace

std::unique_ptr<element_sink> make_text_sink(sink_input in, put_function const& put)
{
    return std::make_unique<text_sink>(std::move(in), put);
}

std::unique_ptr<element_sink> make_csv_sink(sink_input in, put_function const& put)
{
    return std::make_unique<csv_sink>(std::move(in), put);
}

}  // namespace lindi::tools
