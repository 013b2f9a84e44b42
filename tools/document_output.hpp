/// \file
/// Where the text of a LINDI document goes: to a JSON file or standard output as it comes, into a
/// tar or a directory when it is complete.

#pragma once

#include "result_output.hpp"

#include <lindi/core/bytes.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace lindi::tools {

class document_output {
public:
    /// As result_output::open; the end of the name says the form: `.tar`, `.d`, anything else.
    static result<document_output>
    open(std::string const& path, std::string const& input, environment& env);

    /// \return nothing; or errc::cancelled after a signal, or why nothing more can be written
    result<void> put(std::string_view text);
    /// Puts the file in its place. Without it there is none.
    result<void> commit();

private:
    document_output() = default;

    std::optional<result_output> stream_;
    std::string path_;  ///< of a tar or directory
    std::shared_ptr<std::string> text_;
};

/// Text as a block that shares it.
block to_block(std::shared_ptr<std::string const> text);

}  // namespace lindi::tools
