#include "export_context.hpp"
#include "tree_writer.hpp"

#include <lindi/lindi/attributes.hpp>
#include <lindi/lindi/json_value.hpp>
#include <lindi/lindi/reference.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/zarr/json_text.hpp>

namespace lindi::rfs {

namespace {

/// A url that occurs so often gets a template: Python lindi's rule.
constexpr std::uint64_t template_from = 5;

/// Whether there are enough references, objects with several names counted once.
bool wants_template(node::graph const& g, export_options const& options, limits const& max)
{
    std::uint64_t count = 0;
    for (auto const& o : g.objects) {
        if (!o.dataset)
            continue;
        auto const plan = plan_dataset(*o.dataset, options, max, g.file.size);
        if (plan.form != data_form::references || o.dataset->chunks)
            count += count_references(*o.dataset, plan);
        if (count >= template_from)
            return true;
    }
    return false;
}

std::vector<bool> shared_objects(node::graph const& g)
{
    std::vector<bool> met(g.objects.size());
    std::vector<bool> out(g.objects.size());
    for (auto const& o : g.objects) {
        if (!o.group)
            continue;
        for (auto const& link : o.group->links) {
            auto const* const hard = std::get_if<node::hard_link>(&link.target);
            if (hard == nullptr || hard->object >= met.size())
                continue;
            out[hard->object] = out[hard->object] || met[hard->object];
            met[hard->object] = true;
        }
    }
    return out;
}

std::string escaped(std::string_view text)
{
    std::string out;
    zarr::append_escaped(out, text);
    return out;
}

void write_head(json_writer& out, std::string const* url)
{
    out.open_object();
    out.begin_member("version");
    out.write("1");
    if (url != nullptr) {
        out.begin_member("templates");
        out.write("{\"u1\":\"" + *url + "\"}");
    }
    out.begin_member("refs");
    out.open_object();
}

std::string problem_texts(std::vector<std::string> const& problems)
{
    std::string out = "[";
    for (auto const& problem : problems) {
        if (&problem != problems.data())
            out += ',';
        zarr::append_string(out, problem);
    }
    return out + "]";
}

/// What the caller gave, and our list of problems.
std::string generation_metadata(
    std::optional<boost::json::object> const& given, std::vector<std::string> const& problems
)
{
    std::string out = "{";
    if (given)
        for (auto const& [key, value] : *given) {
            if (key == "problems" && !problems.empty())
                continue;
            append_key(out, {key.data(), key.size()});
            append_json_value(out, value);
        }
    if (!problems.empty()) {
        append_key(out, "problems");
        out += problem_texts(problems);
    }
    return out + "}";
}

}  // namespace

std::string document_tail(
    std::optional<boost::json::object> const& metadata, std::vector<std::string> const& problems
)
{
    std::string out;
    if (metadata || !problems.empty())
        out = ",\n\"generationMetadata\": " + generation_metadata(metadata, problems);
    return out + "\n}\n";
}

result<export_report> write_reference_file(
    node::graph const& g,
    inline_data const& data,
    export_options const& options,
    budget const& budget,
    text_sink sink
)
{
    problem_list problems(options.strict);
    for (auto const& line : node::all_problems(g))
        problems.add(line);
    if (!problems.go_on())
        return problems.failure();

    auto const& max = budget.max();
    json_writer out(std::move(sink), max.output_bytes);
    reference_names const names(g);
    auto const url = escaped(options.url);
    bool const with_template = wants_template(g, options, max);
    export_context context{
        g,
        data,
        options,
        budget,
        out,
        problems,
        names,
        element_text(g, names, zarr::non_finite::quoted, max.inline_bytes),
        element_text(g, names, zarr::non_finite::bare, max.inline_bytes),
        with_template ? "{{u1}}" : url,
        shared_objects(g),
    };
    write_head(out, with_template ? &url : nullptr);
    tree_writer(context).write();
    if (!problems.go_on())
        return problems.failure();
    context.report.problems = problems.lines();
    out.close_object();
    context.report.before_metadata = out.bytes();
    out.write(document_tail(options.generation_metadata, context.report.problems));
    if (auto const finished = out.finish(); !finished)
        return finished.error();
    context.report.bytes = out.bytes();
    return std::move(context.report);
}

}  // namespace lindi::rfs
