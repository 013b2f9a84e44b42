#include "element_sink.hpp"
#include "npy_header.hpp"
#include "type_text.hpp"

namespace lindi::tools {
namespace {

std::string_view as_characters(std::span<std::byte const> bytes)
{
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

/// Elements as they are in the file.
class raw_sink final : public element_sink {
public:
    raw_sink(sink_input in, put_function const& put) : in_(std::move(in)), put_(put) {}

    result<void> begin() override
    {
        if (in_.type->needs_heap() || in_.type->has_reference())
            return error(
                errc::unsupported,
                error::nowhere,
                "raw",
                type_text(*in_.type) + " means nothing outside of its file: use --format json"
            );
        return {};
    }
    result<void> add(std::span<std::byte const> elements) override
    {
        return put_(as_characters(elements));
    }
    result<void> end() override { return {}; }

private:
    sink_input in_;
    put_function const& put_;
};

class npy_sink final : public element_sink {
public:
    npy_sink(sink_input in, put_function const& put) : in_(std::move(in)), put_(put) {}

    result<void> begin() override
    {
        auto const header = npy_header(*in_.type, in_.shape);
        if (!header)
            return header.error();
        return put_(*header);
    }
    result<void> add(std::span<std::byte const> elements) override
    {
        return put_(as_characters(elements));
    }
    result<void> end() override { return {}; }

private:
    sink_input in_;
    put_function const& put_;
};

}  // namespace

std::unique_ptr<element_sink> make_raw_sink(sink_input in, put_function const& put)
{
    return std::make_unique<raw_sink>(std::move(in), put);
}

std::unique_ptr<element_sink> make_npy_sink(sink_input in, put_function const& put)
{
    return std::make_unique<npy_sink>(std::move(in), put);
}

}  // namespace lindi::tools
