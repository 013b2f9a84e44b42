"""HDF5 files by seed, as libhdf5 writes them: every type in every storage, attributes, groups.

What libhdf5 refuses to make is left out, so that the generator needs to know no rules. Sequences and
references are made, but not written.
"""
import itertools
import random

import h5py
import numpy as np
from h5py import h5a, h5d, h5f, h5p, h5s, h5t

INTEGERS = [getattr(h5t, f"STD_{kind}") for kind in ("I8LE", "U16LE", "I16BE", "U32BE", "I64LE")]
FLOATS = [h5t.IEEE_F16LE, h5t.IEEE_F32LE, h5t.IEEE_F64BE]
EXTENTS = (0, 1, 2, 5, 7, 13)
MOST_DEPTH = 2


def random_bytes(rng, count, size):
    return np.frombuffer(rng.randbytes(count * size), dtype=f"V{size}")


def has_fixed_size(kind):
    """Whether elements are in one place: no sequences, references or texts of any length."""
    what = kind.get_class()
    if what == h5t.COMPOUND:
        members = range(kind.get_nmembers())
        return all(has_fixed_size(kind.get_member_type(i)) for i in members)
    if what == h5t.STRING:
        return not kind.is_variable_str()
    if what == h5t.ARRAY:
        return has_fixed_size(kind.get_super())
    return what not in (h5t.VLEN, h5t.REFERENCE)


class Types:
    def __init__(self, rng, references=True):
        self.rng = rng
        self.simple = [self.integer, self.floating, self.text, self.opaque, self.enumeration]
        self.simple += [self.reference] * references
        self.nested = [self.compound, self.array, self.sequence]

    def make(self, depth=0):
        make = self.rng.choice(self.simple + self.nested * (depth < MOST_DEPTH))
        return make(depth)

    def integer(self, _):
        out = self.rng.choice(INTEGERS).copy()
        if self.rng.random() < 0.3:  # fewer bits, and not the lowest
            bits = 8 * out.get_size()
            out.set_precision(self.rng.randint(bits // 2, bits))
            out.set_offset(self.rng.randint(0, bits - out.get_precision()))
        return out

    def floating(self, _):
        out = self.rng.choice(FLOATS).copy()
        if self.rng.random() < 0.2:  # bfloat16
            out = h5t.IEEE_F32LE.copy()
            out.set_fields(15, 7, 8, 0, 7)
            out.set_precision(16)
            out.set_size(2)
        return out

    def text(self, _):
        out = h5t.C_S1.copy()
        out.set_size(self.rng.choice((h5t.VARIABLE, 1, 5, 11)))
        out.set_strpad(self.rng.randrange(3))
        out.set_cset(self.rng.randrange(2))
        return out

    def opaque(self, _):
        return h5t.create(h5t.OPAQUE, self.rng.randint(1, 8))

    def enumeration(self, _):
        out = h5t.enum_create(self.rng.choice(INTEGERS))
        for i in range(self.rng.randint(1, 5)):
            out.enum_insert(b"n%d" % i, 3 * i)
        return out

    def reference(self, _):
        return self.rng.choice((h5t.STD_REF_OBJ, h5t.STD_REF_DSETREG))

    def compound(self, depth):
        members = [self.make(depth + 1) for _ in range(self.rng.randint(1, 4))]
        gaps = [self.rng.choice((0, 0, 3)) for _ in members]
        ends = list(itertools.accumulate(gap + m.get_size() for gap, m in zip(gaps, members)))
        out = h5t.create(h5t.COMPOUND, ends[-1] + self.rng.choice((0, 5)))
        for i, (member, end) in enumerate(zip(members, ends)):
            out.insert(b"f%d" % i, end - member.get_size(), member)
        return out

    def array(self, depth):
        extents = [self.rng.randint(1, 3) for _ in range(self.rng.randint(1, 2))]
        return h5t.array_create(self.make(depth + 1), tuple(extents))

    def sequence(self, depth):
        # of references in sequences libhdf5 1.14 says that they are of the kind of 1.12
        return h5t.vlen_create(Types(self.rng, references=False).make(depth + 1))


class Writer:
    def __init__(self, rng, file):
        self.rng = rng
        self.types = Types(rng)
        self.groups = [file]
        self.committed = []

    def may(self, chance):
        return self.rng.random() < chance

    def add_groups(self):
        for i in range(self.rng.randint(0, 3)):
            parent = self.rng.choice(self.groups)
            self.groups.append(parent.create_group(f"g{i}", track_order=self.may(0.5)))
        for group in self.groups:
            count = self.rng.choice((0, 0, 3, 40, 300))
            for i in range(count):
                group[f"l{i}"] = h5py.SoftLink(f"/x{i}")
            for i in range(min(count, self.rng.choice((0, 2)))):
                del group[f"l{i}"]

    def type(self, name):
        if self.committed and self.may(0.2):
            return self.rng.choice(self.committed)
        out = self.types.make()
        if self.may(0.2):
            out = out.copy()
            out.commit(self.rng.choice(self.groups).id, name.encode())
            self.committed.append(out)
        return out

    def add_dataset(self, name):
        kind = self.type(f"t_{name}")
        shape = tuple(self.rng.choice(EXTENTS) for _ in range(self.rng.randint(0, 3)))
        create = h5p.create(h5p.DATASET_CREATE)
        most = shape
        layout = self.rng.choice((h5d.COMPACT, h5d.CONTIGUOUS, h5d.CHUNKED, h5d.CHUNKED))
        if shape and layout == h5d.CHUNKED:
            most = self.chunk(create, kind, shape)
        elif layout == h5d.COMPACT:
            create.set_layout(layout)
        elif self.may(0.3):
            create.set_alloc_time(h5d.ALLOC_TIME_EARLY)
        space = h5s.create_simple(shape, most) if shape else h5s.create(h5s.SCALAR)
        data = h5d.create(self.rng.choice(self.groups).id, name.encode(), kind, space, create)
        if has_fixed_size(kind) and self.may(0.8):
            elements = random_bytes(self.rng, int(np.prod(shape)), kind.get_size())
            data.write(h5s.ALL, h5s.ALL, elements.reshape(shape).copy(), mtype=kind)
        for i in range(self.rng.choice((0, 1, 12))):
            self.add_attribute(data, f"a{i}")
        if most != shape and self.may(0.5):
            data.set_extent(tuple(self.rng.randint(0, n + 8) for n in shape))

    def chunk(self, create, kind, shape):
        """Sets chunks and filters. Returns the maximum extents, which choose the index"""
        create.set_chunk(tuple(self.rng.randint(1, 4) for _ in shape))
        if kind.get_class() in (h5t.INTEGER, h5t.FLOAT) and self.may(0.3):
            # n-bit crashes libhdf5 with other types; behind another filter it reads what it did not write
            create.set_filter(h5py.h5z.FILTER_NBIT, h5py.h5z.FLAG_OPTIONAL, ())
        if self.may(0.3):
            create.set_shuffle()
        if self.may(0.3):
            create.set_deflate(self.rng.randint(1, 9))
        if self.may(0.3):
            create.set_fletcher32()
        create.set_alloc_time(self.rng.choice((h5d.ALLOC_TIME_EARLY, h5d.ALLOC_TIME_INCR)))
        one = self.rng.randrange(len(shape))
        return self.rng.choice((
            shape,
            tuple(n + 4 for n in shape),
            tuple(h5s.UNLIMITED if i == one else n for i, n in enumerate(shape)),
            tuple(h5s.UNLIMITED for _ in shape),
        ))

    def add_attribute(self, data, name):
        kind = self.types.make()
        count = self.rng.choice((None, 1, 3))
        space = h5s.create_simple((count,)) if count else h5s.create(h5s.SCALAR)
        attribute = h5a.create(data, name.encode(), kind, space)
        # what is not written is what memory held, but for references and sequences: none
        elements = random_bytes(self.rng, count or 1, kind.get_size())
        if not has_fixed_size(kind):
            elements = np.zeros_like(elements)
        attribute.write(elements.reshape((count,) if count else ()).copy(), mtype=kind)


def write(path, seed):
    """Returns how many datasets were asked for, and how many of them libhdf5 refused in part"""
    rng = random.Random(seed)
    versions = (h5f.LIBVER_EARLIEST, h5f.LIBVER_V18, h5f.LIBVER_V110, h5f.LIBVER_LATEST)
    access = h5p.create(h5p.FILE_ACCESS)
    access.set_libver_bounds(rng.choice(versions), h5f.LIBVER_LATEST)
    create = h5p.create(h5p.FILE_CREATE)
    create.set_link_creation_order(rng.choice((0, 3)))
    strategy = rng.randrange(4)
    create.set_file_space_strategy(strategy, rng.random() < 0.5, 1)
    if strategy != h5f.FSPACE_STRATEGY_PAGE:  # whose pages a user block would have to be as large as
        create.set_userblock(rng.choice((0, 0, 512, 1024)))
    with h5py.File(h5f.create(str(path).encode(), h5f.ACC_TRUNC, create, access)) as file:
        writer = Writer(rng, file)
        writer.add_groups()
        count, refused = rng.randint(1, 8), 0
        for i in range(count):
            try:
                writer.add_dataset(f"d{i}")
            except (ValueError, TypeError, OSError, RuntimeError):
                refused += 1
        return count, refused
