# A Slurm of two nodes on this machine, for tests: munged, slurmctld and a slurmd for each node, all in
# one private folder and on loopback; nothing of /etc is read or written. Each node is a mount
# namespace: so a node can be lost with all that runs there, and need not see a folder that others see.

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "unshare"]
PR_SET_PDEATHSIG = 1
CONFIG = """ClusterName=workbook
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket,cred_expire=6
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/%n.pid
SlurmctldLogFile={folder}/log/slurmctld
SlurmdLogFile={folder}/log/%n
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,bf_interval=1,sched_min_interval=1
SlurmctldTimeout=10
SlurmdTimeout=4
MessageTimeout=3
KillWait=2
MinJobAge=600
ReturnToService=2
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[1]} CPUs=2 RealMemory=4096
NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[2]} CPUs=2 RealMemory=4096
PartitionName=grade Nodes=ALL Default=YES MaxTime=60 State=UP
"""


def missing():
    """Why there can be no cluster here; "": there can."""
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    absent = [name for name in PROGRAMS if not shutil.which(name)]
    if absent:
        return f"no {absent[0]} here"
    if os.geteuid() != 0:
        return "slurmd and mount namespaces need root"
    refused = subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode
    return "no mount namespaces here" if refused else ""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def wait_for(condition, what, limit_s=30):
    """Waits until it holds; its value."""
    deadline = time.monotonic() + limit_s
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(f"{what}: not within {limit_s} s")


def processes_in(space):
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{name}/ns/mnt") == space:
                found.append(int(name))
        except OSError:
            pass
    return found


class Space:
    """A process's mount namespace. It is held open: the kernel gives the number of one that is gone to the next,
    which may be the box of another test's judge."""

    def __init__(self, pid):
        self.fd = os.open(f"/proc/{pid}/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)
        self.name = os.readlink(f"/proc/self/fd/{self.fd}")

    def kill(self):
        """Ends all that runs there."""
        quiet = 0
        while quiet < 2:
            running = processes_in(self.name)
            quiet = 0 if running else quiet + 1
            for pid in running:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass


def guard(folder):
    """Ends what runs in the namespaces of the processes that it is told, once whoever tells it is gone."""
    spaces = []
    for pid in sys.stdin:
        try:
            spaces.append(Space(int(pid)))
        except OSError:
            pass  # it is gone already
    for space in spaces:
        space.kill()
    shutil.rmtree(folder, ignore_errors=True)


class Cluster:
    def __init__(self):
        self.folder = folder = tempfile.mkdtemp(prefix="workbook-slurm-")
        self.daemons, self.nodes, self.spaces = [], {}, {}
        for name in ["munge", "state", "log", "spool"]:
            os.makedirs(f"{folder}/{name}")
        os.chmod(folder, 0o711)  # munged asks for a socket that everyone can reach
        os.chmod(f"{folder}/munge", 0o711)
        self.environment = dict(os.environ, SLURM_CONF=f"{folder}/slurm.conf")
        host = socket.gethostname().split(".")[0]
        with open(f"{folder}/slurm.conf", "w") as file:
            file.write(CONFIG.format(host=host, folder=folder, ports=free_ports(3)))
        self.guard = subprocess.Popen([sys.executable, __file__, folder], stdin=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL, start_new_session=True, text=True)

    def daemon(self, *arguments):
        with open(f"{self.folder}/log/said", "ab") as said:
            process = subprocess.Popen(arguments, stdin=subprocess.DEVNULL, stdout=said, stderr=said,
                                       env=self.environment, preexec_fn=die_with_parent)
        self.daemons.append(process)
        return process

    def start(self):
        munge = f"{self.folder}/munge"
        with open(os.open(f"{munge}/key", os.O_WRONLY | os.O_CREAT, 0o600), "wb") as key:
            key.write(os.urandom(128))
        self.daemon("munged", "--foreground", f"--socket={munge}/socket", f"--key-file={munge}/key",
                    f"--pid-file={munge}/pid", f"--log-file={munge}/log", f"--seed-file={munge}/seed")
        wait_for(lambda: os.path.exists(f"{munge}/socket"), "munged")
        self.daemon("slurmctld", "-D", "-f", f"{self.folder}/slurm.conf")
        self.node_start("n1")
        self.node_start("n2")
        self.wait_idle()

    def node_start(self, name, blind_to=None):
        """Starts a node, which sees an empty folder in the place of the one that it is blind to."""
        script = 'mount -t tmpfs none "$2" || exit 1; ' if blind_to else ""
        node = self.daemon("unshare", "-m", "sh", "-c", script + 'exec slurmd -D -N "$1"', "node", name,
                           blind_to or "")
        wait_for(lambda: os.readlink(f"/proc/{node.pid}/ns/mnt") != os.readlink("/proc/self/ns/mnt"), name)
        self.nodes[name], self.spaces[name] = node, Space(node.pid)
        self.guard.stdin.write(f"{node.pid}\n")
        self.guard.stdin.flush()

    def node_kill(self, name):
        """A node is lost: slurmd, and all that runs there, at once."""
        self.spaces[name].kill()
        self.nodes[name].poll()

    def run(self, *arguments):
        return subprocess.run(arguments, env=self.environment, text=True, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=60).stdout

    def wait_idle(self):
        wait_for(lambda: self.run("sinfo", "-h", "-N", "-o", "%T").split() == ["idle", "idle"], "two idle nodes", 60)

    def tasks(self):
        """All tasks that Slurm remembers: array, index, state, node, restarts."""
        lines = self.run("squeue", "-h", "-r", "-t", "all", "-O",
                         "ArrayJobID:12,ArrayTaskID:12,State:20,NodeList:20,RestartCnt:8").splitlines()
        cuts = [(0, 12), (12, 24), (24, 44), (44, 64), (64, 72)]
        return [tuple(line[a:b].strip() for a, b in cuts) for line in lines]

    def stop(self):
        for name in self.nodes:
            self.node_kill(name)
        for process in reversed(self.daemons):
            process.terminate()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.guard.stdin.close()
        self.guard.wait(timeout=30)


if __name__ == "__main__":
    guard(sys.argv[1])
