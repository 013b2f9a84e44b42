"""The C interface through ctypes, against h5py and Python lindi."""
import ctypes
import json
from pathlib import Path

import engine
import h5py
import numpy as np
import pytest

LIBRARY = Path(engine.BIN).parent / "lib" / "c" / "liblindi.so"
INT64, DOUBLE, RAW = 4, 10, 0


@pytest.fixture(scope="module")
def api():
    lib = ctypes.CDLL(str(LIBRARY))
    lib.lindi_free.argtypes = [ctypes.c_void_p]
    lib.lindi_close.argtypes = [ctypes.c_void_p]
    return lib


@pytest.fixture
def sample(api):
    handle = ctypes.c_void_p()
    message = ctypes.c_void_p()
    path = str(engine.SAMPLE).encode()
    assert api.lindi_open(path, ctypes.byref(handle), ctypes.byref(message)) == 0
    yield handle
    api.lindi_close(handle)


def text_of(api, call, *args):
    out, message = ctypes.c_void_p(), ctypes.c_void_p()
    status = call(*args, ctypes.byref(out), ctypes.byref(message))
    why = ctypes.string_at(message).decode() if message else ""
    assert status == 0, why
    text = ctypes.string_at(out)
    api.lindi_free(out)
    return json.loads(text)


def numbers(api, handle, name, index, kind, dtype):
    rank, size = ctypes.c_size_t(), ctypes.c_size_t()
    shape = (ctypes.c_uint64 * 32)()
    message = ctypes.c_void_p()
    assert 0 == api.lindi_shape(
        handle, name, index, ctypes.byref(rank), shape, ctypes.byref(size), ctypes.byref(message)
    )
    out = np.empty(list(shape[: rank.value]), dtype)
    status = api.lindi_read(
        handle,
        name,
        index,
        kind,
        out.ctypes.data_as(ctypes.c_void_p),
        ctypes.c_size_t(out.nbytes),
        ctypes.byref(message),
    )
    assert status == 0, ctypes.string_at(message)
    return out


def test_every_dataset_of_numbers(api, sample):
    checked = []

    def visit(name, item):
        if not isinstance(item, h5py.Dataset) or item.dtype.kind not in "iuf":
            return
        kind, dtype = (DOUBLE, "f8") if item.dtype.kind == "f" else (INT64, "i8")
        ours = numbers(api, sample, ("/" + name).encode(), None, kind, dtype)
        np.testing.assert_array_equal(ours, item[()])
        raw = numbers(api, sample, ("/" + name).encode(), None, RAW, item.dtype)
        np.testing.assert_array_equal(raw, item[()])
        checked.append(name)

    with h5py.File(engine.SAMPLE) as file:
        file.visititems(visit)
    assert len(checked) > 20


def test_index_expressions(api, sample):
    with h5py.File(engine.SAMPLE) as file:
        data = file["acquisition/raw/data"][()]
    for index in ["::7, 1:3", "-5:, :", "3", "..., -1"]:
        ours = numbers(api, sample, b"/acquisition/raw/data", index.encode(), INT64, "i8")
        np.testing.assert_array_equal(ours, eval(f"data[{index}]"))  # pylint: disable=eval-used


def test_links_and_attributes(api, sample):
    with h5py.File(engine.SAMPLE) as file:
        for name in ["/", "/units", "/general/extracellular_ephys"]:
            listed = text_of(api, api.lindi_list, sample, name.encode())
            assert [entry["name"] for entry in listed] == sorted(file[name])
            attributes = text_of(api, api.lindi_attributes, sample, name.encode())
            assert set(attributes) == set(file[name].attrs)
            for key, value in attributes.items():
                theirs = file[name].attrs[key]
                if isinstance(theirs, h5py.Reference):
                    theirs = file[theirs].name
                assert value == (theirs.tolist() if isinstance(theirs, np.ndarray) else theirs)
    assert text_of(api, api.lindi_problems, sample) == []


def test_index_is_what_the_program_writes(api, tmp_path):
    url = "https://example.org/sample.nwb"
    ours = text_of(api, api.lindi_index, str(engine.SAMPLE).encode(), url.encode())
    out = tmp_path / "sample.lindi.json"
    engine.index(engine.SAMPLE, out, url=url)
    assert ours == json.loads(out.read_text())
