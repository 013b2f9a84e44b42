#!/usr/bin/python3
"""Writes the small HDF5 files that tests of the layers node and array read, and what libhdf5 says of them.

    make_files.py [FOLDER]

Made with Debian 12's h5py 3.7.0 on libhdf5 1.10.8 (package python3-h5py); only times in root headers
depend on when they are made. For each NAME.h5 there is a NAME.truth, one fact per line:

    object PATH KIND ADDRESS            h5py.h5o.get_info
    chunk PATH NUMBER OFFSET SIZE MASK  H5Dget_chunk_info; NUMBER in C order over the chunk grid
    grid PATH EXTENT...                 chunks per dimension
    data PATH BYTES HASH                elements in the file's type, FNV-1a of 64 bits
"""
import ctypes
import sys
from pathlib import Path

import h5py
import numpy as np

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent


def library():
    return ctypes.CDLL("libhdf5_serial.so.103")  # the one h5py has loaded already


def call(function, holder, *arguments):
    """What h5py has no method for. Numbers are passed as unsigned int."""
    rest = [ctypes.c_uint(a) if isinstance(a, int) else a for a in arguments]
    if getattr(library(), function)(ctypes.c_int64(holder.id), *rest) < 0:
        raise RuntimeError(function)


def create(name, **options):
    return h5py.File(FOLDER / f"{name}.h5", "w", **options)


def dataset(parent, path, dtype, shape, maxshape=None, chunks=None, filters=(), early=False, fill=None,
            unfiltered_edges=False):
    """A dataset made with the low-level interface, which allows all of it."""
    dcpl = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    dcpl.set_obj_track_times(False)
    if chunks:
        dcpl.set_chunk(chunks)
    for f in filters:
        {"shuffle": dcpl.set_shuffle, "deflate": lambda: dcpl.set_deflate(4),
         "fletcher32": dcpl.set_fletcher32}[f]()
    if early:
        dcpl.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    if fill is not None:
        dcpl.set_fill_value(np.asarray(fill, dtype))
    if unfiltered_edges:
        call("H5Pset_chunk_opts", dcpl, 2)
    most = maxshape and tuple(h5py.h5s.UNLIMITED if n is None else n for n in maxshape)
    space = h5py.h5s.create_simple(shape, most)
    kind = dtype if isinstance(dtype, h5py.h5t.TypeID) else h5py.h5t.py_create(np.dtype(dtype), logical=True)
    return h5py.Dataset(h5py.h5d.create(parent.id, path.encode(), kind, space, dcpl))


def fnv1a(data):
    out = 0xCBF29CE484222325
    for byte in data:
        out = (out ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return out


def raw(d):
    """All elements in the file's type, without conversion."""
    if d.id.get_space().get_simple_extent_type() == h5py.h5s.NULL:
        return b""
    kind = d.id.get_type()
    out = np.zeros(d.id.get_space().get_simple_extent_npoints() * kind.get_size(), "u1")
    d.id.read(h5py.h5s.ALL, h5py.h5s.ALL, out, kind)
    return out.tobytes()


def chunk_facts(d, user_block):
    if d.chunks is None:
        return
    grid = [-(-n // c) for n, c in zip(d.shape, d.chunks)]
    yield f"grid {d.name} " + " ".join(map(str, grid))
    infos = [d.id.get_chunk_info(i) for i in range(d.id.get_num_chunks())]
    places = [info.chunk_offset for info in infos]
    if None in d.maxshape[1:] and d.maxshape[0] and h5py.version.hdf5_version_tuple < (1, 12):
        # An extensible array that grows in another than the first dimension: H5Dget_chunk_info has the
        # places wrong, so look for what H5Dread_chunk says is there.
        content = Path(d.file.filename).read_bytes()
        starts = [tuple(n * c for n, c in zip(place, d.chunks)) for place in np.ndindex(*grid)]
        found = {d.id.read_direct_chunk(start)[1]: start for start in starts}
        places = [found[content[info.byte_offset:info.byte_offset + info.size]] for info in infos]
    numbers = [int(np.ravel_multi_index([n // c for n, c in zip(place, d.chunks)], grid)) for place in places]
    for number, info in sorted(zip(numbers, infos), key=lambda pair: pair[0]):
        # libhdf5 1.10.8 counts these from the base address.
        yield f"chunk {d.name} {number} {info.byte_offset + user_block} {info.size} {info.filter_mask}"


def holds_objects(d):
    try:
        return d.dtype.hasobject
    except TypeError:  # numpy has no such type, a complex number of 16-bit floats for example
        return False


def facts(f):
    seen = set()

    def visit(path, kept):
        info = h5py.h5o.get_info(kept.id)
        if info.addr in seen:
            return
        seen.add(info.addr)
        kind = {h5py.Group: "group", h5py.Dataset: "dataset", h5py.Datatype: "datatype"}[type(kept)]
        yield f"object {path} {kind} {info.addr}"
        if kind == "dataset":
            yield from chunk_facts(kept, f.userblock_size)
            if (kept.size or 0) < 2**20 and not holds_objects(kept) and not kept.external and not kept.is_virtual:
                content = raw(kept)
                yield f"data {path} {len(content)} {fnv1a(content):016x}"
        if kind == "group":
            for name in sorted(kept, key=lambda n: n.encode()):
                if kept.id.links.get_info(name.encode()).type == h5py.h5l.TYPE_HARD:
                    yield from visit((path if path != "/" else "") + "/" + name, kept[name])

    yield from visit("/", f["/"])


def write_truth(name):
    with h5py.File(FOLDER / f"{name}.h5") as f:
        text = "".join(line + "\n" for line in facts(f))
    (FOLDER / f"{name}.truth").write_text(text)


def counting(shape, dtype="i4"):
    return np.arange(np.prod(shape), dtype=dtype).reshape(shape)


def make_old():
    """The format of HDF5 1.6, with B-trees of few entries so that small files have many levels."""
    fcpl = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    call("H5Pset_sym_k", fcpl, 1, 1)
    call("H5Pset_istore_k", fcpl, 1)
    path = str(FOLDER / "old.h5").encode()
    f = h5py.File(h5py.h5f.create(path, h5py.h5f.ACC_TRUNC, fcpl))
    many = f.create_group("many")
    for i in range(20):
        many.create_group(f"g{i:02}")
    links = f.create_group("links")
    links["hard"] = many["g07"]
    links["self"] = links
    links["soft"] = h5py.SoftLink("/many/g03")
    links["relative"] = h5py.SoftLink("hard")
    links["dangling"] = h5py.SoftLink("/nowhere")
    links["around"] = h5py.SoftLink("/links/around")
    links["external"] = h5py.ExternalLink("other.h5", "/x/y")

    d = dataset(f, "chunked", "<i4", (7, 5), chunks=(2, 2), filters=("shuffle", "deflate"))
    d[...] = counting((7, 5))
    d = dataset(f, "sparse", "<i2", (40,), (None,), chunks=(2,), fill=-7)
    d[4:10] = np.arange(6)
    d[30:31] = 99
    d = dataset(f, "masked", "<i4", (6,), chunks=(2,), filters=("shuffle", "fletcher32"))
    d[...] = counting((6,))
    plain = np.array([40, 50], "<i4").tobytes()
    d.id.write_direct_chunk((4,), plain, 3)  # both filters skipped
    f["contiguous"] = counting((3, 4), "f8")
    dataset(f, "unwritten", ">u4", (5,), fill=11)
    f["scalar"] = np.int16(-2)
    f["null"] = h5py.Empty("i4")
    f["rank4"] = counting((2, 3, 2, 2), "u1")
    d = dataset(f, "rank3", ">i2", (3, 4, 5), chunks=(2, 3, 2))
    d[...] = counting((3, 4, 5))
    dataset(f, "empty", "<i4", (0, 5), (None, 5), chunks=(2, 5))
    f.close()


def make_narrow():
    """Addresses and lengths of four bytes behind a user block."""
    fcpl = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    fcpl.set_sizes(4, 4)
    fcpl.set_userblock(512)
    path = str(FOLDER / "narrow.h5").encode()
    f = h5py.File(h5py.h5f.create(path, h5py.h5f.ACC_TRUNC, fcpl))
    f.create_group("a/b")
    f["a/contiguous"] = counting((10,))
    d = dataset(f, "chunked", "<i4", (5, 5), chunks=(2, 3), filters=("deflate",))
    d[...] = counting((5, 5))
    f["words"] = np.array(["one", "three"], dtype=h5py.string_dtype())
    f.attrs["to"] = f["a"].ref
    f.close()


class LinkClass(ctypes.Structure):
    """H5L_class_t"""
    _fields_ = [("version", ctypes.c_int), ("id", ctypes.c_int), ("comment", ctypes.c_char_p),
                ("create", ctypes.c_void_p), ("move", ctypes.c_void_p), ("copy", ctypes.c_void_p),
                ("traverse", ctypes.CFUNCTYPE(ctypes.c_int64)), ("delete", ctypes.c_void_p),
                ("query", ctypes.c_void_p)]


def make_user_link(group, name, data):
    kind = LinkClass(0, 187, b"test", traverse=ctypes.CFUNCTYPE(ctypes.c_int64)(lambda: -1))
    assert library().H5Lregister(ctypes.byref(kind)) >= 0
    default = ctypes.c_int64(0)
    call("H5Lcreate_ud", group.id, name, 187, data, ctypes.c_size_t(len(data)), default, default)


def make_latest():
    """The format of HDF5 1.10: groups and attributes, compact and dense."""
    f = create("latest", libver="latest")
    compact = f.create_group("compact", track_order=True)
    for name in ("zeta", "alpha", "mid"):
        compact.create_group(name)
    compact["soft"] = h5py.SoftLink("alpha")
    compact["external"] = h5py.ExternalLink("other.h5", "/x/y")
    make_user_link(compact, b"user", b"any bytes")
    dense = f.create_group("dense", track_order=True)
    for i in range(30):
        dense.create_group(f"member{(i * 7) % 30:02}")
    dense["long"] = h5py.SoftLink("/compact/" + "y" * 5000)  # a huge object of the heap
    for i in range(30):
        dense.attrs[f"attribute{i:02}"] = i
    dense.attrs["long"] = np.arange(3000, dtype="u2")  # here too
    f["back"] = f["/"]
    f["type"] = np.dtype("<i4")
    f.create_dataset("typed", data=[1, 2, 3], dtype=f["type"])
    h5py.h5a.create(f["typed"].id, b"typed", f["type"].id, h5py.h5s.create_simple((2,))).write(
        np.array([5, 6], "<i4"))
    dcpl = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    dcpl.set_layout(h5py.h5d.COMPACT)
    h5py.Dataset(h5py.h5d.create(f.id, b"packed", h5py.h5t.STD_I16LE, h5py.h5s.create_simple((4,)), dcpl))[
        ...] = counting((4,))
    external = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    external.set_external(b"raw.bin", 16, 12)
    h5py.h5d.create(f.id, b"outside", h5py.h5t.STD_I32LE, h5py.h5s.create_simple((3,)), external)
    layout = h5py.VirtualLayout(shape=(4,), dtype="<i4")
    layout[0:3] = h5py.VirtualSource(".", "typed", shape=(3,))
    f.create_virtual_dataset("virtual", layout, fillvalue=-1)
    f.close()


def make_indexes():
    """Every chunk index of the latest format."""
    f = create("indexes", libver="latest")

    def filled(name, shape, chunks, maxshape=None, dtype="<i4", **more):
        d = dataset(f, name, dtype, shape, maxshape, chunks, **more)
        d[...] = counting(shape)

    def touched(name, shape, where, maxshape=None, **more):
        """One byte a chunk, few of them written."""
        d = dataset(f, name, "u1", shape, maxshape, (1,) * len(shape), fill=7, **more)
        for n, place in enumerate(where):
            d[place] = 100 + n

    deflate = {"filters": ("deflate",)}
    filled("single", (6,), (6,))
    filled("single_deflate", (6,), (6,), **deflate)
    filled("implicit", (7, 5), (2, 2), early=True)
    filled("implicit_may_grow", (4, 4), (2, 3), (8, 8), early=True)
    filled("fixed", (7, 5), (2, 2))
    filled("fixed_deflate", (7, 5), (2, 2), **deflate)
    filled("fixed_may_grow", (3, 5), (2, 2), (8, 10))
    filled("fixed_edges", (5, 5), (2, 2), unfiltered_edges=True, **deflate)
    touched("fixed_sparse", (100,), [3, 50])
    touched("fixed_paged", (3000,), [5, 1023, 2999])
    touched("fixed_paged_deflate", (1500,), [1024, 1499], **deflate)
    filled("extensible", (10, 5), (2, 2), (None, 5))
    filled("extensible_deflate", (10, 5), (2, 2), (None, 5), **deflate)
    filled("extensible_second", (5, 10), (2, 2), (5, None))
    touched("extensible_large", (100_001,), [0, 3, 4, 19, 20, 500, 5000, 60_000, 100_000], (None,))
    touched("extensible_large_deflate", (3001,), [2, 1000, 3000], (None,), **deflate)
    touched("extensible_none", (50,), [], (None,))
    filled("btree2", (20, 20), (1, 2), (None, None), "u1")
    filled("btree2_deflate", (5, 5), (2, 2), (None, None), **deflate)
    f.close()


def make_shared():
    """Messages that are kept once for all objects, in a heap of the file."""
    fcpl = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    every = 0x1F  # dataspaces, datatypes, fill values, filters, attributes
    call("H5Pset_shared_mesg_nindexes", fcpl, 1)
    call("H5Pset_shared_mesg_index", fcpl, 0, every, 8)
    fapl = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    fapl.set_libver_bounds(h5py.h5f.LIBVER_LATEST, h5py.h5f.LIBVER_LATEST)
    path = str(FOLDER / "shared.h5").encode()
    f = h5py.File(h5py.h5f.create(path, h5py.h5f.ACC_TRUNC, fcpl, fapl))
    for i in range(3):
        d = dataset(f, f"d{i}", "<i4", (6,), chunks=(4,), filters=("deflate",), fill=3)
        d[0:4] = counting((4,))
        d.attrs["same"] = np.arange(4)
    for i in range(12):
        f.attrs[f"attribute{i:02}"] = np.arange(4) + i // 6
    f.close()


def make_values():
    """One attribute per kind of element."""
    f = create("values")
    a = f.attrs

    def low(name, kind, content, shape=None):
        """Bytes as they are, in the file's type."""
        space = h5py.h5s.create(h5py.h5s.SCALAR) if shape is None else h5py.h5s.create_simple(shape)
        h5py.h5a.create(f.id, name.encode(), kind, space).write(
            np.frombuffer(content, "u1").copy(), kind)

    for code in ("i1", "u1", "<i2", ">u2", "<i4", ">i4", "<u8", ">i8"):
        a[f"int_{code.strip('<>')}_{'big' if '>' in code else 'little'}"] = np.array([1, -2], "i8").astype(code)
    for code in ("<f2", ">f4", "<f8"):
        a[f"float_{code[1:]}"] = np.array([1.5, -0.0, np.inf], code)
    a["bool"] = np.array([True, False])
    a.create("enum", 2, dtype=h5py.enum_dtype({"red": 0, "green": 2}, "u1"))
    a["fixed"] = np.bytes_("ab")
    a["text"] = "h\u00e4"
    a["texts"] = ["one", "", "three"]
    a["null"] = h5py.Empty("f4")
    a["no_elements"] = np.zeros((0, 3))
    a.create("sequences", np.array([np.array([1, 2, 3]), np.array([], "i4")], object),
             dtype=h5py.vlen_dtype("<i4"))
    a["compound"] = np.array((7, 2.5), [("n", "<i2"), ("x", "<f8")])
    low("array", h5py.h5t.array_create(h5py.h5t.STD_I16LE, (2,)), bytes([1, 0, 2, 0, 3, 0, 4, 0]), (2,))
    a["opaque"] = np.void(b"\x01\x02\x03")
    a["object"] = f.create_group("target").ref
    a.create("no_object", h5py.Reference(), dtype=h5py.ref_dtype)
    d = f.create_dataset("data", data=counting((4, 5)))
    a["region"] = d.regionref[1:3, 2:4]
    low("bits", h5py.h5t.STD_B16LE, b"\x34\x12")
    three = h5py.h5t.STD_I32LE.copy()
    three.set_precision(24)
    three.set_size(3)
    low("three_bytes", three, b"\xfe\xff\xff")

    # A sequence of compounds of a text and a sequence of texts: heap objects that name heap objects.
    text = h5py.h5t.C_S1.copy()
    text.set_size(h5py.h5t.VARIABLE)
    nested = np.dtype([("name", h5py.string_dtype()), ("n", "<i4")])
    d = f.create_dataset("nested", (2,), nested)
    d[...] = np.array([("first", 1), ("second", 2)], nested)
    d = f.create_dataset("texts", (3,), h5py.string_dtype())
    d[...] = ["a", "", "ccc"]
    f.close()


def main():
    for make in (make_old, make_narrow, make_latest, make_indexes, make_shared, make_values):
        make()
        write_truth(make.__name__.removeprefix("make_"))


if __name__ == "__main__":
    main()
