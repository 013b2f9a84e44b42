#include "document_output.hpp"

#include "interrupt.hpp"

#include <lindi/edit/reference_store.hpp>

namespace lindi::tools {

block to_block(std::shared_ptr<std::string const> text)
{
    auto const view = as_bytes(*text);
    return {std::move(text), {view, 0}};
}

result<document_output>
document_output::open(std::string const& path, std::string const& input, environment& env)
{
    document_output out;
    if (path == "-" || edit::container_of_name(path) == edit::container::json) {
        auto stream = result_output::open(path, input, env);
        if (!stream)
            return stream.error();
        out.stream_ = std::move(*stream);
        return out;
    }
    if (is_same_file(path, input))
        return error(errc::bad_value, error::nowhere, "output", "it is the input").within(path);
    out.path_ = path;
    out.text_ = std::make_shared<std::string>();
    return out;
}

result<void> document_output::put(std::string_view text)
{
    if (stream_)
        return stream_->put(text);
    if (interrupt_guard::received() != 0)
        return error(errc::cancelled, error::nowhere, "output");
    text_->append(text);
    return {};
}

result<void> document_output::commit()
{
    if (stream_)
        return stream_->commit();
    edit::store_options options;
    options.begin_with = to_block(text_);
    auto const store =
        edit::reference_store::open(path_, edit::open_mode::create, std::move(options));
    return store ? (*store)->flush() : store.error();
}

}  // namespace lindi::tools
