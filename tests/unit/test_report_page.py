#!/usr/bin/python3
# The page of `make report` in headless Chromium: the next step comes first, every test is there in
# words, tasks, curves and attempts are drawn; nothing of a submission becomes markup; what is
# missing is said; readable on a narrow screen, in the dark and in print. Prints TAP; skips where
# there is no Chromium, but never in CI. SCREENSHOTS=folder keeps pictures of it.

import base64
import json
import os
import shutil
import subprocess
import tempfile

import chromium
import grade_class as made

REPORTER = os.environ.get("BUILD", "build/plain") + "/tests/student/report/main"
HOSTILE = '</script><img src=x onerror="document.title=1">\u202e & "quotes" <!-- ' + "w" * 300
ASKED = {"workers": 2, "expected": 1.8, "threshold": 1.32}
tests = []


def test(function):
    tests.append(function)


def a_test(kind, executor, name, status, most, message="", diagnosis="", printed=""):
    return {"name": f"{executor}: {name}", "kind": kind, "executor": executor, "status": status,
            "points": most if status == "passed" else 0, "pending_points": most if status == "pending" else 0,
            "max_points": most, "message": message, "diagnosis": diagnosis, "seconds": 0.1, "printed": printed}


def a_speed(executor, verdict, estimate=None, **facts):
    speed = {"test": executor + ": speed", "executor": executor, "verdict": verdict, "workers": None, "expected": None,
             "threshold": None, "estimate": estimate, "par": None, "v0": None, "vq": None, "proofs": None,
             "rounds": None, "quiet_rounds": None, "reason": "", "message": "", "credit": None, "is_credit_final": False}
    return {**speed, **facts}


def an_exercise(number, title, most, has, status="ok", message="", of=(), speed=()):
    return {"id": number, "title": title, "points": has, "pending_points": 0, "max_points": most, "source_hash": "ab",
            "build": {"status": status, "message": message}, "tests": list(of), "speed": list(speed)}


def results():
    first = an_exercise("7.1", "submit", 30, 30, of=[a_test("gate", "threads", "the table is in order", "passed", 30)],
                        speed=[a_speed("threads", "pass", 5.8, workers=12, expected=8.67, threshold=5.64, rounds=1,
                                       proofs=0, quiet_rounds=0, credit=1)])
    second = an_exercise("7.2", "conversion", 30, 8, of=[
        a_test("gate", "threads", "every value arrives", "passed", 4),
        a_test("gate", "processes", "every value arrives", "passed", 4),
        a_test("concurrency", "threads", "files are open at the same time", "failed", 8,
               "One file was open at a time. " + HOSTILE, "one at a time", printed=HOSTILE),
        a_test("sanitizer", "threads", "no data race", "skipped", 4, "it waits for a test that failed"),
        a_test("speed", "threads", "speed", "failed", 5, "too slow", "nothing in parallel"),
        a_test("speed", "processes", "speed", "pending", 5, "unproven: another program was running")],
        speed=[a_speed("threads", "fail", 1.02, **ASKED, par=1.01, v0=1.02, vq=1.0, proofs=0, rounds=12, quiet_rounds=9),
               a_speed("processes", "unproven", 1.7, **ASKED, par=1.8, v0=1.7, proofs=1, rounds=14, quiet_rounds=0,
                       reason="other programs " + HOSTILE)])
    third = an_exercise("7.3", "correlations", 40, 0, "failed", "correlations.c:3: error: " + HOSTILE)
    return {"schema": "workbook-results/1", "submission": "exercises", "isolation": "full", "seed": 7, "points": 38,
            "pending_points": 5, "max_points": 100, "exercises": [first, second, third]}


# What `make trace` writes: calls, what their thread waits for, tasks on two workers.
def trace(tasks):
    def event(name, category, begin, length, thread=1, **args):
        return {"name": name, "cat": category, "ph": "X", "pid": 1, "tid": thread, "ts": begin, "dur": length, "args": args}
    events = [event("convert_files", "call", 0, 10.0 * tasks + 20), event("executor_create", "caller", 1, 1, workers=2),
              event("executor_map", "caller", 5, 10.0 * tasks)]
    events += [event("task", "task", 10 + 10.0 * (k // 2 * 2), 19, 2 + k % 2, worker=k % 2, queued_us=5.0) for k in range(tasks)]
    return {"traceEvents": events}


def comparison():
    def spread(value):
        return {"median": value, "lower": value * .9, "upper": value * 1.1}

    def row(way, workers, speedup):
        return {"way": way, "workers": workers, "speedup": spread(speedup), "attainable": spread(min(workers, 2))}
    return {"studies": [{"name": "convert_files", "what": "200 files", "rounds": 7, "rows": [row("sequential", 1, 1)] + [
        row(way, workers, speedup) for way in ["threads", "processes"] for workers, speedup in [(1, 1), (2, 1.9), (4, 1.85)]]}]}


class Workbook:
    """The files that the page is made from, in a folder, and a browser that shows it."""

    def __init__(self, folder, browser):
        self.folder, self.browser = folder, browser

    def put(self, name, value):
        path = f"{self.folder}/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(value if isinstance(value, str) else json.dumps(value))
        return path

    def show(self, check):
        shutil.rmtree(self.folder)
        os.makedirs(self.folder)
        if check is not None:
            self.put("results.json", check)
        attempts = [{"time": 1700000000 + 600 * k, "id": "7.2", "points": min(8, k), "pending_points": 2, "max_points": 30,
                     "quick": k % 2 == 0, "next": HOSTILE} for k in range(70 if check else 0)]
        self.put("attempts.jsonl", "".join(json.dumps(attempt)[:4000] + "\n" for attempt in attempts))
        self.put("trace/7.2.json", trace(5000))
        self.put("compare/7.2.json", comparison())
        files = [f"{name}={self.put(name + '.c', '// mine ' + name)}" for name in ["7.1-submit", "7.2-conversion", "7.3-correlations"]]
        run = subprocess.run([REPORTER, ".", f"{self.folder}/results.json", f"{self.folder}/attempts.jsonl", f"{self.folder}/trace",
                              f"{self.folder}/compare", f"{self.folder}/report.html", *files], text=True, capture_output=True)
        assert run.returncode == 0, run.stderr
        self.browser.call("Page.navigate", url=f"file://{self.folder}/report.html")
        self.browser.until('document.readyState === "complete" && document.querySelector("#next h2") !== null')
        return run.stdout

    def text(self, selector):
        return self.browser.ask(f"document.querySelector({json.dumps(selector)}).innerText")

    def count(self, selector):
        return self.browser.ask(f"document.querySelectorAll({json.dumps(selector)}).length")


@test
def report_begins_with_the_next_step_and_its_hint(workbook):
    workbook.show(results())
    text = workbook.text("#next")
    assert "7.2: mend \u201cthreads: files are open at the same time\u201d" in text, text
    assert "One file was open at a time" in text and "Hint 1" in text, text
    assert "38 of 100 points, 5 pending" in workbook.text("#summary")
    assert workbook.browser.ask('document.querySelector("main").firstElementChild.id') == "next"


@test
def report_has_every_test_in_words(workbook):
    text = workbook.text("#exercises")
    for words in ["every value arrives", "no data race", "it waits for a test that failed", "what the code printed", "does not compile"]:
        assert words in text, words
    assert "undefined" not in text and "null" not in text and "NaN" not in text
    rows = workbook.browser.ask('[...document.querySelectorAll("#exercises .test .what")].map(row => row.textContent)')
    assert rows.count("every value arrives") == 1, rows


@test
def report_tells_speed_with_its_evidence(workbook):
    text = workbook.text("#\\37 \\.2-conversion")
    assert "threads, too slow: 1.02 times as fast with 2 workers" in text, text
    assert "Asked for: 1.32 times as fast" in text and "12 times each; during 9 of these" in text
    assert "processes, this machine could not show it now: perhaps 1.70" in text


@test
def report_draws_tasks_curves_and_attempts(workbook):
    text = workbook.text("#\\37 \\.2-conversion")
    assert "5000 tasks on 2 workers" in text and "at most 2 at the same time" in text, text
    assert "200 files" in text and "70 checks, the best 8 of 30" in text, text
    assert workbook.count("#exercises figure svg") >= 3
    assert workbook.count("#exercises rect") < 4000, "too many boxes are drawn"
    assert "make compare EX=7.1" in workbook.text("#\\37 \\.1-submit")


@test
def report_takes_no_text_for_markup(workbook):
    assert workbook.browser.ask("document.title") == "The last check"
    assert workbook.count("img") == 0
    text = workbook.text("#next")
    assert "</script><img" in text and "\u202e" not in text


@test
def report_works_by_keyboard(workbook):
    for _ in range(10):
        workbook.browser.key("Tab")
        if workbook.browser.ask('document.activeElement.tagName') == "SUMMARY":
            break
    workbook.browser.key("Enter", "\r")
    assert workbook.browser.ask("document.activeElement.parentElement.open")
    assert "worker have to know" in workbook.text("#next")


@test
def report_fits_a_narrow_screen_and_the_dark(workbook):
    browser = workbook.browser
    browser.picture("report")
    browser.resize(360, 740)
    browser.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    assert browser.ask("document.documentElement.scrollWidth") <= 360
    assert browser.ask('getComputedStyle(document.body).backgroundColor') == "rgb(20, 24, 31)"
    browser.picture("report-narrow-dark")
    browser.call("Emulation.setEmulatedMedia", features=[])
    browser.resize(1000, 900)


@test
def report_prints(workbook):
    printed = base64.b64decode(workbook.browser.call("Page.printToPDF")["data"])
    assert printed.startswith(b"%PDF") and len(printed) > 20000


@test
def report_of_no_check_says_how_to_get_one(workbook):
    printed = workbook.show(None)
    assert "Nothing has been checked yet" in printed and "Nothing has been checked yet" in workbook.text("#next")


@test
def report_of_broken_results_says_so(workbook):
    for broken in ["", "{", "[]", '{"exercises": 3}']:
        printed = workbook.show(broken)
        assert "cannot be read" in printed and "cannot be read" in workbook.text("#next"), broken


@test
def report_of_a_check_of_one_exercise_names_the_others(workbook):
    one = results()
    one["exercises"] = [exercise for exercise in one["exercises"] if exercise["id"] == "7.1"]
    workbook.show(one)
    assert "7.2 was not part of this check: make check EX=7.2" in workbook.text("#next"), workbook.text("#next")


@test
def report_has_no_error_and_no_network(workbook):
    workbook.browser.assert_quiet()


def main():
    program = chromium.find()
    if not program:
        return chromium.say_missing("report")
    scratch = tempfile.mkdtemp()
    browser = None
    try:
        browser = chromium.Browser(program, f"{scratch}/profile")
        browser.resize(1000, 900)
        os.makedirs(f"{scratch}/workbook")
        return made.run_tests(tests, Workbook(f"{scratch}/workbook", browser))
    finally:
        if browser:
            browser.close()
        shutil.rmtree(scratch, ignore_errors=True)


raise SystemExit(main())
