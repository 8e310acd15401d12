#!/usr/bin/python3
# make plot and make compare, on a handful of short series: the pictures have a title, axes with
# units, words of 10 pixels or more, and lines that differ in their dashes and not only in their
# colours; the JSON says what the tables say. No figure is judged here. Prints TAP.

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
SYMBOLS, DAYS, ROUNDS = 5, 50, 2
tests = []


def test(function):
    tests.append(function)


def run(folder, *arguments, **environment):
    environment = {**{k: v for k, v in os.environ.items() if not k.startswith("MAKE")}, **environment}
    run = subprocess.run(["make", "-s", *arguments, "PICTURES=" + folder,
                          "SUBMISSION=" + ("solutions" if os.path.isdir("solutions") else "exercises")],
                         env=environment, text=True, timeout=400, stdin=subprocess.DEVNULL,
                         capture_output=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


# The words of a picture: text, size in pixels, whether it is turned (an axis on the left).
def words(picture):
    found = []
    for group in picture.iter(SVG + "g"):
        if group.get("font-size"):
            turned = "rotate(270" in (group.get("transform") or "")
            for text in group.findall(SVG + "text"):
                inner = [float(s.get("font-size")) for s in text.iter() if s.get("font-size")]
                found.append(("".join(text.itertext()), min([float(group.get("font-size")), *inner]),
                              turned))
    return found


# Of each line that the key names its colour and dashes. Gnuplot puts a line in a group of its own.
def lines(picture):
    found = []
    for group in picture.iter(SVG + "g"):
        name = group.findtext(SVG + "title") or ""
        if not (group.get("id") or "").startswith("gnuplot_plot_") or name.startswith("gnuplot_plot"):
            continue
        looks = {(path.get("stroke") or inner.get("stroke"), path.get("stroke-dasharray") or "")
                 for inner in [group, *group.iter(SVG + "g")] for path in inner.findall(SVG + "path")
                 if path.get("d", "").count("L") + path.get("d", "").count(" ") > 2}
        if looks:
            assert len(looks) == 1, looks
            found.append(looks.pop())
    return found


def assert_picture(path, turned, below, line_count):
    picture = ElementTree.parse(path + ".svg").getroot()
    texts = words(picture)
    assert texts and min(size for _, size, _ in texts) >= 10, texts
    title = max(texts, key=lambda t: t[1])
    assert title[1] >= 15 and not re.search(r"\\n|Gnuplot", title[0]), title
    labels = [text for text, _, _ in texts]
    assert any(re.search(turned, text) for text, _, is_turned in texts if is_turned), labels
    assert any(re.search(below, text) for text, _, is_turned in texts if not is_turned), labels
    drawn = lines(picture)
    assert len(drawn) >= line_count, drawn
    assert len({dashes for _, dashes in drawn}) == len(drawn), drawn
    assert len({colour for colour, _ in drawn}) == len(drawn), drawn
    with open(path + ".png", "rb") as file:
        assert file.read(8) == b"\x89PNG\r\n\x1a\n"
    return picture


@test
def test_plot_draws_the_series(folder):
    run(folder, "data", f"SYMBOLS={SYMBOLS}", f"DAYS={DAYS}", f"OUT={folder}/stocks")
    run(folder, "plot", f"DATA={folder}/stocks")
    assert_picture(folder + "/plot/closes", r"close \(dollars a share", r"date \(year", SYMBOLS)


@test
def test_plot_draws_the_most_correlated_pair_with_its_r(folder):
    picture = assert_picture(folder + "/plot/pair", r"standard", r"date \(year", 2)
    title = max(words(picture), key=lambda t: t[1])[0]
    assert re.search(r"r = 0\.\d{6}", title), title


@test
def test_plot_names_how_the_matrix_is_ordered(folder):
    picture = assert_picture(folder + "/plot/matrix", r"series \(", r"clustering \(average linkage", 0)
    names = sorted(text for text, _, _ in words(picture) if re.fullmatch(r"[A-Z]+", text.strip()))
    assert len(names) == 2 * SYMBOLS, names
    assert any("correlation r" in text for text, _, _ in words(picture))


@test
def test_compare_draws_scaling_beside_ideal_and_limit(folder):
    output = run(folder, "compare", f"SYMBOLS={SYMBOLS}", f"DAYS={DAYS}", f"ROUNDS={ROUNDS}")
    assert max(map(len, output.splitlines())) <= 100, output
    for study in ["7.1-submit_table", "7.2-convert_files", "7.3-load_series", "7.3-correlate_pairs"]:
        picture = assert_picture(f"{folder}/compare/{study}", r"speedup \(times", r"workers \(", 4)
        labels = " ".join(text for text, _, _ in words(picture))
        assert "ideal" in labels and "machine gives" in labels and "CPUs: " in labels, labels


@test
def test_compare_draws_grain_with_the_line_of_95_percent(folder):
    picture = assert_picture(folder + "/compare/7.3-grain", r"efficiency \(%", r"\(microseconds\)", 3)
    labels = [text.strip() for text, _, _ in words(picture)]
    assert "95 %" in labels and "one pair" in labels and "one row" in labels, labels
    with open(folder + "/compare/7.3-grain.dat") as file:
        grains = len(file.readlines())
    markers = [u for u in picture.iter(SVG + "use") if "gpPt6" in u.get("{http://www.w3.org/1999/xlink}href")]
    assert len(markers) == grains + 1, "every grain is in the picture, and one marker in the key"


def assert_spread(spread):
    assert spread["lower"] <= spread["median"] <= spread["upper"], spread


@test
def test_compare_writes_json(folder):
    for exercise, count in [("7.1", 1), ("7.2", 1), ("7.3", 2)]:
        with open(f"{folder}/compare/{exercise}.json") as file:
            document = json.load(file)
        assert document["schema"] == "workbook-compare/1" and document["machine"]["cpus"] >= 1
        assert len(document["studies"]) == count
        for study in document["studies"]:
            ways = [(row["way"], row["workers"]) for row in study["rows"]]
            assert ways[0] == ("sequential", 1) and len(set(ways)) == len(ways), ways
            assert {("threads", 1), ("processes", 1)} <= set(ways), ways
            assert max(w for _, w in ways) >= 2 * document["machine"]["cpus"], ways
            for row in study["rows"]:
                for name in ["seconds", "speedup", "efficiency", "attainable", "part_of_attainable"]:
                    assert_spread(row[name])


@test
def test_compare_tells_hdf5_lock_pools_and_grain(folder):
    with open(f"{folder}/compare/7.2.json") as file:
        for row in json.load(file)["hdf5_lock"]:
            assert 0 < row["inside_seconds"]["median"], row
            assert 0 <= row["waiting_seconds"]["median"] <= row["inside_seconds"]["upper"], row
    with open(f"{folder}/compare/7.3.json") as file:
        document = json.load(file)
    assert all(row["start_seconds"]["median"] > 0 for row in document["pools"])
    executors = {row["executor"] for row in document["grain"]}
    assert executors == {"threads", "processes", "textbook"}, executors
    assert {row["pairs"] for row in document["grain"]} >= {1, SYMBOLS}


@test
def test_plot_says_nothing_where_no_language_is_set(folder):
    pictures = "exercises/pictures"
    said = subprocess.run(["sh", pictures + "/draw.sh", pictures + "/plot/matrix.gp", folder + "/plot", "matrix"],
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C"}, text=True, timeout=60, capture_output=True)
    assert said.returncode == 0 and not said.stderr, said


@test
def test_without_gnuplot_tables_and_files_are_made(folder):
    tools, other = folder + "/tools", folder + "/without"
    os.makedirs(tools)
    for directory in os.environ["PATH"].split(":"):
        for name in os.listdir(directory) if os.path.isdir(directory) else []:
            if name != "gnuplot" and name not in ("apt-get", "dnf", "pacman", "sudo"):
                if not os.path.lexists(f"{tools}/{name}"):
                    os.symlink(f"{directory}/{name}", f"{tools}/{name}")
    output = run(other, "plot", f"DATA={folder}/stocks", PATH=tools)
    assert "gnuplot is not installed" in output, output
    assert os.path.getsize(other + "/plot/matrix.dat") and not os.path.exists(other + "/plot/matrix.svg")


def report(number, function, folder):
    try:
        function(folder)
        print(f"ok {number} - {function.__name__}", flush=True)
    except Exception as error:
        print(f"not ok {number} - {function.__name__}: {error!r:.2000}", flush=True)


def main():
    if not shutil.which("gnuplot"):
        print("ok 1 - pictures # SKIP needs gnuplot\n1..1")
        return
    with tempfile.TemporaryDirectory() as folder:
        for number, function in enumerate(tests, 1):
            report(number, function, folder)
    print(f"1..{len(tests)}")


sys.exit(main())
