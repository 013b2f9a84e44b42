"""`lindi read` against h5py: the same elements from every dataset of every sound file, and the same
parts of them as numpy's indexing gives."""
import csv
import io
import json
import random

import engine
import h5py
import numpy as np
import pytest

PER_FILE = 12  # datasets; the rest of a file is more of the same
MOST = 4_000_000  # bytes


def wanted(row):
    return row["class"] == "valid"


def datasets(file):
    """Path, dataset and all its elements, where libhdf5 can read them."""
    found = []

    def visit(name):
        try:
            item = file[name]
            if not isinstance(item, h5py.Dataset) or item.shape is None or item.nbytes > MOST:
                return
            found.append(("/" + name, item, item[()]))
        except Exception:  # pylint: disable=broad-exception-caught
            pass  # a filter without plugin, a type without numpy's, a broken object, ...

    file.visit(visit)
    return random.Random(len(found)).sample(found, min(PER_FILE, len(found)))


def read(path, target, form, *args):
    result = engine.run("read", path, target, "--format", form, *args)
    assert result.returncode == 0, engine.stderr_of(result)
    return result.stdout


def has_objects(dtype):
    return dtype.hasobject or h5py.check_ref_dtype(dtype) is not None


def is_plain(dtype):
    """Whether .npy can hold it, and h5py shows the bytes that are in the file."""
    if dtype.names:
        return all(is_plain(dtype[name]) for name in dtype.names)
    return not has_objects(dtype) and dtype.base.kind in "biufcSV" and dtype.base.itemsize <= 16


def random_index(rng, shape):
    """Text between brackets."""
    terms = []
    for extent in shape:
        begin, end = sorted((rng.randint(-extent, extent), rng.randint(-extent, extent)))
        kind = rng.randrange(4)
        if kind == 0 and extent:
            terms.append(str(rng.randrange(-extent, extent)))
        elif kind == 1:
            terms.append(f"{begin}:{end}")
        elif kind == 2:
            terms.append(f"::{rng.randint(1, 3)}")
        else:
            terms.append(":")
    return ", ".join(terms)


def same(ours, theirs):
    """Equal bytes; sizes of types may differ where h5py widens."""
    theirs = np.asarray(theirs)
    if ours.shape != theirs.shape:
        return False
    if theirs.dtype.kind == "c":  # a compound of two numbers in the file
        return ours.tobytes() == theirs.tobytes()
    if ours.dtype.names:
        return all(same(ours[name], theirs[name]) for name in theirs.dtype.names)
    return ours.astype(theirs.dtype).tobytes() == theirs.tobytes()


def texts(value):
    """What JSON says, as h5py's bytes."""
    if isinstance(value, list):
        return [texts(v) for v in value]
    return b"" if value is None else value.encode("utf-8", "surrogateescape")


def lists(value):
    value = value.tolist() if isinstance(value, np.ndarray) else value
    if isinstance(value, list):
        return [lists(v) for v in value]
    return value.encode() if isinstance(value, str) else bytes(value)


def check_plain(path, name, data, content, rng):
    ours = np.load(io.BytesIO(read(path, name, "npy")))
    assert same(ours, content), name
    if not data.shape:
        return
    for _ in range(3):
        index = random_index(rng, data.shape)
        part = np.load(io.BytesIO(read(path, f"{name}[{index}]", "npy")))
        expected = eval(f"content[{index}]", {"content": content})  # pylint: disable=eval-used
        assert same(part, expected), f"{name}[{index}]"


def test_elements(corpus_file, record_property):
    path = engine.CORPUS / "files" / corpus_file
    try:
        file = h5py.File(path, "r")
    except OSError as why:
        pytest.skip(f"h5py: {why}")
    count = 0
    with file:
        for name, data, content in datasets(file):
            if "[" in name or data.is_virtual:  # sources in other files are read by option
                continue
            text = h5py.check_string_dtype(data.dtype)
            if is_plain(data.dtype):
                result = engine.run("read", path, name, "--format", "npy")
                why = engine.stderr_of(result)
                if "NumPy has no type" in why or engine.refuses_filter(why):
                    continue
                check_plain(path, name, data, content, random.Random(name))
            elif text is not None and text.length is None:
                ours = json.loads(read(path, name, "json"))
                if data.size:
                    assert texts(ours) == lists(content), name
            else:
                continue
            count += 1
    record_property("outcome", "equal" if count else "nothing to compare")


def test_csv_of_a_compound(tmp_path):
    path = tmp_path / "c.h5"
    kind = np.dtype([("n", "<i4"), ("quoted", h5py.string_dtype()), ("x", ">f8")])
    with h5py.File(path, "w") as file:
        file["c"] = np.array([(1, 'a "b", c', 0.1), (-2, "two\nlines", np.nan)], kind)
    rows = list(csv.reader(io.StringIO(read(path, "/c", "csv").decode(), newline="")))
    assert rows == [
        ["n", "quoted", "x"],
        ["1", 'a "b", c', "0.1"],
        ["-2", "two\nlines", "nan"],
    ]
    assert read(path, "/c[1]", "json", "--field", "n") == b"-2\n"
    assert json.loads(read(path, "/c", "json")) == [
        {"n": 1, "quoted": 'a "b", c', "x": 0.1},
        {"n": -2, "quoted": "two\nlines", "x": "NaN"},
    ]


def test_members_of_members(tmp_path):
    kind = np.dtype([("id", "<i2"), ("at", [("x", "<f4"), ("y", "<f8")])])
    path = tmp_path / "c.h5"
    with h5py.File(path, "w") as file:
        file["c"] = np.array([(1, (2.5, -3)), (4, (5, 6.25))], kind)
    assert read(path, "/c", "json", "--field", "at", "--field", "y") == b"[-3.0,6.25]\n"
    assert engine.run("read", path, "/c", "--field", "at", "--field", "id").returncode == 2


def test_json_of_what_is_no_number(tmp_path):
    path = tmp_path / "c.h5"
    with h5py.File(path, "w") as file:
        file["flags"] = np.array([[True, False], [False, False]])
        file["enum"] = np.array(
            [2, 7], h5py.enum_dtype({"RED": 1, "GREEN": 2, "BLUE": 3}, basetype="i1")
        )
        file["complex"] = np.array([1 + 2j])
        file["refs"] = np.array([file["flags"].ref, h5py.Reference()], h5py.ref_dtype)
        sequences = file.create_dataset("sequences", (2,), h5py.vlen_dtype("<i2"))
        sequences[0] = [1, 2, 3]
        file["scalar"] = np.float32(0.1)
        file["bytes"] = np.void(b"\x00\xff")
        file["planes"] = np.arange(8).reshape(2, 2, 2)

    def of(name):
        return json.loads(read(path, name, "json"))

    assert of("/flags") == [[True, False], [False, False]]
    assert of("/enum") == ["GREEN", 7]
    assert of("/complex") == [{"r": 1.0, "i": 2.0}]
    assert of("/refs") == ["/flags", None]
    assert of("/sequences") == [[1, 2, 3], []]
    assert of("/scalar") == 0.1
    assert of("/bytes") == {"hex": "00ff"}
    assert of("/planes") == [[[0, 1], [2, 3]], [[4, 5], [6, 7]]]
    assert of("/planes[1, :, 0]") == [4, 6]
    assert read(path, "/planes", "text") == b"0\t1\n2\t3\n\n4\t5\n6\t7\n"
    assert read(path, "/planes", "csv") == b"0,1,2,3\r\n4,5,6,7\r\n"
    assert read(path, "/planes", "raw") == np.arange(8).tobytes()
    assert read(path, "/refs", "text") == b"/flags\n\n"


def test_what_cannot_be_read_is_said(tmp_path):
    path = tmp_path / "c.h5"
    with h5py.File(path, "w") as file:
        file["texts"] = ["a", "b"]
        file["null"] = h5py.Empty("i4")
        file.create_group("group")
    expected = {
        ("/texts", "npy"): "NumPy has no type for",
        ("/texts", "raw"): "means nothing outside of its file",
        ("/null", "json"): "null dataspace",
        ("/group", "json"): "not a dataset",
        ("/missing", "json"): "no such object",
        ("/texts[2]", "json"): "the dimension has 2 elements",
        ("/texts[0, 0]", "json"): "the array has 1 dimensions",
    }
    for (target, form), why in expected.items():
        out = tmp_path / "out"
        result = engine.run("read", path, target, "--format", form, "-o", out)
        assert result.returncode == 2, target
        assert why in engine.stderr_of(result), target
        assert target in engine.stderr_of(result)
        assert not out.exists()
