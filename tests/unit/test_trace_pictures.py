#!/usr/bin/python3
# make trace: what it records keeps the rules of the Trace Event Format, so that Perfetto and
# chrome://tracing open it, and the picture shows the same tasks at the same times. Prints TAP.

import json
import os
import re
import subprocess
import sys
import tempfile
from xml.etree import ElementTree

LANES = "build/plain/exercises/pictures/lanes/lanes"
SVG = "{http://www.w3.org/2000/svg}"
tests = []


def test(function):
    tests.append(function)


def make(*arguments):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
    run = subprocess.run(["make", "-s", *arguments], env=environment, text=True, timeout=300,
                         stdin=subprocess.DEVNULL, capture_output=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def trace(folder, exercise, **variables):
    make("trace", "EX=" + exercise, "PICTURES=" + folder, "DATA=" + folder + "/stocks",
         *(f"{name}={value}" for name, value in variables.items()))
    with open(f"{folder}/trace/{exercise}.json") as file:
        return json.load(file), ElementTree.parse(f"{folder}/trace/{exercise}.svg").getroot()


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


# The rules, for the kinds of events that there are.
def assert_event(event):
    assert isinstance(event["name"], str) and event["name"], event
    assert event["ph"] in ("X", "M", "C"), event
    assert isinstance(event["pid"], int), event
    if event["ph"] != "M":
        assert is_number(event["ts"]) and event["ts"] >= 0, event
    if event["ph"] == "X":
        assert isinstance(event["tid"], int) and isinstance(event["cat"], str), event
        assert is_number(event["dur"]) and event["dur"] >= 0, event
    if event["ph"] == "M":
        assert event["name"] in ("process_name", "thread_name"), event
        assert isinstance(event["args"]["name"], str), event
    if event["ph"] == "C":
        assert event["args"] and all(map(is_number, event["args"].values())), event
        assert min(event["args"].values()) >= 0, event


# Within a lane events lie apart or one in the other, tasks always apart (times have
# nanoseconds: a thousandth of their unit).
def assert_lane(events):
    enclosing = []
    for event in sorted(events, key=lambda e: (e["ts"], -e["dur"])):
        while enclosing and enclosing[-1]["ts"] + enclosing[-1]["dur"] <= event["ts"] + 0.003:
            enclosing.pop()
        if enclosing:
            outer = enclosing[-1]
            assert event["ts"] + event["dur"] <= outer["ts"] + outer["dur"] + 0.003, (outer, event)
            assert "task" not in (event["cat"], outer["cat"]), (outer, event)
        enclosing.append(event)


def assert_format(document):
    assert document["displayTimeUnit"] in ("ms", "ns")
    lanes = {}
    for event in document["traceEvents"]:
        assert_event(event)
        if event["ph"] == "X":
            lanes.setdefault((event["pid"], event["tid"]), []).append(event)
    for events in lanes.values():
        assert_lane(events)
    named = {(e["pid"], e["tid"]) for e in document["traceEvents"] if e["name"] == "thread_name"}
    assert named == set(lanes), (named, set(lanes))


def of_category(document, category):
    return [e for e in document["traceEvents"] if e.get("cat") == category]


def boxes(picture, kind):
    return [{k: float(r.get(k)) for k in ("x", "y", "width", "height")}
            for r in picture.iter(SVG + "rect")
            if r.get("class") == kind and not r.get("data-legend")]


# In each panel the caller's lane is as long as the call: that is the scale of its tasks.
def assert_picture(document, picture):
    calls, tasks = of_category(document, "call"), of_category(document, "task")
    frames, drawn = boxes(picture, "own")[::2], boxes(picture, "task")
    assert len(frames) == len(calls) and len(drawn) == len(tasks), (len(drawn), len(tasks))
    for frame, following, call in zip(frames, frames[1:] + [None], calls):
        bottom = following["y"] if following else float("inf")
        inside = [t for t in tasks if call["ts"] <= t["ts"] <= call["ts"] + call["dur"]]
        here = [b for b in drawn if frame["y"] < b["y"] < bottom]
        assert len(inside) == len(here), (call["name"], len(inside), len(here))
        scale = frame["width"] / call["dur"]
        expected = sorted((frame["x"] + (t["ts"] - call["ts"]) * scale, t["dur"] * scale)
                          for t in inside)
        for (x, width), box in zip(expected, sorted(here, key=lambda b: (b["x"], b["width"]))):
            assert abs(box["x"] - x) < 0.01, (x, box)
            assert abs(box["width"] - max(width, 0.2)) < 0.01, (width, box)
        workers = {(t["pid"], t["tid"]): set() for t in inside}
        assert len({b["y"] for b in here}) == len(workers), "a lane a worker"


def assert_words(picture):
    texts = [t for t in picture.iter(SVG + "text")]
    assert picture.find(SVG + "title").text.startswith("What ran when")
    assert any(re.search(r"time since the call began \((s|ms|us)\)", t.text) for t in texts)
    assert all(float(t.get("font-size")[:-2]) >= 10 for t in texts)


def check(folder, exercise, tasks, **variables):
    document, picture = trace(folder, exercise, **variables)
    assert_format(document)
    assert len(of_category(document, "task")) == tasks, document
    assert_picture(document, picture)
    assert_words(picture)
    return document


SOLUTIONS = "solutions" if os.path.isdir("solutions") else None


@test
def test_trace_of_submit_has_a_box_a_call(folder):
    document = check(folder, "7.1", 6, N=3, WORKERS=3, SUBMISSION=SOLUTIONS)
    assert [e["name"] for e in of_category(document, "call")] == ["submit_table"]
    names = [e["name"] for e in of_category(document, "caller")]
    assert names.count("executor_submit") == 6 and "future_result" in names, names


@test
def test_trace_of_process_workers_has_their_processes(folder):
    document = check(folder, "7.2", 5, EXECUTOR="processes", WORKERS=2, SUBMISSION=SOLUTIONS)
    caller = {e["pid"] for e in of_category(document, "call")}
    assert not caller & {e["pid"] for e in of_category(document, "task")}


@test
def test_trace_of_correlations_has_a_panel_a_call(folder):
    document = check(folder, "7.3", 10, EXECUTOR="textbook", WORKERS=2, SUBMISSION=SOLUTIONS)
    names = [e["name"] for e in of_category(document, "call")]
    assert names == ["load_series", "correlate_pairs"], names


@test
def test_trace_of_a_sequential_stub_has_no_task(folder):
    document, picture = trace(folder, "7.3", SUBMISSION="exercises")
    assert_format(document)
    assert not of_category(document, "task") and not boxes(picture, "task")
    assert any("no task was submitted" in t.text for t in picture.iter(SVG + "text"))


@test
def test_picture_of_names_that_are_tags(folder):
    name, path = "</title>&<b> 7", f"{folder}/tags"
    events = [dict(name=name, cat=kind, ph="X", pid=1, tid=1, ts=0, dur=9) for kind in ("call", "task")]
    make("trace", "EX=7.1", "WORKERS=4", f"PICTURES={folder}", f"DATA={folder}/stocks", "N=2")
    with open(path + ".json", "w") as file:
        json.dump({"traceEvents": events}, file)
    subprocess.run([LANES, path + ".svg", name, path + ".json"], check=True, stdout=subprocess.DEVNULL)
    picture = ElementTree.parse(path + ".svg").getroot()
    titles = [title.text for title in picture.iter(SVG + "title")]
    assert titles[0] == name and titles[1].startswith(name + ": waited"), titles


@test
def test_picture_in_the_statement_shows_twelve_calls_twice(folder):
    picture = ElementTree.parse("exercises/7.1-submit/submit.svg").getroot()
    assert len(boxes(picture, "task")) == 24
    assert len(boxes(picture, "submit")) == 24


def report(number, function, folder):
    if function.__code__.co_names.count("SOLUTIONS") and not SOLUTIONS:
        print(f"ok {number} - {function.__name__} # SKIP needs solutions/")
        return
    try:
        function(folder)
        print(f"ok {number} - {function.__name__}", flush=True)
    except Exception as error:
        print(f"not ok {number} - {function.__name__}: {str(error)[:2000]!r}", flush=True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        make("data", "SYMBOLS=5", "DAYS=50", f"OUT={folder}/stocks")
        for number, function in enumerate(tests, 1):
            report(number, function, folder)
    print(f"1..{len(tests)}")


sys.exit(main())
