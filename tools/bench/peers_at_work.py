"""How each peer is started for a job: commands of the scripts in peers/."""
import measure
import prepare
from measure import Failed

PEERS = prepare.HERE / "peers"
H5WASM = prepare.NODE_MODULES / "h5wasm" / "dist" / "node" / "hdf5_hl.js"


def needs(what):
    if what in prepare.missing:
        raise Failed(f"not installed: {prepare.missing[what]}")


def script(python, name, *args, timeout, stdin=""):
    needs(python)
    return measure.run([python, PEERS / name, *args], timeout, stdin)


def python_lindi(timeout, *args, stdin=""):
    return script(prepare.PYTHON_LINDI, "python_lindi.py", *args, timeout=timeout, stdin=stdin)


def h5py(timeout, *args, stdin=""):
    return script(prepare.PYTHON_PEERS, "h5py_peer.py", *args, timeout=timeout, stdin=stdin)


def kerchunk(timeout, *args):
    return script(prepare.PYTHON_PEERS, "kerchunk_peer.py", "index", *args, timeout=timeout)


def virtualizarr(timeout, *args):
    return script(prepare.PYTHON_PEERS, "virtualizarr_peer.py", "index", *args, timeout=timeout)


def other(timeout, *args):
    return script(prepare.PYTHON_PEERS, "others.py", *args, timeout=timeout)


def visitor(timeout, *args):
    needs(prepare.VISITOR)
    return measure.run([prepare.VISITOR, *args], timeout)


def h5wasm(timeout, *args):
    needs(prepare.NODE_MODULES)
    return measure.run(["node", PEERS / "h5wasm_peer.mjs", *args], timeout, H5WASM=str(H5WASM))


def document_facts(path, sums_only=False):
    """Of a document that one of our programs wrote."""
    command = [prepare.PYTHON_LINDI, PEERS / "document_facts.py", path, *(["sums"] if sums_only else [])]
    return measure.run(command, 600).facts


def read_and_write(file, reading, writing):
    """The lower bound of an index: reads so many bytes, writes so many to a new file."""

    def run(timeout):
        command = [prepare.READ, "copy", file, reading, prepare.SCRATCH / "floor", writing]
        return measure.run(command, timeout)

    return run
