#include <lindi/lindi/names.hpp>
#include <lindi/lindi/problems.hpp>

namespace lindi::rfs {

void problem_list::add(std::string_view path, std::string_view what)
{
    if (lines_.size() >= most) {
        ++more_;
        return;
    }
    auto line = printable_name(path);
    line += ": ";
    line += what;
    lines_.push_back(std::move(line));
}

void problem_list::add(std::string const& line)
{
    if (lines_.size() < most)
        lines_.push_back(printable_name(line));
    else
        ++more_;
}

std::vector<std::string> problem_list::lines() const
{
    auto out = lines_;
    if (more_ != 0)
        out.push_back("and " + std::to_string(more_) + " more problems");
    return out;
}

error problem_list::failure() const
{
    return {errc::unsupported, error::nowhere, "LINDI file", lines_.front()};
}

}  // namespace lindi::rfs
