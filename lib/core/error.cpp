#include <lindi/core/error.hpp>

#include <array>
#include <cstdio>

namespace lindi {
namespace {

class category final : public std::error_category {
public:
    char const* name() const noexcept override { return "lindi"; }
    std::string message(int value) const override
    {
        switch (static_cast<errc>(value)) {
        case errc::truncated:
            return "ends too early";
        case errc::bad_signature:
            return "signature does not match";
        case errc::bad_checksum:
            return "checksum does not match";
        case errc::unsupported_version:
            return "version is not supported";
        case errc::unsupported:
            return "not supported";
        case errc::bad_value:
            return "invalid value";
        case errc::cycle:
            return "leads back to itself";
        case errc::too_large:
            return "over the limit";
        case errc::not_found:
            return "not found";
        case errc::not_hdf5:
            return "not an HDF5 file";
        case errc::missing_filter:
            return "filter is not available";
        case errc::cancelled:
            return "cancelled";
        case errc::io:
            return "cannot read";
        }
        return "unknown error";
    }
};

}  // namespace

std::error_category const& lindi_category() noexcept
{
    static category const instance;
    return instance;
}

std::error_code make_error_code(errc code) noexcept
{
    return {static_cast<int>(code), lindi_category()};
}

error::error(std::error_code code, std::uint64_t at, char const* structure, std::string detail)
    : code_(code), at_(at), structure_(structure)
{
    if (!detail.empty())
        words_ = std::make_shared<words const>(words{{}, std::move(detail)});
}

std::string_view error::detail() const noexcept
{
    return words_ ? std::string_view(words_->detail) : std::string_view();
}

error error::within(std::string_view where) const
{
    words next = words_ ? *words_ : words{};
    std::string trail(where);
    if (!next.trail.empty())
        trail.append(": ").append(next.trail);
    next.trail = std::move(trail);
    error out = *this;
    out.words_ = std::make_shared<words const>(std::move(next));
    return out;
}

std::string error::message() const
{
    std::string text;
    if (words_ && !words_->trail.empty())
        text.append(words_->trail).append(": ");
    text.append(structure_);
    if (at_ != nowhere) {
        std::array<char, 32> place{};
        std::snprintf(
            place.data(), place.size(), "at 0x%llx", static_cast<unsigned long long>(at_)
        );
        text.append(*structure_ != '\0' ? " " : "").append(place.data());
    }
    if (*structure_ != '\0' || at_ != nowhere)
        text.append(": ");
    text.append(code_.message());
    if (!detail().empty())
        text.append(" (").append(detail()).append(")");
    return text;
}

void throw_exception_from_error(error const& e, boost::source_location const&)
{
    throw std::system_error(e.code(), e.message());
}

}  // namespace lindi
