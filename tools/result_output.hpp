/// \file
/// Where the result of a subcommand goes: a file, or standard output.

#pragma once

#include "environment.hpp"
#include "output_file.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace lindi::tools {

class result_output {
public:
    /// \param path   empty or "-": standard output
    /// \param input  file that is read: it must not be overwritten
    /// \param env    outlives this
    /// \return the output; or errc::bad_value (it is the input), or what output_file::create says
    static result<result_output>
    open(std::string const& path, std::string const& input, environment& env);

    /// \return nothing; or errc::cancelled after a signal, or why nothing more can be written
    result<void> put(std::string_view text);
    /// Puts a file in its place. Without it there is none.
    result<void> commit();

private:
    explicit result_output(environment& env) noexcept : env_(&env) {}

    environment* env_;
    std::unique_ptr<output_file> file_;  ///< null: standard output
};

}  // namespace lindi::tools
