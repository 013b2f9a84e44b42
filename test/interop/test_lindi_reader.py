"""Our reader of LINDI files against Python lindi: every object, attribute and element that Python
lindi shows of a document, ours shows as well, and the same."""
import json
import subprocess
import tarfile
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
REFUSALS = (
    "its elements lie in other files",  # not opened unless asked to
    "linked dataset: not supported (it has elements of another type)",  # compounds that were flattened
)
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
        cells = item.size * len(item.dtype.names or "x")
        if item.dtype.itemsize * item.size > MOST or (slow and cells > MOST_OBJECTS):
            self.refused += 1
            return
        try:
            want = self.plain(read(item))
        except Exception as why:  # pylint: disable=broad-exception-caught
            self.refused += 1
            del why
            return
        refused = mine.get("error", "")
        if engine.refuses_filter(refused) or any(words in refused for words in REFUSALS):
            self.refused += 1
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
    if isinstance(got, dict) and "unresolved" in got:
        return isinstance(want, str) and want.startswith("/")  # to what LINDI has not
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
        # ours may be the shortest text of a narrower float that has the same value
        narrow = (np.float16, np.float32) if isinstance(want, float) else (type(want),)
        return got == want or any(
            kind(want) == want and float(str(kind(want))) == got for kind in narrow
        )
    if got is None and want in ("", 0):  # an object that was never written
        return True
    return want == got


def compare(theirs, ours, record_property):
    done = Comparison(theirs, ours).run()
    assert not done.differences, "\n".join(done.differences[:20])
    compared = done.elements or not done.refused
    record_property("outcome", "documents equal" if compared else "nothing to compare")
    if done.refused:
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


def wanted(row):
    return row["class"] == "valid"


def test_what_we_write(corpus_file, tmp_path, record_property):
    """Our own documents, in both readers."""
    source = engine.CORPUS / "files" / corpus_file
    document = tmp_path / "x.lindi.json"
    done = engine.run("index", source, "--url", source, "-o", document)
    if done.returncode not in engine.DONE:
        pytest.skip(f"no document: {engine.stderr_of(done)}")
    if document.stat().st_size > MOST:
        pytest.skip(f"{document.stat().st_size} bytes: Python lindi lists a group by all its keys")
    try:
        theirs = lindi.LindiH5pyFile.from_lindi_file(str(document))
    except Exception as why:  # pylint: disable=broad-exception-caught
        pytest.skip(f"Python lindi: {why}")
    compare(theirs, show(document), record_property)


def make(path):
    """A file that Python lindi writes itself: chunks inline and as blobs."""
    rng = np.random.default_rng(7)
    with lindi.LindiH5pyFile.from_lindi_file(str(path), mode="w") as file:
        file.attrs["object_id"] = "root-id"
        file.attrs["lists"] = [1.5, 2.5]
        file.create_dataset("small", data=np.arange(6).reshape(2, 3))
        file.create_dataset("noise", data=rng.random((60, 40)), chunks=(7, 40))
        file.create_dataset("gzip", data=rng.integers(0, 99, 5000), compression="gzip")
        group = file.create_group("g")
        group.create_dataset("text", data="caf\u00e9")
        group.create_dataset("texts", data=np.array(["a", "\u00e9", ""], dtype=object))
        group.create_dataset("bytes", data=np.array([b"ab", b"c"]))
        group.create_dataset("flags", data=np.array([True, False]))
        group.create_dataset("scalar", data=3.5)
        rows = np.zeros(3, dtype=[("x", "<i4"), ("y", "<f8")])
        rows["x"] = [1, 2, 3]
        group.create_dataset("rows", data=rows)
        file.create_dataset("references", data=np.array([group.ref, file["small"].ref], dtype=object))


@pytest.mark.parametrize("name", ["x.lindi.json", "x.lindi.tar", "x.lindi.d"])
def test_what_python_lindi_creates(name, tmp_path, record_property):
    make(tmp_path / name)
    theirs = lindi.LindiH5pyFile.from_lindi_file(str(tmp_path / name))
    ours = show(tmp_path / name)
    assert not ours["problems"]
    compare(theirs, ours, record_property)
    blobs = [ref for ref in references(tmp_path / name) if ref.startswith("./")]
    assert bool(blobs) == (name != "x.lindi.json")


def references(path):
    """Urls of a document."""
    if path.suffix == ".tar":
        with tarfile.open(path) as tar:
            text = tar.extractfile("lindi.json").read()
    else:
        text = (path / "lindi.json" if path.is_dir() else path).read_bytes()
    refs = json.loads(text)["refs"].values()
    return [ref[0] for ref in refs if isinstance(ref, list)]


# The codecs that documents of others have, each on numbers that it keeps.
CODECS = {
    "zlib": lambda n: (None, n.Zlib(3)),
    "gzip": lambda n: (None, n.GZip(3)),
    "bz2": lambda n: (None, n.BZ2(3)),
    "lz4": lambda n: (None, n.LZ4()),
    "zstd": lambda n: (None, n.Zstd(3)),
    "blosc zstd": lambda n: (None, n.Blosc("zstd", 5, n.Blosc.BITSHUFFLE)),
    "blosc blosclz": lambda n: (None, n.Blosc("blosclz", 5, n.Blosc.SHUFFLE)),
    "blosc lz4hc": lambda n: (None, n.Blosc("lz4hc", 9, n.Blosc.NOSHUFFLE)),
    "blosc zlib": lambda n: (None, n.Blosc("zlib", 5, n.Blosc.SHUFFLE)),
    "shuffle": lambda n: ([n.Shuffle(4)], n.Zlib(1)),
    "fletcher32": lambda n: ([n.Shuffle(4), n.Fletcher32()], None),
    "delta": lambda n: ([n.Delta("<i4", "<i2")], n.LZ4()),
    "fixedscaleoffset": lambda n: ([n.FixedScaleOffset(5, 1, "<i4", "<u2")], None),
}


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("order", ["C", "F"])
def test_codecs_of_zarr(codec, order, tmp_path, record_property):
    import numcodecs
    import zarr

    filters, compressor = CODECS[codec](numcodecs)
    store = {}
    values_ = (np.arange(35 * 11, dtype="<i4").reshape(35, 11) * 7) % 1000
    root = zarr.group(store)
    root.create_dataset(
        "a", data=values_, chunks=(10, 4), filters=filters, compressor=compressor, order=order
    )
    kerchunk(store, tmp_path)
    ours = show(tmp_path / "x.json")["objects"]["/a"]
    assert ours.get("values") == root["a"][:].tolist(), ours.get("error")
    record_property("outcome", "codecs equal")


OBJECTS = {
    "json2": lambda n: n.JSON(),
    "vlen-utf8": lambda n: n.VLenUTF8(),
    "vlen-bytes": lambda n: n.VLenBytes(),
}


@pytest.mark.parametrize("codec", OBJECTS)
def test_objects_of_zarr(codec, tmp_path, record_property):
    import numcodecs
    import zarr

    texts = ["a", "", "\u00e9\U0001f600", "x" * 300] * 5
    if codec == "vlen-bytes":
        texts = [text.encode() for text in texts]
    store = {}
    zarr.group(store).create_dataset(
        "a", data=np.array(texts, dtype=object), chunks=(7,), dtype=object,
        object_codec=OBJECTS[codec](numcodecs),
    )
    kerchunk(store, tmp_path)
    ours = show(tmp_path / "x.json")["objects"]["/a"]
    want = [list(text) for text in texts] if codec == "vlen-bytes" else texts
    assert ours.get("values") == want, ours.get("error")
    record_property("outcome", "codecs equal")


def kerchunk(store, folder):
    """A zarr store as a document of version 1: metadata as text, chunks as bytes of one file."""
    refs = {}
    with open(folder / "data", "wb") as data:
        for key, value in store.items():
            if key.rpartition("/")[2].startswith("."):
                refs[key] = bytes(value).decode()
                continue
            content = bytes(value.tobytes() if isinstance(value, np.ndarray) else value)
            refs[key] = ["{{d}}", data.tell(), len(content)]
            data.write(content)
    document = {"version": 1, "templates": {"d": "data"}, "refs": refs}
    (folder / "x.json").write_text(json.dumps(document), encoding="utf-8")
