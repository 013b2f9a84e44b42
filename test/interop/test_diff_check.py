"""`lindi diff` and `lindi check` on files that h5py and Python lindi wrote."""
import json
import shutil

import engine
import h5py
import lindi
import numpy as np
import pytest


@pytest.fixture
def pair(tmp_path):
    """Two copies of a file to change."""
    paths = [tmp_path / "a.h5", tmp_path / "b.h5"]
    with h5py.File(paths[0], "w") as file:
        file["numbers"] = np.arange(24, dtype="<i4").reshape(4, 6)
        file.create_dataset("chunked", data=np.arange(100.0), chunks=(7,), compression="gzip")
        file["group/text"] = "words"
        file["group/texts"] = ["a", "b"]
        file["group"].attrs["n"] = 5
        file["group"].attrs["list"] = [1.5, np.nan]
        file["refs"] = np.array([file["numbers"].ref, file["group"].ref], h5py.ref_dtype)
        file["soft"] = h5py.SoftLink("/group/text")
    shutil.copy(*paths)
    return paths


def diff(*args):
    result = engine.run("diff", *args)
    assert result.stderr == b"", engine.stderr_of(result)
    lines = result.stdout.decode().splitlines()
    assert result.returncode == (3 if lines else 0)
    return lines


def test_copies_and_documents_are_equal(pair, tmp_path):
    assert diff(*pair) == []
    ours = tmp_path / "ours.lindi.json"
    engine.index(pair[0], ours, url=str(pair[0]))
    assert diff(pair[1], ours) == []
    theirs = tmp_path / "theirs.lindi.json"
    lindi.LindiH5pyFile.from_hdf5_file(str(pair[0]), url=str(pair[0])).write_lindi_file(str(theirs))
    assert diff(theirs, pair[1]) == []
    assert diff(ours, theirs) == []


def test_the_sample_and_its_document_are_equal(tmp_path):
    out = tmp_path / "sample.lindi.json"
    engine.index(engine.SAMPLE, out, url=str(engine.SAMPLE))
    assert diff(engine.SAMPLE, out) == []


def test_neighbours_that_a_double_cannot_tell_apart_differ(tmp_path):
    paths = [tmp_path / "a.h5", tmp_path / "b.h5"]
    for path, last in zip(paths, (2**53, 2**53 + 1)):
        with h5py.File(path, "w") as file:
            file["n"] = np.array([1, last], "<i8")
            file["f"] = np.array([2.0**53], "<f8")
    with h5py.File(paths[1], "r+") as file:
        del file["f"]
        file["f"] = np.array([2**53 + 1], "<i8")
    assert diff(*paths) == ["~ /f: data, first at (0)", "~ /n: data, first at (1)"]


def test_names_of_one_object_are_compared_each(tmp_path):
    paths = [tmp_path / "a.h5", tmp_path / "b.h5"]
    with h5py.File(paths[0], "w") as file:
        file["first"] = np.arange(3)
        file["second"] = file["first"]
    with h5py.File(paths[1], "w") as file:
        file["first"] = np.arange(3)
        file["second"] = np.arange(3) + 1
    assert diff(*paths) == ["~ /second: data, first at (0)"]


def test_types_count_when_asked(pair):
    with h5py.File(pair[1], "r+") as file:
        del file["numbers"]
        file["numbers"] = np.arange(24, dtype=">f8").reshape(4, 6)
    assert diff(*pair) == []
    assert diff("--types", *pair) == ["~ /numbers: type int32 | float64be"]


CHANGES = {
    "data": (lambda f: f["numbers"].__setitem__((2, 3), -1), ["~ /numbers: data, first at (2, 3)"]),
    "chunk": (lambda f: f["chunked"].__setitem__(50, -1), ["~ /chunked: data, first at (50)"]),
    "text": (
        lambda f: f["group/texts"].__setitem__(1, "c"),
        ["~ /group/texts: data, first at (1)"],
    ),
    "attribute": (lambda f: f["group"].attrs.__setitem__("n", 6), ["~ /group@n: 5 | 6"]),
    "new attribute": (lambda f: f["group"].attrs.__setitem__("m", 1), ["+ /group@m"]),
    "gone": (lambda f: f["group"].__delitem__("texts"), ["- /group/texts"]),
    "new": (lambda f: f.create_group("x/y"), ["+ /x"]),
    "link": (
        lambda f: (f.__delitem__("soft"), f.__setitem__("soft", h5py.SoftLink("/nowhere"))),
        ["~ /soft: a link that leads nowhere in B"],
    ),
    "kind": (
        lambda f: (f.__delitem__("chunked"), f.create_group("chunked")),
        ["~ /chunked: another kind of object"],
    ),
    "shape": (
        lambda f: (f.__delitem__("group/text"), f.__setitem__("group/text", ["words"])),
        ["~ /group/text: shape scalar | (1)"],
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_differences_are_found(pair, what):
    change, expected = CHANGES[what]
    with h5py.File(pair[1], "r+") as file:
        change(file)
    assert diff(*pair) == expected


def test_without_data(pair):
    with h5py.File(pair[1], "r+") as file:
        file["numbers"][0, 0] = 99
    assert diff("--no-data", *pair) == []


def check(*args):
    result = engine.run("check", *args)
    return result.returncode, result.stderr.decode(), result.stdout.decode()


def test_sound_files(pair, tmp_path):
    for file in (pair[0], engine.SAMPLE):
        assert check("--data", file)[0] == 0
    out = tmp_path / "x.lindi.json"
    engine.index(pair[0], out, url=str(pair[0]))
    code, errors, said = check("--data", out)
    assert (code, errors) == (0, "")
    assert "0 problems" in said


def test_a_chunk_that_does_not_decode(pair):
    with h5py.File(pair[0]) as file:
        place = file["chunked"].id.get_chunk_info(3).byte_offset
    data = bytearray(pair[0].read_bytes())
    data[place : place + 4] = b"\xff" * 4
    pair[0].write_bytes(data)
    assert check(pair[0])[0] == 0
    code, errors, _ = check("--data", pair[0])
    assert code == 3
    assert "/chunked: " in errors


def test_a_reference_that_leads_nowhere(pair, tmp_path):
    out = tmp_path / "x.lindi.json"
    engine.index(pair[0], out, "--inline-below", "0", url=str(pair[0]))
    document = json.loads(out.read_text())
    document["refs"]["numbers/0.0"][1] = 10**9
    out.write_text(json.dumps(document))
    code, errors, _ = check(out)
    assert code == 3
    assert "/numbers: " in errors
    document["refs"]["numbers/0.0"][0] = str(tmp_path / "gone.h5")
    out.write_text(json.dumps(document))
    code, errors, _ = check(out)
    assert code == 3
    assert "gone.h5" in errors
