"""Runs a program once and says how long it took, how much memory, and what it found."""
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field

# the caller's proxies and caches are none of our business
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if not name.lower().endswith("_proxy") and not name.startswith(("LINDI", "AWS", "DANDI"))
} | {"HDF5_USE_FILE_LOCKING": "FALSE", "PYTHONWARNINGS": "ignore", "PYTHONDONTWRITEBYTECODE": "1"}


class Failed(Exception):
    """Why a contender has no figure, in words for the table."""


@dataclass
class Sample:
    seconds: float
    memory: int | None = None  # bytes, at most, of the largest process
    facts: dict = field(default_factory=dict)  # what it found; compared before anything is timed
    counts: dict = field(default_factory=dict)  # requests, bytes, waves


def run(command, timeout, stdin="", **extra):
    """Of a program that prints a JSON object as its last line, that counts: {"seconds", "memory",
    "facts"} are its own measurements, without start and imports. Otherwise the whole process does."""
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin.encode())
        given.seek(0)
        begin = time.perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            stdin=given,
            stdout=out,
            stderr=err,
            env=ENVIRONMENT | extra,
            start_new_session=True,
        )
        late = threading.Timer(timeout, os.killpg, (process.pid, signal.SIGKILL))
        late.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            was_late = not late.is_alive()
            late.cancel()
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if was_late:
            raise Failed(f"not done after {timeout:.0f} s")
        printed, complaint = text_of(out), text_of(err)
    said = last_object(printed)
    if process.returncode != 0 or "error" in said:
        raise Failed(said.get("error") or last_line(complaint) or f"exit code {process.returncode}")
    return Sample(
        said.get("seconds", seconds),
        said.get("memory", usage.ru_maxrss * 1024),
        said.get("facts", {}),
        last_object(complaint) | said.get("counts", {}),
    )


def text_of(stream):
    stream.seek(0)
    return stream.read().decode(errors="replace")


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""


def last_object(text):
    try:
        found = json.loads(last_line_whole(text))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def last_line_whole(text):
    return text.rstrip().rpartition("\n")[2]
