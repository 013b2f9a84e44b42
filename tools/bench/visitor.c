/* What libhdf5 takes to look at everything that an index needs: each object once, every attribute's
   value, and where chunks lie. Only for benchmarks.
     visitor FILE
   Prints the number of objects and attributes, the sum of all numbers and the bytes of all texts in
   attributes, and the chunks of chunked datasets. */
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

struct totals {
    unsigned long long objects, attributes, text_bytes, chunks, chunk_bytes, chunk_offsets;
    double number_sum;
};

static void add_texts(hid_t attribute, hid_t type, hsize_t count, struct totals* sum)
{
    if (H5Tis_variable_str(type) > 0) {
        hid_t const memory = H5Tcopy(type);
        char** const texts = calloc(count, sizeof *texts);
        H5Aread(attribute, memory, texts);
        for (hsize_t i = 0; i < count; ++i) {
            sum->text_bytes += texts[i] ? strlen(texts[i]) : 0;
            H5free_memory(texts[i]);
        }
        free(texts);
        H5Tclose(memory);
        return;
    }
    size_t const size = H5Tget_size(type);
    char* const texts = malloc(size * count);
    H5Aread(attribute, type, texts);
    for (hsize_t i = 0; i < count; ++i)
        sum->text_bytes += strnlen(texts + i * size, size);
    free(texts);
}

static void add_numbers(hid_t attribute, hsize_t count, struct totals* sum)
{
    double* const numbers = malloc(count * sizeof *numbers);
    H5Aread(attribute, H5T_NATIVE_DOUBLE, numbers);
    for (hsize_t i = 0; i < count; ++i)
        sum->number_sum += numbers[i];
    free(numbers);
}

static herr_t visit_attribute(hid_t object, char const* name, H5A_info_t const* info, void* context)
{
    struct totals* const sum = context;
    hid_t const attribute = H5Aopen(object, name, H5P_DEFAULT);
    hid_t const type = H5Aget_type(attribute), space = H5Aget_space(attribute);
    hsize_t const count = (hsize_t)H5Sget_simple_extent_npoints(space);
    (void)info;
    ++sum->attributes;
    switch (H5Tget_class(type)) {
    case H5T_STRING: add_texts(attribute, type, count, sum); break;
    case H5T_INTEGER:
    case H5T_FLOAT: add_numbers(attribute, count, sum); break;
    default: break; /* references and the like: opened, not counted */
    }
    H5Sclose(space);
    H5Tclose(type);
    H5Aclose(attribute);
    return 0;
}

#if H5_VERSION_GE(1, 14, 0)
static int
visit_chunk(hsize_t const* offset, unsigned mask, haddr_t at, hsize_t size, void* context)
{
    struct totals* const sum = context;
    (void)offset, (void)mask;
    ++sum->chunks;
    sum->chunk_bytes += size;
    sum->chunk_offsets += at;
    return 0;
}
#endif

static herr_t visit_dataset(hid_t dataset, struct totals* sum)
{
    hid_t const plist = H5Dget_create_plist(dataset);
    herr_t done = 0;
    if (H5Pget_layout(plist) == H5D_CHUNKED) {
#if H5_VERSION_GE(1, 14, 0)
        done = H5Dchunk_iter(dataset, H5P_DEFAULT, visit_chunk, sum);
#else
        /* One by one this takes quadratic time. */
        hid_t const space = H5Dget_space(dataset);
        hsize_t count = 0;
        done = H5Dget_num_chunks(dataset, space, &count);
        if (count > 10000) {
            fprintf(stderr, "libhdf5 before 1.14 has no H5Dchunk_iter, and one chunk after the other takes quadratic time\n");
            exit(1);
        }
        for (hsize_t i = 0; i < count && done >= 0; ++i) {
            haddr_t at = 0;
            hsize_t size = 0, offset[H5S_MAX_RANK];
            done = H5Dget_chunk_info(dataset, space, i, offset, NULL, &at, &size);
            ++sum->chunks;
            sum->chunk_bytes += size;
            sum->chunk_offsets += at;
        }
        H5Sclose(space);
#endif
    }
    H5Pclose(plist);
    return done;
}

static herr_t visit_object(hid_t root, char const* name, H5O_info_t const* info, void* context)
{
    struct totals* const sum = context;
    hid_t const object = H5Oopen(root, name, H5P_DEFAULT);
    herr_t done = H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, visit_attribute, sum);
    ++sum->objects;
    if (done >= 0 && info->type == H5O_TYPE_DATASET)
        done = visit_dataset(object, sum);
    H5Oclose(object);
    return done;
}

int main(int argc, char** argv)
{
    struct totals sum = {0};
    struct timespec begin, end;
    struct rusage used;
    if (argc != 2 || H5open() < 0)
        return 1;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    hid_t const file = H5Fopen(argv[1], H5F_ACC_RDONLY, H5P_DEFAULT);
    if (file < 0)
        return 1;
#if H5_VERSION_GE(1, 12, 0)
    if (H5Ovisit1(file, H5_INDEX_NAME, H5_ITER_NATIVE, visit_object, &sum) < 0)
#else
    if (H5Ovisit(file, H5_INDEX_NAME, H5_ITER_NATIVE, visit_object, &sum) < 0)
#endif
        return 1;
    H5Fclose(file);
    clock_gettime(CLOCK_MONOTONIC, &end);
    getrusage(RUSAGE_SELF, &used);
    printf(
        "{\"seconds\": %.6f, \"memory\": %ld, \"facts\": {\"objects\": %llu, \"attributes\": %llu, "
        "\"text_bytes\": %llu, \"number_sum\": %.17g, \"chunks\": %llu, \"chunk_bytes\": %llu, "
        "\"chunk_offsets\": %llu}}\n",
        (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec),
        used.ru_maxrss * 1024, sum.objects, sum.attributes, sum.text_bytes, sum.number_sum,
        sum.chunks, sum.chunk_bytes, sum.chunk_offsets
    );
    return 0;
}
