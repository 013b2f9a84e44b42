/** \file
 * The C interface: open, look around, read, index; make and change LINDI files.
 *
 * Every function that can fail returns a status, LINDI_OK or why it failed, and stores a message in
 * `*message` when that is not null; the caller frees it, and every other string given out, with
 * lindi_free. Texts are UTF-8. Paths inside a file are absolute ("/units/spike_times").
 *
 * One file may be used from several threads, which wait for each other; lindi_cancel does not wait.
 */
#ifndef LINDI_LINDI_H
#define LINDI_LINDI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(LINDI_BUILDING_LIBRARY) && defined(__GNUC__)
#define LINDI_API __attribute__((visibility("default")))
#else
#define LINDI_API
#endif

/** Why a call failed. */
typedef enum lindi_status {
    LINDI_OK = 0,
    LINDI_TRUNCATED = 1,           /**< a structure runs past the end of what it lies in */
    LINDI_BAD_SIGNATURE = 2,       /**< an address does not lead to the structure it should */
    LINDI_BAD_CHECKSUM = 3,        /**< a checksum differs from the bytes */
    LINDI_UNSUPPORTED_VERSION = 4, /**< a version of a structure that is not known */
    LINDI_UNSUPPORTED = 5,         /**< valid, but it cannot be handled; the message says what */
    LINDI_BAD_VALUE = 6,           /**< a field or an argument that cannot be */
    LINDI_CYCLE = 7,               /**< addresses lead in circles */
    LINDI_TOO_LARGE = 8,           /**< a limit ran out; the message names it */
    LINDI_NOT_FOUND = 9,           /**< no object of that name */
    LINDI_NOT_HDF5 = 10,           /**< no HDF5 signature */
    LINDI_MISSING_FILTER = 11,     /**< a filter that is not built in; the message has its id */
    LINDI_CANCELLED = 12,          /**< lindi_cancel was called */
    LINDI_IO = 13,                 /**< disk or network failed, or rules of trust forbid a file */
    LINDI_OUT_OF_MEMORY = 14,
    LINDI_INTERNAL = 15            /**< a bug of the library */
} lindi_status;

/** Types that elements are converted to. Integers are exact or the call fails; floating-point
 * numbers are rounded. */
typedef enum lindi_type {
    LINDI_RAW = 0, /**< bytes as they are in the file */
    LINDI_INT8,
    LINDI_INT16,
    LINDI_INT32,
    LINDI_INT64,
    LINDI_UINT8,
    LINDI_UINT16,
    LINDI_UINT32,
    LINDI_UINT64,
    LINDI_FLOAT,
    LINDI_DOUBLE
} lindi_type;

/** An open file. */
typedef struct lindi_file lindi_file;

/** "0.1.0"; not to be freed. */
LINDI_API const char* lindi_version(void);

/** Frees a string. Null is fine. */
LINDI_API void lindi_free(char* text);

/** Opens an HDF5 file or a LINDI document and reads its structure.
 * \param path_or_url  path of a file or LINDI directory; http, https or s3 URL
 * \param file         set to null when the call fails */
LINDI_API lindi_status lindi_open(const char* path_or_url, lindi_file** file, char** message);

/** Null is fine. No other call may be at work on the file. */
LINDI_API void lindi_close(lindi_file* file);

/** Ends what is being read, and all later reading, with LINDI_CANCELLED. */
LINDI_API void lindi_cancel(lindi_file* file);

/** What of the file could not be read, as a JSON list of texts. */
LINDI_API lindi_status lindi_problems(lindi_file* file, char** json, char** message);

/** The links of a group, by name, as a JSON list:
 * {"name": "x", "kind": "group"|"dataset"|"datatype"|"unknown", "path": "/first/path/of/it"};
 * for links that lead nowhere in this file {"name": "x", "kind": "link"}. */
LINDI_API lindi_status
lindi_list(lindi_file* file, const char* path, char** json, char** message);

/** The attributes of an object as a JSON object, values as `lindi read --format json` has them. One
 * that cannot be read is {"error": "why"}. */
LINDI_API lindi_status
lindi_attributes(lindi_file* file, const char* path, char** json, char** message);

/** Rank and shape of what `lindi_read` would give, and the size of an element. A dataset with a null
 * dataspace has rank 0 and nothing to read.
 * \param index    what Python writes between brackets: "0:100, ::2"; null or "" for everything
 * \param shape    room for 32 extents
 * \param element_size  bytes of an element in the file */
LINDI_API lindi_status lindi_shape(
    lindi_file* file,
    const char* path,
    const char* index,
    size_t* rank,
    uint64_t* shape,
    size_t* element_size,
    char** message
);

/** Reads elements in C order.
 * \param index   as for lindi_shape
 * \param buffer  of exactly the bytes that the elements take in the type asked for */
LINDI_API lindi_status lindi_read(
    lindi_file* file,
    const char* path,
    const char* index,
    lindi_type type,
    void* buffer,
    size_t buffer_size,
    char** message
);

/** Elements of any type as JSON: nested lists, or one value for a scalar. */
LINDI_API lindi_status lindi_read_json(
    lindi_file* file, const char* path, const char* index, char** json, char** message
);

/** The LINDI JSON of an HDF5 file.
 * \param path_or_url    the file
 * \param reference_url  what references lead to; null: path_or_url
 * \param json           given also when single objects had problems: see generationMetadata */
LINDI_API lindi_status lindi_index(
    const char* path_or_url, const char* reference_url, char** json, char** message
);

/* Writing. */

/** A LINDI file that is open for changes. For one thread at a time. */
typedef struct lindi_editor lindi_editor;

/** Opens a LINDI file for changes, or makes one: the end of its name says whether it is a tar
 * (.tar), a directory (.d) or JSON. One editor at a time has a file; readers are not disturbed.
 * \param mode    "r", "r+", "w", "w-", "x" or "a", as h5py has them
 * \param editor  set to null when the call fails */
LINDI_API lindi_status
lindi_edit(const char* path, const char* mode, lindi_editor** editor, char** message);

/** Writes all changes and syncs: they outlive a power cut. A failure leaves the file as it was. */
LINDI_API lindi_status lindi_flush(lindi_editor* editor, char** message);

/** Drops what was not flushed. Null is fine. */
LINDI_API void lindi_close_editor(lindi_editor* editor);

/** The file with all changes made so far, to read from; close it before the editor. */
LINDI_API lindi_status lindi_snapshot(lindi_editor* editor, lindi_file** file, char** message);

/** Groups on the way are made. */
LINDI_API lindi_status lindi_create_group(lindi_editor* editor, const char* path, char** message);

/** \param type     "float64", "int16", "bool", "text", "S12", "reference", ...; of compounds the
 *                 fields as JSON: [["a", "int32"], ["b", "text"]]
 * \param rank     of `shape`; 0 for a scalar
 * \param options  null, or a JSON object: "chunks": [100, 4], "compression": "blosc", "gzip", "zlib"
 *                 or null, "level": 0 to 9, "shuffle": true, "fill": 0 */
LINDI_API lindi_status lindi_create_dataset(
    lindi_editor* editor,
    const char* path,
    const char* type,
    size_t rank,
    const uint64_t* shape,
    const char* options,
    char** message
);

/** Writes elements in C order.
 * \param index   as for lindi_shape
 * \param type    of the elements in `buffer`; LINDI_RAW: as they are in the file, without a change
 * \param buffer  of exactly the bytes that the elements take */
LINDI_API lindi_status lindi_write(
    lindi_editor* editor,
    const char* path,
    const char* index,
    lindi_type type,
    const void* buffer,
    size_t buffer_size,
    char** message
);

/** Writes elements of any type.
 * \param json  a list of them in C order, not nested: texts, numbers, {"_REFERENCE": {"path":
 *              "/x"}} or null, lists for rows of compounds */
LINDI_API lindi_status lindi_write_json(
    lindi_editor* editor, const char* path, const char* index, const char* json, char** message
);

/** New elements have the fill value. \param rank  that of the dataset */
LINDI_API lindi_status lindi_resize(
    lindi_editor* editor, const char* path, size_t rank, const uint64_t* shape, char** message
);

/** \param json  a text, a number, true, lists of these, or {"_REFERENCE": {"path": "/x"}} */
LINDI_API lindi_status lindi_set_attribute(
    lindi_editor* editor, const char* path, const char* name, const char* json, char** message
);

/** LINDI_NOT_FOUND when there is none of that name. */
LINDI_API lindi_status lindi_delete_attribute(
    lindi_editor* editor, const char* path, const char* name, char** message
);

/** Takes an object or a link out of the file, with everything in it. */
LINDI_API lindi_status lindi_delete(lindi_editor* editor, const char* path, char** message);

/** References to what moves are kept right. */
LINDI_API lindi_status
lindi_move(lindi_editor* editor, const char* from, const char* to, char** message);

/** Makes a soft link. */
LINDI_API lindi_status
lindi_link(lindi_editor* editor, const char* path, const char* target, char** message);

#ifdef __cplusplus
}
#endif

#endif
