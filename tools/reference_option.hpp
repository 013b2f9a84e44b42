/// \file
/// --reference-url: which URL of a file the references to it carry.

#pragma once

#include "command_line.hpp"

#include <lindi/net/http_source.hpp>

#include <string>

namespace lindi::tools {

/// Adds --reference-url. \param form  as-given, api or blob
void add_reference_option(command_line& app, std::string& form);

/// \pre one of the three
net::reference_url to_reference_url(std::string const& form);

/// What users should know about the references to a URL; empty: nothing.
/// \param given      the URL as it was given
/// \param reference  what the references carry
std::string
reference_warning(std::string const& form, std::string const& given, std::string const& reference);

}  // namespace lindi::tools
