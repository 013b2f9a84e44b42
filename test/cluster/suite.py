"""An archive, a Slurm with jobs of tools/cluster/slurm.sh, and what each life of each job did."""
import json
import os
import subprocess
import time
from pathlib import Path

from loopback import Slurm

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools" / "cluster" / "slurm.sh"
SERVER = ROOT / "build" / "test" / "dandi-server"
SAMPLE = ROOT / "test" / "data" / "sample.nwb"

TASKS = ("1", "2", "3", "4")
AT_ONCE = 2  # blobs in work of a job
FEW = 8  # blobs that each has done when it is interrupted
SECONDS = 300  # no step may take longer; a whole run takes some 100

# What LINDI names: the program, with files that say what each life of each job did.
PROGRAM = """#!/bin/bash
name={folder}/lives/$SLURM_ARRAY_JOB_ID.$SLURM_ARRAY_TASK_ID.${{SLURM_RESTART_COUNT:-0}}
echo $$ >"$name.process"
exec {program} "$@" --events "$name.events"
"""
# A program that never comes far.
SHORT_LIVED = """#!/bin/bash
kill -KILL $$
"""
MOST_RESTARTS = 10  # as the script has it


class Archive:
    def __init__(self, assets):
        self.process = subprocess.Popen(
            [SERVER, SAMPLE, f"assets={assets}", "dandisets=4", "shares=1", "broken=50", "latency=200"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.api, self.bucket = self.process.stdout.readline().split()

    def arguments(self):
        return ["--all", "--version", "draft", "--instance", self.api, "--bucket", self.bucket]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Suite:
    def __init__(self, args, folder):
        self.folder = folder
        self.program = Path(args.bin).resolve()
        self.lines = []
        (folder / "lives").mkdir()
        self.write_program("lindi", PROGRAM.format(folder=folder, program=self.program))
        self.write_program("short-lived", SHORT_LIVED)
        self.archive = Archive(args.assets)
        try:
            self.slurm = Slurm(folder / "slurm")
        except BaseException:
            self.archive.close()
            raise

    def close(self):
        self.slurm.close()
        self.archive.close()

    # What is said

    def check(self, what, found, expected):
        is_so = found == expected
        difference = f": {found!r:.300}, not {expected!r:.300}"
        self.lines.append(f"passed: {what}" if is_so else f"FAILED: {what}{difference}")
        print(self.lines[-1], flush=True)

    # What is done

    def bulk(self, action, *args):
        """The program, outside of Slurm; what it prints."""
        done = subprocess.run(
            [self.program, "bulk", action, *map(str, args)],
            env=self.slurm.variables, capture_output=True, text=True, timeout=SECONDS,
        )  # fmt: skip
        if done.returncode not in (0, 3):
            raise RuntimeError(f"lindi bulk {action}: {done.returncode}: {done.stderr}")
        return done.stdout

    def write_program(self, name, text):
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o755)

    def submit(self, *args, tasks="1-4", program="lindi"):
        return self.slurm.submit(
            f"--array={tasks}", SCRIPT, *args, "--at-once", AT_ONCE, LINDI=str(self.folder / program)
        )

    def wait(self, what, is_so):
        end = time.monotonic() + SECONDS
        while not is_so():
            if time.monotonic() > end:
                raise RuntimeError(f"waited {SECONDS} s until {what}")
            time.sleep(0.1)

    def process(self, job, task):
        """The number of the program in the first life of a job; it has to be one of ours."""
        number = int((self.folder / "lives" / f"{job}.{task}.0.process").read_text())
        if os.readlink(f"/proc/{number}/exe") != str(self.program):
            raise RuntimeError(f"process {number} is another program")
        return number

    # What was done

    def events(self, job, task, life):
        out = []
        path = self.folder / "lives" / f"{job}.{task}.{life}.events"
        for line in path.read_text().splitlines() if path.exists() else []:
            try:
                out.append(json.loads(line))
            except ValueError:  # killed in the middle of it
                pass
        return out

    def lives(self, job, task):
        return len(list((self.folder / "lives").glob(f"{job}.{task}.*.process")))

    def blobs(self, event, job, task, life):
        return [e["blob"] for e in self.events(job, task, life) if e["event"] == event]

    def has_begun(self, job):
        return all(len(self.blobs("done", job, task, 0)) >= FEW for task in TASKS)

    def states(self, job):
        return {task: words["JobState"] for task, words in self.slurm.tasks(job).items()}

    def restarts(self, job):
        return {task: int(words["Restarts"]) for task, words in self.slurm.tasks(job).items()}


