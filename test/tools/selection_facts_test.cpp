#include "selection_facts.hpp"

#include <doctest/doctest.h>

using namespace lindi::tools;
using lindi::hdf5::selection;
using numbers = std::vector<std::uint64_t>;

// Sums: printf '0\n1\n' | sha256sum, and so on.

TEST_CASE("selection: nothing and everything")
{
    numbers const extent{2, 1};
    selection what;
    CHECK(std::string(describe_selection(what, extent).type) == "none");
    CHECK(describe_selection(what, extent).element_count == 0);
    what.what = selection::kind::all;
    auto const all = describe_selection(what, extent);
    CHECK(all.element_count == 2);
    CHECK(all.index_sum == "82c1315e6c757f33c4a77ca58b2a184f5a88614470c05ec77f3d28918db6b8ae");
}

TEST_CASE("selection: points keep their order")
{
    numbers const extent{3, 4};
    selection what{selection::kind::points, 2, {}, {2, 1, 0, 3}, {}};
    auto const facts = describe_selection(what, extent);
    CHECK(facts.element_count == 2);
    CHECK(facts.points == std::vector<numbers>{{2, 1}, {0, 3}});
    CHECK(facts.bounds->first == numbers{0, 1});
    CHECK(facts.bounds->last == numbers{2, 3});
    CHECK(facts.index_sum == "46790ac4d4fbe6cc31e1a4c82c32d65b25f9fba9a42fead7b192c1f33fff7f11");
}

TEST_CASE("selection: a regular hyperslab lists its blocks")
{
    numbers const extent{10, 12};
    selection what{selection::kind::hyperslab, 2, {{0, 1, 1, 10}, {0, 2, 6, 1}}, {}, {}};
    auto const facts = describe_selection(what, extent);
    // h5py: the mapping layout[:, ::2] of a virtual dataset, as libhdf5 describes it
    CHECK(facts.element_count == 60);
    CHECK(facts.blocks.size() == 6);
    CHECK(facts.blocks[5].first == numbers{0, 10});
    CHECK(facts.blocks[5].last == numbers{9, 10});
    CHECK(facts.index_sum == "a350b8b08121a64fc22846844614a650f95ef3231986cc27829539341ec22c03");
}

TEST_CASE("selection: blocks that form a grid are told as a regular hyperslab")
{
    numbers const extent{20};
    selection what{selection::kind::hyperslab, 1, {}, {}, {2, 3, 6, 7}};
    auto const facts = describe_selection(what, extent);
    REQUIRE(facts.regular.size() == 1);
    CHECK(facts.regular[0] == selection::slab{2, 4, 2, 2});
}

TEST_CASE("selection: an unlimited one has no end and no sum")
{
    numbers const extent{0, 4};
    selection what{
        selection::kind::hyperslab, 2, {{0, 3, lindi::hdf5::unlimited, 1}, {0, 1, 1, 4}}, {}, {}};
    auto const facts = describe_selection(what, extent);
    CHECK_FALSE(facts.element_count);
    CHECK_FALSE(facts.index_sum);
    CHECK(facts.bounds->last == numbers{lindi::hdf5::unlimited, 3});
    CHECK(facts.blocks.empty());
}

TEST_CASE("selection: elements outside the extent count on, as for libhdf5")
{
    // of an ElectrodeTableRegion that MatNWB wrote: ten rows from the second of a table of ten
    numbers const extent{10};
    selection const rows{selection::kind::hyperslab, 1, {{1, 1, 1, 10}}, {}, {}};
    CHECK(
        describe_selection(rows, extent).index_sum ==
        "bf794518e35d7f1ce3a50b3058c4191bb9401e568fc645d77e10b0f404cf1f22"
    );
    selection const far{selection::kind::points, 2, {}, {std::uint64_t{1} << 40, 0}, {}};
    CHECK_FALSE(describe_selection(far, numbers{8, std::uint64_t{1} << 40}).index_sum);
}

TEST_CASE("selection: another rank than the dataset's is said")
{
    selection const what{selection::kind::points, 2, {}, {1, 1}, {}};
    CHECK(describe_selection(what, numbers{3}).error != nullptr);
}

TEST_CASE("selection: sizes over 64 bits are no numbers, and take no time")
{
    numbers const extent{~std::uint64_t{0}, 8};
    selection what{
        selection::kind::hyperslab,
        2,
        {{0, 1, ~std::uint64_t{0} - 1, 1}, {0, 1, 8, 1}},
        {},
        {},
    };
    CHECK_FALSE(describe_selection(what, extent).element_count);
    what.what = selection::kind::all;
    CHECK_FALSE(describe_selection(what, extent).element_count);
}
