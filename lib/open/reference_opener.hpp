/// \file
/// Opens what a LINDI document names, by the rules of trust.

#pragma once

#include "document_place.hpp"

#include <lindi/open/open_source.hpp>

#include <functional>
#include <memory>

namespace lindi::open {

class reference_opener {
public:
    /// \param options  with the client that the document itself came through, if it is remote
    reference_opener(
        document_place place,
        trust rules,
        source_options options,
        std::function<std::optional<std::string>(std::string const&)> rewrite
    )
        : place_(std::move(place)), rules_(rules), options_(std::move(options)),
          rewrite_(std::move(rewrite))
    {}

    /// What of a file is read: that decides how much of its beginning is worth having.
    enum class purpose { chunks, structure };

    /// \return the source; or what resolve_name and open_source say
    result<std::unique_ptr<io::source>>
    open(std::string const& name, purpose why = purpose::chunks);

private:
    result<std::shared_ptr<net::client>> client_for(bool same_server);

    document_place place_;
    trust rules_;
    source_options options_;
    std::function<std::optional<std::string>(std::string const&)> rewrite_;
    std::shared_ptr<net::client> public_client_;  ///< speaks to no server of a private network
};

}  // namespace lindi::open
