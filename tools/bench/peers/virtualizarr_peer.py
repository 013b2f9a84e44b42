"""VirtualiZarr, with its own HDF5 parser, to a kerchunk document."""
import json
from pathlib import Path

from obspec_utils.registry import ObjectStoreRegistry
from obstore.store import HTTPStore, LocalStore
from virtualizarr import open_virtual_dataset, open_virtual_datatree
from virtualizarr.parsers import HDFParser

import facts
from job import clock, main


def registry(file):
    if file.startswith("http"):
        host = file[: file.index("/", 8)]
        return file, ObjectStoreRegistry({host: HTTPStore.from_url(host, client_options={"allow_http": True})})
    return Path(file).as_uri(), ObjectStoreRegistry({"file://": LocalStore()})


def index(file, out, tree="tree"):
    with clock:
        url, stores = registry(file)
        open_it = open_virtual_datatree if tree == "tree" else open_virtual_dataset
        opened = open_it(url=url, registry=stores, parser=HDFParser(), loadable_variables=[])
        document = opened.vz.to_kerchunk(format="dict")
        with open(out, "w", encoding="utf-8") as stream:
            json.dump(document, stream)
    return facts.of_references(document["refs"])


main({"index": index})
