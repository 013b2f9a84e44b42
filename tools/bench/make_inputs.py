#!/usr/bin/env python3
"""Writes the benchmark inputs, once, and checks each by its hash.

    make_inputs.py [-o build/bench] NAME...      (--list prints the names)

L2           20,000 datasets with 10 attributes each: 200,000 attributes, old format;
             L2_quarter: 5,000 of them
N300, N5000  300 and 5,000 datasets with 6 attributes, in groups of 10, contiguous and in 600
             chunks by turns. Their 1.5 GB (N300: 1.4) of raw data are allocated early and never
             filled: they lie between the metadata as in a recording, but the file is sparse on
             disk. Each as _old, _latest and _paged; N30_old for many at once
B300         300 objects with neurodata types, 10 MB of raw data between them, and a text of 36
             characters that build/test/dandi-server makes another one in each blob
pynwb        written by pynwb: electrodes, units, trials, time series
chunks1m     a dataset of 1,000,000 gzip chunks under a version 1 B-tree; chunks1m_fixed,
             chunks1m_extensible and chunks1m_btree2 with the indexes of the latest format
chunks10m    10,000,000 of them
gzip, gzip_shuffle, blosc_lz4, zstd
             128 MB of int16 in chunks of 1 MiB; contiguous: 256 MB of them without chunks

Groups of the latest format have time stamps: such files are not alike in two runs, and have no hash.
"""
import argparse
import hashlib
import os
import sys
from pathlib import Path

import h5py

import write_files as write

HASHES = Path(__file__).resolve().parent / "inputs.sha256"
PAGE = 4096
EARLIEST = {"libver": "earliest"}
LATEST = {"libver": "latest"}
UNLIMITED = h5py.h5s.UNLIMITED


def write_nwb(path):
    from write_nwb import write_nwb as write_it  # pynwb takes long to import

    write_it(path)


def recordings():
    formats = {"old": EARLIEST, "latest": LATEST, "paged": {**LATEST, "paged": True}}
    sizes = {30: 144_000_000, 300: 1_440_000_000, 5000: 1_536_000_000}
    return {
        f"N{count}_{suffix}": lambda path, c=count, t=total, o=options: write.write_recording(
            path, c, t, **o
        )
        for count, total in sizes.items()
        for suffix, options in formats.items()
    }


INPUTS = {
    "L2": write.write_l2,
    "L2_quarter": lambda path: write.write_l2(path, 50),
    **recordings(),
    "B300": write.write_blob,
    "pynwb": write_nwb,
    "chunks1m": lambda path: write.write_chunks(path, None, **EARLIEST),
    "chunks1m_fixed": lambda path: write.write_chunks(path, None, **LATEST),
    "chunks1m_extensible": lambda path: write.write_chunks(path, (UNLIMITED, 2000), **LATEST),
    "chunks1m_btree2": lambda path: write.write_chunks(path, (UNLIMITED, UNLIMITED), **LATEST),
    "chunks10m": lambda path: write.write_chunks(path, None, 4000, 2500, **EARLIEST),
    "contiguous": write.write_contiguous,
    **{name: lambda path, n=name: write.write_filtered(path, n) for name in write.FILTERS},
}


def hash_of(path):
    """SHA-256 over what is not zero: most of a sparse file is."""
    out = hashlib.sha256(str(path.stat().st_size).encode())
    zeros = bytes(PAGE)
    with open(path, "rb") as file:
        at = 0
        while True:
            try:
                at = os.lseek(file.fileno(), at, os.SEEK_DATA) // PAGE * PAGE
            except OSError:  # nothing but a hole follows
                return out.hexdigest()
            page = os.pread(file.fileno(), PAGE, at)
            if not page:
                return out.hexdigest()
            if page != zeros[: len(page)]:
                out.update(at.to_bytes(8, "little") + page)
            at += PAGE


def known_hashes():
    lines = HASHES.read_text().split("\n") if HASHES.exists() else []
    return {name: digest for digest, name in (line.split() for line in lines if line)}


def stamp_of(path):
    about = path.stat()
    return f"{about.st_size} {about.st_mtime_ns}"


def make(name, folder):
    path = folder / f"{name}.h5"
    stamp = path.with_suffix(".checked")
    if path.exists() and stamp.exists() and stamp.read_text() == stamp_of(path):
        return
    partial = path.with_suffix(".partial")
    INPUTS[name](partial)
    wanted, found = known_hashes().get(name), hash_of(partial)
    if wanted not in (None, found):
        sys.exit(f"{name}: the hash is {found}, not {wanted}: was it written by the pinned h5py?")
    partial.rename(path)
    stamp.write_text(stamp_of(path))
    print(f"{path}: {path.stat().st_size} bytes, sha256 {found}", flush=True)


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
        make(name, args.output)


if __name__ == "__main__":
    main()
