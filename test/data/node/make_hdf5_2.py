"""Writes hdf5_2.h5 and hdf5_2.truth: what only HDF5 2.0 writes. See make_files.py.

    python3 -m venv v && v/bin/pip install h5py==3.16.0 && v/bin/python make_hdf5_2.py

h5py 3.16.0 brings HDF5 2.0.0. Chunks of more than 4 GiB have a layout message of version 5 and wider sizes in
their indexes; what is stored of them here is a few bytes, which are no filter's output and are never decoded.
"""
import h5py
import make_files
import numpy as np

CHUNK = 2**32 + 16
FILTERED = [  # name, maxshape, rows: one chunk, fixed array, extensible array, version 2 B-tree
    ("single", None, 1), ("fixed", None, 4), ("extensible", (None, CHUNK), 4), ("btree", (None, None), 4)]


def large(file):
    file.create_dataset("large/never_written", (4, CHUNK), "u1", chunks=(1, CHUNK))
    for name, maxshape, rows in FILTERED:
        options = dict(maxshape=maxshape) if maxshape else {}
        made = file.create_dataset(f"large/{name}", (rows, CHUNK), "u1", chunks=(1, CHUNK), compression="gzip", **options)
        for row in range(0, rows, 3):
            made.id.write_direct_chunk((row, 0), bytes(range(9 + row)), 0)


def small(file):
    file["plain"] = np.arange(6, dtype="<i2")
    file.create_dataset("chunked", data=np.arange(20, dtype="<i4"), chunks=(6,), maxshape=(None,), compression="gzip")
    file.create_dataset("grid", data=np.arange(35, dtype="<u2").reshape(5, 7), chunks=(2, 3), maxshape=(None, None),
                        compression="gzip", shuffle=True)


def complex_numbers(file):
    for name in ("F16LE", "F32LE", "F64BE"):
        kind = getattr(h5py.h5t, f"COMPLEX_IEEE_{name}")
        made = h5py.h5d.create(file.id, f"complex_{name}".encode(), kind, h5py.h5s.create_simple((3,)))
        parts = np.array([1, 2, -0.5, np.inf, 0, -3], dtype={"F16LE": "<f2", "F32LE": "<f4", "F64BE": ">f8"}[name])
        made.write(h5py.h5s.ALL, h5py.h5s.ALL, parts.view(f"V{kind.get_size()}"), kind)


with h5py.File(make_files.FOLDER / "hdf5_2.h5", "w", libver=("v200", "v200")) as out:
    large(out)
    small(out)
    complex_numbers(out)
make_files.write_truth("hdf5_2")
