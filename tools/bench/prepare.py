"""Installs and builds what takes part, once: our programs, the peers, the libhdf5 visitor."""
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from measure import ENVIRONMENT

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "tools" / "bench"
BUILD = Path(os.environ.get("LINDI_BUILD") or ROOT / "build")
BENCH = BUILD / "bench"
SCRATCH = BENCH / "scratch"

LINDI = BUILD / "lindi"
SERVER = BUILD / "test" / "file-server"
READ = BUILD / "tools" / "bench" / "bench-read"
CACHE = BUILD / "tools" / "bench" / "bench-cache"
VISITOR = BENCH / "visitor"
PYTHON_LINDI = BENCH / "venv" / "bin" / "python"  # Zarr 2
PYTHON_PEERS = BENCH / "venv-zarr3" / "bin" / "python"
NODE_MODULES = BENCH / "node_modules"

# Why a peer is not there, by the file that would be there.
missing = {}


def sh(*command, cwd=None):
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise OSError(f"{command[0]} failed: {(done.stderr or done.stdout).strip()[-500:]}")
    return done.stdout


def everything(tell):
    BENCH.mkdir(parents=True, exist_ok=True)
    SCRATCH.mkdir(exist_ok=True)
    build_ours(tell)
    attempt(PYTHON_LINDI, lambda: install(BENCH / "venv", HERE / "requirements/lindi.txt", tell))
    attempt(PYTHON_PEERS, lambda: install(BENCH / "venv-zarr3", HERE / "requirements/peers.txt", tell))
    attempt(VISITOR, lambda: build_visitor(tell))
    attempt(NODE_MODULES, lambda: install_node(tell))
    if PYTHON_LINDI in missing:
        sys.exit(f"tools/bench/run: inputs are made with h5py, which could not be installed: {missing[PYTHON_LINDI]}")


def attempt(what, make):
    """A peer that cannot be had is left out, with the reason."""
    try:
        make()
    except OSError as why:
        missing[what] = " ".join(str(why).split())[:300]


def build_ours(tell):
    if not (BUILD / "build.ninja").exists():
        tell("configuring")
        sh("meson", "setup", BUILD, "-Dtests=true", cwd=ROOT)
    tell("building")
    targets = [os.path.relpath(path, BUILD) for path in (LINDI, SERVER, READ, CACHE)]
    sh("ninja", "-C", BUILD, *targets)


def is_done(stamp, text):
    return stamp.exists() and stamp.read_text() == text


def install(folder, requirements, tell):
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    stamp = folder / "installed"
    if is_done(stamp, wanted):
        return
    tell(f"installing {requirements.name} into {folder}")
    shutil.rmtree(folder, ignore_errors=True)
    # Debian's, for which wheels are made; whatever runs this script otherwise
    python = "/usr/bin/python3" if Path("/usr/bin/python3").exists() else sys.executable
    sh(python, "-m", "venv", folder)
    sh(folder / "bin" / "pip", "install", "-q", "--no-deps", "-r", requirements)
    stamp.write_text(wanted)


def build_visitor(tell):
    source = HERE / "visitor.c"
    if VISITOR.exists() and VISITOR.stat().st_mtime >= source.stat().st_mtime:
        return
    if shutil.which("pkg-config") is None:
        raise OSError("pkg-config is not there")
    tell("compiling visitor.c")
    try:
        flags = sh("pkg-config", "--cflags", "--libs", "hdf5").split()
    except OSError:
        raise OSError("libhdf5 is not there to compile against (apt install libhdf5-dev)") from None
    sh("cc", "-O2", "-Wall", "-Wextra", "-o", VISITOR, source, *flags)


def install_node(tell):
    if shutil.which("npm") is None or shutil.which("node") is None:
        raise OSError("node and npm are not there")
    wanted = (HERE / "requirements" / "package.json").read_text()
    stamp = NODE_MODULES / "installed"
    if is_done(stamp, wanted):
        return
    tell("installing h5wasm")
    (BENCH / "package.json").write_text(wanted)
    sh("npm", "install", "--silent", "--no-audit", "--no-fund", cwd=BENCH)
    stamp.write_text(wanted)


def make_inputs(names, tell):
    """\\return path by name"""
    tell(f"inputs: {', '.join(names)}")
    command = [PYTHON_LINDI, HERE / "make_inputs.py", "-o", BENCH, *names]
    if subprocess.run(list(map(str, command)), env=ENVIRONMENT, check=False).returncode != 0:
        sys.exit("tools/bench/run: the inputs could not be made")
    return {name: BENCH / f"{name}.h5" for name in names}
