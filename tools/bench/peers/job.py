"""Runs one job of a peer and prints what it measured as a line of JSON: seconds and memory of the part
within `with clock:`, without start and imports, and facts for the comparison, taken after it."""
import json
import resource
import sys
import time


class Clock:
    seconds = memory = None

    def __enter__(self):
        self.begin = time.perf_counter()

    def __exit__(self, *failure):
        self.seconds = time.perf_counter() - self.begin
        self.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


clock = Clock()


def main(jobs):
    name, *args = sys.argv[1:]
    try:
        if name not in jobs:
            raise NotImplementedError(f"no job {name}")
        facts = jobs[name](*args)
    except Exception as why:  # noqa: BLE001: whatever it is belongs into the table
        text = " ".join(str(why).partition("Stack backtrace")[0].split())[:200]
        print(json.dumps({"error": f"{type(why).__name__}: {text}" if text else type(why).__name__}))
        sys.exit(1)
    print(json.dumps({"seconds": clock.seconds, "memory": clock.memory, "facts": facts}, default=int))
