#include <lindi/core/checked.hpp>
#include <lindi/lindi/plan.hpp>
#include <lindi/lindi/reference.hpp>
#include <lindi/zarr/fill_value.hpp>
#include <lindi/zarr/filters.hpp>
#include <lindi/zarr/metadata.hpp>

#include <algorithm>

namespace lindi::rfs {

namespace {

using zarr::item_kind;

std::vector<std::uint64_t> joined(std::vector<std::uint64_t> a, std::vector<std::uint64_t> const& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

/// Decides for one dataset; each step may settle it.
class planner {
public:
    planner(
        node::dataset const& data,
        export_options const& options,
        limits const& max,
        std::uint64_t file_size
    )
        : data_(data), options_(options), max_(max), file_size_(file_size)
    {}

    dataset_plan decide() &&
    {
        if (!take_form())
            return std::move(plan_);
        if (*count_ == 0)
            plan_empty();
        else if (may_be_referenced())
            plan_references();
        else
            plan_inlined_type();
        if (shape_is_open())
            make_link(plan_, "its shape depends on its source files", true);
        return std::move(plan_);
    }

    /// Type and shape. \return false when there is no Zarr form
    bool take_form()
    {
        if (data_.space.what == hdf5::dataspace::kind::null)
            return leave_out("a dataset without dataspace has no Zarr form");
        auto item = zarr::item_type_of(data_.type);
        if (!item)
            return leave_out("no Zarr form for its type: " + std::string(item.error().detail()));
        plan_.item = std::move(*item);
        set_shape();
        return (count_ && bytes_) || leave_out("it has more than 2^64 bytes");
    }

private:
    bool leave_out(std::string why)
    {
        plan_.form = data_form::left_out;
        plan_.why = std::move(why);
        plan_.problem = true;
        return false;
    }

    bool is_scalar() const { return data_.space.rank() == 0; }
    bool is_virtual() const { return data_.layout == hdf5::layout_class::virtual_; }
    bool is_chunked() const { return data_.layout == hdf5::layout_class::chunked; }

    void set_shape()
    {
        plan_.shape = joined(data_.space.extents, plan_.item.inner);
        if (plan_.shape.empty())
            plan_.shape = {1};
        take_inline_form();
        count_ = checked_product(plan_.shape);
        bytes_ = checked_multiply(data_.space.element_count(), data_.type->size);
    }

    /// The metadata of an array whose one chunk is encoded by us.
    void take_inline_form()
    {
        plan_.chunks = plan_.shape;
        plan_.fill_value = zarr::default_fill_value(plan_.item);
        plan_.filters = "null";
        plan_.inline_codecs = true;
    }

    /// The metadata of an array whose chunks are HDF5's.
    void take_stored_form()
    {
        plan_.inline_codecs = false;
        if (has_hdf5_chunks())
            plan_.chunks = joined(data_.chunking.shape, plan_.item.inner);
    }

    bool has_hdf5_chunks() const
    {
        return is_chunked() && data_.chunking.shape.size() == data_.space.rank();
    }

    /// Scalars and, as in Python lindi, everything that is not a number go inline whatever their
    /// size.
    bool may_be_referenced() const
    {
        auto const kind = plan_.item.kind;
        bool const plain =
            plan_.item.is_number() || kind == item_kind::complex || kind == item_kind::raw;
        return plain && !is_scalar() && *count_ >= options_.inline_below;
    }

    /// Whether the stored extents are only what the sources had when they were last looked at.
    bool shape_is_open() const
    {
        auto const is_unlimited = [](hdf5::selection const& s) {
            return std::any_of(s.regular.begin(), s.regular.end(), [](auto const& slab) {
                return slab.count == hdf5::unlimited || slab.block == hdf5::unlimited;
            });
        };
        return is_virtual() &&
               std::any_of(data_.mappings.begin(), data_.mappings.end(), [&](auto const& m) {
                   return is_unlimited(m.source) || is_unlimited(m.target);
               });
    }

    /// Readers of a link may not find other files, and then take fill values from them.
    bool has_foreign_sources() const
    {
        return is_virtual() &&
               std::any_of(data_.mappings.begin(), data_.mappings.end(), [](auto const& m) {
                   return !m.source_file || *m.source_file != ".";
               });
    }

    void plan_empty()
    {
        plan_.form = data_form::no_chunks;
        if (!plan_.item.is_number()) {
            for (auto& extent : plan_.chunks)
                extent = std::max<std::uint64_t>(extent, 1);
            return;
        }
        plan_.chunks.assign(plan_.shape.size(), 1);
        take_stored_form();
        plan_.filters = zarr::filters_of(data_.filters, data_.type->size).codecs;
        if (auto fill = zarr::fill_value_text(plan_.item, *data_.type, data_.fill))
            plan_.fill_value = std::move(*fill);
    }

    void plan_inlined_type()
    {
        if (plan_.item.is_number() && over_threshold())
            return make_link(plan_, "more chunks than num_chunks_threshold", false);
        if (!data_.external.empty() || has_foreign_sources())
            return make_link(plan_, "its data lie in other files", true);
        if (!plan_.item.obstacle.empty())
            return make_link(plan_, "no JSON form for its elements: " + plan_.item.obstacle, false);
        plan_inline();
    }

    void plan_inline()
    {
        take_inline_form();
        plan_.form = data_form::inlined;
        auto const items = checked_multiply(*count_, std::max<std::uint64_t>(plan_.item.size, 1));
        if (std::max(*bytes_, items.value_or(~std::uint64_t{0})) > max_.inline_bytes)
            make_link(plan_, "more than inline_bytes", false);
    }

    void plan_references()
    {
        take_stored_form();
        auto const fill = zarr::fill_value_text(plan_.item, *data_.type, data_.fill);
        if (!fill && fill.error().code() == make_error_code(errc::bad_value))
            return make_link(plan_, fill.error().message(), true);
        fill_is_said_ = fill.has_value();
        if (fill)
            plan_.fill_value = *fill;
        if (!data_.external.empty() || has_foreign_sources())
            return make_link(plan_, "its data lie in other files", true);
        if (is_virtual())
            return make_link(plan_, "a virtual dataset", false);
        if (data_.layout == hdf5::layout_class::compact || !plan_.item.as_stored)
            return plan_inline();
        if (data_.layout == hdf5::layout_class::contiguous)
            plan_contiguous();
        else
            plan_chunked();
    }

    void plan_contiguous()
    {
        cut_pieces();
        if (!data_.offset)
            return plan_unwritten();
        if (data_.contiguous_size < *bytes_)
            return make_link(plan_, "its data are shorter than its shape", true);
        plan_pieces(*data_.offset, *bytes_);
    }

    void plan_pieces(std::uint64_t offset, std::uint64_t size)
    {
        if (offset > file_size_ || size > file_size_ - offset)
            return make_link(plan_, "its data run past the end of the file", true);
        plan_.form = data_form::pieces;
        plan_.offset = offset;
        plan_.size = size;
    }

    /// Nothing is stored: the fill value says it all, if it can be said.
    void plan_unwritten()
    {
        plan_.form = data_form::no_chunks;
        if (!fill_is_said_)
            plan_inline();
    }

    void plan_chunked()
    {
        if (!has_hdf5_chunks() || data_.chunking.element_size != data_.type->size)
            return make_link(plan_, "its chunks do not fit its shape and type", true);
        auto const mask = common_mask();
        if (!mask)
            return make_link(plan_, "only some of its chunks went through all filters", false);
        auto form = zarr::filters_of(applied_filters(*mask), data_.type->size);
        if (form.how != zarr::filter_form::use::reference && is_never_written() &&
            !over_threshold())
            return plan_unwritten();
        if (form.how == zarr::filter_form::use::reencode)
            return plan_inline();
        if (form.how == zarr::filter_form::use::link)
            return make_link(plan_, std::move(form.why), false);
        is_filtered_ = form.codecs != "null";
        plan_.filters = std::move(form.codecs);
        plan_.cut = form.cut;
        if (is_one_big_chunk())
            return plan_one_chunk();
        if (over_threshold())
            return make_link(plan_, "more chunks than num_chunks_threshold", false);
        plan_.form = data_form::references;
        if (data_.chunks)
            check_chunks();
    }

    /// The filter mask that all chunks have; none when they differ.
    std::optional<std::uint32_t> common_mask() const
    {
        if (!data_.chunks || data_.filters.filters.empty())
            return 0;
        if (has_unfiltered_edges())
            return std::nullopt;
        if (!data_.chunks->any_mask())
            return 0;
        std::optional<std::uint32_t> mask;
        bool same = true;
        data_.chunks->for_each([&](std::uint64_t, node::stored_chunk const& chunk) {
            same = same && (!mask || *mask == chunk.filter_mask);
            mask = chunk.filter_mask;
        });
        return same ? mask : std::nullopt;
    }

    hdf5::filter_pipeline applied_filters(std::uint32_t mask) const
    {
        hdf5::filter_pipeline out;
        for (std::size_t i = 0; i < data_.filters.filters.size(); ++i)
            if (i >= 32 || (mask >> i & 1) == 0)
                out.filters.push_back(data_.filters.filters[i]);
        return out;
    }

    bool is_never_written() const { return data_.chunking.address == hdf5::undefined_address; }

    /// Unfiltered data in one chunk of the dataset's shape are as good as contiguous.
    bool is_one_big_chunk() const
    {
        return plan_.item.is_number() && options_.max_contiguous_chunk &&
               *bytes_ > *options_.max_contiguous_chunk && data_.filters.filters.empty() &&
               data_.chunking.shape == data_.space.extents;
    }

    void plan_one_chunk()
    {
        cut_pieces();
        plan_.form = data_form::pieces;
        if (!data_.chunks)
            return;
        auto const chunk = data_.chunks->find(0);
        if (!chunk)
            return plan_unwritten();
        if (chunk->size < *bytes_)
            return make_link(plan_, "its data are shorter than its shape", true);
        plan_pieces(chunk->offset, *bytes_);
    }

    void cut_pieces()
    {
        if (!plan_.item.is_number() || !options_.max_contiguous_chunk ||
            *bytes_ <= *options_.max_contiguous_chunk)
            return;
        auto const row = *bytes_ / plan_.shape[0];
        plan_.chunks[0] = std::max<std::uint64_t>(1, *options_.max_contiguous_chunk / row);
    }

    bool over_threshold() const
    {
        if (!is_chunked() || !options_.num_chunks_threshold)
            return false;
        auto const grid = data_.chunk_grid_size();
        return !grid || *grid > *options_.num_chunks_threshold;
    }

    /// What no reference can say of any chunk.
    void check_chunks()
    {
        auto const& table = *data_.chunks;
        auto const least = least_stored_size();
        if (table.end() > file_size_)
            return make_link(plan_, "chunks that run past the end of the file", true);
        if (!least || table.least_size() < *least)
            return make_link(plan_, "chunks that are shorter than they must be", true);
        if (!fill_is_said_ && table.count() != table.grid_size())
            plan_inline();
    }

    /// Readers would fill shorter chunks up with zeros, or find no checksum in them.
    std::optional<std::uint64_t> least_stored_size() const
    {
        if (is_filtered_)
            return plan_.cut;
        auto const elements = checked_product(data_.chunking.shape);
        return elements ? checked_multiply(*elements, data_.type->size) : elements;
    }

    bool has_unfiltered_edges() const
    {
        if (!data_.chunking.partial_edges_unfiltered || data_.filters.filters.empty())
            return false;
        for (std::size_t i = 0; i < data_.space.rank(); ++i)
            if (data_.space.extents[i] % data_.chunking.shape[i] != 0)
                return true;
        return false;
    }

    node::dataset const& data_;
    export_options const& options_;
    limits const& max_;
    std::uint64_t file_size_;
    std::optional<std::uint64_t> count_;  ///< items, inner dimensions included
    std::optional<std::uint64_t> bytes_;  ///< of the elements in the file's type
    bool fill_is_said_ = true;
    bool is_filtered_ = false;
    dataset_plan plan_;
};

}  // namespace

dataset_plan plan_dataset(
    node::dataset const& data,
    export_options const& options,
    limits const& max,
    std::uint64_t file_size
)
{
    return planner(data, options, max, file_size).decide();
}

bool has_zarr_form(node::dataset const& data)
{
    return planner(data, {}, {}, 0).take_form();
}

bool needs_chunk_table(node::dataset const& data, dataset_plan const& plan)
{
    return data.layout == hdf5::layout_class::chunked &&
           (plan.form == data_form::references || plan.form == data_form::pieces ||
            plan.form == data_form::inlined);
}

void make_link(dataset_plan& plan, std::string why, bool problem)
{
    plan.form = data_form::linked;
    plan.why = std::move(why);
    plan.problem = problem;
    plan.cut = 0;
}

}  // namespace lindi::rfs
