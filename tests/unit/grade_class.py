# Made-up results of a class, as the judge writes them, for the tests of formats and page.

import json
import os
import subprocess

EVIL = ["=cmd|' /C calc'!A0", 'two\nlines "quoted" \u202eesrever\u202c, \u05e9\u05dc\u05d5\u05dd',
        "</script><script>document.title='hacked'</script>", "\u041e\u043b\u044f \u4e2d\u6587",
        "a;b\tc", "'; DROP TABLE", "&amp;<b>", "-7", "@SUM(1)"]
MESSAGE = "results[3] is 7, </script><img src=x onerror=\"document.title='hacked'\"> ]]> & \x1b[31m \ufffe end"
EXERCISES = [("7.1", "submit", 30), ("7.2", "conversion", 30), ("7.3", "correlations", 40)]
SAFE = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


def safe(name):
    """As text_file_name of the grader does it, of short names."""
    out = ""
    for i, byte in enumerate(name.encode()):
        sign = chr(byte)
        out += sign if sign in SAFE and not (i == 0 and sign in ".-") else f"%{byte:02X}"
    return out


def labels(count):
    return EVIL + [f"student{i:03}" for i in range(count - len(EVIL))]


def test_of(name, kind, status, points, most, number):
    executor = name.split(":")[0]
    pending = most if status == "pending" else 0
    return {"name": name, "kind": kind, "executor": executor, "status": status, "points": points,
            "pending_points": pending, "max_points": most, "seconds": 0.25 + number % 5,
            "message": MESSAGE if status == "failed" else "", "printed": "",
            "diagnosis": "wrong order" if status == "failed" else ""}


def exercise_of(number, identity, title, most):
    statuses = ["passed", "failed", "pending", "passed"]
    built = number % 7 != 6
    tests, speed = [], []
    for row, (name, kind) in enumerate([("threads: the answer is right", "gate"),
                                        ("threads: at the same time", "concurrency"),
                                        ("threads: no data race", "sanitizer"), ("threads: speed", "speed")]):
        status = statuses[(number + row) % 4] if built else "skipped"
        worth = most / 4
        tests.append(test_of(name, kind, status, worth if status == "passed" else 0, worth, number))
    verdict = {"passed": "pass", "failed": "fail", "pending": "unmeasured", "skipped": "not-run"}[tests[3]["status"]]
    figures = {"estimate": 1.7, "par": 1.8, "v0": 1.7, "vq": 1.65, "proofs": 3, "rounds": 5, "quiet_rounds": 4}
    if verdict == "not-run":
        figures = dict.fromkeys(figures)
    speed.append({"test": "threads: speed", "executor": "threads", "verdict": verdict, "workers": 2,
                  "expected": 1.9, "threshold": 1.36, "reason": "", "message": "", "credit": 1.0,
                  "is_credit_final": True, **figures})
    sums = {key: sum(test[key] for test in tests) for key in ["points", "pending_points", "max_points"]}
    build = {"status": "ok", "message": ""} if built else {"status": "failed", "message": MESSAGE}
    return {"id": identity, "title": title, "source_hash": "", "build": build, "tests": tests,
            "speed": speed, **sums}


def result_of(number):
    exercises = [exercise_of(number + i, *exercise) for i, exercise in enumerate(EXERCISES)]
    sums = {key: sum(e[key] for e in exercises) for key in ["points", "pending_points", "max_points"]}
    return {"schema": "workbook-results/1", "grader": "1", "seed": 7, "isolation": "full",
            "isolation_reason": "", "limits_verified": [], "exercises": exercises,
            "machine": {"cpus": 2, "system": "Linux", "release": "6", "architecture": "x86_64"},
            "grading": {"grader": "", "points": "", "quick": False}, **sums}


def write_class(folder, names, *arguments):
    """Results of these people, and all formats made of them."""
    os.makedirs(f"{folder}/results", exist_ok=True)
    with open(f"{folder}/labels", "wb") as file:
        file.write(b"".join(name.encode() + b"\0" for name in names))
    for number, name in enumerate(names):
        with open(f"{folder}/results/{safe(identity_of(name))}.json", "w") as file:
            json.dump(result_of(number), file)
    tool = os.environ.get("BUILD", "build/plain") + "/tests/unit/programs/class_tool"
    subprocess.run([tool, os.getcwd(), folder, *arguments], check=True, timeout=120)


def identity_of(label):
    """The id that a label of a learning platform leads to."""
    if "_assignsubmission_" in label:
        return label.split("_assignsubmission_")[0].rsplit("_", 1)[1]
    parts = label.split("_")
    return parts[1] if len(parts) > 3 and parts[1].isdigit() else label


def run_tests(tests, *arguments):
    """Prints TAP; the process's status."""
    failed = 0
    for number, function in enumerate(tests, 1):
        try:
            function(*arguments)
            print(f"ok {number} - {function.__name__}", flush=True)
        except Exception as error:  # any failure is this one test's
            failed += 1
            print(f"not ok {number} - {function.__name__}")
            print("# " + f"{type(error).__name__}: {error}".replace("\n", "\n# ")[:2000], flush=True)
    print(f"1..{len(tests)}")
    return failed > 0
