"""h5py, alone and over HTTP with remfile or fsspec."""
import sys
import zlib

import h5py
import hdf5plugin
import numpy as np

import facts
from job import clock, main


def opened(file, through):
    if through == "remfile":
        import remfile

        return h5py.File(remfile.File(file), "r")
    if through == "fsspec":
        import fsspec

        return h5py.File(fsspec.open(file).open(), "r")
    return h5py.File(file, "r")


def visit(file, through=""):
    found = facts.Attributes()

    def look(_, thing):
        found.object()
        for value in thing.attrs.values():
            found.attribute(value)

    with clock, opened(file, through) as source:
        look("", source)
        source.visititems(look)
    return found.facts


def chunk_iter(file, dataset):
    """Nothing but the iteration is timed."""
    found = facts.Chunks()
    with h5py.File(file) as source:
        with clock:
            source[dataset].id.chunk_iter(lambda chunk: None)
        source[dataset].id.chunk_iter(lambda chunk: found.add(chunk.byte_offset, chunk.size))
    return found.facts


def read(file, dataset, step="1"):
    with clock, h5py.File(file) as source:
        data = source[dataset][:: int(step)]
    return facts.of_data(data)


def first_rows(file):
    rows = {}
    with clock, h5py.File(file) as source:

        def look(name, thing):
            if isinstance(thing, h5py.Dataset):
                rows[name] = thing[:1]

        source.visititems(look)
    return facts.of_rows(rows)


def slices(file, dataset, through=""):
    wanted = [tuple(map(int, line.split())) for line in sys.stdin]
    with clock, opened(file, through) as source:
        data = source[dataset]
        parts = [data[first:last] for first, last in wanted]
    crc = 0
    for part in parts:
        crc = zlib.crc32(np.ascontiguousarray(part), crc)
    return {"bytes": sum(part.nbytes for part in parts), "crc32": crc}


assert hdf5plugin
main(
    {
        "visit": visit,
        "chunk_iter": chunk_iter,
        "read": read,
        "first_rows": first_rows,
        "slices": slices,
    }
)
