"""Files whose data lie in several files: ours finds the same objects, extents and elements as libhdf5."""
import hashlib
import io
import json
import os
import subprocess
import sys
from random import Random

import engine
import h5py
import numpy as np
import pytest


def dump(path, *options):
    """Exit code, records by path and messages of `lindi dump --data`."""
    result = engine.run("dump", "--format", "json", "--data", *options, path)
    records = json.loads(result.stdout)["objects"] if result.stdout else []
    return result.returncode, {r["path"]: r for r in records}, result.stderr.decode()


def sum_of(values):
    """As the dump has it: little-endian elements in C order."""
    values = np.asarray(values)
    return hashlib.sha256(values.astype(values.dtype.newbyteorder("<")).tobytes()).hexdigest()


def check_equal(path, options=("--follow-files",), file=None):
    """Every dataset has the shape and the elements that h5py sees."""
    code, records, messages = dump(path, *options)
    assert code == 0, messages
    seen = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            seen["/" + name] = (list(item.shape), sum_of(item[()]))

    with file or h5py.File(path, "r") as f:
        f.visititems(visit)
    assert seen
    for name, (shape, data) in seen.items():
        assert records[name]["shape"] == shape, name
        assert records[name]["data_sha256"] == data, name
    return records


def write(path, **datasets):
    with h5py.File(path, "w", libver="latest") as f:
        for name, values in datasets.items():
            shape = (None, *np.shape(values)[1:])
            f.create_dataset(name, data=values, maxshape=shape, chunks=(2, *np.shape(values)[1:]))


def numbers(*shape, start=0):
    return np.arange(start, start + np.prod(shape), dtype="i4").reshape(shape)


def virtual(f, name, shape, mappings, maxshape=None, fill=-1, dtype="i4"):
    """Mappings: (start, stride, count, block) in the dataset; file; name; the same in the source, or
    None for all of it."""
    unlimited = h5py.h5s.UNLIMITED
    most = tuple(unlimited if n is None else n for n in maxshape or shape)

    def space_of(extents, most, slab):
        space = h5py.h5s.create_simple(extents, most)
        if slab is not None:
            start, stride, count, block = (
                tuple(unlimited if n is None else n for n in part) for part in slab
            )
            space.select_hyperslab(start, count, stride, block)
        return space

    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_fill_value(np.asarray(fill, dtype))
    for target, file, path, extents, slab in mappings:
        source = space_of(extents, tuple(unlimited for _ in extents), slab)
        target = space_of(shape, most, target)
        plist.set_virtual(target, file.encode(), path.encode(), source)
    kind = h5py.h5t.py_create(np.dtype(dtype))
    h5py.h5d.create(f.id, name.encode(), kind, h5py.h5s.create_simple(shape, most), plist)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """libhdf5 looks for raw data in the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_numbered_sources_end_at_the_first_that_is_missing(folder):
    for i in (0, 1, 2, 4):
        write(folder / f"s{i}.h5", data=numbers(5, 3, start=100 * i))
    with h5py.File(folder / "v.h5", "w", libver="latest") as f:
        blocks = ((0, 0), (6, 1), (None, 1), (5, 3))
        virtual(f, "by_file", (0, 3), [(blocks, "s%b.h5", "data", (5, 3), None)], (None, 3))
        for i in range(3):
            f[f"part%{i}"] = numbers(5, 3, start=i)
        virtual(f, "by_name", (0, 3), [(blocks, ".", "part%%%b", (5, 3), None)], (None, 3))
        virtual(f, "none", (7, 3), [(blocks, "no%b.h5", "data", (5, 3), None)], (None, 3))
    records = check_equal(folder / "v.h5")
    assert records["/by_file"]["shape"] == [17, 3]
    assert records["/by_name"]["shape"] == [17, 3]


def test_extents_follow_sources_that_grew(folder):
    for name, length in {"a": 4, "b": 3, "c": 7, "empty": 0}.items():
        write(folder / f"{name}.h5", data=numbers(length, 2, start=ord(name[0])))

    def planes(first, step, block, source):
        start, count = (first, 0), (None, 1)
        return (start, (step, 1), count, (block, 2)), source, "data", (0, 2), (
            (0, 0), (block, 1), count, (block, 2)
        )

    def rows(start, column, source):
        return ((start, column), (1, 1), (1, 1), (None, 2)), source, "data", (0, 2), (
            (0, 0), (1, 1), (1, 1), (None, 2)
        )

    with h5py.File(folder / "v.h5", "w", libver="latest") as f:
        interleaved = [planes(i, 3, 1, f"{n}.h5") for i, n in enumerate("abc")]
        virtual(f, "interleaved", (0, 2), interleaved, (None, 2))
        # the last block of seven rows in blocks of three is cut off
        virtual(f, "blocks", (0, 2), [planes(1, 5, 3, "c.h5")], (None, 2))
        side_by_side = [rows(0, 0, "a.h5"), rows(2, 2, "c.h5"), rows(0, 4, "missing.h5")]
        virtual(f, "side_by_side", (0, 6), side_by_side, (None, 6))
        virtual(f, "nothing", (5, 2), [rows(0, 0, "empty.h5")], (None, 2))
        # a selection that ends keeps the dataset as long as itself
        whole = ((9, 0), (1, 1), (1, 1), (4, 2)), "a.h5", "data", (4, 2), None
        virtual(f, "at_least", (13, 4), [rows(0, 2, "b.h5"), whole], (None, 4))
    records = check_equal(folder / "v.h5")
    assert records["/blocks"]["shape"] == [12, 2]
    assert records["/at_least"]["shape"] == [13, 4]


def test_sources_that_are_not_there_leave_the_fill_value(folder):
    write(folder / "a.h5", data=numbers(4, 2))
    with h5py.File(folder / "v.h5", "w", libver="latest") as f:
        def half(start, file, name):
            return ((start, 0), (1, 1), (1, 1), (4, 2)), file, name, (4, 2), None

        virtual(f, "v", (12, 2), [half(0, "no.h5", "data"), half(4, "a.h5", "no"), half(8, "a.h5", "data")])
        f["link"] = h5py.SoftLink("/v")
    check_equal(folder / "v.h5")


def test_sources_of_other_byte_order_and_of_sources(folder):
    write(folder / "big.h5", data=numbers(4, 2).astype(">i4"), real=np.linspace(0, 1, 8).astype(">f8"))
    os.mkdir(folder / "below")
    write(folder / "below" / "deep.h5", data=numbers(4, 2, start=50))
    whole = ((0, 0), (1, 1), (1, 1), (4, 2))
    growing = ((0, 0), (1, 1), (1, 1), (None, 2))
    with h5py.File(folder / "below" / "middle.h5", "w", libver="latest") as f:
        # the name counts from the folder of the file that has it
        virtual(f, "m", (3, 2), [(growing, "deep.h5", "data", (0, 2), growing)], (None, 2))
    with h5py.File(folder / "v.h5", "w", libver="latest") as f:
        virtual(f, "swapped", (4, 2), [(whole, "big.h5", "data", (4, 2), None)])
        line = ((0,), (1,), (1,), (8,))
        virtual(f, "real", (8,), [(line, "big.h5", "real", (8,), None)], dtype="f8")
        # sources that grow themselves have the extents that are stored
        virtual(f, "nested", (0, 2), [(growing, "below/middle.h5", "m", (0, 2), growing)], (None, 2))
    records = check_equal(folder / "v.h5")
    assert records["/nested"]["shape"] == [3, 2]


def test_without_the_option_nothing_else_is_opened(folder):
    write(folder / "a.h5", data=numbers(4, 2))
    growing = ((0, 0), (1, 1), (1, 1), (None, 2))
    with h5py.File(folder / "v.h5", "w", libver="latest") as f:
        virtual(f, "v", (3, 2), [(growing, "a.h5", "data", (0, 2), growing)], (None, 2))
    code, records, _ = dump(folder / "v.h5")
    assert records["/v"]["shape"] == [3, 2]
    assert "data_sha256" not in records["/v"]


@pytest.mark.parametrize("name", ["../a.h5", "{parent}/a.h5", "link.h5", "below/../a.h5", "pipe.h5"])
def test_sources_elsewhere_are_refused(folder, name):
    inside = folder / "inside"
    (inside / "below").mkdir(parents=True)
    write(folder / "a.h5", data=numbers(4, 2))
    os.symlink("../a.h5", inside / "link.h5")
    os.mkfifo(inside / "pipe.h5")
    name = name.format(parent=folder)
    growing = ((0, 0), (1, 1), (1, 1), (None, 2))
    with h5py.File(inside / "v.h5", "w", libver="latest") as f:
        virtual(f, "v", (3, 2), [(growing, name, "data", (0, 2), growing)], (None, 2))
    code, records, messages = dump(inside / "v.h5", "--follow-files")
    assert code == 3
    assert "data_sha256" not in records["/v"]
    assert name in messages


def test_an_absolute_name_stands_for_the_file_beside(folder):
    """As libhdf5 does when the files were moved."""
    write(folder / "a.h5", data=numbers(4, 2))
    growing = ((0, 0), (1, 1), (1, 1), (None, 2))
    with h5py.File(folder / "v.h5", "w", libver="latest") as f:
        virtual(f, "inside", (0, 2), [(growing, f"{folder}/a.h5", "data", (0, 2), growing)], (None, 2))
        virtual(f, "moved", (0, 2), [(growing, "/no/such/a.h5", "data", (0, 2), growing)], (None, 2))
    records = check_equal(folder / "v.h5")
    assert records["/moved"]["shape"] == [4, 2]


def test_files_that_name_each_other(folder):
    growing = ((0, 0), (1, 1), (1, 1), (None, 2))
    for one, other in (("a.h5", "b.h5"), ("b.h5", "a.h5")):
        with h5py.File(folder / one, "w", libver="latest") as f:
            f["data"] = numbers(4, 2)
            virtual(f, "v", (3, 2), [(growing, other, "v", (0, 2), growing)], (None, 2))
            virtual(f, "fine", (0, 2), [(growing, other, "data", (4, 2), growing)], (None, 2))
    code, records, messages = dump(folder / "a.h5", "--follow-files")
    assert code == 3
    assert "/v: " in messages
    assert records["/fine"]["data_sha256"] == sum_of(numbers(4, 2))


def test_external_raw_data(folder):
    (folder / "one.raw").write_bytes(bytes(range(100)))
    (folder / "two.raw").write_bytes(bytes(range(200, 230)))
    with h5py.File(folder / "e.h5", "w") as f:
        f.create_dataset("parts", (6, 5), "<i2", external=[("one.raw", 7, 20), ("two.raw", 3, 10), ("one.raw", 40, h5py.h5f.UNLIMITED)])
        # two.raw ends before the data do
        f.create_dataset("short", (5, 4), ">i4", external=[("two.raw", 0, h5py.h5f.UNLIMITED)], fillvalue=9)
        f.create_dataset("behind", (3,), "u1", external=[("two.raw", 1000, 3)])
    check_equal(folder / "e.h5")
    code, records, _ = dump(folder / "e.h5")
    assert not any("data_sha256" in r for r in records.values())


def test_external_raw_data_that_are_not_there(folder):
    (folder / "sub").mkdir()
    with h5py.File(folder / "sub" / "e.h5", "w") as f:
        f.create_dataset("missing", (3,), "u1", external=[("no.raw", 0, 3)])
        f.create_dataset("outside", (3,), "u1", external=[("/etc/passwd", 0, 3)])
        f.create_dataset("above", (3,), "u1", external=[("../one.raw", 0, 3)])
    (folder / "one.raw").write_bytes(b"abc")
    code, records, messages = dump(folder / "sub" / "e.h5", "--follow-files")
    assert code == 3
    assert not any("data_sha256" in r for r in records.values())
    for name in ("no.raw", "/etc/passwd", "../one.raw"):
        assert name in messages


SPLIT = {"driver": "split", "meta_ext": b"-m.h5", "raw_ext": b"-r.h5"}


def fill_file(f):
    f["a/b"] = numbers(60, 10)
    f["c"] = np.linspace(0, 1, 77)
    f.create_dataset("chunked", data=numbers(30, 4), chunks=(7, 3), compression="gzip")
    f.attrs["text"] = "words"


@pytest.mark.parametrize("libver", ["earliest", "latest"])
@pytest.mark.parametrize("pattern", ["x%05d.h5", "run1-%d-of_20.h5", "%03d"])
def test_family(folder, libver, pattern):
    name = str(folder / pattern)
    with h5py.File(name, "w", driver="family", memb_size=1024, libver=libver) as f:
        fill_file(f)
    assert os.path.exists(name % 5)
    opened = [h5py.File(name, "r", driver="family", memb_size=1024) for _ in range(2)]
    check_equal(folder / (pattern % 0), file=opened[0])
    check_equal(folder / (pattern % 0), ("--members", pattern), file=opened[1])
    code, _, messages = dump(folder / (pattern % 0))
    assert code in (2, 3)
    assert "--follow-files" in messages


def test_family_that_lost_a_member(folder):
    with h5py.File(folder / "x%05d.h5", "w", driver="family", memb_size=1024) as f:
        fill_file(f)
    os.remove(folder / "x00004.h5")
    code, _, messages = dump(folder / "x00000.h5", "--follow-files")
    assert code in (2, 3)
    os.symlink("/dev/zero", folder / "x00004.h5")
    code, _, messages = dump(folder / "x00000.h5", "--follow-files")
    assert code == 2
    assert "x00004.h5" in messages


def test_a_neighbour_is_no_member(folder):
    """A file that was cut off, and beside it one that counts on but is a file of its own."""
    with h5py.File(folder / "x0.h5", "w") as f:
        fill_file(f)
    with h5py.File(folder / "x1.h5", "w") as f:
        f["other"] = np.arange(5000)
    os.truncate(folder / "x0.h5", 6000)
    code, alone, _ = dump(folder / "x0.h5")
    assert code == 3
    assert "data_sha256" in alone["/a/b"]  # what follows is cut off
    assert dump(folder / "x0.h5", "--follow-files")[1] == alone


def test_split(folder):
    with h5py.File(folder / "s", "w", **SPLIT) as f:
        fill_file(f)
    opened = h5py.File(folder / "s", "r", **SPLIT)
    check_equal(folder / "s-m.h5", file=opened)
    (folder / "s-m.h5").rename(folder / "other.h5")
    code, _, messages = dump(folder / "other.h5", "--follow-files")
    assert code == 2
    assert "%s-m.h5" in messages
    code, records, messages = dump(folder / "other.h5", "--members", "s")
    assert code == 0, messages
    assert records["/a/b"]["data_sha256"] == sum_of(numbers(60, 10))


def test_split_without_its_raw_data(folder):
    with h5py.File(folder / "s", "w", **SPLIT) as f:
        fill_file(f)
    (folder / "s-r.h5").unlink()
    code, records, messages = dump(folder / "s-m.h5", "--follow-files")
    assert code == 3
    assert records["/a/b"]["shape"] == [60, 10]
    assert "data_sha256" not in records["/a/b"]
    assert "s-r.h5" in messages


def test_multi(folder):
    """h5py has no function for this driver, but libhdf5 takes it from the environment."""
    with h5py.File(folder / "plain.h5", "w") as f:
        fill_file(f)
    copy = "import h5py; f = h5py.File('m', 'w'); s = h5py.File('plain.h5', 'r', driver='sec2')\n"
    copy += "[s.copy(name, f) for name in s]; f.close()"
    environment = {**os.environ, "HDF5_DRIVER": "multi"}
    subprocess.run([sys.executable, "-c", copy], check=True, env=environment, cwd=folder)
    assert (folder / "m-s.h5").exists()
    code, records, messages = dump(folder / "m-s.h5", "--follow-files")
    assert code == 0, messages
    plain = dump(folder / "plain.h5")[1]
    assert records.keys() == plain.keys()
    for path, record in plain.items():
        assert records[path].get("data_sha256") == record.get("data_sha256"), path
    assert records["/a/b"]["data_sha256"] == sum_of(numbers(60, 10))


def test_members_that_are_named_wrong(folder):
    write(folder / "a.h5", data=numbers(4, 2))
    for pattern in ("a%s.h5", "%d%d.h5", "a%n.h5", "b%d.h5", "../a%d.h5", "plain"):
        code, _, messages = dump(folder / "a.h5", "--members", pattern)
        assert code == 2, pattern
        assert messages, pattern


def read(path, name, index=""):
    """What `lindi read` says of a part, as an array."""
    result = engine.run("read", "--follow-files", "--format", "npy", path, f"{name}{index}")
    assert result.returncode == 0, engine.stderr_of(result)
    return np.load(io.BytesIO(result.stdout))


def random_index(random, shape):
    """Slices with steps, at least one element each."""
    out = []
    for extent in shape:
        start = random.randrange(extent)
        out.append(slice(start, random.randint(start + 1, extent), random.randint(1, 3)))
    return tuple(out)


def text_of(index):
    return "[" + ",".join(f"{s.start}:{s.stop}:{s.step}" for s in index) + "]"


def test_parts_are_those_of_the_whole(folder):
    write(folder / "a.h5", data=numbers(30, 7), flat=numbers(60, start=1000))
    write(folder / "b.h5", data=numbers(12, 5, 4, start=5000))
    with h5py.File(folder / "v.h5", "w", libver="latest") as f:
        every_third = (((1, 2), (3, 4), (10, 2), (1, 3)), "a.h5", "data", (30, 7), ((0, 0), (1, 1), (1, 1), (10, 6)))
        # a line that fills a rectangle, row after row, and lies over a part of the first
        line = (((20, 1), (1, 1), (1, 1), (6, 10)), "a.h5", "flat", (60,), None)
        virtual(f, "plane", (40, 12), [every_third, line])
        turned = (((0, 3), (1, 1), (1, 1), (5, 24)), "b.h5", "data", (12, 5, 4), ((0, 0, 0), (2, 1, 2), (6, 1, 2), (1, 5, 2)))
        virtual(f, "of_three", (6, 30), [turned])
        f["own"] = numbers(4, 4)
        virtual(f, "twice", (8, 4), [(((4, 0), (1, 1), (1, 1), (4, 4)), ".", "own", (4, 4), None)])
        virtual(f, "nested", (8, 12), [(((0, 0), (1, 1), (1, 1), (8, 12)), ".", "plane", (40, 12), ((17, 0), (1, 1), (1, 1), (8, 12)))])
    random = Random(7)
    with h5py.File(folder / "v.h5") as f:
        for name in ("plane", "of_three", "twice", "nested"):
            # libhdf5's own parts of `nested` have zeros where the whole has the fill value.
            whole = f[name][()]
            for _ in range(25):
                index = random_index(random, whole.shape)
                assert np.array_equal(read(folder / "v.h5", "/" + name, text_of(index)), whole[index]), (name, index)


def test_a_part_of_much_more_than_fits(folder):
    """Of a source no more is read than what the part has of it."""
    rows = 3_000_000
    with h5py.File(folder / "s.h5", "w") as f:
        data = f.create_dataset("data", (rows, 64), "i4")  # 768 MB, never written but for
        data[rows - 2 :] = numbers(2, 64)
    with h5py.File(folder / "v.h5", "w", libver="latest") as f:
        virtual(f, "all", (rows, 64), [(((0, 0), (1, 1), (1, 1), (rows, 64)), "s.h5", "data", (rows, 64), None)])
    assert np.array_equal(read(folder / "v.h5", "/all", f"[{rows - 3}:, 60:]")[1:], numbers(2, 64)[:, 60:])
