"""kerchunk."""
import json

from kerchunk.hdf import SingleHdf5ToZarr

import facts
from job import clock, main


def index(file, out, threshold="1000"):
    with clock:
        document = SingleHdf5ToZarr(file, inline_threshold=int(threshold), error="raise").translate()
        with open(out, "w", encoding="utf-8") as stream:
            json.dump(document, stream)
    return facts.of_references(document["refs"])


main({"index": index})
