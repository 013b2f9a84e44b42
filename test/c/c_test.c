/* The C interface from C: expected values are h5py's on test/data/sample.nwb, and what was written. */
#include <lindi/lindi.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures = 0;

#define CHECK(condition)                                                       \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);    \
            ++failures;                                                        \
        }                                                                      \
    } while (0)

static void check_text(lindi_status status, char* text, char* message, char const* expected)
{
    CHECK(status == LINDI_OK);
    CHECK(message == NULL);
    CHECK(text != NULL && strstr(text, expected) != NULL);
    lindi_free(text);
}

static void check_look_around(lindi_file* file)
{
    char* text = NULL;
    char* message = NULL;
    lindi_status status = lindi_list(file, "/units", &text, &message);
    check_text(
        status, text, message,
        "{\"name\":\"id\",\"kind\":\"dataset\",\"path\":\"/units/id\"}"
    );
    status = lindi_attributes(file, "/acquisition/raw/data", &text, &message);
    check_text(status, text, message, "\"unit\":\"volts\"");
    status = lindi_problems(file, &text, &message);
    check_text(status, text, message, "[]");
    status = lindi_read_json(file, "/scratch/counts", NULL, &text, &message);
    check_text(status, text, message, "[[0,1,2],\n[3,4,5]]");
    status = lindi_read_json(file, "/session_description", "", &text, &message);
    check_text(status, text, message, "\"Sample session: a mouse on a linear track\"");
}

static void check_reading(lindi_file* file)
{
    size_t rank = 0, size = 0;
    uint64_t shape[32];
    int32_t column[4];
    int16_t raw[4];
    double wide[5];
    char* message = NULL;
    char const* const data = "/acquisition/raw/data";
    char const* const index = "10:1600:500, 2";
    CHECK(lindi_shape(file, data, NULL, &rank, shape, &size, &message) == LINDI_OK);
    CHECK(rank == 2 && shape[0] == 1600 && shape[1] == 4 && size == 2);
    CHECK(lindi_shape(file, data, index, &rank, shape, &size, &message) == LINDI_OK);
    CHECK(rank == 1 && shape[0] == 4);
    CHECK(lindi_read(file, data, index, LINDI_INT32, column, sizeof column, NULL) == LINDI_OK);
    CHECK(column[0] == -194 && column[1] == -70 && column[2] == 275 && column[3] == -138);
    CHECK(lindi_read(file, data, index, LINDI_RAW, raw, sizeof raw, NULL) == LINDI_OK);
    CHECK(raw[3] == -138);
    CHECK(lindi_read(file, data, index, LINDI_DOUBLE, wide, 4 * sizeof wide[0], NULL) == LINDI_OK);
    CHECK(wide[1] == -70.0);
    CHECK(lindi_read(file, data, index, LINDI_DOUBLE, wide, sizeof wide, NULL) == LINDI_BAD_VALUE);
    CHECK(lindi_read(file, data, index, LINDI_INT32, column, 12, NULL) == LINDI_BAD_VALUE);

    CHECK(lindi_read(file, data, NULL, LINDI_UINT8, raw, 1, &message) == LINDI_BAD_VALUE);
    CHECK(message != NULL && strstr(message, data) != NULL);
    lindi_free(message);
    CHECK(lindi_read(file, "/nowhere", NULL, LINDI_RAW, raw, 1, &message) == LINDI_NOT_FOUND);
    lindi_free(message);
    lindi_cancel(file);
    CHECK(lindi_read(file, data, index, LINDI_RAW, raw, sizeof raw, NULL) == LINDI_CANCELLED);
}

static lindi_editor* check_making(char const* path)
{
    uint64_t const shape[2] = {4, 3};
    double const row[3] = {1.5, 2.5, 3.5};
    lindi_editor* editor = NULL;
    char* message = NULL;
    CHECK(lindi_edit(path, "w", &editor, &message) == LINDI_OK);
    CHECK(lindi_create_group(editor, "/a/b", NULL) == LINDI_OK);
    CHECK(lindi_create_group(editor, "/a/b", &message) == LINDI_IO);
    CHECK(message != NULL && strstr(message, "/a/b") != NULL);
    lindi_free(message);
    CHECK(
        lindi_create_dataset(
            editor, "/a/b/data", "float32", 2, shape,
            "{\"chunks\": [2, 3], \"compression\": \"gzip\", \"fill\": -1}", NULL
        ) == LINDI_OK
    );
    CHECK(
        lindi_create_dataset(editor, "/x", "int8", 1, shape, "{\"chunk\": 1}", NULL) ==
        LINDI_BAD_VALUE
    );
    CHECK(lindi_write(editor, "/a/b/data", "1", LINDI_DOUBLE, row, sizeof row, NULL) == LINDI_OK);
    CHECK(
        lindi_write(editor, "/a/b/data", "1", LINDI_DOUBLE, row, 2 * sizeof row[0], NULL) ==
        LINDI_BAD_VALUE
    );
    CHECK(lindi_create_dataset(editor, "/text", "text", 1, shape, NULL, NULL) == LINDI_OK);
    CHECK(lindi_write_json(editor, "/text", ":2", "[\"a\", \"\\u00e9\"]", NULL) == LINDI_OK);
    CHECK(lindi_set_attribute(editor, "/a/b/data", "unit", "\"V\"", NULL) == LINDI_OK);
    CHECK(lindi_set_attribute(editor, "/a/b/data", "gone", "[1, 2]", NULL) == LINDI_OK);
    CHECK(lindi_delete_attribute(editor, "/a/b/data", "gone", NULL) == LINDI_OK);
    CHECK(lindi_delete_attribute(editor, "/a/b/data", "gone", NULL) == LINDI_NOT_FOUND);
    CHECK(lindi_link(editor, "/l", "/a/b/data", NULL) == LINDI_OK);
    CHECK(lindi_move(editor, "/text", "/t", NULL) == LINDI_OK);
    CHECK(lindi_resize(editor, "/t", 1, shape + 1, NULL) == LINDI_OK);
    CHECK(lindi_create_group(editor, "/unwanted", NULL) == LINDI_OK);
    CHECK(lindi_delete(editor, "/unwanted", NULL) == LINDI_OK);
    CHECK(lindi_delete(editor, "/unwanted", NULL) == LINDI_NOT_FOUND);
    return editor;
}

static void check_made(lindi_file* file)
{
    char* text = NULL;
    char* message = NULL;
    lindi_status status = lindi_read_json(file, "/l", NULL, &text, &message);
    check_text(
        status, text, message,
        "[[-1.0,-1.0,-1.0],\n[1.5,2.5,3.5],\n[-1.0,-1.0,-1.0],\n[-1.0,-1.0,-1.0]]"
    );
    status = lindi_read_json(file, "/t", NULL, &text, &message);
    check_text(status, text, message, "[\"a\",\"\\u00e9\",\"\"]");
    status = lindi_attributes(file, "/a/b/data", &text, &message);
    check_text(status, text, message, "{\"unit\":\"V\"}");
    lindi_close(file);
}

static void check_writing(void)
{
    char const* const path = "c-test.lindi.json";
    lindi_file* file = NULL;
    lindi_editor* editor = NULL;
    CHECK(lindi_edit("/nowhere/x.lindi.json", "r+", &editor, NULL) == LINDI_IO);
    CHECK(lindi_edit(path, "rw", &editor, NULL) == LINDI_BAD_VALUE);
    CHECK(editor == NULL);
    editor = check_making(path);
    CHECK(lindi_snapshot(editor, &file, NULL) == LINDI_OK);
    check_made(file);
    CHECK(lindi_flush(editor, NULL) == LINDI_OK);
    CHECK(lindi_delete(editor, "/a", NULL) == LINDI_OK);
    lindi_close_editor(editor);
    lindi_close_editor(NULL);
    CHECK(lindi_open(path, &file, NULL) == LINDI_OK);
    check_made(file);
    remove(path);
}

int main(int argc, char** argv)
{
    lindi_file* file = NULL;
    char* message = NULL;
    char* json = NULL;
    if (argc != 2)
        return 2;
    CHECK(strcmp(lindi_version(), LINDI_VERSION) == 0);
    CHECK(lindi_open("/nowhere.h5", &file, &message) != LINDI_OK);
    CHECK(file == NULL && message != NULL && strstr(message, "/nowhere.h5") != NULL);
    lindi_free(message);
    CHECK(lindi_open(NULL, &file, NULL) == LINDI_BAD_VALUE);
    CHECK(lindi_open(argv[0], &file, NULL) == LINDI_NOT_HDF5);
    CHECK(lindi_open(argv[1], &file, &message) == LINDI_OK);
    if (file == NULL)
        return 1;
    check_look_around(file);
    check_reading(file);
    lindi_close(file);
    lindi_close(NULL);
    CHECK(lindi_index(argv[1], "https://example.org/a.nwb", &json, &message) == LINDI_OK);
    CHECK(json != NULL && strstr(json, "\"https://example.org/a.nwb\"") != NULL);
    lindi_free(json);
    check_writing();
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
