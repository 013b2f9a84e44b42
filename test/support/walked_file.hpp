/// \file
/// A file whose graph is read from a source.

#pragma once

#include "run.hpp"

#include <lindi/io/memory_source.hpp>
#include <lindi/node/paths.hpp>
#include <lindi/node/read_graph.hpp>

#include <memory>
#include <stdexcept>

namespace lindi::test {

class walked_file {
public:
    explicit walked_file(io::source& from, limits const& max = {}, node::read_options options = {})
        : codecs_(codec::built_in_filters()), on_(from, max), file_(on_.reader(), codecs_),
          opened_(on_.run(node::read_graph(file_, std::move(options))))
    {}
    /// From memory; the bytes are kept.
    explicit walked_file(bytes content, limits const& max = {}, node::read_options options = {})
        : walked_file(
              std::make_unique<io::memory_source>("sample.h5", std::move(content)), max, options
          )
    {}

    /// Nothing, or why there is no graph.
    result<void> const& opened() const noexcept { return opened_; }
    node::file& file() noexcept { return file_; }
    node::graph const& graph() const noexcept { return file_.contents; }
    io::read_stats stats() const noexcept { return on_.stats(); }
    template <class T>
    T run(task<T> work)
    {
        return on_.run(std::move(work));
    }

    node::object const& at(std::string_view path) const
    {
        auto const id = node::find_object(graph(), path);
        if (id == node::no_object)
            throw std::runtime_error("no object " + std::string(path));
        return graph().objects[id];
    }
    node::dataset const& data(std::string_view path) const { return *at(path).dataset; }
    node::attribute const& attribute(std::string_view path, std::string_view name) const
    {
        for (auto const& a : at(path).attributes)
            if (a.name == name)
                return a;
        throw std::runtime_error("no attribute " + std::string(name));
    }
    std::vector<std::string> problems() const { return node::all_problems(graph()); }

private:
    walked_file(std::unique_ptr<io::source> own, limits const& max, node::read_options options)
        : own_(std::move(own)), codecs_(codec::built_in_filters()), on_(*own_, max),
          file_(on_.reader(), codecs_),
          opened_(on_.run(node::read_graph(file_, std::move(options))))
    {}

    std::unique_ptr<io::source> own_;
    codec::registry codecs_;
    run_on on_;
    node::file file_;
    result<void> opened_;
};

}  // namespace lindi::test
