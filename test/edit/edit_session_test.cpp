#include "edit_session.hpp"
#include "scratch_folder.hpp"

#include <doctest/doctest.h>

// `build/test/edit-sessions 20000` plays more.
TEST_CASE("edit: random sessions leave what a model in memory has")
{
    for (std::string const end : {".json", ".tar", ".d"}) {
        lindi::test::scratch_folder const folder;
        lindi::test::edit_session session(folder.file("x.lindi" + end), 7);
        CHECK(session.run(400) == "");
    }
}
