/// \file
/// The inside of a store.

#pragma once

#include "database.hpp"

#include <lindi/cache/store.hpp>

namespace lindi::cache {

class store::state {
public:
    std::string folder{};
    store_options options{};
    database db{};

    error failure(int code) const
    {
        return error(errc::io, error::nowhere, "cache", mdb_strerror(code)).within(folder);
    }
};

}  // namespace lindi::cache
