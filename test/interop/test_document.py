"""What holds for every document, whatever it says."""
import json

import engine
import pytest


# The root group lies in another file of the set: refused, naming the storage driver.
MEMBERS = ("tfamily00000.h5", "tmulti-s.h5")


def wanted(row):
    return row["class"] == "valid" and not row["path"].endswith(MEMBERS)


def refuse(text):
    raise ValueError(f"{text} is not JSON")


def unique(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), "a key is there twice"
    return dict(pairs)


def check(file, tmp_path):
    one, two = tmp_path / "one.lindi.json", tmp_path / "two.lindi.json"
    for out in (one, two):
        engine.index(file, out, url="https://example.org/x.h5")
    assert one.read_bytes() == two.read_bytes(), "two runs differ"
    text = one.read_text("utf-8", "strict")
    document = json.loads(text, parse_constant=refuse, object_pairs_hook=unique)
    assert document["version"] == 1
    assert document["refs"][".zgroup"] == {"zarr_format": 2}


def test_corpus_file(corpus_file, tmp_path):
    check(engine.CORPUS / "files" / corpus_file, tmp_path)


def test_oracle_case(oracle_case, tmp_path):
    check(engine.oracle_file(oracle_case), tmp_path)


def test_sample(tmp_path):
    check(engine.SAMPLE, tmp_path)


def test_one_of_several_files_is_refused_by_its_driver(tmp_path):
    found = list(engine.CORPUS.glob("files/hdf5/tools/test/h5dump/testfiles/tmulti-s.h5"))
    if not found:
        pytest.skip(f"corpus at {engine.CORPUS}")
    done = engine.run("index", found[0], "-o", tmp_path / "x.lindi.json")
    assert done.returncode == 2
    assert b"storage driver NCSAmult" in done.stderr
