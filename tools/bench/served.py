"""Files behind HTTP: build/test/file-server delays each answer and shares the bandwidth among all
connections."""
import json
import subprocess
import threading
from contextlib import contextmanager

import prepare

BANDWIDTH = 12_500_000  # bytes a second: 100 Mbit/s


class Server:
    def __init__(self, file, latency, bandwidth=BANDWIDTH):
        self.latency, self.bandwidth = latency, bandwidth
        self.process = subprocess.Popen(
            [prepare.SERVER, file, f"latency={latency}", f"bandwidth={bandwidth}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = self.process.stdout.readline().strip()
        self.lock = threading.Lock()

    def counts(self):
        with self.lock:
            self.process.stdin.write("\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())

    def counted(self, run):
        """The run, with what it made the server do."""

        def with_counts(timeout):
            before = self.counts()
            sample = run(timeout)
            after = self.counts()
            # a warm run may ask for nothing at all
            sample.counts |= {
                "requests": after["requests"] - before["requests"],
                "body_bytes": after["bytes"] - before["bytes"],
            }
            return sample

        return with_counts

    def least_seconds(self, standing):
        """What round trips and bytes take at least: one to learn who the file is, and one for each wave."""
        counts = standing.counts
        trips = counts["waves"] + 1 if counts["requests"] else 0
        return trips * self.latency / 1000 + counts["body_bytes"] / self.bandwidth

    def close(self):
        self.process.stdin.close()
        self.process.wait()


@contextmanager
def serving(file, latency, bandwidth=BANDWIDTH):
    server = Server(file, latency, bandwidth)
    try:
        yield server
    finally:
        server.close()
