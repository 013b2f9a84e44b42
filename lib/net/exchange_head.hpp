/// \file
/// What goes out in front of an exchange, and the part of the answer's head that is looked at.

#pragma once

#include "connection.hpp"
#include "exchange.hpp"

namespace lindi::net {

/// \param proxy  that the message itself goes to: not when it goes through a tunnel
http_request to_message(exchange_request const& request, std::optional<url> const& proxy);

answer_head head_of(http_parser const& parser);

}  // namespace lindi::net
