// Asio and Beast compiled once; see the macros in this folder's meson.build.

#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
