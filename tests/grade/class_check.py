#!/usr/bin/python3
# A whole class, made of what the project's own tests judge: solutions, honest submissions, mistakes,
# attacks, stubs, copies under other names, names that are hard to bear. Grades it, then each different
# submission alone, and says where the two differ. For hours when the machine is free:
#
#     class_check.py FOLDER COUNT [quick] [kills=20] [jobs=2] [only=WORD]
#
# FOLDER gets class/, class-grades/ and alone/. With kills the grader is killed so often (SIGKILL) at
# random moments and started again each time; the results must be those of the run before. Ends with
# what it took: minutes of each pass, the most memory of the grader, differences.

import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys
import threading
import time

ODD = ["=cmd|' C calc'!A0", 'two\nlines "quoted" \u202eesrever', "\u041e\u043b\u044f", "\u4e2d\u6587 \u540d",
       "a;b,c\td", "-rf", "%00", "x" * 200, "\u05e9\u05dc\u05d5\u05dd", "$(id)"]
JUDGE, GRADER = "build/plain/tests/judge/judge", "build/plain/tests/grade/grade"


def lay(source, folder):
    """One submission; True if it could be made."""
    os.makedirs(folder, exist_ok=True)
    if os.path.isdir(source):  # a tree of all exercises
        for path in glob.glob(f"{source}/7.*/*.c"):
            shutil.copy(path, folder)
    elif source.endswith(".sh"):
        return subprocess.run(["sh", source, folder], timeout=60).returncode == 0
    else:
        exercise = source.split("/")[-2]
        shutil.copy(source, f"{folder}/{exercise.split('-', 1)[1]}.c")
    return True


def sources(word):
    honest = sorted(glob.glob("tests/mutants/7.*/honest_*.c"))
    wrong = sorted(set(glob.glob("tests/mutants/7.*/*.c")) - set(honest))
    attacks = sorted(glob.glob("tests/attacks/7.*/*.c") + glob.glob("tests/attacks/7.*/*.sh"))
    mixed = ["solutions", "exercises"]
    for three in zip(honest + attacks, wrong, attacks + wrong):
        mixed += three
    rest = [path for path in honest + wrong + attacks if path not in mixed]
    return [path for path in mixed + rest if word in path]


def class_make(folder, count, word):
    """The class; which source each name has."""
    shutil.rmtree(f"{folder}/class", ignore_errors=True)
    choices, made = sources(word), {}
    for number in range(count):
        source = choices[number % len(choices)]
        name = ODD[number] if number < len(ODD) else f"student{number:03}"
        if lay(source, f"{folder}/class/{name}"):
            made[name] = source
    return made


def statuses(path):
    with open(path) as file:
        results = json.load(file)
    return {(e["id"], test["name"]): test["status"] for e in results["exercises"] for test in e["tests"]} | {
        (e["id"], "build"): e["build"]["status"] for e in results["exercises"]}


def results_of(folder):
    found = {}
    for path in glob.glob(f"{folder}/class-grades/results/*.json"):
        with open(path) as file:
            found[json.load(file)["submission"]] = statuses(path)
    return found


def memory_watch(process, most):
    while process.poll() is None:
        try:
            with open(f"/proc/{process.pid}/status") as file:
                kib = re.search(r"VmHWM:\s+(\d+)", file.read())
            most[0] = max(most[0], int(kib.group(1)) if kib else 0)
        except OSError:
            return
        time.sleep(0.5)


def grade_start(folder, options):
    return subprocess.Popen([GRADER, os.getcwd(), "build/plain", f"{folder}/class", *options],
                            stdin=subprocess.DEVNULL)


def grade(folder, options):
    begin, most = time.monotonic(), [0]
    process = grade_start(folder, options)
    threading.Thread(target=memory_watch, args=(process, most), daemon=True).start()
    status = process.wait()
    print(f"# graded in {(time.monotonic() - begin) / 60:.1f} min, status {status}, "
          f"the grader's most memory {most[0] / 1024:.0f} MiB", flush=True)
    return status


def alone(folder, source, options):
    shutil.rmtree(f"{folder}/alone", ignore_errors=True)
    lay(source, f"{folder}/alone/one")
    quick = ["quick"] if "quick" in options else []
    subprocess.run([JUDGE, os.getcwd(), f"{folder}/alone/one", f"{folder}/alone/results.json",
                    "output=build/grade/alone", *quick], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    return statuses(f"{folder}/alone/results.json")


def difference(one, other):
    """The lines that differ; what the machine left open on one side is no contradiction."""
    contradictions, open_ones = [], []
    for line in sorted(set(one) | set(other)):
        pair = [one.get(line), other.get(line)]
        if pair[0] != pair[1]:
            (open_ones if "pending" in pair else contradictions).append((line, pair))
    return contradictions, open_ones


def compare_alone(folder, made, options):
    """Each result with that of its source alone; what differs is judged alone once more."""
    found, differing, open_count, known = results_of(folder), 0, 0, {}
    for name, source in made.items():
        if source not in known:
            known[source] = [alone(folder, source, options)]
        if name not in found:
            print(f"not graded: {name!r}", flush=True)
            differing += 1
            continue
        contradictions, open_ones = min((difference(found[name], one) for one in known[source]), key=lambda two: len(two[0]))
        for _ in range(2):
            if not contradictions:
                break
            known[source].append(alone(folder, source, options))
            contradictions, open_ones = min((difference(found[name], one) for one in known[source]), key=lambda two: len(two[0]))
        if contradictions:
            differing += 1
            print(f"differs from alone: {name!r} ({source}): {contradictions}", flush=True)
        open_count += bool(open_ones)
    print(f"# {len(made)} compared with {len(known)} alone: {differing} differ, "
          f"{open_count} where one of both was left open", flush=True)
    return differing


def kill_and_compare(folder, made, options, kills, took_s):
    expected = results_of(folder)
    shutil.rmtree(f"{folder}/class-grades")
    done, seed = 0, random.randrange(1 << 30)
    numbers = random.Random(seed)
    while done < kills:
        process = grade_start(folder, options)
        try:
            process.wait(timeout=numbers.uniform(1, max(8, 2 * took_s / kills)))
            shutil.rmtree(f"{folder}/class-grades")  # it came to its end: from the beginning once more
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            done += 1
    grade(folder, options)
    found, differing, open_count = results_of(folder), 0, 0
    for name in expected:
        contradictions, open_ones = difference(expected[name], found.get(name, {}))
        open_count += bool(open_ones)
        if contradictions:
            differing += 1
            print(f"differs after {done} kills: {name!r} ({made.get(name)}): {contradictions}")
    print(f"# killed {done} times (seed {seed}): {differing} differ, {open_count} where one of both was left open")
    return differing


def main():
    if len(sys.argv) < 3:
        raise SystemExit("usage: class_check.py FOLDER COUNT [quick] [kills=20] [jobs=2] [only=WORD]")
    folder, count, words = os.path.abspath(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    kills = next((int(word[6:]) for word in words if word.startswith("kills=")), 0)
    word = next((word[5:] for word in words if word.startswith("only=")), "")
    options = [word for word in words if not word.startswith(("kills=", "only="))]
    subprocess.run(["make", "--silent", "grader"], check=True)
    made = class_make(folder, count, word)
    shutil.rmtree(f"{folder}/class-grades", ignore_errors=True)
    begin = time.monotonic()
    failed = grade(folder, options)
    took_s = time.monotonic() - begin
    failed += compare_alone(folder, made, options)
    if kills:
        failed += kill_and_compare(folder, made, options, kills, took_s)
    raise SystemExit(failed > 0)


main()
