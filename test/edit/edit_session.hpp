/// \file
/// A session of random changes to a file, next to a model of it in memory.

#pragma once

#include <lindi/edit/file.hpp>

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace lindi::test {

class edit_session {
public:
    edit_session(std::string path, std::uint64_t seed);

    /// Makes random changes, to the file and to the model. Now and then the file is written and
    /// opened again, and compared.
    /// \return what differed, or a change that should have worked and did not; empty: nothing
    std::string run(std::size_t changes);

private:
    using extents = std::vector<std::uint64_t>;
    enum class cell_kind { real, whole, truth, text, reference };

    struct node {
        std::map<std::string, std::string> attributes{};  ///< JSON; of references "-> path"
        std::optional<std::string> link{};
        bool is_dataset = false;
        cell_kind kind = cell_kind::real;
        extents shape{};
        bool scalar = false;
        std::vector<std::string> cells{};
        std::string fill{};
    };
    using nodes = std::map<std::string, node>;

    std::size_t pick(std::size_t count) { return static_cast<std::size_t>(random_() % count); }
    /// A path of the model, maybe of a dataset only; nothing when there is none.
    std::optional<std::string> any(bool dataset);
    std::string new_path();
    std::string random_cell(cell_kind kind);

    std::string change();
    std::string make_group();
    std::string make_dataset();
    std::string write();
    std::string resize();
    std::string append();
    std::string set_attribute();
    std::string delete_attribute();
    std::string move();
    std::string copy();
    std::string remove();
    std::string link();
    std::string write_part(edit::dataset& to, node& model, array::hyperslab const& part);

    std::string reopen();
    std::string compare(lindi::file const& with);
    std::string compare(lindi::object const& with, std::string const& path, node const& model);
    std::vector<std::string> cells_of(lindi::dataset const& from, node const& model);
    /// References follow what moves.
    void move_references(std::string const& from, std::string const& to);

    std::string path_;
    std::mt19937_64 random_;
    std::optional<edit::file> file_;
    nodes nodes_;
    unsigned names_ = 0;
};

}  // namespace lindi::test
