"""LINDI files made and changed by ours, read by Python lindi and zarr, and the other way round."""
import json

import engine
import h5py
import lindi
import numpy as np
import pytest
import zarr
from editor import Editor, Refused, reference
from lindi.LindiH5pyFile.LindiReferenceFileSystemStore import LindiReferenceFileSystemStore

FORMS = [".lindi.json", ".lindi.tar", ".lindi.d"]
COMPRESSIONS = [None, "blosc", "gzip", "zlib"]


@pytest.fixture(params=FORMS)
def path(request, tmp_path):
    return tmp_path / ("file" + request.param)


def opened(path, mode="r"):
    return lindi.LindiH5pyFile.from_lindi_file(str(path), mode=mode)


def zarr_root(path):
    """The document through zarr alone, of a JSON file."""
    return zarr.open_group(LindiReferenceFileSystemStore(json.loads(path.read_text())), mode="r")


def numbers(dtype, shape, seed):
    rng = np.random.default_rng(seed)
    dtype = np.dtype(dtype)
    if dtype.kind == "b":
        return rng.integers(0, 2, shape).astype(bool)
    if dtype.kind == "f":
        out = rng.normal(size=shape).astype(dtype)
        out.flat[:3] = [np.nan, np.inf, -np.inf]
        return out
    info = np.iinfo(dtype)
    out = rng.integers(info.min, info.max, shape, dtype=dtype.newbyteorder("="), endpoint=True)
    return out.astype(dtype)


DTYPES = ["i1", "u1", "<i2", ">u2", "<i4", "<u4", ">i8", "<u8", "<f2", "<f4", ">f4", "<f8", "?"]


@pytest.mark.parametrize("compression", COMPRESSIONS)
def test_numbers(path, compression):
    """Every type, whole and by chunks at the edges."""
    written = {}
    with Editor(path, "w") as file:
        for number, dtype in enumerate(DTYPES):
            for shape, chunks in [((1500,), None), ((37, 11), (10, 4)), ((3, 4, 5), (2, 4, 3))]:
                name = f"/g/{np.dtype(dtype).name}{number}-{len(shape)}"
                data = numbers(dtype, shape, number)
                options = {"chunks": list(chunks)} if chunks else {}
                kind = "bool" if dtype == "?" else np.dtype(dtype).str
                deflated = compression in ("gzip", "zlib")
                if deflated and dtype != "?" and number % 2:
                    options["shuffle"] = True
                file.create(name, kind, shape, compression=compression, **options)
                file.write(name, data)
                written[name] = data
    theirs = opened(path)
    through_zarr = zarr_root(path) if path.suffix == ".json" else {}
    for name, data in written.items():
        read = theirs[name]
        assert read.dtype == data.dtype and read.shape == data.shape, name
        np.testing.assert_array_equal(read[()], data, err_msg=name)
        if through_zarr:
            np.testing.assert_array_equal(through_zarr[name][...], data, err_msg=name)


def test_parts_and_growth(path):
    """Pieces of a dataset, a larger and a smaller shape: as numpy has it."""
    rng = np.random.default_rng(3)
    want = np.full((20, 9), -1.0)
    with Editor(path, "w") as file:
        file.create("/d", "float64", want.shape, chunks=[7, 4], fill=-1)
        for index in ["3", ":, 2", "5:18:3, ::2", "..., -1", "7:14, 4:8", "19, 8"]:
            part = rng.normal(size=eval(f"want[{index}]").shape)  # pylint: disable=eval-used
            exec(f"want[{index}] = part")  # pylint: disable=exec-used
            file.write("/d", part, index)
        file.resize("/d", [10, 9])
        file.resize("/d", [25, 12])
    full = np.full((25, 12), -1.0)
    full[:10, :9] = want[:10]
    np.testing.assert_array_equal(opened(path)["d"][()], full)


def test_texts(path):
    texts = ["", "plain", "\u00e9\U0001f600", 'quote " backslash \\ newline \n', "base64:AAAA"]
    with Editor(path, "w") as file:
        file.create("/v", "text", [5])
        file.write_json("/v", texts)
        file.create("/w", "text", [2, 3], chunks=[1, 2])
        file.write_json("/w", ["a", "b"], "1, :2")
        file.create("/f", "S6", [3])
        file.write("/f", np.array([b"abcdef", b"", b"x"], "S6"))
        file.create("/s", "text", [])
        file.write_json("/s", ["scalar \u00e9"])
        file.create("/n", "int32", [])
        file.write("/n", np.array(-7, "i4"))
        file.create("/b", "bool", [])
        file.write_json("/b", [True])
    theirs = opened(path)
    assert theirs["v"][()].tolist() == texts
    assert theirs["w"][()].tolist() == [["", "", ""], ["a", "b", ""]] or theirs["w"][
        1
    ].tolist() == ["a", "b", 0]
    assert theirs["f"][()].tolist() == [b"abcdef", b"", b"x"] and theirs["f"].dtype == "S6"
    assert theirs["s"][()] == "scalar \u00e9" and theirs["s"].shape == ()
    assert theirs["n"][()] == -7 and theirs["n"].dtype == "i4"
    assert theirs["b"][()] is True or theirs["b"][()] == np.True_


def test_plain_bytes_that_look_like_base64(path):
    """Python lindi's own writer loses these."""
    data = np.frombuffer(b"base64:AAAA", "u1")
    with Editor(path, "w") as file:
        file.create("/d", "uint8", data.shape, compression=None)
        file.write("/d", data)
    assert opened(path)["d"][()].tobytes() == b"base64:AAAA"


def test_references_and_links(path):
    with Editor(path, "w") as file:
        file.set("/", "object_id", "root-id")
        for name in ["/a/one", "/a/two"]:
            file.create(name, "float64", [2])
            file.write(name, np.array([1.0, 2.0]))
            file.set(name, "object_id", name + "-id")
        file.create("/refs", "reference", [3])
        file.write_json("/refs", [reference("/a/one"), reference("/a/two"), reference("/a")])
        file.set("/a", "to", reference("/a/two"))
        file.link("/soft", "/a/one")
        file.group("/b")
        file.move("/a", "/b/moved")
        file.link("/b/near", "moved/two")
    theirs = opened(path)
    targets = [theirs[r].name for r in theirs["refs"][()]]
    assert targets == ["/b/moved/one", "/b/moved/two", "/b/moved"]
    assert theirs[theirs["b/moved"].attrs["to"]].name == "/b/moved/two"
    assert theirs["b/near"].name == "/b/moved/two"
    assert theirs.get("soft", getlink=True).path == "/a/one"


def test_compounds(path):
    fields = [["n", "int32"], ["x", "float32"], ["t", "text"], ["ok", "bool"], ["r", "reference"]]
    rows = [[1, 2.5, "ab", True, reference("/g")], [-1, 0.0, "longer \u00e9", False, reference("/")]]
    with Editor(path, "w") as file:
        file.group("/g")
        file.create("/c", fields, [2])
        file.write_json("/c", rows[:1], ":1")
        file.write_json("/c", rows[1:], "1:")
    theirs = opened(path)
    column = theirs["c"]
    assert list(column["n"][()]) == [1, -1]
    assert list(column["x"][()]) == [2.5, 0.0]
    assert list(column["t"][()]) == ["ab", "longer \u00e9"]
    assert list(column["ok"][()]) == [True, False]
    assert [theirs[r].name for r in column["r"][()]] == ["/g", "/"]


ATTRIBUTES = {
    "integer": 5,
    "negative": -(2**63),
    "large": 2**64 - 1,
    "real": 0.1,
    "whole": 5.0,
    "small": 1e-320,
    "truth": True,
    "text": "\u00e9 and \U0001f600",
    "empty": "",
    "nan": float("nan"),
    "infinite": float("-inf"),
    "integers": [1, 2, 3],
    "reals": [1, 2.5, float("inf")],
    "texts": ["a", "\u00e9", ""],
    "matrix": [[1.0, 2.0], [3.0, 4.0]],
    "none": [],
}


def test_attributes(path):
    with Editor(path, "w") as file:
        file.create("/d", "int8", [1])
        for name, value in ATTRIBUTES.items():
            file.set("/d", name, value)
        file.set("/d", "gone", 1)
        file.unset("/d", "gone")
    theirs = opened(path)["d"].attrs
    assert sorted(theirs) == sorted(ATTRIBUTES)
    for name, value in ATTRIBUTES.items():
        read = theirs[name]
        if isinstance(value, list):
            np.testing.assert_array_equal(read, np.array(value))
        else:
            assert type(read) is type(value) and (read == value or name == "nan"), name
    assert np.isnan(theirs["nan"])


@pytest.mark.parametrize(
    "value", [None, {"a": 1}, [1, "a"], [[1], [1, 2]], "NaN", ["Infinity"], [2**63], [None], "a\0b"]
)
def test_what_lindi_cannot_say_is_refused(tmp_path, value):
    path = tmp_path / "x.lindi.json"
    with Editor(path, "w") as file:
        with pytest.raises(Refused, match="a"):
            file.set("/", "a", value)
        with pytest.raises(Refused):
            file.set("/", "_SCALAR", True)
    assert not opened(path).attrs.keys()


def test_files_of_python_lindi(path):
    """Made by Python, changed by ours, read by Python."""
    # Its writer loses chunks behind one that compresses well.
    data = np.random.default_rng(5).normal(size=(1000, 3))
    theirs = lindi.LindiH5pyFile.from_lindi_file(str(path), mode="w")
    theirs.create_dataset("g/d", data=data, chunks=(300, 3), compression="gzip")
    theirs.create_dataset("b", data=data, chunks=(300, 3))
    theirs.create_dataset("t", data=np.array(["x", "y"], dtype=object))
    theirs["g"].attrs["a"] = "text"
    theirs.flush()
    theirs.close()
    with Editor(path, "r+") as file:
        for name in ["/g/d", "/b"]:
            file.write(name, np.full((3,), -1.0), "299")
            file.resize(name, [1100, 3])
        file.write_json("/t", ["\u00e9"], "1:")
        file.set("/g", "b", [1, 2])
        file.unset("/g", "a")
        file.create("/new", "int16", [4])
    want = np.zeros((1100, 3))
    want[:1000] = data
    want[299] = -1
    again = opened(path)
    np.testing.assert_array_equal(again["g/d"][()], want)
    np.testing.assert_array_equal(again["b"][()], want)
    assert again["t"][()].tolist() == ["x", "\u00e9"]
    assert dict(again["g"].attrs).keys() == {"b"}
    assert again["new"][()].tolist() == [0, 0, 0, 0]


def test_turns(path):
    """Ten times each, one after the other."""
    with Editor(path, "w") as file:
        file.group("/ours")
    for turn in range(10):
        theirs = opened(path, "r+")
        theirs.create_dataset(f"theirs/{turn}", data=np.arange(500.0) + turn)
        theirs.attrs["turn"] = turn
        theirs.flush()
        theirs.close()
        with Editor(path, "r+") as file:
            file.create(f"/ours/{turn}", "float64", [500], chunks=[200])
            file.write(f"/ours/{turn}", np.arange(500.0) - turn)
            file.write(f"/theirs/{turn}", np.array([-1.0]), "7")
    read = opened(path)
    assert read.attrs["turn"] == 9
    for turn in range(10):
        want = np.arange(500.0) + turn
        want[7] = -1
        np.testing.assert_array_equal(read[f"theirs/{turn}"][()], want)
        np.testing.assert_array_equal(read[f"ours/{turn}"][()], np.arange(500.0) - turn)


@pytest.mark.parametrize("options", [{}, {"compression": "gzip", "shuffle": True}])
def test_one_chunk_of_an_hdf5_file(tmp_path, options):
    """A changed chunk comes into the document, and no other one."""
    source, document = tmp_path / "x.h5", tmp_path / "x.lindi.json"
    want = np.arange(4000, dtype="<i4").reshape(1000, 4)
    with h5py.File(source, "w") as file:
        file.create_dataset("d", data=want, chunks=(100, 4), **options)
    engine.index(source, document, url=str(source))
    with Editor(document, "r+") as file:
        file.write("/d", np.array([[1, 2, 3, 4]], "i4"), "250:251")
    want[250] = [1, 2, 3, 4]
    np.testing.assert_array_equal(opened(document)["d"][()], want)
    refs = json.loads(document.read_text())["refs"]
    here = [key for key, value in refs.items() if key[0] == "d" and isinstance(value, str)]
    assert here == ["d/2.0"]
