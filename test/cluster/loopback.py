"""Slurm on the loopback interface: one node with more processors than there are, daemons and files of its own."""
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "scancel", "scontrol", "squeue")
PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"

# Nothing of the machine's own configuration is used. `cred_expire` is how long a job that is started again waits.
CONFIG = """
ClusterName=loopback
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0
SlurmdParameters=config_overrides
ReturnToService=2
JobRequeue=1
KillWait=30
MinJobAge=86400
NodeName=localhost NodeAddr=127.0.0.1 CPUs=32 RealMemory=65536 State=UNKNOWN
PartitionName=all Nodes=localhost Default=YES MaxTime=INFINITE State=UP
"""


class Unusable(Exception):
    """Slurm cannot be run here, and why."""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Slurm:
    def __init__(self, folder):
        """Starts it. The folder is to be empty, and open to everyone: munge wants that of its socket."""
        missing = [name for name in PROGRAMS if not shutil.which(name, path=PATH)]
        if missing:
            raise Unusable(f"{', '.join(missing)} missing: install slurm-wlm and munge")
        self.folder = Path(folder)
        self.daemons = []
        self.variables = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SLURM", "SBATCH", "LINDI", "AWS", "DANDI"))
            and not name.lower().endswith("_proxy")
        } | {"PATH": PATH, "SLURM_CONF": str(self.folder / "slurm.conf")}
        try:
            self._start()
        except BaseException:
            self.close()
            raise

    def _start(self):
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        key = self.folder / "munge.key"
        key.touch(0o600)
        key.write_bytes(os.urandom(1024))
        config = self.folder / "slurm.conf"
        config.write_text(
            CONFIG.format(
                folder=self.folder,
                user=os.geteuid(),
                controller_port=free_port(),
                node_port=free_port(),
            )
        )
        files = {"key-file": "key", "pid-file": "pid", "log-file": "own-log", "seed-file": "seed", "socket": "socket"}
        names = [f"--{option}={self.folder}/munge.{name}" for option, name in files.items()]
        self._daemon("munged", "--foreground", *names)
        self._wait("munged answers", lambda: (self.folder / "munge.socket").exists())
        self._daemon("slurmctld", "-D")
        self._wait("slurmctld answers", lambda: self._says("UP", "scontrol", "ping"))
        self._daemon("slurmd", "-D", "-N", "localhost")
        self._wait("the node is idle", lambda: self._says("State=IDLE ", "scontrol", "show", "node"))

    def _daemon(self, name, *args):
        with open(self.folder / f"{name}.log", "w", encoding="utf-8") as log:
            self.daemons.append(
                subprocess.Popen(
                    [shutil.which(name, path=PATH), *args],
                    env=self.variables, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                    start_new_session=True,  # ^C is for the suite, which ends them in order
                )  # fmt: skip
            )

    def _wait(self, what, is_so, seconds=60):
        end = time.monotonic() + seconds
        while not is_so():
            for daemon in self.daemons:
                if daemon.poll() is not None:
                    name = Path(daemon.args[0]).name
                    raise Unusable(f"{name} ended: {self.last_words(name)}")
            if time.monotonic() > end:
                raise Unusable(f"waited {seconds} s until {what}: {self.last_words()}")
            time.sleep(0.1)

    def _says(self, text, *command):
        done = subprocess.run(command, env=self.variables, capture_output=True, text=True)
        return text in done.stdout

    def last_words(self, name="slurm*"):
        lines = []
        for log in sorted(self.folder.glob(f"{name}.log")):
            lines += log.read_text(errors="replace").splitlines()[-3:]
        return "; ".join(lines)

    def run(self, *command, **variables):
        """One of Slurm's programs; what it prints."""
        done = subprocess.run(
            [str(word) for word in command], cwd=self.folder, env=self.variables | variables,
            capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]}: {done.stderr.strip()}")
        return done.stdout

    def submit(self, *words, **variables):
        """`sbatch`; the number of the job."""
        return self.run("sbatch", "--parsable", *words, **variables).strip()

    def tasks(self, job):
        """What `scontrol` says of each task of an array, by its number."""
        out = {}
        for line in self.run("scontrol", "--oneliner", "show", "job", job).splitlines():
            words = dict(word.split("=", 1) for word in line.split() if "=" in word)
            out[words["ArrayTaskId"]] = words
        return out

    def is_over(self, job):
        """Whether none of its tasks waits, runs or is about to end."""
        return not self.run("squeue", "--noheader", "--job", job, "--states", "PD,R,CG,CF,RQ,S").strip()

    def close(self):
        """Ends all jobs, then the daemons, then what they left behind."""
        if len(self.daemons) == 3:
            end = time.monotonic() + 60
            while time.monotonic() < end and self._jobs():
                subprocess.run(["scancel", *self._jobs()], env=self.variables, check=False)
                time.sleep(0.5)
        for daemon in reversed(self.daemons):
            daemon.terminate()
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.daemons = []
        for process in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    def _jobs(self):
        done = subprocess.run(
            ["squeue", "--noheader", "--format", "%A"], env=self.variables, capture_output=True, text=True
        )  # fmt: skip
        return done.stdout.split()

    def _processes(self):
        """All that have our configuration in their environment, as jobs and their keepers do."""
        mark = f"SLURM_CONF={self.variables['SLURM_CONF']}".encode()
        for path in Path("/proc").glob("[0-9]*/environ"):
            try:
                if mark in path.read_bytes().split(b"\0"):
                    yield int(path.parent.name)
            except OSError:  # over by now, or another user's
                pass
