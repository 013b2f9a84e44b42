"""Chunks that hdf5plugin compresses, against what it reads back itself."""
import io

import engine
import h5py
import hdf5plugin
import numpy as np
import pytest

RANK_1 = ((1000,), (256,))  # shape and chunks; the last chunk sticks out
RANK_2 = ((33, 65), (16, 33))
RANK_3 = ((10, 11, 12), (7, 11, 5))
SHAPES = (RANK_1, RANK_2, RANK_3)
NUMBERS = ("<i4", "<i8", "<f4", "<f8")
ANY = ("u1", "<i2", ">i4", "<f8")

LOSSLESS = {
    "bitshuffle": hdf5plugin.Bitshuffle(),
    "bitshuffle-zstd": hdf5plugin.Bitshuffle(cname="zstd"),
    "blosc": hdf5plugin.Blosc(),
    "bzip2": hdf5plugin.BZip2(),
    "lz4": hdf5plugin.LZ4(nbytes=1024),
    "zstd": hdf5plugin.Zstd(),
    **{
        f"blosc2-{codec}-{filters}": hdf5plugin.Blosc2(cname=codec, filters=filters)
        for codec in ("blosclz", "lz4", "lz4hc", "zlib", "zstd")
        for filters in range(5)
    },
}
ZFP = {
    "zfp-rate": hdf5plugin.Zfp(rate=11),
    "zfp-precision": hdf5plugin.Zfp(precision=13),
    "zfp-reversible": hdf5plugin.Zfp(reversible=True),
    "zfp-expert": hdf5plugin.Zfp(minbits=3, maxbits=900, maxprec=30, minexp=-300),
}
ZFP_FLOATING = {"zfp-accuracy": hdf5plugin.Zfp(accuracy=0.01)}


def contents(dtype, shape):
    """Smooth, noisy and empty numbers, by name."""
    rng = np.random.default_rng(1)
    count = int(np.prod(shape))
    return {
        "smooth": np.cumsum(rng.normal(size=count) * 3).astype(dtype).reshape(shape),
        "noisy": rng.integers(0, 250, count).astype(dtype).reshape(shape),
        "empty": np.zeros(shape, dtype),
    }


def write(path, compression, dtypes):
    with h5py.File(path, "w") as file:
        for dtype in dtypes:
            for shape, chunks in SHAPES:
                for name, data in contents(dtype, shape).items():
                    where = f"{np.dtype(dtype).name}/{len(shape)}/{name}"
                    file.create_dataset(where, data=data, chunks=chunks, **compression)


def read(path, dataset):
    result = engine.run("read", path, dataset, "--format", "npy")
    assert result.returncode == 0, engine.stderr_of(result)
    return np.load(io.BytesIO(result.stdout))


def check(path):
    """Reads back from the file, where the filter's losses are; not from the plugin's input."""
    found = []
    with h5py.File(path, "r") as file:
        file.visititems(lambda name, item: found.append(item.name) if hasattr(item, "shape") else None)
        for name in found:
            assert file[name].id.get_num_chunks() > 0
            assert read(path, name).tobytes() == file[name][()].tobytes(), name
    assert found


@pytest.mark.parametrize("name", LOSSLESS)
def test_lossless(name, tmp_path):
    write(tmp_path / "file.h5", LOSSLESS[name], ANY)
    check(tmp_path / "file.h5")


@pytest.mark.parametrize("name", ZFP)
def test_zfp(name, tmp_path):
    write(tmp_path / "file.h5", ZFP[name], NUMBERS)
    check(tmp_path / "file.h5")


@pytest.mark.parametrize("name", ZFP_FLOATING)
def test_zfp_floating(name, tmp_path):
    write(tmp_path / "file.h5", ZFP_FLOATING[name], NUMBERS[2:])
    check(tmp_path / "file.h5")
