"""document_facts.py FILE [sums]: what a LINDI document says; sums: of its references alone, for documents
with a reference a line that are too large to be parsed."""
import json
import re
import sys

import facts

REFERENCE = re.compile(rb'": \["[^"]*",(\d+),(\d+)\]')


def sums(path):
    found = facts.Chunks()
    with open(path, "rb") as stream:
        for line in stream:
            reference = REFERENCE.search(line)
            if reference:
                found.add(int(reference[1]), int(reference[2]))
    return found.facts


def whole(path):
    with open(path, encoding="utf-8") as stream:
        return facts.of_document(json.load(stream))


print(json.dumps({"facts": (sums if len(sys.argv) > 2 else whole)(sys.argv[1])}))
