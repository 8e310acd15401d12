# What is tried of the judge and of the grader of classes. Submissions are right, or untouched
# stubs: whatever fails, no point may be taken from the first or given to the second.

import csv
import json
import os
import re
import shutil
import subprocess

from plan import built

OLD = {"an earlier file": {"threads: speed": 0.75}}


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def partials(folder):
    return [name for _, _, names in os.walk(folder) for name in names if name.endswith(".partial")]


def groups(session):
    """The control groups that the judge of that session has made, and must remove."""
    found = []
    for top in ("/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/pids", "/sys/fs/cgroup/cpuacct"):
        if os.path.isdir(top):
            found += [name for name in os.listdir(top) if name.startswith(f"workbook-{session}-")]
    return found


class Judging:
    """One exercise, without its clock; exit status 0 or 2, and nothing lost."""

    def __init__(self, exercise, submission, box, most=2):
        self.exercise, self.submission, self.box, self.most = exercise, submission, box, most
        self.name = f"judging {submission} {exercise} in the {box} box"
        self.good = None

    def prepare(self, folder):
        with open(f"{folder}/best.json", "w") as file:
            json.dump(OLD, file)
        with open(f"{folder}/attempts.jsonl", "w") as file:
            file.write('{"time": 1}\n')
        with open(f"{folder}/results.json", "w") as file:
            file.write("old\n")
        return [f"{built('plain')}/tests/faults/judge", os.getcwd(), self.submission, f"{folder}/results.json",
                f"exercise={self.exercise}", "output=build/faults/judged", f"box={self.box}", "quick",
                "seed=7", f"best={folder}/best.json", f"attempts={folder}/attempts.jsonl"]

    def keep(self, folder):
        self.good = json.loads(read(f"{folder}/results.json"))

    def check_results(self, results):
        good = self.good["exercises"][0]["tests"]
        tests = results["exercises"][0]["tests"]
        if [test["name"] for test in tests] != [test["name"] for test in good]:
            yield "tests are missing in the results"
        for test, model in zip(tests, good):
            if test["status"] in ("failed", "skipped") and model["status"] not in ("failed", "skipped"):
                yield f"{test['name']}: {test['status']}: {test['message'][:300]}"
            if test["status"] == "passed" != model["status"]:
                yield f"{test['name']}: passed"
        if results["points"] > self.good["points"]:
            yield "points were given"
        lost = results["max_points"] - results["points"] - results["pending_points"]
        if lost > self.good["max_points"] - self.good["points"] - self.good["pending_points"] + 0.05:
            yield "points were taken"

    def check(self, folder, ended, error):
        results = read(f"{folder}/results.json")
        is_old = results == b"old\n"
        if ended.returncode not in (0, 1, 2):
            yield f"it ended with {ended.returncode}: {ended.stderr[-500:]}"
        if ended.returncode == 2 and not re.search("^grade: .|Cannot allocate", ended.stderr, re.M):
            yield f"exit status 2, but no sentence: {ended.stderr[-300:]}"
        if ended.returncode in (0, 1) and is_old:
            yield "it ended well, but left no results"
        if not is_old:
            try:
                yield from self.check_results(json.loads(results))
            except ValueError:
                yield "the results are no JSON"
        if json.loads(read(f"{folder}/best.json") or "{}") != OLD:
            yield "the best scores were lost"
        for row in read(f"{folder}/attempts.jsonl").decode().splitlines():
            try:
                json.loads(row)
            except ValueError:
                yield f"half an attempt was kept: {row[:60]}"
        yield from (f"left: {name}" for name in partials(folder))
        yield from (f"left: group {name}" for name in groups(ended.session))


# Stands where the judge would, and puts down what the judge found before.
REPLAY = """#!/bin/sh
cp "$FAULTS_RESULTS/$(basename "$2").json" "$3" && echo judged && exit 1
"""
PEOPLE = {"Ann Lee_7_assignsubmission_file_": "solutions", "Bo Rae_8_assignsubmission_file_": "exercises",
          "Cy Tan_9_assignsubmission_file_": None}
ROSTER = "id,number\nann,7\nbo,8\ncy,9\n"
CANVAS = "Student,ID,SIS User ID,7.1 submit\nPoints Possible,,,30\nAnn,1,ann,\nBo,2,bo,\n"
UNLIKE = re.compile(rb'timestamp="[^"]*"|"round": *"[^"]*"')


class Grading:
    """A class of three: taken in, judged (by what a real judge found), all formats written. It
    ends with 0 and all as it should be, or with 2 and a sentence; then the same command, once
    more and without faults, makes all as it should be."""
    built, most = built("asan"), 3

    def __init__(self, shape, again=False):
        self.shape, self.again, self.good = shape, again, None
        self.name = f"grading a class, {shape}" + (", graded before" if again else "")
        self.class_folder = "build/faults/class"
        self.replay = "build/faults/replay"

    def lay_out(self):
        shutil.rmtree(self.class_folder, ignore_errors=True)
        shutil.rmtree(self.replay, ignore_errors=True)
        os.makedirs(f"{self.replay}/tests/judge/probe")
        os.makedirs(f"{self.replay}/tests/grade/one")
        os.makedirs(f"{self.replay}/results")
        os.symlink(os.path.abspath(f"{self.built}/tests/faults/one"), f"{self.replay}/tests/grade/one/main")
        os.symlink(os.path.abspath(f"{built('plain')}/tests/judge/probe/main"), f"{self.replay}/tests/judge/probe/main")
        for name in os.listdir(f"{built('plain')}/tests"):
            if name.startswith("7."):
                os.symlink(os.path.abspath(f"{built('plain')}/tests/{name}"), f"{self.replay}/tests/{name}")
        for person, source in PEOPLE.items():
            os.makedirs(f"{self.class_folder}/{person}")
            if source:
                shutil.copy(f"{source}/7.1-submit/submit.c", f"{self.class_folder}/{person}")
        for name, text in (("roster.csv", ROSTER), ("canvas.csv", CANVAS)):
            with open(f"{self.replay}/{name}", "w") as file:
                file.write(text)
        for name, person in (("ann", 0), ("bo", 1), ("cy", 2)):
            subprocess.run([f"{built('plain')}/tests/judge/judge", os.getcwd(), f"{self.class_folder}/{list(PEOPLE)[person]}",
                            f"{self.replay}/results/{name}.json", "exercise=7.1", "output=build/faults/judged",
                            "quick", "seed=7"], stdout=subprocess.DEVNULL, check=False)
        with open(f"{self.replay}/tests/judge/judge", "w") as file:
            file.write(REPLAY)
            os.fchmod(file.fileno(), 0o755)
        os.environ["FAULTS_RESULTS"] = os.path.abspath(f"{self.replay}/results")
        if self.shape == "as an archive":
            shutil.make_archive("build/faults/class", "zip", self.class_folder)
        self.whole = "build/faults/whole"
        shutil.rmtree(self.whole, ignore_errors=True)
        subprocess.run(self.command(self.whole), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        self.good = self.look(self.whole)

    def command(self, out):
        source = self.class_folder + (".zip" if self.shape == "as an archive" else "")
        return [f"{self.built}/tests/faults/grade", os.getcwd(), self.replay, source, f"out={os.path.abspath(out)}",
                "exercise=7.1", "quick", "jobs=2", "box=reduced", f"roster={self.replay}/roster.csv",
                f"canvas={self.replay}/canvas.csv"]

    def look(self, out):
        """All files, but for what names the time."""
        found = {}
        for folder, _, names in os.walk(out):
            for name in names:
                path = os.path.join(folder, name)
                found[os.path.relpath(path, out)] = UNLIKE.sub(b"", read(path))
        return {name: text for name, text in found.items() if not name.startswith((".lock", "best/"))}

    def prepare(self, folder):
        if self.good is None:
            self.lay_out()
        if self.again:
            shutil.copytree(self.whole, f"{folder}/out")
        return self.command(f"{folder}/out")

    def keep(self, folder):
        pass

    def check_points(self, now):
        """Nobody's points are others than they should be: they may only be missing."""
        for table in ("grades.csv",):
            rows = {row[0]: row for row in csv.reader(now.get(table, b"").decode().splitlines()) if row}
            good = {row[0]: row for row in csv.reader(self.good[table].decode().splitlines()) if row}
            for identity, row in rows.items():
                numbers = [cell for cell in row[1:] if re.fullmatch(r"[\d.]+", cell)]
                model = [cell for cell in good.get(identity, [])[1:] if re.fullmatch(r"[\d.]+", cell)]
                if numbers and numbers != model and "not graded" not in ",".join(row):
                    yield f"{table}: {row} instead of {good.get(identity)}"

    def check(self, folder, ended, error):
        out = f"{folder}/out"
        now = self.look(out)
        if ended.returncode not in (0, 2):
            yield f"it ended with {ended.returncode}: {ended.stderr[-1500:]}"
        if ended.returncode == 0 and now != self.good:
            odd = [name for name in set(now) | set(self.good) if now.get(name) != self.good.get(name)]
            yield f"it ended well, but these are not as they should be: {sorted(odd)[:6]}"
        if ended.returncode == 2 and not re.search("grade: |could not be graded", ended.stdout + ended.stderr):
            yield f"exit status 2, but no sentence: {(ended.stdout + ended.stderr)[-300:]}"
        for name, text in now.items():
            if name.startswith("results/") and text != self.good.get(name):
                yield f"{name} is not what the judge found"
        yield from self.check_points(now)
        yield from (f"left: {name}" for name in partials(out))
        if ended.returncode == 2:
            again = subprocess.run(self.command(out), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   timeout=60, check=False)
            now = self.look(out)
            odd = [name for name in set(now) | set(self.good) if now.get(name) != self.good.get(name)]
            if again.returncode or odd:
                yield f"once more: {again.returncode}, {sorted(odd)[:6]} {again.stdout[-300:]}"


def scenarios():
    yield Judging("7.1", "solutions", "full")
    yield Judging("7.1", "exercises", "reduced")
    yield Judging("7.2", "solutions", "full")
    yield Judging("7.3", "solutions", "none")
    yield Grading("as a folder")
    yield Grading("as a folder", again=True)
    yield Grading("as an archive")
