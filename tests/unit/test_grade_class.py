#!/usr/bin/python3
# make grade's program on a small class, with the real judge: what it grades, what it leaves alone,
# and that a grading killed with SIGKILL at any moment goes on to the same results. Prints TAP.

import csv
import json
import os
import random
import shutil
import subprocess
import tempfile
import time

import grade_class as made

BUILT = os.environ.get("BUILD", "build/plain")
KILLS = 5
LIMIT_S = 240
tests = []


def test(function):
    tests.append(function)


def command(folder, *arguments):
    return [f"{BUILT}/tests/grade/grade", os.getcwd(), BUILT, folder, f"out={folder}-grades",
            "exercise=7.1", "quick", *arguments]


def grade(folder, *arguments, **options):
    return subprocess.run(command(folder, *arguments), text=True, timeout=LIMIT_S,
                          stdin=subprocess.DEVNULL, capture_output=True, **options)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def result(folder, name):
    with open(f"{folder}-grades/results/{made.safe(name)}.json") as file:
        return json.load(file)


def result_files(folder):
    where = f"{folder}-grades/results"
    return {name: os.stat(f"{where}/{name}").st_mtime_ns for name in os.listdir(where)}


def verdicts(folder):
    """All that must be the same however often the grading was killed."""
    found = {}
    for name in os.listdir(f"{folder}-grades/results"):
        assert name.endswith(".json"), name
        with open(f"{folder}-grades/results/{name}") as file:
            results = json.load(file)
        exercise = results["exercises"][0]
        found[name] = (results["points"], results["pending_points"], exercise["build"]["status"],
                       [(test["name"], test["status"]) for test in exercise["tests"]])
    return found


STUB = open("tests/7.1-submit/baseline.c").read()


def class_make(folder):
    """Files that are judged quickly: the untouched stub, ones that do not build, none at all."""
    write(f"{folder}/ann/submit.c", STUB)
    write(f"{folder}/bob/7.1-submit/submit.c", STUB + "\nint x = ;\n")
    write(f"{folder}/{made.EVIL[0].replace('/', '')}/submit.c", "int main(void) { return 0; }\n")
    write(f"{folder}/{made.EVIL[1]}/submit.c", STUB.replace("slow_add", "slow_sub"))
    os.makedirs(f"{folder}/nothing")
    os.makedirs(f"{folder}/link")
    os.symlink("/etc/passwd", f"{folder}/link/submit.c")
    write(f"{folder}/roster.txt", "nobody's")


@test
def class_is_graded_and_everyone_has_a_result(folder):
    run = grade(folder)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "roster.txt" in run.stdout
    found = verdicts(folder)
    assert len(found) == 6
    builds = {name: build for name, (_, _, build, _) in found.items()}
    assert builds["ann.json"] == "ok" and builds["bob.json"] == "failed"
    assert builds["nothing.json"] == builds["link.json"] == "missing"


@test
def class_result_says_of_what_by_whom_and_where(folder):
    results = result(folder, "ann")
    assert results["schema"] == "workbook-results/1" and results["submission"] == "ann"
    assert len(results["exercises"][0]["source_hash"]) == 64
    assert len(results["grading"]["grader"]) == 64 and results["seed"] > 0
    assert results["isolation"] in ["full", "reduced"] and results["machine"]["cpus"] > 0
    assert "it is a link" in result(folder, "link")["exercises"][0]["build"]["message"]


@test
def class_graded_again_redoes_nothing(folder):
    before = result_files(folder)
    assert grade(folder).returncode == 0
    assert result_files(folder) == before


@test
def class_similar_submissions_are_left_out_on_request(folder):
    assert os.path.exists(f"{folder}-grades/similar.csv") == bool(shutil.which("sim_c"))
    assert grade(folder, "similar=no").returncode == 0
    assert not os.path.exists(f"{folder}-grades/similar.csv")
    with open(f"{folder}-grades/class.html") as file:
        assert "Similar submissions were not looked for: SIMILAR=no." in file.read()
    assert grade(folder, "similar=perhaps").returncode == 2


@test
def class_similar_submissions_that_could_not_be_looked_for_are_a_failure(folder):
    alike = f"{folder}-alike"
    for name in ["ann", "bob"]:  # enough to be compared, and quickly judged: it does not build
        write(f"{alike}/{name}/submit.c", "int table(void) { return " + " + ".join(["row(1)"] * 30) + "; } broken")
    write(f"{folder}-bin/sim_c", "#!/bin/sh\nexit 3\n")
    os.chmod(f"{folder}-bin/sim_c", 0o755)
    run = grade(alike, env={**os.environ, "PATH": f"{folder}-bin:{os.environ['PATH']}"})
    assert run.returncode == 2 and "grade: Similar submissions were not looked for: sim_c failed." in run.stderr, run.stderr
    assert os.path.exists(f"{alike}-grades/grades.csv") and not os.path.exists(f"{alike}-grades/similar.csv")
    assert grade(alike).returncode == 0


@test
def class_changed_submission_is_graded_anew(folder):
    before = result_files(folder)
    write(f"{folder}/bob/7.1-submit/submit.c", STUB)
    assert grade(folder).returncode == 0
    after = result_files(folder)
    assert [name for name in after if after[name] != before[name]] == ["bob.json"]
    assert result(folder, "bob")["exercises"][0]["build"]["status"] == "ok"


@test
def class_of_another_grader_is_graded_anew(folder):
    path = f"{folder}-grades/results/nothing.json"
    results = result(folder, "nothing")
    results["grading"]["grader"] = "another"
    write(path, json.dumps(results))
    assert grade(folder).returncode == 0
    assert len(result(folder, "nothing")["grading"]["grader"]) == 64


@test
def class_appeal_keeps_the_evidence(folder):
    path = f"{folder}/ann/submit.c"
    with open(path, "ab") as file:
        file.write(b"// \xff is in no text\n")
    run = grade(folder, "only=ann")
    assert run.returncode == 0 and "the evidence is in" in run.stdout, run.stderr
    with open(path, "rb") as handed_in, open(f"{folder}-grades/appeals/ann/1/submit.c", "rb") as file:
        assert file.read() == handed_in.read()
    kept = set(os.listdir(f"{folder}-grades/appeals/ann/1"))
    assert kept == {"before.json", "after.json", "submit.c", "transcript.txt"}, kept
    assert grade(folder, "only=nobody").returncode == 2


@test
def class_pending_points_count_where_they_are_granted(folder):
    def points():
        with open(f"{folder}-grades/grades.csv", newline="") as file:
            return {row["id"]: (float(row["points"]), float(row["pending_points"])) for row in csv.DictReader(file)}
    results = result(folder, "ann")
    results["exercises"][0].update(points=4, pending_points=3)
    results.update(points=4, pending_points=3)
    write(f"{folder}-grades/results/ann.json", json.dumps(results))
    assert grade(folder).returncode == 0
    assert points()["ann"] == (4, 3)
    assert grade(folder, "pending=grant").returncode == 0
    assert points()["ann"] == (7, 3)


@test
def class_failed_grading_leaves_the_result(folder):
    before = result(folder, "ann")
    judge = f"{folder}-broken"
    shutil.copytree(BUILT, judge, symlinks=True, ignore=shutil.ignore_patterns("*.o", "*.d", "unit", "bench"))
    write(f"{judge}/tests/judge/judge", "#!/bin/sh\necho it broke; exit 2\n")
    os.chmod(f"{judge}/tests/judge/judge", 0o755)
    relative = os.path.relpath(judge, os.getcwd())
    run = subprocess.run([f"{BUILT}/tests/grade/grade", os.getcwd(), relative, folder, f"out={folder}-grades",
                          "exercise=7.1", "quick"], text=True, timeout=LIMIT_S, capture_output=True)
    assert run.returncode == 2, run.stdout
    assert "grade: correctness: 6 of 6 could not be graded; " in run.stderr, run.stderr
    assert result(folder, "ann") == before
    with open(f"{folder}-grades/grades.csv", newline="") as file:
        flags = {row["id"]: row["flags"] for row in csv.DictReader(file)}
    assert "could not be graded" in flags["ann"] and "earlier grader" in flags["ann"], flags
    with open(f"{folder}-grades/failed/ann.txt") as file:
        assert "it broke" in file.read()


@test
def class_speed_is_measured_when_all_else_is_known(folder):
    timed = f"{folder}-timed"
    os.makedirs(f"{timed}/ann")
    shutil.copy("solutions/7.1-submit/submit.c", f"{timed}/ann")
    run = subprocess.run([word for word in command(timed) if word != "quick"], text=True, timeout=LIMIT_S,
                         stdin=subprocess.DEVNULL, capture_output=True)
    assert run.returncode == 0 and run.stderr.index("correctness: 1 of 1") < run.stderr.index("speed: 1 of 1"), run.stderr
    speeds = [test["status"] for test in result(timed, "ann")["exercises"][0]["tests"] if test["kind"] == "speed"]
    assert len(speeds) == 2 and set(speeds) <= {"passed", "pending"}, speeds


@test
def class_grades_in_a_folder_of_another_exercise_are_refused(folder):
    run = subprocess.run([f"{BUILT}/tests/grade/grade", os.getcwd(), BUILT, folder, f"out={folder}-grades", "quick"],
                         text=True, timeout=LIMIT_S, capture_output=True)
    assert run.returncode == 2 and "OUT=" in run.stderr, run.stderr


@test
def class_archive_gives_the_grades_of_its_folder(folder):
    expected = verdicts(folder)
    subprocess.run(["tar", "-czf", f"{folder}.tar.gz", "-C", folder, "."], check=True)
    shutil.copytree(f"{folder}-grades", f"{folder}-archive")
    run = subprocess.run(command(f"{folder}.tar.gz")[:4] + [f"out={folder}-archive", "exercise=7.1", "quick"],
                         text=True, timeout=LIMIT_S, capture_output=True)
    assert run.returncode == 0, run.stderr
    shutil.rmtree(f"{folder}-grades")
    os.rename(f"{folder}-archive", f"{folder}-grades")
    found = verdicts(folder)
    del expected["link.json"]  # a link is left out of an archive, its empty folder is not
    assert {name: found[name] for name in expected} == expected


@test
def class_killed_at_any_moment_goes_on_to_the_same_results(folder):
    shutil.rmtree(f"{folder}-grades")
    assert grade(folder).returncode == 0
    expected = verdicts(folder)
    shutil.rmtree(f"{folder}-grades")
    seed = random.randrange(1 << 30)
    numbers = random.Random(seed)
    killed = 0
    for _ in range(KILLS):
        process = subprocess.Popen(command(folder), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=numbers.uniform(0.2, 4))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            killed += 1
        where = f"{folder}-grades/results"
        for name in os.listdir(where) if os.path.isdir(where) else []:
            if name.endswith(".json"):
                with open(f"{where}/{name}") as file:
                    json.load(file)
    run = grade(folder)
    assert run.returncode == 0, run.stdout + run.stderr
    found = verdicts(folder)
    assert found == expected, f"seed {seed}, {killed} killed"


def main():
    scratch = tempfile.mkdtemp()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    subprocess.run(["make", "-s", "grader", "QUICK=1"], env=environment, check=True, stdout=subprocess.DEVNULL)
    try:
        folder = f"{scratch}/class"
        class_make(folder)
        if "No box holds" in grade(folder).stderr:
            print("ok 1 - class # SKIP no box holds on this machine\n1..1")
            return 0
        shutil.rmtree(f"{folder}-grades")
        return made.run_tests(tests, folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


raise SystemExit(main())
