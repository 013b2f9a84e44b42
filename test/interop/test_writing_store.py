"""LINDI files that we write, as Python lindi, tar programs and h5py's copy of the data see them; and
files of Python lindi that we change. JSON, tar and directory."""
import contextlib
import json
import shutil
import subprocess
import tarfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import engine
import h5py
import lindi
import numpy as np
import pytest
import test_pynwb
import values

EDIT = Path(engine.BIN).parent / "test" / "edit-store"
FORMS = ("lindi.json", "lindi.tar", "lindi.d")
SHAPE = (40, 50)  # of arrays that become blobs: 4000 bytes


def run(*command, status=0, text=None):
    result = subprocess.run(
        [str(word) for word in command], input=text, capture_output=True, timeout=60, check=False
    )
    assert result.returncode == status, engine.stderr_of(result)
    return result


def convert(source, target, *options):
    run(engine.BIN, "convert", source, target, *options)


def opened(path, mode="r"):
    return lindi.LindiH5pyFile.from_lindi_file(str(path), mode=mode)


@pytest.fixture
def sample(tmp_path):
    """A copy, so that a test can take it away."""
    return Path(shutil.copy(engine.SAMPLE, tmp_path / "sample.nwb"))


def tar_of(path):
    """Names and contents as the last of each name; GNU tar must find nothing to complain about."""
    listed = run("tar", "tf", path)
    assert listed.stderr == b""
    with tarfile.open(path) as tar:
        members = tar.getmembers()
        assert [m.name for m in members] == listed.stdout.decode().split("\n")[:-1]
        return {m.name: tar.extractfile(m).read() for m in members}


def make_data(seed):
    """Bytes that no codec makes short: Python's writer loses what comes after a short chunk."""
    return np.random.default_rng(seed).integers(0, 2**16, SHAPE).astype("<u2")


class Edits:
    """What edit-store is to do with a file."""

    def __init__(self, folder):
        self.folder = folder
        self.lines = []

    def add_array(self, path, data, chunk_rows):
        metadata = {
            "zarr_format": 2,
            "shape": data.shape,
            "chunks": [chunk_rows, data.shape[1]],
            "dtype": data.dtype.str,
            "order": "C",
            "fill_value": 0,
            "filters": None,
            "compressor": None,
        }
        self.lines.append(f"json\t{path}/.zarray\t{json.dumps(metadata)}")
        for i in range(0, data.shape[0], chunk_rows):
            file = self.folder / f"chunk{len(self.lines)}"
            file.write_bytes(data[i : i + chunk_rows].tobytes())
            self.lines.append(f"bytes\t{path}/{i // chunk_rows}.0\t{file}")
        return self

    def run(self, path, mode="r+"):
        return run(EDIT, path, mode, text="".join(f"{line}\n" for line in self.lines).encode())


def read_by_ours(path, dataset):
    out = run(engine.BIN, "read", path, dataset, "--format", "raw").stdout
    return np.frombuffer(out, "<u2").reshape(SHAPE)


@pytest.mark.parametrize("form", FORMS)
def test_index_writes_what_python_lindi_reads(form, sample, tmp_path):
    path = tmp_path / f"x.{form}"
    run(engine.BIN, "index", sample, "-o", path)
    assert not values.differences(sample, path)


@pytest.mark.parametrize("form", FORMS)
def test_copied_in_data_need_no_other_file(form, sample, tmp_path):
    path = tmp_path / f"x.{form}"
    convert(sample, path, "--materialize")
    sample.unlink()
    assert not values.differences(engine.SAMPLE, path)


@pytest.mark.parametrize("form", FORMS)
def test_pynwb_prints_what_it_prints_of_the_file(form, sample, tmp_path):
    path = tmp_path / f"x.{form}"
    convert(sample, path, "--materialize")
    want = test_pynwb.printed(h5py.File(sample, "r"))
    assert want.startswith("root pynwb.file.NWBFile")
    assert test_pynwb.printed(opened(path)) == want


def test_a_pattern_copies_in_what_it_matches(sample, tmp_path):
    path = tmp_path / "x.lindi.d"
    convert(sample, path, "--materialize=/acquisition/*")
    refs = json.loads((path / "lindi.json").read_text(encoding="utf-8"))["refs"]
    lists = {key: value[0] for key, value in refs.items() if isinstance(value, list)}
    remote = {key for key, url in lists.items() if not url.startswith("./")}
    assert remote and not [key for key in remote if key.startswith("acquisition/")]
    assert [key for key in lists if key.startswith("acquisition/")]


def test_blobs_move_along_from_form_to_form(sample, tmp_path):
    way = ["lindi.tar", "lindi.json", "lindi.d", "lindi.tar", "lindi.d", "lindi.json"]
    path = sample
    for number, form in enumerate(way):
        target = tmp_path / f"{number}.{form}"
        convert(path, target, "--materialize")
        path.unlink() if path.is_file() else shutil.rmtree(path)
        path = target
        assert not values.differences(engine.SAMPLE, path)


def test_python_writes_what_we_convert(tmp_path):
    data = make_data(1)
    for form in FORMS:
        path = tmp_path / f"python.{form}"
        with opened(path, "w") as file:
            file.create_dataset("g/a", data=data, chunks=(20, 50))
            file["g"].attrs["n"] = 1
        for target in FORMS:
            out = tmp_path / f"{form}.{target}"
            convert(path, out)
            got = opened(out)
            assert np.array_equal(got["g/a"][()], data)
            assert got["g"].attrs["n"] == 1


def test_tar_programs_list_it(sample, tmp_path):
    path = tmp_path / "x.lindi.tar"
    convert(sample, path, "--materialize")
    Edits(tmp_path).add_array("new", make_data(2), 20).run(path)
    files = tar_of(path)
    document = json.loads(files["lindi.json"])
    blobs = [value[0][2:] for value in document["refs"].values() if isinstance(value, list)]
    assert blobs and set(blobs) <= set(files)
    assert files["blobs/new/1.0"] == make_data(2)[20:].tobytes()


@pytest.mark.parametrize("form", FORMS)
def test_extended_in_turn(form, tmp_path):
    """Ten times Python lindi, ten times ours; each finds what the other wrote."""
    path = tmp_path / f"x.{form}"
    Edits(tmp_path).run(path, "w")
    for turn in range(10):
        with opened(path, "r+") as file:
            file.create_dataset(f"g/python{turn}", data=make_data(turn))
            file["g"].attrs[f"python{turn}"] = turn
        Edits(tmp_path).add_array(f"g/ours{turn}", make_data(100 + turn), 20).run(path)
        file = opened(path)
        for earlier in range(turn + 1):
            assert file["g"].attrs[f"python{earlier}"] == earlier
            for name, seed in ((f"python{earlier}", earlier), (f"ours{earlier}", 100 + earlier)):
                assert np.array_equal(file["g"][name][()], make_data(seed))
                assert np.array_equal(read_by_ours(path, f"/g/{name}"), make_data(seed))
    if form == "lindi.tar":
        tar_of(path)


@pytest.mark.parametrize("form", FORMS)
def test_packing_loses_nothing_but_trash(form, tmp_path):
    path = tmp_path / f"x.{form}"
    with opened(path, "w") as file:
        for turn in range(6):
            file.create_dataset(f"a{turn}", data=make_data(turn))
            file.flush()
            file.attrs["turn"] = "x" * 4000 * turn  # the document outgrows its place
        file["a0"][...] = make_data(9)
    size = sum(f.stat().st_size for f in [path, *path.rglob("*")] if f.is_file())
    run(engine.BIN, "pack", path)
    packed = sum(f.stat().st_size for f in [path, *path.rglob("*")] if f.is_file())
    assert packed < size
    file = opened(path, "r+")
    assert file.attrs["turn"] == "x" * 20_000
    for turn in range(6):
        assert np.array_equal(file[f"a{turn}"][()], make_data(turn or 9))
    file.create_dataset("more", data=make_data(7))
    file.close()
    assert np.array_equal(read_by_ours(path, "/more"), make_data(7))


@pytest.mark.parametrize("form", FORMS)
def test_names_that_tars_cannot_have(form, tmp_path):
    path = tmp_path / f"x.{form}"
    names = ["x" * 150, "caf\u00e9", "two words", "y" * 70 + "/" + "z" * 70]
    edits = Edits(tmp_path)
    for group in [name.split("/")[0] for name in names if "/" in name]:
        edits.lines.append(f'json\t{group}/.zgroup\t{{"zarr_format": 2}}')
    for seed, name in enumerate(names):
        edits.add_array(name, make_data(seed), 20)
    edits.run(path, "w")
    file = opened(path)
    for seed, name in enumerate(names):
        assert np.array_equal(file[name][()], make_data(seed))
    if form == "lindi.tar":
        assert all(len(name) <= 100 and name.isascii() for name in tar_of(path))


@pytest.mark.parametrize("torn", ["nothing but zeros", "half a header", "half a file", "noise"])
def test_a_torn_end_is_repaired(torn, tmp_path):
    path = tmp_path / "x.lindi.tar"
    Edits(tmp_path).add_array("a", make_data(1), 20).run(path, "w")
    whole = path.read_bytes()
    blob = tarfile.TarInfo("blobs/torn/0")
    blob.size = 5000
    tail = {
        "nothing but zeros": bytes(300_000),
        "half a header": blob.tobuf(tarfile.USTAR_FORMAT)[:200],
        "half a file": blob.tobuf(tarfile.USTAR_FORMAT) + b"\xff" * 3000,
        "noise": make_data(5).tobytes(),
    }[torn]
    path.write_bytes(whole[:-1024] + tail)
    assert np.array_equal(opened(path)["a"][()], make_data(1))
    assert np.array_equal(read_by_ours(path, "/a"), make_data(1))
    said = Edits(tmp_path).add_array("b", make_data(2), 20).run(path).stderr.decode()
    assert f"{len(tail)} bytes were cut off" in said
    tar_of(path)
    with opened(path, "r+") as file:  # it looks for 1024 zero bytes at the end
        file.create_dataset("c", data=make_data(3))
    for seed, name in enumerate("abc", start=1):
        assert np.array_equal(opened(path)[name][()], make_data(seed))


def test_files_of_other_programs_are_kept(tmp_path):
    path = tmp_path / "x.lindi.tar"
    Edits(tmp_path).add_array("a", make_data(1), 20).run(path, "w")
    (tmp_path / "notes.txt").write_text("by hand", encoding="utf-8")
    run("tar", "rf", path, "-C", tmp_path, "notes.txt")
    said = Edits(tmp_path).add_array("b", make_data(2), 20).run(path).stderr
    assert said == b""
    assert tar_of(path)["notes.txt"] == b"by hand"
    assert np.array_equal(opened(path)["b"][()], make_data(2))


class RangeHandler(SimpleHTTPRequestHandler):
    """Files of a folder, with ranges."""

    def do_GET(self):
        content = Path(self.translate_path(self.path)).read_bytes()
        first, last = 0, len(content) - 1
        asked = self.headers.get("Range")
        if asked:
            start, end = asked.removeprefix("bytes=").split("-")
            first, last = int(start), min(int(end or last), last)
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(content[first : last + 1])

    def log_message(self, *args):
        pass


@pytest.fixture
def server(tmp_path):
    """Serves tmp_path. Yields its URL."""
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(RangeHandler, directory=str(tmp_path))
    ) as serving:
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{serving.server_address[1]}"
        serving.shutdown()
        thread.join()


@pytest.mark.parametrize("blobs", [2, 600])  # 600: over 2 MiB, read by ranges
def test_remote_tar(blobs, tmp_path, server, monkeypatch):
    monkeypatch.undo()  # this one may reach for the network
    path = tmp_path / "x.lindi.tar"
    edits = Edits(tmp_path)
    for seed in range(blobs):
        edits.add_array(f"a{seed}", make_data(seed), 40)
    edits.run(path, "w")
    file = opened(f"{server}/x.lindi.tar")
    for seed in (0, 1, blobs - 1):
        assert np.array_equal(file[f"a{seed}"][()], make_data(seed))


def test_chunks_of_a_remote_tar_stay_there_or_come_along(tmp_path, server, monkeypatch):
    monkeypatch.undo()
    Edits(tmp_path).add_array("a", make_data(1), 20).run(tmp_path / "x.lindi.tar", "w")
    options = ("--no-cache",)
    for form in FORMS:
        kept = tmp_path / f"kept.{form}"
        convert(f"{server}/x.lindi.tar", kept, *options)
        assert np.array_equal(opened(kept)["a"][()], make_data(1))
        copied = tmp_path / f"copied.{form}"
        convert(f"{server}/x.lindi.tar", copied, "--materialize", *options)
        refs = opened(copied).to_reference_file_system()["refs"]
        assert not [v for v in refs.values() if isinstance(v, list) and "://" in v[0]]
        assert np.array_equal(opened(copied)["a"][()], make_data(1))
