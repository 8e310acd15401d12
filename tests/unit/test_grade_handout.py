#!/usr/bin/python3
# The students' archive: it holds no text of a solution and nobody else's submission, and what is in
# it builds and checks the untouched stubs. And Gradescope's archive, run as it would be. Prints TAP.

import json
import os
import re
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from glob import glob

WINDOW = 4  # so many lines in a row are the text of somebody's
tests = []


def test(function):
    tests.append(function)


def make(target, folder=".", **variables):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    command = ["make", "-s", "-C", folder, target]
    command += [f"{name}={value}" for name, value in variables.items()]
    return subprocess.run(command, env=environment, text=True, timeout=600,
                          stdin=subprocess.DEVNULL, capture_output=True)


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def windows(path):
    """Rows of lines that say something, without comments, blanks and includes."""
    text = re.sub(r"//[^\n]*", "", read(path))
    lines = ["".join(line.split()) for line in text.split("\n")]
    lines = [line for line in lines if len(line) > 8 and not line.startswith("#include")]
    return {tuple(lines[i:i + WINDOW]) for i in range(len(lines) - WINDOW + 1)}


def windows_of(paths):
    return set().union(*(windows(path) for path in paths))


def files_below(folder):
    return [os.path.join(where, name) for where, _, names in os.walk(folder) for name in names]


def unpacked(archive, folder):
    with tarfile.open(archive) as tar:
        tar.extractall(folder)
    return os.path.join(folder, "workbook")


@test
def handout_has_no_folder_of_answers(workbook):
    assert not os.path.exists(f"{workbook}/solutions")
    assert not os.path.exists(f"{workbook}/tests/mutants")
    assert not os.path.exists(f"{workbook}/tests/attacks")
    assert not os.path.exists(f"{workbook}/.git")


@test
def handout_has_no_text_of_answers(workbook):
    answers = [path for path in files_below("solutions") if path.endswith(".c")]
    assert len(answers) >= 3
    given = windows_of(path for path in files_below("exercises") if path.endswith((".c", ".h")))
    for path in files_below(workbook):
        if not path.endswith((".c", ".h", ".md", ".py", ".sh")):
            continue
        found = windows(path)
        for answer in answers:
            told = found & windows(answer) - given
            assert not told, f"{path} has of {answer}: {told}"


@test
def handout_has_no_submission_but_the_stubs(workbook):
    stubs = {f"tests/{os.path.basename(folder)}/baseline.c" for folder in glob("tests/7.*")}
    stubs |= {f"exercises/{name}/{name.split('-', 1)[1]}.c" for name in map(os.path.basename, glob("tests/7.*"))}
    pattern = re.compile(r"^int (submit_table|convert_files|correlate_pairs)\(", re.M)
    found = {os.path.relpath(path, workbook) for path in files_below(workbook)
             if path.endswith((".c", ".h", ".sh", ".py")) and re.search(pattern, read(path))}
    assert {path for path in found if not path.endswith(".h")} == stubs, found


@test
def handout_has_the_untouched_stubs(workbook):
    for baseline in glob("tests/7.*/baseline.c"):
        folder = os.path.basename(os.path.dirname(baseline))
        name = folder.split("-", 1)[1] + ".c"
        assert read(f"{workbook}/exercises/{folder}/{name}") == read(baseline), folder


@test
def handout_builds_and_checks_the_stubs(workbook):
    check = make("check", workbook, QUICK=1)
    assert check.stdout.strip().endswith("grade: 0 of 100, 0 pending"), check.stdout + check.stderr


@test
def handout_packed_twice_has_the_same_bytes(_):
    before = open("build/handout/workbook.tar.gz", "rb").read()
    assert make("handout").returncode == 0
    assert open("build/handout/workbook.tar.gz", "rb").read() == before


@test
def handout_without_git_has_no_more_than_with_it(workbook):
    kept = os.path.join(os.path.dirname(os.path.abspath(__file__)), "__pycache__")
    os.makedirs(kept, exist_ok=True)
    open(f"{kept}/left_by_python.pyc", "w").close()
    folder = f"{os.path.dirname(os.path.dirname(workbook))}/without-git"
    try:
        subprocess.run(["sh", "tests/grade/hand_out.sh", folder], env={**os.environ, "GIT_DIR": "/dev/null"}, check=True)
    finally:
        os.unlink(f"{kept}/left_by_python.pyc")
    odd = [path for path, _, _ in os.walk(folder) if "__pycache__" in path or path.endswith((".git", "/build"))]
    assert not odd and os.path.isfile(f"{folder}/Makefile"), odd


@test
def gradescope_archive_grades_a_submission(workbook):
    # the handout stands where Gradescope unpacks its archive, built as its image would be
    place = os.path.dirname(os.path.dirname(workbook))
    os.makedirs(f"{place}/submission")
    shutil.copy("tests/7.1-submit/baseline.c", f"{place}/submission/submit.c")
    assert make("gradescope").returncode == 0
    with zipfile.ZipFile("build/gradescope/autograder.zip") as archive:
        names = archive.namelist()
        for name in ["setup.sh", "run_autograder"]:
            member = archive.getinfo(name)
            os.chmod(archive.extract(member, f"{place}/source"), member.external_attr >> 16 & 0o777)
    with tarfile.open("build/handout/workbook.tar.gz") as archive:
        assert sorted(names) == sorted(archive.getnames() + ["setup.sh", "run_autograder"])
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    environment.update(AUTOGRADER=place, QUICK="1")
    run = subprocess.run([f"{place}/source/run_autograder"], env=environment, text=True,
                         timeout=600, stdin=subprocess.DEVNULL, capture_output=True)
    assert run.returncode == 0, run.stdout + run.stderr
    results = json.loads(read(f"{place}/results/results.json"))
    assert results["score"] == 0 and len(results["tests"]) > 20
    assert any(test["status"] == "failed" for test in results["tests"] if "status" in test)


def main():
    if not os.path.isdir("solutions"):
        print("ok 1 - handout # SKIP needs solutions/\n1..1")
        return
    scratch = tempfile.mkdtemp()
    failed = 0
    try:
        packed = make("handout")
        assert packed.returncode == 0, packed.stderr
        workbook = unpacked("build/handout/workbook.tar.gz", os.path.join(scratch, "source"))
        for number, function in enumerate(tests, 1):
            try:
                function(workbook)
                print(f"ok {number} - {function.__name__}", flush=True)
            except Exception as error:
                failed += 1
                print(f"not ok {number} - {function.__name__}")
                print("# " + str(error).replace("\n", "\n# "), flush=True)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print(f"1..{len(tests)}")
    raise SystemExit(failed > 0)


main()
