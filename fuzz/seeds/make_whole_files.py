#!/usr/bin/python3
"""Writes the seeds of the fuzz targets that read whole files: read_graph and late_answers.

    make_whole_files.py

Small files, one idea each, in the oldest and the latest format. Made with Debian 12's h5py 3.7.0 on
libhdf5 1.10.8 (package python3-h5py).
"""
from pathlib import Path

import h5py
import numpy as np

FOLDER = Path(__file__).parent


def groups(f):
    f["a/b"] = np.int32(7)
    f["soft"] = h5py.SoftLink("/a/b")
    f["external"] = h5py.ExternalLink("other.h5", "/x")
    f["a/up"] = f["/"]


def attributes(f):
    f.attrs["number"] = 1.5
    f.attrs["text"] = "one"
    f.attrs["texts"] = ["one", "two"]
    f.attrs["to"] = f.create_group("target").ref
    f.attrs["pair"] = np.array((7, b"x"), [("n", "<i2"), ("s", "S3")])


def chunks(f):
    f.create_dataset("d", data=np.arange(20).reshape(5, 4), chunks=(2, 3), compression="gzip", shuffle=True)


def growing(f):
    f.create_dataset("d", data=np.arange(6, dtype="u1"), chunks=(1,), maxshape=(None,), fillvalue=3)


def growing_twice(f):
    f.create_dataset("d", data=np.arange(6, dtype="u1").reshape(2, 3), chunks=(1, 1), maxshape=(None, None))


def region(f):
    d = f.create_dataset("d", data=np.arange(6))
    f.attrs["region"] = d.regionref[2:4]
    f["type"] = np.dtype("<i4")
    f.create_dataset("sequences", (1,), h5py.vlen_dtype("u1"))[0] = [1, 2, 3]


def many(f):
    """Links and attributes in heaps, where the format has that."""
    for i in range(9):
        f.create_group(f"g{i}")
        f.attrs[f"a{i}"] = i


def mapped(f):
    f.create_dataset("source", data=np.arange(4, dtype="u1"))
    layout = h5py.VirtualLayout(shape=(4,), dtype="u1")
    layout[0:4] = h5py.VirtualSource(".", "source", shape=(4,))
    f.create_virtual_dataset("virtual", layout)


for make in (groups, attributes, chunks, growing, growing_twice, region, many, mapped):
    for version in ("earliest", "latest"):
        if make is mapped and version == "earliest":
            continue  # virtual datasets are of the latest format
        for target in ("read_graph", "late_answers"):
            with h5py.File(FOLDER / target / f"{make.__name__}_{version}.h5", "w", libver=version) as file:
                make(file)
