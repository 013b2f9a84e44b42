#include <lindi/net/environment.hpp>

#include <cstdlib>

namespace lindi::net {

environment process_environment()
{
    return [](char const* name) -> std::optional<std::string> {
        auto const* const value = std::getenv(name);
        if (value == nullptr)
            return std::nullopt;
        return std::string(value);
    };
}

std::string first_set(environment const& env, std::initializer_list<char const*> names)
{
    for (auto const* const name : names)
        if (auto value = env(name); value && !value->empty())
            return std::move(*value);
    return {};
}

}  // namespace lindi::net
