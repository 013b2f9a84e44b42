#include "progress.hpp"

namespace lindi::tools {

progress_line::progress_line(environment& env) noexcept
    : env_(&env), next_(clock::now() + std::chrono::seconds(2))
{}

void progress_line::show(std::uint64_t count, char const* what)
{
    if (!env_->err_is_terminal || clock::now() < next_)
        return;
    next_ = clock::now() + std::chrono::milliseconds(200);
    shown_ = true;
    env_->err << '\r' << count << ' ' << what << std::flush;
}

void progress_line::clear()
{
    if (shown_)
        env_->err << "\r\x1b[K" << std::flush;
    shown_ = false;
}

}  // namespace lindi::tools
