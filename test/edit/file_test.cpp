#include "scratch_folder.hpp"

#include <lindi/api/open.hpp>
#include <lindi/edit/file.hpp>

#include <doctest/doctest.h>

using namespace lindi;
using edit::element_type;
using edit::open_mode;

namespace {

using shape_list = std::vector<std::uint64_t>;
using texts = std::vector<std::string>;

template <class T>
void ok(result<T> const& done)
{
    REQUIRE_MESSAGE(done.has_value(), done.error().message());
}

edit::file make(std::string const& path)
{
    return edit::file::open(path, open_mode::create_new).value();
}

}  // namespace

TEST_CASE("edit: what was written is there for the ordinary reader, before and after a flush")
{
    test::scratch_folder const folder;
    for (std::string const name : {"a.lindi.json", "a.lindi.tar", "a.lindi.d"}) {
        CAPTURE(name);
        auto file = make(folder.file(name));
        auto series = file.root().create_group("acquisition/series").value();
        auto data =
            series
                .create_dataset(
                    "data", {.type = element_type::of<double>(), .shape = {3, 2}, .chunks = {2, 2}}
                )
                .value();
        ok(data.write<double>({1, 2, 3, 4, 5, 6}));
        ok(data.set_attribute("unit", "V"));
        auto const check = [](lindi::file const& read) {
            auto const again = read.root().dataset_at("/acquisition/series/data").value();
            CHECK(again.shape() == shape_list{3, 2});
            CHECK(again.chunks() == shape_list{2, 2});
            CHECK(again.read<double>().value() == std::vector<double>{1, 2, 3, 4, 5, 6});
            CHECK(again.attr("unit").value().as<std::string>().value() == "V");
        };
        check(file.snapshot().value());
        ok(file.flush());
        check(open_file(folder.file(name)).value());
    }
}
