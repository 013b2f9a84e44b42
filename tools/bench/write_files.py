"""Writes HDF5 files for benchmarks with h5py. One version of HDF5 lays them out alike in every run."""
import zlib

import h5py
import hdf5plugin
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


def write_l2(path, groups=200):
    with h5py.File(path, "w", libver="earliest", track_order=False) as file:
        for g in range(groups):
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
    with h5py.File(path, "w", libver="earliest") as file:
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


def write_chunks(path, maxshape, rows=1000, columns=1000, **options):
    """rows * columns chunks of four bytes, deflated here: handing them over one by one is quicker."""
    stored = [zlib.compress(bytes((i, 1, 2, 3)), 1) for i in range(256)]
    with h5py.File(path, "w", **options) as file:
        plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        plist.set_obj_track_times(False)
        plist.set_chunk((2, 2))
        plist.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
        plist.set_deflate(1)
        space = h5py.h5s.create_simple((2 * rows, 2 * columns), maxshape)
        dataset = h5py.h5d.create(file.id, b"data", h5py.h5t.STD_U8LE, space, plist)
        for row in range(rows):
            for column in range(columns):
                chunk = stored[(row + column) % 256]
                dataset.write_direct_chunk((2 * row, 2 * column), chunk)


def samples(rows, columns=32):
    """A slow drift and noise, as electrodes give it; int16."""
    noise = np.random.default_rng(1).normal(scale=20.0, size=(rows, columns))
    drift = 500.0 * np.sin(np.arange(rows) / 5000.0)[:, None]
    return (noise + drift).astype("<i2")


FILTERS = {
    "gzip": {"compression": "gzip", "compression_opts": 4},
    "gzip_shuffle": {"compression": "gzip", "compression_opts": 4, "shuffle": True},
    "blosc_lz4": dict(hdf5plugin.Blosc(cname="lz4", clevel=5, shuffle=hdf5plugin.Blosc.SHUFFLE)),
    "zstd": dict(hdf5plugin.Zstd(clevel=3)),
}


def write_filtered(path, name, rows=2_000_000):
    """128 MB of samples in chunks of 1 MiB."""
    with h5py.File(path, "w", libver="earliest") as file:
        file.create_dataset("data", data=samples(rows), chunks=(16384, 32), **FILTERS[name])


def write_contiguous(path, rows=4_000_000):
    """256 MB of samples."""
    with h5py.File(path, "w", libver="earliest") as file:
        file.create_dataset("data", data=samples(rows))
