#!/usr/bin/env python3
"""Writes the benchmark inputs with h5py. One version of HDF5 lays them out alike in every run;
only the time stamps in the group headers of the latest format differ.

    make_inputs.py [-o build/bench] NAME...      (--list prints the names)

L2           20,000 datasets with 10 attributes each: 200,000 attributes, old format
N300, N5000  300 and 5,000 datasets with 6 attributes, in groups of 10, contiguous and in 600
             chunks by turns. Their 1.5 GB (N300: 1.4) of raw data are allocated early and never
             filled: they lie between the metadata as in a recording, but the file is sparse on
             disk. Each as _old, _latest and _paged.
B300         300 objects with neurodata types, 10 MB of raw data between them, and a text of 36
             characters that build/test/dandi-server makes another one in each blob
chunks1m     a dataset of 1,000,000 chunks under a version 1 B-tree; chunks1m_fixed,
             chunks1m_extensible and chunks1m_btree2 with the indexes of the latest format
"""
import argparse
import sys
import zlib
from pathlib import Path

import h5py
import numpy as np

DATASETS_PER_GROUP = 10
CHUNKS = 600


def attribute_values(i):
    """Ten attributes: integers, floats, both kinds of strings, small arrays."""
    return {
        "count": np.int32(i),
        "id": np.uint64(i * 2654435761 % 2**63),
        "gain": np.float32(i / 7),
        "rate": np.float64(30000.0 + i),
        "unit": "volts",  # variable length
        "comment": f"channel {i} of the probe, été",
        "fixed": np.bytes_(f"fixed{i % 1000:03d}"),
        "range": np.array([-i, i], dtype="int16"),
        "offsets": np.linspace(0.0, i + 1.0, 4),
        "names": np.array([b"left", b"right"], dtype="S5"),
    }


def write_l2(path):
    with h5py.File(path, "w", libver="earliest", track_order=False) as file:
        for g in range(200):
            group = file.create_group(f"group{g:03d}")
            for d in range(100):
                i = 100 * g + d
                dataset = group.create_dataset(f"data{d:02d}", data=np.arange(i, i + 8, dtype="i4"))
                for name, value in attribute_values(i).items():
                    dataset.attrs[name] = value


def create_early(group, name, shape, chunk):
    """A dataset whose storage is allocated at once and never written."""
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_obj_track_times(False)
    plist.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    plist.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
    if chunk:
        plist.set_chunk(chunk)
    space = h5py.h5s.create_simple(shape)
    h5py.h5d.create(group.id, name.encode(), h5py.h5t.STD_I16LE, space, plist)
    return group[name]


def write_recording(path, count, total, paged=False, **options):
    """`count` datasets over `total` bytes of raw data."""
    if paged:
        options |= {"fs_strategy": "page", "fs_page_size": 65536}
    rows = total // count // (CHUNKS * 4 * 2)  # of four channels of int16, in one chunk
    with h5py.File(path, "w", **options) as file:
        for i in range(count):
            if i % DATASETS_PER_GROUP == 0:
                group = file.create_group(f"group{i // DATASETS_PER_GROUP:04d}")
            chunk = (rows, 4) if i % 2 else None
            dataset = create_early(group, f"series{i:04d}", (CHUNKS * rows, 4), chunk)
            dataset.attrs["description"] = f"recording {i}"
            dataset.attrs["unit"] = "volts"
            dataset.attrs["conversion"] = 1.95e-7
            dataset.attrs["rate"] = 30000.0
            dataset.attrs["resolution"] = np.int32(-1)
            dataset.attrs["channels"] = np.arange(4, dtype="int32")


def write_blob(path):
    """30 groups of 9 datasets, in 8 chunks and contiguous by turns."""
    with h5py.File(path, "w", **EARLIEST) as file:
        file.attrs["neurodata_type"] = "NWBFile"
        file.attrs["identifier"] = np.bytes_(b"00000000-0000-4000-8000-000000000000")
        for i in range(29):
            group = file.create_group(f"series{i:02d}")
            group.attrs["neurodata_type"] = "ElectricalSeries"
            for j in range(9 if i else 18):
                chunk = (600, 4) if j % 2 else None
                dataset = create_early(group, f"part{j:02d}", (4800, 4), chunk)
                dataset.attrs["description"] = f"part {j} of recording {i}"
                dataset.attrs["unit"] = "volts"
                dataset.attrs["rate"] = 30000.0


def write_chunks(path, maxshape, side=1000, **options):
    """side * side chunks of four bytes, deflated here: handing them over one by one is quicker."""
    stored = [zlib.compress(bytes((i, 1, 2, 3)), 1) for i in range(256)]
    with h5py.File(path, "w", **options) as file:
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_obj_track_times(False)
        plist.set_chunk((2, 2))
        plist.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
        plist.set_deflate(1)
        space = h5py.h5s.create_simple((2 * side, 2 * side), maxshape)
        dataset = h5py.h5d.create(file.id, b"data", h5py.h5t.STD_U8LE, space, plist)
        for row in range(side):
            for column in range(side):
                chunk = stored[(row + column) % 256]
                dataset.write_direct_chunk((2 * row, 2 * column), chunk)


EARLIEST = {"libver": "earliest"}
LATEST = {"libver": "latest"}
UNLIMITED = h5py.h5s.UNLIMITED

INPUTS = {
    "L2": write_l2,
    "B300": write_blob,
    "chunks1m": lambda path: write_chunks(path, None, **EARLIEST),
    "chunks1m_fixed": lambda path: write_chunks(path, None, **LATEST),
    "chunks1m_extensible": lambda path: write_chunks(path, (UNLIMITED, 2000), **LATEST),
    "chunks1m_btree2": lambda path: write_chunks(path, (UNLIMITED, UNLIMITED), **LATEST),
}
for name, count in (("N300", 300), ("N5000", 5000)):
    total = 1_440_000_000 if count == 300 else 1_536_000_000
    for suffix, options in (
        ("old", EARLIEST),
        ("latest", LATEST),
        ("paged", {**LATEST, "paged": True}),
    ):
        INPUTS[f"{name}_{suffix}"] = lambda path, c=count, t=total, o=options: write_recording(
            path, c, t, **o
        )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    root = Path(__file__).resolve().parents[2]
    parser.add_argument("-o", "--output", type=Path, default=root / "build" / "bench")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("names", nargs="*", metavar="NAME")
    args = parser.parse_args()
    if args.list or not args.names:
        print("\n".join(INPUTS))
        return
    unknown = set(args.names) - set(INPUTS)
    if unknown:
        sys.exit(f"no such input: {', '.join(sorted(unknown))}")
    args.output.mkdir(parents=True, exist_ok=True)
    for name in args.names:
        path = args.output / f"{name}.h5"
        if path.exists():
            continue
        partial = path.with_suffix(".partial")
        INPUTS[name](partial)
        partial.rename(path)
        blocks = path.stat().st_blocks * 512
        print(f"{path}: {path.stat().st_size} bytes, {blocks} on disk", flush=True)


if __name__ == "__main__":
    main()
