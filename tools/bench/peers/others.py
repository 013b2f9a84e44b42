"""Readers that do some of the jobs: pyfive, hidefix, h5coro, tensorstore."""
import json
import math
import os
import zlib

import numpy as np

import facts
from job import clock, main


def pyfive_visit(file):
    import pyfive

    found = facts.Attributes()

    def look(_, thing):
        found.object()
        for value in thing.attrs.values():
            found.attribute(value)

    with clock:
        source = pyfive.File(file)
        look("", source)
        source.visititems(look)
    return found.facts


def pyfive_chunks(file, dataset):
    import pyfive

    found = facts.Chunks()
    with clock:
        chunks = pyfive.File(file)[dataset].id
        places = [chunks.get_chunk_info(i) for i in range(chunks.get_num_chunks())]
    for place in places:
        found.add(place.byte_offset, place.size)
    return found.facts


def pyfive_read(file, dataset, step="1"):
    import pyfive

    with clock:
        data = np.array(pyfive.File(file)[dataset][:: int(step)])  # a view of the file otherwise
    return facts.of_data(data)


def hidefix_chunks(file, dataset):
    """It has no way to show where chunks are: what can be compared is how much there is."""
    import hidefix

    with clock:
        found = hidefix.Index(file).dataset(dataset)
    return {"elements": math.prod(found.shape())}


def hidefix_visit(file):
    import hidefix

    with clock:
        names = list(hidefix.Index(file).datasets())
    if not names:
        raise LookupError("its index is empty: it takes datasets of the root group, and no attributes")
    return {"objects": len(names)}


def hidefix_read(file, dataset, step="1"):
    import hidefix

    with clock:
        data = hidefix.Index(file).dataset(dataset)
        rows, columns = map(int, data.shape())
        data = data[0 : rows : int(step), 0:columns]
    return facts.of_data(data)


def h5coro_of(file):
    from h5coro import filedriver, h5coro, webdriver

    driver = webdriver.HTTPDriver if file.startswith("http") else filedriver.FileDriver
    return h5coro.H5Coro(file, driver, errorChecking=True)


def h5coro_visit(file):
    found = facts.Attributes()
    with clock:
        source = h5coro_of(file)
        waiting = [""]
        while waiting:
            path = waiting.pop()
            links, attributes, _ = source.list(path or "/", w_attr=True)
            found.object()
            for value in attributes.values():
                found.attribute(getattr(value, "values", value))
            waiting += [f"{path}/{name}" for name in links]
    return found.facts


def h5coro_read(file, dataset):
    with clock:
        source = h5coro_of(file)
        data = source.readDatasets([dataset], block=True)[dataset]
    return facts.of_data(data)


def tensorstore_read(file, dataset):
    import tensorstore

    with clock:
        data = tensorstore.open(
            {"driver": "hdf5", "kvstore": f"file://{file}", "path": dataset}
        ).result().read().result()
    return facts.of_data(data)


def pyfive_first_rows(file):
    import pyfive

    rows = {}
    with clock:
        source = pyfive.File(file)

        def look(name, thing):
            if isinstance(thing, pyfive.Dataset):
                rows[name] = np.array(thing[:1])

        source.visititems(look)
    return facts.of_rows(rows)


def codec_alone(file, dataset, name):
    """The chunks are in memory and no time goes into finding them. As if on all processors."""
    import deflate
    import h5py
    import numcodecs

    unshuffle = numcodecs.Shuffle(elementsize=2).decode
    decoders = {
        "gzip": lambda chunk, size: deflate.zlib_decompress(chunk, size),
        "gzip_shuffle": lambda chunk, size: unshuffle(deflate.zlib_decompress(chunk, size)),
        "blosc_lz4": lambda chunk, size: numcodecs.blosc.decompress(chunk),
        "zstd": lambda chunk, size: numcodecs.zstd.decompress(chunk),
    }
    decode = decoders[name]
    with h5py.File(file) as source:
        data = source[dataset]
        size = int(np.prod(data.chunks)) * data.dtype.itemsize
        rows = data.shape[0]
        step = data.chunks[0]
        chunks = [data.id.read_direct_chunk((row, 0))[1] for row in range(0, rows, step)]
        parts = []
        numcodecs.blosc.set_nthreads(1)
        with clock:
            for chunk in chunks:
                parts.append(decode(chunk, size))
        clock.seconds /= os.cpu_count()
        whole = b"".join(bytes(part) for part in parts)[: data.nbytes]
    return {"bytes": len(whole), "crc32": zlib.crc32(whole)}


def mapped_rows(file, dataset, step):
    import h5py

    with h5py.File(file) as source:
        data = source[dataset]
        where, shape, kind = data.id.get_offset(), data.shape, data.dtype
    with clock:
        rows = np.memmap(file, kind, "r", where, shape)[:: int(step)].copy()
    return facts.of_data(rows)


def load_json(document):
    with clock:
        with open(document, encoding="utf-8") as stream:
            refs = json.load(stream)["refs"]
    return {"members": len({key.partition("/")[0] for key in refs if not key.startswith(".z")})}


main({name: value for name, value in globals().items() if "_" in name and callable(value)})
