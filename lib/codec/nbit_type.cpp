#include "nbit_type.hpp"

#include <optional>

namespace lindi::codec {
namespace {

constexpr auto name = "nbit client data";
constexpr unsigned most_levels = 32;

/// Reads the values in order; like `cursor`, it remembers the first failure and then gives 0.
class type_reader {
public:
    type_reader(client_values values, std::uint64_t at) : values_(values), at_(at) {}

    nbit_type read(unsigned level)
    {
        nbit_type out;
        out.what = static_cast<nbit_type::kind>(next());
        out.size = next();
        require(out.size != 0, errc::bad_value, "type of size 0");
        if (!require(level < most_levels, errc::too_large, "nested types"))
            return out;
        switch (out.what) {
        case nbit_type::kind::atomic:
            read_atomic(out);
            break;
        case nbit_type::kind::array:
            read_array(out, level);
            break;
        case nbit_type::kind::compound:
            read_compound(out, level);
            break;
        case nbit_type::kind::opaque:
            out.bits = out.size * 8;
            break;
        default:
            require(false, errc::bad_value, "class of type");
        }
        return out;
    }
    std::optional<error> const& failure() const noexcept { return error_; }

private:
    std::uint32_t next()
    {
        require(
            !after_nested_array_, errc::unsupported, "member behind an array of arrays or compounds"
        );
        if (!require(used_ < values_.size(), errc::truncated, "too few values"))
            return 0;
        return values_[used_++];
    }

    bool require(bool condition, errc code, char const* detail)
    {
        if (!condition && !error_)
            error_.emplace(code, at_, name, detail);
        return !error_;
    }

    void read_atomic(nbit_type& out)
    {
        auto const order = next();
        auto const precision = next();
        auto const offset = next();
        require(order <= 1, errc::bad_value, "byte order");
        require(precision != 0, errc::bad_value, "precision of 0 bits");
        require(std::uint64_t{precision} + offset <= out.size * 8, errc::bad_value, "precision");
        out.big_endian = order == 1;
        out.bits = precision;
        out.lowest_bit = offset;
    }

    void read_array(nbit_type& out, unsigned level)
    {
        auto part = read(level + 1);
        if (!require(
                part.size != 0 && out.size % part.size == 0, errc::bad_value, "size of an array"
            ))
            return;
        out.bits = out.size / part.size * part.bits;
        // Behind such an array libhdf5 takes the values of its elements for those of the next
        // member, also when it packs: that data is lost, and what there is does not decode by the
        // type.
        after_nested_array_ =
            part.what == nbit_type::kind::array || part.what == nbit_type::kind::compound;
        out.parts.push_back(std::move(part));
    }

    void read_compound(nbit_type& out, unsigned level)
    {
        auto const count = next();
        std::uint64_t size = 0;
        for (std::uint32_t i = 0; i < count && !error_; ++i) {
            auto const offset = next();
            auto part = read(level + 1);
            part.offset = offset;
            size += part.size;
            require(offset + part.size <= out.size, errc::bad_value, "member past its compound");
            require(size <= out.size, errc::bad_value, "members longer than their compound");
            out.bits += part.bits;
            out.parts.push_back(std::move(part));
        }
        require(count != 0, errc::bad_value, "compound without members");
    }

    client_values values_;
    std::uint64_t at_;
    std::size_t used_ = 0;
    bool after_nested_array_ = false;
    std::optional<error> error_;
};

}  // namespace

result<nbit_type> read_nbit_type(client_values values, std::uint64_t at)
{
    type_reader reader(values, at);
    auto type = reader.read(0);
    if (reader.failure())
        return *reader.failure();
    return type;
}

}  // namespace lindi::codec
