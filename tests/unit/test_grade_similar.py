#!/usr/bin/python3
# Similar submissions of a made-up class: five copies with new names, moved functions, other
# comments and layout are the first five pairs, everybody who worked alone on the same stub is
# below. Prints TAP; skips where there is no sim_c, but never in CI.

import csv
import json
import os
import shutil
import subprocess
import tempfile

import grade_class as made
import similar_class as written

PEOPLE = 40
LIMIT_S = 120
TOOL = os.environ.get("BUILD", "build/plain") + "/tests/unit/programs/class_tool"
tests = []


def test(function):
    tests.append(function)


def compare(folder, names, **options):
    """All formats of these people; what the program said."""
    os.makedirs(f"{folder}/results", exist_ok=True)
    with open(f"{folder}/labels", "wb") as file:
        file.write(b"".join(name.encode() + b"\0" for name in names))
    run = subprocess.run([TOOL, os.getcwd(), folder], text=True, timeout=LIMIT_S, capture_output=True, **options)
    assert run.returncode == 0, run.stderr
    return run.stderr


def rows(folder):
    with open(f"{folder}/similar.csv", newline="") as file:
        return list(csv.DictReader(file))


def shown(folder):
    """What the class page has to show."""
    with open(f"{folder}/class.html") as file:
        page = file.read()
    data = page.split('<script type="application/json" id="data">')[1].split("</script>")[0]
    return json.loads(data)["similar"]


def class_make(folder, copies):
    """People who worked alone, three who changed nothing, and copies: (exercise, of whom). A copy is
    of one file; the others are the copier's own."""
    names = []
    for number in range(PEOPLE):
        names.append(f"p{number:02}")
        written.write_person(folder, names[-1], {exercise: written.honest(exercise, number) for exercise in written.FILES})
    for exercise in written.FILES:
        for name, text in written.others(exercise).items():
            names.append(name)
            written.write_person(folder, name, {exercise: text})
    for number in range(3):
        names.append(f"untouched{number}")
        written.write_person(folder, names[-1], written.STUBS)
    for number, (copied, victim) in enumerate(copies):
        names.append(f"copier{number}")
        files = {exercise: written.honest(exercise, 1000 + number) for exercise in written.FILES}
        files[copied] = written.copied(written.honest(copied, victim), number)
        written.write_person(folder, names[-1], files)
    return sorted(set(names))


def first_five_are(folder, copies):
    compare(folder, class_make(folder, copies))
    found = rows(folder)
    first = {(row["exercise"], row["id"], row["other_id"]) for row in found[:5]}
    expected = {(exercise, f"copier{number}", f"p{victim:02}") for number, (exercise, victim) in enumerate(copies)}
    told = [(row["rank"], row["exercise"], row["id"], row["other_id"]) for row in found[:8]]
    assert first == expected, told
    assert float(found[4]["rank"]) > float(found[5]["rank"]), told
    return found


@test
def similar_copies_of_7_1_are_the_first_five(folder):
    first_five_are(folder, [("7.1", victim) for victim in range(3, 8)])


@test
def similar_copies_of_7_2_are_the_first_five(folder):
    first_five_are(folder, [("7.2", victim) for victim in range(3, 8)])


@test
def similar_copies_of_7_3_are_the_first_five(folder):
    first_five_are(folder, [("7.3", victim) for victim in range(3, 8)])


@test
def similar_copies_of_any_exercise_are_the_first_five(folder):
    found = first_five_are(folder, [("7.3", 12), ("7.1", 22), ("7.2", 9), ("7.3", 30), ("7.1", 2)])
    for row in found:
        assert float(row["likeness_percent"]) > float(row["class_median_percent"]), row


@test
def similar_page_shows_these_pairs_with_both_whole_texts(folder):
    copies = [("7.3", 12), ("7.1", 22), ("7.2", 9), ("7.3", 30), ("7.1", 2)]
    compare(folder, class_make(folder, copies))
    pairs = shown(folder)["pairs"]
    assert {(pair["exercise"], *pair["ids"]) for pair in pairs[:5]} == {
        (exercise, f"copier{number}", f"p{victim:02}") for number, (exercise, victim) in enumerate(copies)}
    for pair in pairs:
        for name, text in zip(pair["ids"], pair["texts"]):
            with open(f"{folder}/sources/{name}/{written.FILES[pair['exercise']][1]}") as file:
                assert "".join(part for _, part in text) == file.read()
            assert {kind for kind, _ in text} <= {"given", "own", "alike"}
    for pair in pairs[:5]:
        sizes = {kind: sum(len(part) for what, part in pair["texts"][0] if what == kind) for kind in ["own", "alike"]}
        assert sizes["alike"] > 5 * sizes["own"], sizes


@test
def similar_leaves_out_what_was_given_to_all(folder):
    names = class_make(folder, [])
    exercises = {}
    compare(folder, names)
    for exercise in shown(folder)["exercises"]:
        exercises[exercise["id"]] = exercise
        assert exercise["too_short"] == 3, exercise  # those who changed nothing
        assert exercise["compared"] >= PEOPLE
    assert exercises["7.3"]["median"] < 30, exercises["7.3"]
    assert not [row for row in rows(folder) if "untouched" in row["id"] + row["other_id"]]


@test
def similar_given_lines_stay_given_under_other_names(folder):
    stub = written.STUBS["7.3"]
    for name, text in [("ann", stub), ("bob", written.copied(stub, 1)), ("cyd", written.honest("7.3", 4)),
                       ("dan", written.copied(written.honest("7.3", 4), 2))]:
        written.write_person(folder, name, {"7.3": text})
    compare(folder, ["ann", "bob", "cyd", "dan"])
    told = next(exercise for exercise in shown(folder)["exercises"] if exercise["id"] == "7.3")
    assert (told["compared"], told["too_short"]) == (2, 2), told
    row, = rows(folder)
    assert (row["id"], row["other_id"]) == ("cyd", "dan") and row["own_words"] == row["other_words"], row


@test
def similar_two_people_have_no_median_to_hide_behind(folder):
    for name in ["ann", "bob"]:
        written.write_person(folder, name, {"7.1": written.honest("7.1", 5)})
    compare(folder, ["ann", "bob"])
    pair, = shown(folder)["pairs"]
    assert pair["likeness"] >= 99 and pair["median"] == 0, (pair["likeness"], pair["median"])


@test
def similar_any_bytes_may_be_handed_in(folder):
    text = written.honest("7.1", 1)
    hostile = {"ann": text + "\0\xff\x1b[31m/* never closed", "bob": "}}}}}{{{{(((([[[\"never closed\n" + text,
               "cyd": text.replace("\n", "\r\n"), "dan": "#define A B \\\n C\n" + text + "\\",
               "eve": "x" * 200000 + "\n" + text, "fay": "f(1);\n" * 40000, "gus": "", "hal": "'", "ida": "#",
               **{f"p{number}": written.honest("7.1", 10 + number) for number in range(9)}}
    for name, what in hostile.items():
        written.write_person(folder, name, {"7.1": what})
    os.makedirs(f"{folder}/sources/jon")
    with open(f"{folder}/sources/jon/submit.c", "wb") as file:
        file.write(bytes(range(256)) * 500)
    compare(folder, [*hostile, "jon"])
    alike = {row["id"] + row["other_id"] for row in rows(folder) if float(row["likeness_percent"]) > 90}
    assert {one + other for one in "ann bob cyd dan eve".split() for other in "bob cyd dan eve".split() if one < other} <= alike, alike
    told = next(exercise for exercise in shown(folder)["exercises"] if exercise["id"] == "7.1")
    assert told["too_long"] == 1, told


@test
def similar_class_that_has_not_changed_is_not_compared_again(folder):
    for number in range(4):
        written.write_person(folder, f"p{number}", {"7.1": written.honest("7.1", number)})
    names = [f"p{number}" for number in range(4)]
    assert "similarity of 7.1" in compare(folder, names)
    before = rows(folder)
    assert "similarity of" not in compare(folder, names)
    assert rows(folder) == before
    written.write_person(folder, "p3", {"7.1": written.honest("7.1", 1)})
    assert "similarity of 7.1" in compare(folder, names)
    assert (rows(folder)[0]["id"], rows(folder)[0]["other_id"]) == ("p1", "p3")
    assert "similarity of 7.1" in compare(folder, names[1:])


@test
def similar_without_sim_c_is_said_and_the_rest_goes_on(folder):
    bare = f"{folder}/bin"
    os.makedirs(bare)
    for tool in ["sh", "cat"]:
        os.symlink(shutil.which(tool), f"{bare}/{tool}")
    written.write_person(folder, "ann", {"7.1": written.honest("7.1", 1)})
    with open(f"{folder}/similar.csv", "w") as file:
        file.write("of yesterday")
    said = compare(folder, ["ann"], env={**os.environ, "PATH": bare})
    assert "there is no sim_c here" in said and "similarity-tester" in said, said
    assert "there is no sim_c here" in shown(folder)["reason"]
    assert not os.path.exists(f"{folder}/similar.csv") and os.path.exists(f"{folder}/grades.csv")


@test
def similar_sim_c_that_fails_is_said_and_the_rest_goes_on(folder):
    broken = f"{folder}/bin"
    os.makedirs(broken)
    with open(f"{broken}/sim_c", "w") as file:
        file.write("#!/bin/sh\nexit 3\n")
    os.chmod(f"{broken}/sim_c", 0o755)
    for name in ["ann", "bob"]:
        written.write_person(folder, name, {"7.1": written.honest("7.1", 1)})
    said = compare(folder, ["ann", "bob"], env={**os.environ, "PATH": f"{broken}:{os.environ['PATH']}"})
    assert "sim_c failed" in said and "sim_c failed" in shown(folder)["reason"], said
    assert os.path.exists(f"{folder}/class.html") and not os.path.exists(f"{folder}/similar.csv")
    assert "similarity of 7.1" in compare(folder, ["ann", "bob"]) and len(rows(folder)) == 1


@test
def similar_made_up_people_and_copies_are_c(folder):
    for exercise, (where, name) in written.FILES.items():
        for number in range(8):
            text = written.honest(exercise, number)
            for kind, what in [("alone", text), ("copy", written.copied(text, number))]:
                path = f"{folder}/{kind}.c"
                with open(path, "w") as file:
                    file.write(what)
                run = subprocess.run(["gcc", "-std=c17", "-D_GNU_SOURCE", "-fsyntax-only", "-Wall", "-Wno-unused", "-Iexercises",
                                      f"-Iexercises/{where}", path], text=True, capture_output=True, timeout=LIMIT_S)
                assert run.returncode == 0 and not run.stderr, f"{name} {number} {kind}: {run.stderr}"


def in_a_folder(function):
    def run():
        with tempfile.TemporaryDirectory() as folder:
            function(folder)
    run.__name__ = function.__name__
    return run


def main():
    if not shutil.which("sim_c"):
        skip = "" if os.environ.get("CI") else " # SKIP there is no sim_c (make deps ALL=1 fetches it)"
        print(f"{'ok' if skip else 'not ok'} 1 - similar{skip}\n1..1")
        return 0 if skip else 1
    return made.run_tests([in_a_folder(function) for function in tests])


raise SystemExit(main())
