"""Our reader of LINDI files against Python lindi: every object, attribute and element that Python
lindi shows of a document, ours shows as well, and the same."""
import json
import subprocess
from pathlib import Path

import engine
import h5py
import lindi
import numpy as np
import pytest
import values
from lindi.LindiH5pyFile.LindiH5pyReference import LindiH5pyReference

SHOW = Path(engine.BIN).parent / "test" / "show-tree"
URL = "https://example.org/"
MOST = 1_000_000  # bytes of a dataset: Python takes seconds for more
MOST_OBJECTS = 5_000  # elements that are no numbers: it needs a millisecond for each


def show(path, files=""):
    """What ours sees, with the urls of documents led to the files here."""
    command = [str(SHOW), str(path), URL, f"{files}/"]
    result = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert result.returncode == 0, engine.stderr_of(result)
    return json.loads(result.stdout)


def opened(path, files):
    """The document in Python lindi, led to the same files."""
    document = json.loads(Path(path).read_text(encoding="utf-8"))
    text = json.dumps(document["refs"]).replace(URL, f"{files}/")
    templates = json.loads(
        json.dumps(document.get("templates", {})).replace(URL, f"{files}/")
    )
    refs = json.loads(text)
    rfs = {"refs": refs, "templates": templates} if templates else {"refs": refs}
    return lindi.LindiH5pyFile.from_reference_file_system(rfs)


class Comparison:
    """Differences, a line each; and what Python lindi itself cannot read."""

    def __init__(self, theirs, ours):
        self.theirs = theirs
        self.ours = ours["objects"]
        self.problems = ours["problems"]
        self.differences = []
        self.elements = 0
        self.refused = 0

    def run(self):
        seen = set()
        self.group(self.theirs, "/", seen)
        for path in self.ours.keys() - seen:
            self.differences.append(f"{path}: not in Python's")
        return self

    def group(self, group, path, seen):
        if self.attributes(group, path, seen) is None:
            return
        links = self.ours[path].get("links")
        if links is None:
            self.differences.append(f"{path}: no group")
            return
        # zarr takes a backslash for a slash and finds nothing
        for name in links:
            if "\\" in name:
                seen.update(key for key in self.ours if key.startswith(join(path, name)))
        names = {name for name in links if "\\" not in name}
        if set(group.keys()) != names:
            self.differences.append(f"{path}: {sorted(names)}, want {sorted(group.keys())}")
        for name in group.keys():
            here = join(path, name)
            link = group.get(name, getlink=True)
            if isinstance(link, h5py.SoftLink):
                if links.get(name, "").strip("/") != link.path.strip("/"):
                    self.differences.append(f"{here}: -> {links.get(name)}, want {link.path}")
                continue
            try:
                item = group[name]
            except Exception:  # pylint: disable=broad-exception-caught
                seen.add(here)
                self.refused += 1
                continue
            if isinstance(item, h5py.Group):
                self.group(item, here, seen)
            else:
                self.dataset(item, here, seen)

    def attributes(self, item, path, seen):
        seen.add(path)
        mine = self.ours.get(path)
        if mine is None:
            self.differences.append(f"{path}: left out")
            return None
        names = set(item.attrs.keys())
        for name in mine["attributes"].keys() - names:
            self.differences.append(f"{path}@{name}: not in Python's")
        for name in names:
            try:
                want = self.plain(item.attrs[name])
            except Exception:  # pylint: disable=broad-exception-caught
                self.refused += 1
                continue
            if name not in mine["attributes"]:
                self.differences.append(f"{path}@{name}: left out")
            elif not same(want, mine["attributes"][name]):
                got = values.brief(mine["attributes"][name])
                self.differences.append(f"{path}@{name}: {got}, want {values.brief(want)}")
        return mine

    def dataset(self, item, path, seen):
        mine = self.attributes(item, path, seen)
        if mine is None:
            return
        if item.shape == () and item._zarr_array.shape != (1,):
            self.refused += 1  # an attribute _SCALAR of the user's
            return
        if tuple(mine.get("shape", ())) != tuple(item.shape):
            self.differences.append(f"{path}: shape {mine.get('shape')}, want {item.shape}")
            return
        slow = item.dtype.hasobject or item.dtype.names
        if item.dtype.itemsize * item.size > MOST or (slow and item.size > MOST_OBJECTS):
            self.refused += 1
            return
        try:
            want = self.plain(read(item))
        except Exception as why:  # pylint: disable=broad-exception-caught
            self.refused += 1
            del why
            return
        self.elements += item.size
        if "values" not in mine:
            self.differences.append(f"{path}: {mine.get('error')}")
        elif not same(want, mine["values"]):
            got = values.brief(mine["values"])
            self.differences.append(f"{path}: {got}, want {values.brief(want)}")

    def plain(self, value):
        """As JSON has it."""
        if isinstance(value, LindiH5pyReference):
            return "/" + value._path.strip("/")
        if isinstance(value, h5py.Reference):
            return "?"
        if isinstance(value, dict) and "_REFERENCE" in value:
            return "/" + value["_REFERENCE"]["path"].strip("/")
        if isinstance(value, np.void) and value.dtype.names:
            return [self.plain(value[field]) for field in value.dtype.names]
        if isinstance(value, np.ndarray):
            return [self.plain(item) for item in value]
        if isinstance(value, (list, tuple)):
            return [self.plain(item) for item in value]
        if isinstance(value, bytes):
            return value.decode("utf-8", "surrogateescape")
        if isinstance(value, (np.datetime64, np.timedelta64)):
            return {"hex": value.tobytes().hex()}
        if isinstance(value, np.void):
            return {"hex": value.tobytes().hex()}
        if isinstance(value, (complex, np.complexfloating)):
            return [float(value.real), float(value.imag)]
        if isinstance(value, (bool, np.bool_, int, np.integer)):
            return int(value)
        if isinstance(value, (float, np.floating)):
            return value
        return value


def join(path, name):
    return path.rstrip("/") + "/" + name


def read(item):
    """Rows of a compound as lists: Python lindi gives them field by field."""
    link = item._zarr_array.attrs.get("_EXTERNAL_ARRAY_LINK")
    if item.dtype.names and not link:
        if item.ndim == 1 and len(item):
            columns = [item[name][:] for name in item.dtype.names]
            return [list(row) for row in zip(*columns)]
        return item._zarr_array[:]
    return item[()] if item.ndim == 0 else item[:]


def same(want, got):
    """Python's value and ours."""
    if isinstance(got, dict) and "hex" not in got:
        got = list(got.values())
    if isinstance(want, list) and isinstance(got, list):
        if values.empty(want) and values.empty(got):
            return True
        return len(want) == len(got) and all(map(same, want, got))
    if isinstance(want, (float, np.floating)):
        if isinstance(got, str):
            got = {"NaN": float("nan"), "Infinity": float("inf"), "-Infinity": float("-inf")}[got]
        if want != want:
            return got != got
        # shortest text of a narrow float
        return type(want)(got) == want if isinstance(want, np.floating) else got == want
    if got is None and want in ("", 0):  # an object that was never written
        return True
    return want == got


def compare(theirs, ours, record_property):
    done = Comparison(theirs, ours).run()
    assert not done.differences, "\n".join(done.differences[:20])
    record_property("outcome", "documents equal")
    for _ in range(min(done.refused, 1)):
        record_property("outcome", "with parts that Python lindi cannot read")


def test_what_python_lindi_writes(oracle_document, record_property):
    libver = oracle_document.split("/")[0]
    document = engine.ORACLE / "expected" / oracle_document
    files = engine.ORACLE / "cases" / libver
    # the urls of the oracle end in .h5 and name the case
    ours = show(document, files)
    compare(opened(document, files), ours, record_property)


def test_corpus_documents(corpus_document, record_property):
    document = engine.CORPUS / "lindi" / corpus_document
    files = engine.CORPUS / "files"
    compare(opened(document, files), show(document, files), record_property)
