/// \file
/// What a subcommand gets from `main` besides its arguments.

#pragma once

#include <lindi/net/client.hpp>
#include <lindi/net/environment.hpp>

#include <memory>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

namespace lindi::tools {

/// How a subcommand ended: the program's exit status.
enum exit_code : int {
    exit_ok = 0,
    exit_usage = 1,     ///< the command line was not understood
    exit_failed = 2,    ///< an input cannot be read, or the result cannot be written
    exit_problems = 3,  ///< done, but parts of the input could not be read: listed on `err`
    exit_signal = 128,  ///< and the number of the signal that stopped the program
};

struct environment {
    std::ostream& out;             ///< results
    std::ostream& err;             ///< messages, one line each
    bool err_is_terminal = false;  ///< progress may be shown on `err`
    net::environment variables = net::process_environment();
    /// For URLs; null: one with the settings that the variables say.
    std::shared_ptr<net::client> client{};
};

using arguments = std::span<std::string const>;

// The subcommands, one file each. `args` is what follows the subcommand's name.
int index_command(arguments args, environment& env);
int ls_command(arguments args, environment& env);
int attrs_command(arguments args, environment& env);
int convert_command(arguments args, environment& env);
int pack_command(arguments args, environment& env);
int bulk_command(arguments args, environment& env);
int cache_command(arguments args, environment& env);
int dump_command(arguments args, environment& env);
int read_command(arguments args, environment& env);
int diff_command(arguments args, environment& env);
int check_command(arguments args, environment& env);
int create_command(arguments args, environment& env);
int set_command(arguments args, environment& env);
int add_command(arguments args, environment& env);
int rm_command(arguments args, environment& env);
int mv_command(arguments args, environment& env);
int ln_command(arguments args, environment& env);
int cp_command(arguments args, environment& env);
int amend_command(arguments args, environment& env);

}  // namespace lindi::tools
