#include "result_output.hpp"

#include "interrupt.hpp"

namespace lindi::tools {

result<result_output>
result_output::open(std::string const& path, std::string const& input, environment& env)
{
    result_output out(env);
    if (path.empty() || path == "-")
        return out;
    if (is_same_file(path, input))
        return error(errc::bad_value, error::nowhere, "output", "it is the input").within(path);
    auto file = output_file::create(path);
    if (!file)
        return file.error();
    out.file_ = std::move(*file);
    return out;
}

result<void> result_output::put(std::string_view text)
{
    if (interrupt_guard::received() != 0)
        return error(errc::cancelled, error::nowhere, "output");
    if (file_)
        return file_->write(text);
    env_->out << text;
    if (!env_->out)
        return error(errc::io, error::nowhere, "output", "it was closed");
    return {};
}

result<void> result_output::commit()
{
    return file_ ? file_->commit() : result<void>();
}

}  // namespace lindi::tools
