#include "problems.hpp"

namespace lindi::node {

void add_problem(file& f, std::vector<error>& to, error problem)
{
    constexpr std::uint64_t typical_size = 256;
    if (to.size() > most_problems)
        return;
    if (to.size() == most_problems)
        problem = error(errc::too_large, error::nowhere, "problems", "further ones are not listed");
    auto const spent = f.budget().spend_memory(typical_size, problem.at());
    if (spent || to.empty())
        to.push_back(std::move(problem));
}

void add_problems(file& f, std::vector<error>& to, std::vector<error> const& problems)
{
    for (auto const& problem : problems)
        add_problem(f, to, problem);
}

}  // namespace lindi::node
