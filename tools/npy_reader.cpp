#include "npy_reader.hpp"

#include <lindi/core/cursor.hpp>
#include <lindi/hdf5/message/dataspace.hpp>

#include <charconv>

namespace lindi::tools {
namespace {

constexpr char const* structure = "npy header";

error refuse(errc code, std::string why)
{
    return {code, error::nowhere, structure, std::move(why)};
}

/// The Python literal of a dictionary of texts, truth values and tuples of numbers. After a failure
/// everything is empty.
class dictionary_reader {
public:
    explicit dictionary_reader(std::string_view text) noexcept : text_(text) {}

    bool ok() const noexcept { return ok_; }
    bool skip(char c)
    {
        auto const start = text_.find_first_not_of(" \t\n");
        text_.remove_prefix(std::min(start, text_.size()));
        if (text_.empty() || text_[0] != c)
            return false;
        text_.remove_prefix(1);
        return true;
    }
    void expect(char c) { ok_ = skip(c) && ok_; }

    std::string take_text()
    {
        char const quote = skip('\'') ? '\'' : skip('"') ? '"' : '\0';
        auto const end = text_.find(quote);
        if (quote == '\0' || end == text_.npos || text_.substr(0, end).find('\\') != text_.npos) {
            ok_ = false;
            return {};
        }
        std::string out(text_.substr(0, end));
        text_.remove_prefix(end + 1);
        return out;
    }

    bool take_truth()
    {
        skip(' ');
        for (std::string_view const word : {"True", "False"})
            if (text_.starts_with(word)) {
                text_.remove_prefix(word.size());
                return word == "True";
            }
        ok_ = false;
        return false;
    }

    std::vector<std::uint64_t> take_tuple()
    {
        std::vector<std::uint64_t> out;
        expect('(');
        while (ok_ && !skip(')')) {
            std::uint64_t number = 0;
            auto const* const end = text_.data() + text_.size();
            auto const start = std::min(text_.find_first_not_of(' '), text_.size());
            auto const read = std::from_chars(text_.data() + start, end, number);
            ok_ = read.ec == std::errc() && out.size() < hdf5::max_rank;
            out.push_back(number);
            text_.remove_prefix(static_cast<std::size_t>(read.ptr - text_.data()));
            if (text_.starts_with('L'))  // Python 2
                text_.remove_prefix(1);
            if (!skip(',') && ok_) {
                expect(')');
                break;
            }
        }
        return out;
    }

private:
    std::string_view text_;
    bool ok_ = true;
};

result<npy_description> read_dictionary(std::string_view text)
{
    npy_description out;
    if (text.find("'descr': [") != text.npos)
        return refuse(errc::unsupported, "structures: only plain elements can be added");
    dictionary_reader r(text);
    r.expect('{');
    while (r.ok() && !r.skip('}')) {
        auto const key = r.take_text();
        r.expect(':');
        if (key == "descr")
            out.dtype = r.take_text();
        else if (key == "fortran_order")
            out.fortran_order = r.take_truth();
        else if (key == "shape")
            out.shape = r.take_tuple();
        else
            return refuse(errc::bad_value, "no such member: " + key.substr(0, 40));
        if (!r.skip(',')) {
            r.expect('}');
            break;
        }
    }
    if (!r.ok() || out.dtype.empty())
        return refuse(errc::bad_value, "no dictionary of descr, fortran_order and shape");
    if (out.dtype.find('O') != out.dtype.npos)
        return refuse(errc::unsupported, "Python objects");
    return out;
}

}  // namespace

result<npy_description> read_npy_header(block_view start)
{
    constexpr std::string_view magic("\x93NUMPY", 6);
    cursor c(start, structure);
    auto const signature = c.take(magic.size());
    if (!c.ok())
        return c.failure();
    if (as_text(signature.bytes) != magic)
        return refuse(errc::bad_signature, "no .npy file");
    auto const major = c.u8();
    auto const minor = c.u8();
    if (c.ok() && (major < 1 || major > 3 || minor != 0))
        return refuse(errc::unsupported_version, std::to_string(major));
    std::uint64_t const size = major == 1 ? c.u16() : c.u32();
    auto const text = c.take(size);
    if (!c.ok())
        return c.failure();
    auto out = read_dictionary(as_text(text.bytes));
    if (out)
        out->data = (major == 1 ? 10 : 12) + size;
    return out;
}

}  // namespace lindi::tools
