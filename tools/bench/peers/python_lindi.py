"""Python lindi."""
import json
import os
import sys
import zlib
from concurrent.futures import ProcessPoolExecutor

import numpy as np
from lindi import LindiH5pyFile, LindiH5ZarrStoreOpts, LocalCache

import facts
from job import clock, main


def documented(path):
    with open(path, encoding="utf-8") as stream:
        return facts.of_document(json.load(stream))


def convert(file, out, url, all_chunks="", cache=""):
    options = LindiH5ZarrStoreOpts(num_dataset_chunks_threshold=None) if all_chunks else None
    local_cache = LocalCache(cache_dir=cache) if cache else None
    opened = LindiH5pyFile.from_hdf5_file(
        file, url=url, zarr_store_opts=options, local_cache=local_cache
    )
    document = opened.to_reference_file_system()
    with open(out, "w", encoding="utf-8") as stream:
        json.dump(document, stream)


def index(file, out, url, all_chunks="", cache=""):
    with clock:
        convert(file, out, url, all_chunks, cache)
    return documented(out)


def convert_one(work):
    convert(*work)


def index_many(url, out_folder, count, processes="6"):
    """As its bulk script does: in six processes. They are there before the clock starts."""
    urls = [f"{url}?asset={i}" for i in range(int(count))]
    work = [(each, f"{out_folder}/{i}.json", each) for i, each in enumerate(urls)]
    with ProcessPoolExecutor(int(processes)) as pool:
        list(pool.map(str, range(int(processes))))
        with clock:
            list(pool.map(convert_one, work))
    return {"assets": len(os.listdir(out_folder))}


def slices(document, dataset, cache=""):
    """Reads the rows that standard input names, first and last + 1 in a line."""
    wanted = [tuple(map(int, line.split())) for line in sys.stdin]
    crc, size = 0, 0
    with clock:
        file = LindiH5pyFile.from_lindi_file(
            document, local_cache=LocalCache(cache_dir=cache) if cache else None
        )
        data = file[dataset]
        parts = [data[first:last] for first, last in wanted]
    for part in parts:
        crc, size = zlib.crc32(np.ascontiguousarray(part), crc), size + part.nbytes
    return {"bytes": size, "crc32": crc}


def read(document, dataset):
    with clock:
        data = LindiH5pyFile.from_lindi_file(document)[dataset][()]
    return facts.of_data(data)


def open_document(document):
    with clock:
        file = LindiH5pyFile.from_lindi_file(document)
        members = len(file.keys())
    return {"members": members}


def cached_values(mode, folder, value_file, count, number):
    """put: keeps the value at `count` places; get: reads them back."""
    url, count = f"https://example.org/{number}", int(count)
    with open(value_file, "rb") as stream:
        value = stream.read()
    size = len(value)
    with clock:
        cache = LocalCache(cache_dir=folder)
        for i in range(count):
            if mode == "put":
                cache.put_remote_chunk(url=url, offset=i * size, size=size, data=value)
                continue
            got = cache.get_remote_chunk(url=url, offset=i * size, size=size)
            if got is None or len(got) != size:
                raise LookupError(f"value {i} is not there")
    return {"values": count, "crc32": zlib.crc32(value if mode == "put" else got)}


main(
    {
        "index": index,
        "index_many": index_many,
        "slices": slices,
        "read": read,
        "open": open_document,
        "cache": cached_values,
    }
)
