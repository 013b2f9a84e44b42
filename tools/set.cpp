#include "command_line.hpp"
#include "edit_file.hpp"

#include <lindi/core/json_reader.hpp>

#include <algorithm>

namespace lindi::tools {
namespace {

constexpr char const* command = "lindi set";
constexpr char const* examples = R"(
VALUE is JSON: a number, true or false, a text in quotes, a list; what is no JSON is a text. NaN, Infinity and
-Infinity are numbers. 5 is an integer, 5.0 a float. References are paths, with --type reference.

Examples:
  lindi set results.lindi.tar /acquisition/series/data@unit V
  lindi set results.lindi.tar /acquisition/series/data@conversion 1e-6
  lindi set results.lindi.tar /@identifier 2024 --type text
  lindi set results.lindi.tar /units/electrodes@table /general/electrodes --type reference
  lindi set results.lindi.tar /x@offsets '[[0.0, 1.5], [2.0, 3.5]]'
)";

bool is_json(std::string const& text)
{
    json_reader r(text, "value");
    r.take_raw();
    r.expect_end();
    return r.ok();
}

/// Numbers for --type: an integer becomes a float, a float with nothing behind its point an
/// integer.
result<edit::attribute_value> to_number(std::string const& text, bool real)
{
    json_reader r(text, "value");
    auto const number = r.kind() == json_kind::number ? r.take_number() : json_number();
    if (r.ok() && text.find_first_of("0123456789IN") == text.npos)
        r.fail(errc::bad_value, "no number");
    r.expect_end();
    if (!r.ok())
        return r.failure();
    if (real)
        return std::visit(
            [](auto n) { return edit::attribute_value(static_cast<double>(n)); }, number
        );
    if (number.index() == 2)
        return error(errc::bad_value, error::nowhere, "value", "no integer");
    return edit::attribute_value::json(text);
}

result<edit::attribute_value> to_value(std::string const& text, std::string const& type)
{
    if (type == "text" || (type == "auto" && !is_json(text)))
        return edit::attribute_value(text);
    if (type == "reference")
        return edit::attribute_value(object_path{text});
    if (type == "int" || type == "float")
        return to_number(text, type == "float");
    return edit::attribute_value::json(text);
}

/// Negative numbers look like options: the value goes behind "--".
std::vector<std::string> with_value_last(arguments args)
{
    std::vector<std::string> out(args.begin(), args.end());
    auto const negative = [](std::string const& text) {
        return text.size() > 1 && text[0] == '-' &&
               std::string_view("0123456789.I").find(text[1]) != std::string_view::npos;
    };
    auto const found = std::find_if(out.begin(), out.end(), negative);
    if (found == out.end() || std::find(out.begin(), out.end(), "--") != out.end())
        return out;
    auto value = std::move(*found);
    out.erase(found);
    out.push_back("--");
    out.push_back(std::move(value));
    return out;
}

}  // namespace

int set_command(arguments args, environment& env)
{
    edit_options options;
    std::string place, text, type = "auto";
    command_line app("Sets an attribute of a group or dataset.", command);
    app.value("FILE", options.file, "LINDI file").required().value_name("");
    app.value("PATH@NAME", place, "object and attribute").required().value_name("");
    app.value("VALUE", text, "see below").required().value_name("");
    app.value("--type", type, "what VALUE is (default: auto)")
        .one_of({"auto", "json", "text", "int", "float", "reference"})
        .value_name("auto|json|text|int|float|reference");
    add_edit_options(app, options);
    app.footer(examples);
    auto const ordered = with_value_last(args);
    if (auto const stop = app.read(ordered, env))
        return *stop;
    auto const at = split_attribute(place);
    if (!at.name) {
        env.err << command << ": PATH@NAME is needed, as /x@unit; see lindi set --help\n";
        return exit_usage;
    }
    auto const value = to_value(text, type);
    if (!value) {
        env.err << command << ": " << value.error().message() << '\n';
        return exit_usage;
    }
    auto const mode = edit::open_mode::read_write;
    return with_edited_file(command, options, env, mode, [&](edited_file& to) -> result<void> {
        auto object = to.file.at(at.path);
        if (!object)
            return object.error();
        if (auto const set = object->set_attribute(*at.name, *value); !set)
            return set;
        auto const stored = object->attribute(*at.name);
        if (stored)
            to.done.push_back("set " + object->path() + "@" + *at.name + " to " + *stored);
        return {};
    });
}

}  // namespace lindi::tools
