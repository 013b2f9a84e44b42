"""Reads a file through h5py and its LINDI document through Python lindi, and compares all of it.

This is the judge wherever Python lindi's own document cannot be: what it refuses, and what it
gets wrong. The document has to carry a local path as its url.
"""
import h5py
import lindi
import numpy as np
from lindi.LindiH5pyFile.LindiH5pyReference import LindiH5pyReference


def differences(h5_path, lindi_path):
    """A line for each thing that does not read the same; "PATH: left out" if it is not there."""
    with h5py.File(h5_path, "r") as file:
        ours = lindi.LindiH5pyFile.from_lindi_file(str(lindi_path))
        return list(Comparison(file, ours).groups(file["/"], ours, "", ()))


class Comparison:
    def __init__(self, file, ours):
        self.file = file
        self.ours = ours

    def groups(self, theirs, ours, path, above):
        """above: header addresses of the groups on the way here, to see a cycle."""
        yield from self.attributes(theirs, ours, path or "/")
        names = set(ours.keys())
        above = (*above, address(theirs))
        for name in theirs:
            here = f"{path}/{name}"
            names.discard(name)
            link = theirs.get(name, getlink=True)
            try:
                target = theirs[name]
            except (KeyError, OSError, RuntimeError) as error:
                if name in ours.keys():
                    yield f"{here}: there, although it leads nowhere ({error})"
                else:
                    yield f"{here}: left out (leads nowhere)"
                continue
            if isinstance(target, h5py.Datatype):
                continue  # LINDI has no committed types
            if name not in ours.keys():
                yield f"{here}: left out ({type(link).__name__} to a {type(target).__name__})"
            elif isinstance(link, h5py.HardLink) and address(target) not in above:
                yield from self.objects(target, ours, name, here, above)
            else:
                yield from self.soft_link(target, ours, name, here)
        for name in sorted(names):
            yield f"{path}/{name}: not in the file"

    def objects(self, theirs, ours, name, here, above):
        mine = ours[name]
        if isinstance(theirs, h5py.Group) != isinstance(mine, h5py.Group):
            yield f"{here}: {type(mine).__name__}, want {type(theirs).__name__}"
        elif isinstance(theirs, h5py.Group):
            yield from self.groups(theirs, mine, here, above)
        else:
            yield from self.attributes(theirs, mine, here)
            yield from self.datasets(theirs, mine, here)

    def soft_link(self, target, ours, name, here):
        """Also a hard link to a group above, which LINDI can only say as a soft link."""
        link = ours.get(name, getlink=True)
        if not isinstance(link, h5py.SoftLink):
            yield f"{here}: {type(link).__name__}, want a soft link"
            return
        try:
            mine = self.ours[link.path]
        except Exception as error:  # lindi raises bare Exception and AssertionError, too
            yield f"{here}: its target {link.path} cannot be opened ({brief(error)})"
            return
        if mine is None:
            yield f"{here}: its target {link.path} is not there"
            return
        if address(self.file[mine.name]) != address(target):
            yield f"{here}: leads to {mine.name}, want {target.name}"

    def attributes(self, theirs, ours, path):
        names = set(ours.attrs.keys())
        for name in theirs.attrs:
            here = f"{path}@{name}"
            try:
                want = self.plain(theirs.attrs[name])
            except (OSError, TypeError, ValueError):
                names.discard(name)
                continue  # h5py has no answer to compare with
            if name not in names:
                yield f"{here}: left out"
                continue
            names.discard(name)
            try:
                got = self.plain(ours.attrs[name])
            except Exception as error:
                yield f"{here}: cannot be read ({brief(error)})"
                continue
            if not same(want, got):
                yield f"{here}: {brief(got)}, want {brief(want)}"
        for name in sorted(names):
            yield f"{path}@{name}: not in the file"

    def datasets(self, theirs, ours, here):
        try:
            want = theirs[()]
        except (OSError, TypeError, ValueError):
            return  # h5py cannot read it either
        if isinstance(want, h5py.Empty):
            yield f"{here}: there, although it has no dataspace"
            return
        inner = theirs.dtype.shape  # of an array type: LINDI has it as more dimensions
        if tuple(ours.shape) != (*theirs.shape, *inner):
            yield f"{here}: shape {ours.shape}, want {(*theirs.shape, *inner)}"
            return
        try:
            got = read(ours)
        except Exception as error:
            yield f"{here}: cannot be read ({brief(error)})"
            return
        if fast_same(want, got):
            return
        want, got = self.plain(want), self.plain(got)
        if not same(want, got):
            yield f"{here}: {brief(got)}, want {brief(want)}"

    def plain(self, value):
        """Python values that compare: text, numbers, lists, and addresses for references."""
        if isinstance(value, LindiH5pyReference):
            return self.reference_to(value._path)
        if isinstance(value, h5py.Reference):
            return self.reference_to(value)
        if isinstance(value, dict) and "_REFERENCE" in value:
            return self.reference_to(value["_REFERENCE"]["path"])
        if isinstance(value, np.void) and value.dtype.names:
            return [self.plain(value[field]) for field in value.dtype.names]
        if isinstance(value, np.ndarray):
            if value.dtype.kind in "iuf" and value.dtype.itemsize <= 8:
                return value.tolist()
            return [self.plain(item) for item in value]
        if isinstance(value, (list, tuple)):
            return [self.plain(item) for item in value]
        if isinstance(value, (bytes, np.void)):
            raw = bytes(value) if isinstance(value, bytes) else value.tobytes()
            return raw.decode("utf-8", "surrogateescape")
        if isinstance(value, (bool, np.bool_)):
            return int(value)
        if isinstance(value, (np.datetime64, np.timedelta64)):
            return str(value)
        if isinstance(value, np.complexfloating):
            return complex(value)
        if isinstance(value, np.floating):
            return float(value)
        if isinstance(value, np.integer):
            return int(value)
        if isinstance(value, h5py.Empty):
            return "no dataspace"
        return value

    def reference_to(self, target):
        """target: a path or an h5py reference; null and dangling ones are None."""
        try:
            return ("ref", address(self.file[target])) if target else None
        except (KeyError, ValueError):
            return None


def read(dataset):
    """All values; lindi gives those of a compound field by field, and only in one dimension."""
    link = dataset._zarr_array.attrs.get("_EXTERNAL_ARRAY_LINK")
    names = dataset.dtype.names
    if names and not link:
        if dataset.ndim == 1 and len(dataset):
            columns = [dataset[name][:] for name in names]
            return [list(row) for row in zip(*columns)]
        return dataset._zarr_array[:]
    return dataset[()] if dataset.ndim == 0 else dataset[:]


def address(thing):
    return h5py.h5o.get_info(thing.id).addr


def fast_same(want, got):
    numbers = all(isinstance(x, np.ndarray) and x.dtype.kind in "biufc" for x in (want, got))
    return numbers and want.shape == got.shape and np.array_equal(want, got, equal_nan=True)


def same(want, got):
    if isinstance(want, list) and isinstance(got, list):
        if empty(want) and empty(got):
            return True  # reading back, lindi loses the shape of an empty list
        return len(want) == len(got) and all(map(same, want, got))
    if isinstance(want, (float, complex)) and want != want:
        return got != got
    return want == got


def empty(value):
    return isinstance(value, list) and all(map(empty, value))


def brief(value):
    text = f"{type(value).__name__}: {value}" if isinstance(value, Exception) else repr(value)
    return text if len(text) < 120 else text[:117] + "..."
