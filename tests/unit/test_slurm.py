#!/usr/bin/python3
# make grade with ENGINE=slurm, on a real Slurm of two nodes (slurm_cluster.py): a node that is lost, a
# command that is killed, a task that fails, one that is begun again, nodes that do not see the folder.
# Prints TAP. FULL=1: 40 submissions instead of a few, for when the machine is free.

import glob
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time

import grade_class as made
import slurm_cluster

BUILT = os.environ.get("BUILD", "build/plain")
IS_FULL = bool(os.environ.get("FULL"))
LIMIT_S = 800 if IS_FULL else 120
AGAIN = 8
MUTANTS = "tests/mutants/7.1-submit"
QUICKLY_JUDGED = ["honest_map", "off_by_one", "compile_error", "honest_map", "diagonal_included", "compile_error"]
tests = []


def test(function):
    tests.append(function)


class Class:
    """A class's folder, and the command that grades it."""

    def __init__(self, cluster, scratch, name, sources):
        self.cluster, self.folder, self.out = cluster, f"{scratch}/{name}", f"{scratch}/{name}-grades"
        self.built, self.names = BUILT, [f"p{number:02}" for number in range(len(sources))]
        for person, source in zip(self.names, sources):
            os.makedirs(f"{self.folder}/{person}")
            shutil.copy(source, f"{self.folder}/{person}/submit.c")

    def start(self, *arguments, out=None, **site):
        environment = dict(self.cluster.environment, SLURM_TASK_PAUSE="1",
                           SLURM_TASK_FOLDER=os.path.dirname(self.folder),
                           **{f"SITE_{key.upper()}": str(value) for key, value in site.items()})
        return subprocess.Popen([f"{BUILT}/tests/grade/grade", os.getcwd(), self.built, self.folder,
                                 f"out={out or self.out}", "exercise=7.1", "quick", *arguments], text=True,
                                env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, preexec_fn=slurm_cluster.die_with_parent)

    def finish(self, process, status=0):
        """What it said on standard error."""
        try:
            said, wrong = process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired as late:
            raise AssertionError(f"{late.stderr}\n{self.marks()} {self.cluster.tasks()}\n{self.logs()}") from late
        finally:
            process.kill()
        assert process.returncode == status, f"status {process.returncode}: {said}{wrong}{self.logs()}"
        return wrong

    def grade(self, *arguments, status=0, out=None, **site):
        return self.finish(self.start(*arguments, out=out, **site), status)

    def marks(self):
        try:
            return [name for name in os.listdir(f"{self.out}/round/done") if "." not in name]
        except OSError:
            return []

    def verdicts(self, out=None):
        """Of everyone: points, build, and the status of each test that the machine left nothing open of."""
        found = {}
        for path in glob.glob(f"{out or self.out}/results/*.json"):
            with open(path) as file:
                result = json.load(file)
            exercise = result["exercises"][0]
            found[result["submission"]] = (result["points"], result["pending_points"], exercise["build"]["status"],
                                           {test["name"]: test["status"] for test in exercise["tests"]})
        return found

    def times(self):
        return {path: os.stat(path).st_mtime_ns for path in glob.glob(f"{self.out}/results/*.json")}

    def logs(self):
        return "".join(open(path).read() for path in sorted(glob.glob(f"{self.out}/logs/*")))

    def graded(self):
        """Who was said to be graded, as often as it was said, on whichever node."""
        return sorted(line.split()[2].rstrip(":") for line in self.logs().splitlines() if line.startswith("graded "))

    def results(self):
        """Who has a result."""
        return sorted(os.path.basename(path)[:-len(".json")] for path in glob.glob(f"{self.out}/results/*.json"))

    def nodes(self):
        return {line.split()[-1] for line in self.logs().splitlines() if line.startswith("graded ")}


def mutant(name):
    return f"{MUTANTS}/{name}.c"


def contradicts(one, other):
    """Lines that say the opposite; what one of both left open is no contradiction."""
    lines = [(line, status, other[3][line]) for line, status in one[3].items() if status != other[3][line]]
    return [line for line in lines if "pending" not in line] or one[2] != other[2] or (
        one[0] > other[0] + other[1] or other[0] > one[0] + one[1])


def open_lines(one, other):
    return sum(status != other[name][3][line] for name in one for line, status in one[name][3].items())


def compare_with_this_machine(people):
    """What the cluster found, with what this machine finds: the lines open on one side, and the people
    whose code behaves now so, now so: here, too, it gets the cluster's verdict when it is asked again."""
    here, fitful = f"{people.out}-here", []
    people.grade(out=here)
    found, expected = people.verdicts(), people.verdicts(here)
    assert sorted(found) == sorted(expected) == people.names, (sorted(found), sorted(expected))
    for name in [name for name in found if contradicts(found[name], expected[name])]:
        fitful.append(name)
        for _ in range(AGAIN):
            if contradicts(found[name], expected[name]):
                people.grade(f"only={name}", out=here)
                expected = people.verdicts(here)
        assert not contradicts(found[name], expected[name]), f"{name}: {found[name]} and {expected[name]}"
    return open_lines(found, expected), fitful


def arrays(cluster):
    return {array for array, *_ in cluster.tasks()}


def sources():
    if not IS_FULL:
        return [mutant(name) for name in QUICKLY_JUDGED]
    return sorted(glob.glob(f"{MUTANTS}/*.c"))[:40]


@test
def slurm_class_with_a_lost_node_has_the_results_of_this_machine(cluster, scratch):
    people = Class(cluster, scratch, "lost", sources())
    begin = time.monotonic()
    process = people.start("engine=slurm", pack=2, partition="grade")
    slurm_cluster.wait_for(lambda: len(people.marks()) >= len(people.names) // 4, "some marks", 120)
    slurm_cluster.wait_for(lambda: any(state == "RUNNING" and node == "n2" for *_, state, node, _ in cluster.tasks()),
                           "a task on n2", 60)
    cluster.node_kill("n2")
    people.finish(process)
    took = time.monotonic() - begin
    restarted = [task for task in cluster.tasks() if task[4] != "0"]
    assert restarted, cluster.tasks()
    # A node may be lost after it has stored a result and before it says so: the line is lost, the result is not.
    assert people.results() == people.names, people.results()
    assert len(set(people.graded())) == len(people.graded()), people.graded()
    assert len(arrays(cluster)) == 1, cluster.tasks()
    still_open, fitful = compare_with_this_machine(people)
    print(f"# {len(people.names)} graded in {took:.0f} s on {sorted(people.nodes())}, {len(restarted)} task(s) begun "
          f"again elsewhere, {still_open} line(s) open on one side, judged here more than once: {fitful}", flush=True)
    cluster.node_start("n2")
    cluster.wait_idle()


@test
def slurm_array_goes_on_without_its_command_and_is_found_again(cluster, scratch):
    people = Class(cluster, scratch, "killed", [mutant(name) for name in ["honest_map", "compile_error"] * 3])
    before = arrays(cluster)
    process = people.start("engine=slurm", pack=1)
    slurm_cluster.wait_for(people.marks, "a mark", 60)
    process.kill()
    process.communicate()
    with open(f"{people.out}/round/array") as file:
        array = file.read().split()[0]
    assert f"Going on with Slurm's array {array}." in people.grade("engine=slurm")
    assert arrays(cluster) - before == {array}, cluster.tasks()
    assert people.graded() == people.names, people.graded()
    times = people.times()
    assert "6 of 6 are graded already" in people.grade("engine=slurm")
    assert arrays(cluster) - before == {array} and people.times() == times


@test
def slurm_command_killed_before_it_noted_the_array_finds_it(cluster, scratch):
    people = Class(cluster, scratch, "unnoted", [mutant("compile_error")] * 2)
    before = arrays(cluster)
    cluster.run("scontrol", "update", "PartitionName=grade", "State=DOWN")
    process = people.start("engine=slurm")
    slurm_cluster.wait_for(lambda: arrays(cluster) - before, "an array")
    process.kill()
    process.communicate()
    with open(f"{people.out}/round/array", "w") as file:
        file.write("- 5 1 0\ncorrectness\n")
    cluster.run("scontrol", "update", "PartitionName=grade", "State=UP")
    people.grade("engine=slurm")
    assert len(arrays(cluster) - before) == 1, cluster.tasks()
    assert people.graded() == people.names, people.graded()


# A judge that breaks once over p01, and holds p03 back until the latch is there.
JUDGE = """#!/bin/sh
case $2 in
*/p01) mkdir '{0}/broken' 2>/dev/null && echo 'it broke' && exit 2 ;;
*/p03) : >'{0}/begun'; until [ -e '{0}/latch' ]; do sleep 0.1; done ;;
esac
exec '{1}/tests/judge/judge' "$@"
"""


@test
def slurm_what_a_task_could_not_do_is_sent_again(cluster, scratch):
    people = Class(cluster, scratch, "fails", [mutant("compile_error")] * 4)
    people.built = f"build/test-slurm-{os.getpid()}"
    before = arrays(cluster)
    try:
        shutil.copytree(BUILT, people.built, ignore=shutil.ignore_patterns("unit", "bench", "verdicts"))
        with open(f"{people.built}/tests/judge/judge", "w") as file:
            file.write(JUDGE.format(scratch, os.path.abspath(BUILT)))
        process = people.start("engine=slurm", pack=2)
        slurm_cluster.wait_for(lambda: os.path.exists(f"{scratch}/begun") and "2" in people.marks(), "p03 begun", 60)
        task = next(task for task in cluster.tasks() if task[1] == "1" and task[0] not in before)
        cluster.run("scontrol", "requeue", f"{task[0]}_1")
        slurm_cluster.wait_for(lambda: any(t[:2] == task[:2] and t[4] == "1" for t in cluster.tasks()), "a requeue")
        open(f"{scratch}/latch", "w").close()
        said = people.finish(process)
    finally:
        shutil.rmtree(people.built, ignore_errors=True)
    assert "1 could not be graded there and are sent again" in said, said
    assert "failed 1 p01" in people.logs() and people.graded() == people.names, people.logs()
    assert len(arrays(cluster) - before) == 2, cluster.tasks()
    assert not os.listdir(f"{people.out}/failed")


@test
def slurm_node_that_does_not_see_the_folder_is_left_out(cluster, scratch):
    people = Class(cluster, scratch, "blind", [mutant("compile_error")] * 4)
    cluster.node_kill("n2")
    cluster.node_start("n2", blind_to=scratch)
    cluster.wait_idle()
    said = people.grade("engine=slurm", pack=1)
    assert f"n2 does not see {people.out}" in said, said
    assert people.nodes() == {"n1"} and people.graded() == people.names


@test
def slurm_folder_that_no_node_sees_is_one_sentence(cluster, scratch):
    people = Class(cluster, scratch, "unseen", [mutant("compile_error")] * 2)
    cluster.node_kill("n1")
    cluster.node_start("n1", blind_to=scratch)
    cluster.wait_idle()
    said = people.grade("engine=slurm", pack=1, status=2)
    assert "have to be in a folder that the nodes share" in said, said
    assert "n1" in said.splitlines()[-1] and "n2" in said.splitlines()[-1], said


@test
def slurm_partition_that_is_not_there_is_one_sentence(cluster, scratch):
    people = Class(cluster, scratch, "partition", [mutant("compile_error")])
    said = people.grade("engine=slurm", partition="gone", status=2)
    assert said == 'grade: There is no partition "gone" here, but: grade\n', said
    said = people.grade("engine=slurm", account="none", constraint="fast", status=2)
    assert said.startswith("grade: Slurm does not take the work: "), said


def end(number, frame):
    raise SystemExit(1)


def main():
    reason = slurm_cluster.missing()
    if reason:
        print(f"ok 1 - slurm # SKIP {reason}\n1..1")
        return 0
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    subprocess.run(["make", "-s", "grader", "QUICK=1"], env=environment, check=True, stdout=subprocess.DEVNULL)
    signal.signal(signal.SIGTERM, end)
    scratch = tempfile.mkdtemp()
    os.chmod(scratch, 0o755)
    cluster = slurm_cluster.Cluster()
    try:
        cluster.start()
        return made.run_tests(tests, cluster, scratch)
    finally:
        cluster.stop()
        shutil.rmtree(scratch, ignore_errors=True)


raise SystemExit(main())
