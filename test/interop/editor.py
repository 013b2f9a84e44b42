"""LINDI files made and changed by the library under test, through its C interface."""
import ctypes
import json
from pathlib import Path

import engine
import numpy as np

LIBRARY = Path(engine.BIN).parent / "lib" / "c" / "liblindi.so"
RAW = 0
TYPES = {
    name: number
    for number, name in enumerate(
        ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8"], start=1
    )
}


class Refused(Exception):
    """A call failed; the text is the library's message."""


def reference(path):
    return {"_REFERENCE": {"path": path}}


class Editor:
    """An open file. What was not flushed is dropped."""

    def __init__(self, path, mode):
        self.lib = ctypes.CDLL(str(LIBRARY))
        self.lib.lindi_free.argtypes = [ctypes.c_void_p]
        self.lib.lindi_close_editor.argtypes = [ctypes.c_void_p]
        self.handle = ctypes.c_void_p()
        self._check(
            self.lib.lindi_edit, str(path).encode(), mode.encode(), ctypes.byref(self.handle)
        )

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if kind is None:
            self.flush()
        self.lib.lindi_close_editor(self.handle)

    def _check(self, call, *args):
        message = ctypes.c_void_p()
        if call(*args, ctypes.byref(message)) != 0:
            text = ctypes.string_at(message).decode()
            self.lib.lindi_free(message)
            raise Refused(text)

    def flush(self):
        self._check(self.lib.lindi_flush, self.handle)

    def group(self, path):
        self._check(self.lib.lindi_create_group, self.handle, path.encode())

    def create(self, path, kind, shape, **options):
        extents = (ctypes.c_uint64 * max(1, len(shape)))(*shape)
        self._check(
            self.lib.lindi_create_dataset,
            self.handle,
            path.encode(),
            (kind if isinstance(kind, str) else json.dumps(kind)).encode(),
            ctypes.c_size_t(len(shape)),
            extents,
            json.dumps(options).encode(),
        )

    def write(self, path, array, index=""):
        """Numbers in their own type; anything else of a fixed size as it is."""
        array = np.ascontiguousarray(array)
        kind = TYPES.get(array.dtype.str[1:], RAW) if array.dtype.isnative else RAW
        self._check(
            self.lib.lindi_write,
            self.handle,
            path.encode(),
            index.encode(),
            kind,
            array.ctypes.data_as(ctypes.c_void_p),
            ctypes.c_size_t(array.nbytes),
        )

    def write_json(self, path, elements, index=""):
        text = json.dumps(elements).encode()
        self._check(
            self.lib.lindi_write_json, self.handle, path.encode(), index.encode(), text
        )

    def resize(self, path, shape):
        extents = (ctypes.c_uint64 * len(shape))(*shape)
        count = ctypes.c_size_t(len(shape))
        self._check(self.lib.lindi_resize, self.handle, path.encode(), count, extents)

    def set(self, path, name, value):
        self._check(
            self.lib.lindi_set_attribute,
            self.handle,
            path.encode(),
            name.encode(),
            json.dumps(value).encode(),
        )

    def unset(self, path, name):
        self._check(
            self.lib.lindi_delete_attribute, self.handle, path.encode(), name.encode()
        )

    def delete(self, path):
        self._check(self.lib.lindi_delete, self.handle, path.encode())

    def move(self, path, to):
        self._check(self.lib.lindi_move, self.handle, path.encode(), to.encode())

    def link(self, path, target):
        self._check(self.lib.lindi_link, self.handle, path.encode(), target.encode())
