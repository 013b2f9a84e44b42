"""What the outputs of different programs have in common, for comparison."""
import base64
import hashlib
import json
import math
import re
import zlib

import numpy as np


class Attributes:
    """Of a walk through an HDF5 file."""

    def __init__(self):
        self.facts = {"objects": 0, "attributes": 0, "text_bytes": 0, "number_sum": 0.0}

    def object(self):
        self.facts["objects"] += 1

    def attribute(self, value):
        self.facts["attributes"] += 1
        self.add(value)

    def add(self, value):
        facts = self.facts
        if isinstance(value, str):
            facts["text_bytes"] += len(value.encode())
        elif isinstance(value, (bytes, np.bytes_)):
            facts["text_bytes"] += len(value)
        elif isinstance(value, (list, tuple)):
            for each in value:
                self.add(each)
        elif isinstance(value, np.ndarray):
            if value.dtype.kind in "iufb":
                facts["number_sum"] += float(np.sum(value, dtype="float64"))
            else:
                self.add(value.tolist())
        elif isinstance(value, (int, float, np.integer, np.floating)):
            facts["number_sum"] += float(value)


class Chunks:
    """Of a chunk index."""

    def __init__(self):
        self.facts = {"chunks": 0, "chunk_bytes": 0, "chunk_offsets": 0}

    def add(self, offset, size):
        self.facts["chunks"] += 1
        self.facts["chunk_bytes"] += int(size)
        self.facts["chunk_offsets"] += int(offset)


def of_references(refs):
    """Attributes and references of a LINDI or kerchunk document."""
    attributes, chunks = Attributes(), Chunks()
    elements = 0
    for key, value in refs.items():
        path, _, name = key.rpartition("/")
        own = as_object(refs.get(f"{path}/.zattrs" if path else ".zattrs", {}))
        if name in (".zgroup", ".zarray") and "_SOFT_LINK" not in own:
            attributes.object()
        if name == ".zarray":
            elements += math.prod(as_object(value)["shape"])
        elif name == ".zattrs":
            for attribute, content in own.items():
                if not attribute.startswith("_"):  # what Zarr and LINDI need
                    attributes.attribute(content)
        elif isinstance(value, list) and len(value) == 3:
            chunks.add(value[1], value[2])
    return attributes.facts | chunks.facts | {"elements": elements}


def as_object(value):
    return json.loads(value) if isinstance(value, str) else value


def of_data(array):
    """Of elements: their bytes, in C order, as little-endian as they were stored."""
    array = np.ascontiguousarray(array)
    return {"bytes": array.nbytes, "crc32": zlib.crc32(array)}


def of_rows(rows):
    """Of arrays by name."""
    crc = 0
    for name in sorted(rows, key=lambda name: name.strip("/")):
        crc = zlib.crc32(np.ascontiguousarray(rows[name]), crc)
    return {"bytes": sum(row.nbytes for row in rows.values()), "crc32": crc}


def _content(value, metadata):
    """Of an inline chunk, whichever way it was compressed."""
    import numcodecs

    data = base64.b64decode(value[7:]) if value.startswith("base64:") else value.encode()
    if metadata.get("compressor"):
        data = bytes(numcodecs.get_codec(metadata["compressor"]).decode(data))
    try:
        return json.dumps(json.loads(data), sort_keys=True)
    except ValueError:
        return data.hex()


def _canonical(key, refs, templates):
    path, _, name = key.rpartition("/")
    value = refs[key]
    if name in (".zgroup", ".zarray", ".zattrs"):
        return json.dumps(as_object(value), sort_keys=True)
    if isinstance(value, list):
        return json.dumps([re.sub(r"\{\{(\w+)\}\}", lambda m: templates[m[1]], value[0]), *value[1:]])
    return _content(value, as_object(refs[f"{path}/.zarray"]))


def of_document(document):
    """As `of_references`, and a hash over everything, the same for all ways to write a value."""
    refs, templates = document["refs"], document.get("templates", {})
    whole = hashlib.sha256()
    for key in sorted(refs):
        whole.update(f"{key}\0{_canonical(key, refs, templates)}\n".encode())
    return of_references(refs) | {"document": whole.hexdigest()}
