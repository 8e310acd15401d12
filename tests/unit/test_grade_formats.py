#!/usr/bin/python3
# Each format that grades leave in, read back by what reads such files: Python's csv and pandas, an
# XML parser and the rules of the usual JUnit schema, Gradescope's fields and types, Autolab's last
# line. People with names that are meant to break them are among the class. Prints TAP.

import csv
import json
import os
import shutil
import tempfile
import xml.etree.ElementTree as xml

import grade_class as made

try:
    import pandas
except ImportError:
    pandas = None

tests = []
NAMES = made.labels(21)


def test(function):
    tests.append(function)


def rows_of(path):
    with open(path, newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def harmless(name):
    """What a cell becomes that a spreadsheet would take for a formula."""
    return "'" + name if name[0] in "=+@" or (name[0] == "-" and not name[1:].isdigit()) else name


@test
def grades_csv_has_a_row_for_each_person_and_exercise(out):
    rows = rows_of(f"{out}/grades.csv")
    assert len(rows) == 3 * len(NAMES)
    assert {row["id"] for row in rows} == {harmless(name) for name in NAMES}
    assert all(None not in row and None not in row.values() for row in rows)


@test
def grades_csv_has_the_points_of_the_results(out):
    expected = {harmless(name): made.result_of(i) for i, name in enumerate(NAMES)}
    for row in rows_of(f"{out}/grades.csv"):
        exercise = next(e for e in expected[row["id"]]["exercises"] if e["id"] == row["exercise"])
        assert float(row["points"]) == exercise["points"], row
        assert float(row["pending_points"]) == exercise["pending_points"], row
        assert float(row["max_points"]) == exercise["max_points"], row


@test
def grades_csv_has_no_formula(out):
    for row in rows_of(f"{out}/grades.csv"):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
            assert not cell.startswith("-") or cell[1:].isdigit(), cell


@test
def grades_csv_is_read_by_pandas(out):
    if pandas is None:
        return
    frame = pandas.read_csv(f"{out}/grades.csv", dtype={"id": str, "exercise": str})
    assert len(frame) == 3 * len(NAMES)
    assert frame["points"].dtype.kind in "if" and frame["max_points"].sum() == 100 * len(NAMES)


@test
def junit_keeps_the_rules_of_the_schema(out):
    root = xml.parse(f"{out}/junit.xml").getroot()
    assert root.tag == "testsuites" and len(root) == 3 * len(NAMES)
    order = ["properties", "testcase", "system-out", "system-err"]
    for suite in root:
        assert suite.tag == "testsuite"
        required = {"name", "timestamp", "hostname", "tests", "failures", "errors", "time", "id", "package"}
        assert required <= set(suite.keys()), suite.keys()
        assert len(suite.get("timestamp")) == 19 and "." not in suite.get("timestamp")
        tags = [child.tag for child in suite]
        assert tags == sorted(tags, key=order.index) and tags[-2:] == order[2:], tags
        cases = suite.findall("testcase")
        assert int(suite.get("tests")) == len(cases)
        for tag, count in [("failure", "failures"), ("error", "errors"), ("skipped", "skipped")]:
            assert int(suite.get(count)) == len(suite.findall(f"testcase/{tag}")), count
        for case in cases:
            assert {"name", "classname", "time"} <= set(case.keys()) and len(case) <= 1
            assert float(case.get("time")) >= 0
            assert all("type" in child.attrib for child in case if child.tag != "skipped")


@test
def junit_keeps_every_name(out):
    root = xml.parse(f"{out}/junit.xml").getroot()
    assert {suite.get("package") for suite in root} == set(NAMES)


@test
def gradescope_has_its_fields_and_types(out):
    assert len(os.listdir(f"{out}/gradescope")) == len(NAMES)
    for i, name in enumerate(NAMES):
        with open(f"{out}/gradescope/{made.safe(name)}.json") as file:
            results = json.load(file)
        assert results["score"] == made.result_of(i)["points"]
        assert results["visibility"] in ["visible", "hidden", "after_due_date", "after_published"]
        assert results["output_format"] in ["text", "html", "simple_format", "md", "ansi"]
        assert isinstance(results["output"], str) and len(results["tests"]) == 12
        for one in results["tests"]:
            assert isinstance(one["score"], (int, float)) and 0 <= one["score"] <= one["max_score"]
            assert one.get("status", "passed") in ["passed", "failed"]
            assert isinstance(one["name"], str) and isinstance(one["output"], str)
            assert not any(ord(sign) < 32 and sign not in "\n\t" for sign in one["output"])


@test
def autolab_reads_scores_in_the_last_line(out):
    for i, name in enumerate(NAMES):
        with open(f"{out}/autolab/{made.safe(name)}.txt") as file:
            scores = json.loads(file.read().rstrip("\n").split("\n")[-1])["scores"]
        exercises = made.result_of(i)["exercises"]
        assert scores == {e["id"]: e["points"] for e in exercises}


@test
def feedback_tells_each_failure(out):
    with open(f"{out}/feedback/{made.safe('student000')}.txt") as file:
        text = file.read()
    assert text.startswith("student000\n") and "results[3] is 7" in text and "\x1b" not in text
    assert text.rstrip().split("\n")[-1].startswith("grade: ")


@test
def moodle_finds_its_participants(out):
    folder = os.path.join(out, "moodle")
    names = ["Ann O'Neil_12_assignsubmission_file", "=Bo_13_assignsubmission_file_"]
    made.write_class(folder, names)
    rows = rows_of(f"{folder}/moodle.csv")
    assert [row["Identifier"] for row in rows] == ["Participant 12", "Participant 13"]
    assert [row["Full name"] for row in rows] == ["Ann O'Neil", "'=Bo"]
    assert {"Grade", "Maximum Grade", "Last modified (grade)", "Feedback comments"} <= set(rows[0])
    assert float(rows[0]["Grade"]) == made.result_of(0)["points"]


GRADEBOOK = '''\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,"7.1 submit (900)",Essay (901)
    Points Possible,,,,,30,10
"Smith, Ann",77,u77,asmith,"A, B",,8
"=Lee, Bo",78,u78,blee,A,,9
"Nobody, Ny",99,u99,nny,A,3,
'''


def canvas(out, folder, gradebook, *column):
    path = os.path.join(out, folder)
    os.makedirs(path)
    with open(f"{path}/export.csv", "w", encoding="utf-8", newline="") as file:
        file.write(gradebook)
    made.write_class(path, ["smithann_77_1_submit.c", "leebo_78_2_submit.c"], f"{path}/export.csv", *column)
    return rows_of(f"{path}/canvas.csv")


@test
def canvas_fills_in_the_exercises_column(out):
    rows = canvas(out, "canvas1", GRADEBOOK)
    assert [row["ID"] for row in rows] == ["", "77", "78", "99"]
    points = [made.result_of(i)["exercises"][0]["points"] for i in range(2)]
    assert [row["7.1 submit (900)"] for row in rows[:1]] == ["30"]
    assert [float(row["7.1 submit (900)"]) for row in rows[1:]] == points + [3]
    assert [row["Essay (901)"] for row in rows] == ["10", "8", "9", ""]
    assert rows[1]["Student"] == "Smith, Ann" and rows[2]["Student"] == "'=Lee, Bo"


@test
def canvas_fills_in_the_column_that_is_asked_for(out):
    rows = canvas(out, "canvas2", GRADEBOOK, "Essay")
    assert [float(row["Essay (901)"]) for row in rows[1:3]] == [made.result_of(i)["points"] for i in range(2)]


@test
def canvas_gets_a_new_column_where_none_fits(out):
    rows = canvas(out, "canvas3", GRADEBOOK.replace("7.1 submit (900)", "Quiz (900)"))
    column = "Asynchronous processing in C"
    assert [row[column] for row in rows] == ["100", *(f"{made.result_of(i)['points']:.10g}" for i in range(2)), ""]


if __name__ == "__main__":
    scratch = tempfile.mkdtemp()
    try:
        made.write_class(scratch, NAMES)
        status = made.run_tests(tests, scratch)
    finally:
        shutil.rmtree(scratch)
    raise SystemExit(status)
