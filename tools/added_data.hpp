/// \file
/// Data files for `lindi add`: .npy, CSV and plain bytes.

#pragma once

#include <lindi/edit/file.hpp>

#include <functional>
#include <string>
#include <vector>

namespace lindi::tools {

struct data_options {
    std::string file{};
    std::string format{};                ///< npy, csv, raw; empty: by the end of the name
    std::string type{};                  ///< csv, raw: as element_type::parse has it
    std::vector<std::uint64_t> shape{};  ///< raw
};

/// What is in a data file. Elements that lie in it as they are stay there until they are written.
class added_data {
public:
    /// \return the data; or why they cannot be read: errc::not_found, errc::unsupported,
    ///   errc::bad_value (with the line), errc::too_large
    static result<added_data> open(data_options const& options);

    edit::element_type const& type() const noexcept { return type_; }
    std::vector<std::uint64_t> const& shape() const noexcept { return shape_; }

    /// Writes them into a part of a dataset that has as many elements, piece by piece.
    /// \param part     none for a scalar
    /// \param go_on    asked between pieces: false ends with errc::cancelled
    result<void> write(
        edit::dataset& to,
        edit::hyperslab const& part,
        std::function<bool(std::uint64_t)> const& go_on
    ) const;

private:
    explicit added_data(edit::element_type type) : type_(std::move(type)) {}

    static result<added_data> open_npy(std::string const& path);
    static result<added_data> open_csv(data_options const& options);
    static result<added_data> open_raw(data_options const& options);
    result<void> write_piece(
        edit::dataset& to, edit::hyperslab const& piece, std::span<std::byte const> items
    ) const;

    edit::element_type type_;
    std::vector<std::uint64_t> shape_{};
    std::vector<std::string> texts_{};  ///< in memory
    lindi::bytes items_{};              ///< in memory
    std::string file_{};                ///< elements lie here, from `offset_` on; empty: in memory
    std::uint64_t offset_ = 0;
};

}  // namespace lindi::tools
