# What is tried of futures and stocks: the solutions of 7.2 and 7.3, watched by a sanitizer.

import errno
import json
import os
import re
import shutil

from plan import built

ROWS = 4


def lines_of(number):
    rows = [{"timestamp": f"2024-01-0{day + 1} 00:00:00", "close": 10 + number + day * (number + 1) % 5,
             "open": None if day == 2 else 9.5} for day in range(ROWS)]
    return "".join(json.dumps(row) + "\n" for row in rows)


def is_refusal(status, error):
    """A pool that cannot have any worker, try as it may, is broken, as futures.h says."""
    return status == -getattr(errno, error) or (error == "EAGAIN" and status == -errno.ENOTRECOVERABLE)


def bytes_in(folder, end):
    return {name: open(f"{folder}/{name}", "rb").read() for name in os.listdir(folder) if name.endswith(end)}


class Conversion:
    """Three files; where the second one's goes, there is an old one."""
    built, most = built("asan"), 0

    def __init__(self, kind):
        self.name, self.kind = f"conversion on {kind}", kind
        self.good = None

    def prepare(self, folder):
        for number, name in enumerate("abc"):
            with open(f"{folder}/{name}.json", "w") as file:
                file.write(lines_of(number))
        with open(f"{folder}/b.h5", "w") as file:
            file.write("old\n")
        return [f"{self.built}/tests/faults/conversion", self.kind, *(f"{folder}/{name}.json" for name in "abc")]

    def keep(self, folder):
        self.good = bytes_in(folder, ".h5")

    def check(self, folder, ended, error):
        returned = [int(x) for x in re.findall(r"^returned (-?\d+)$", ended.stdout, re.M)]
        statuses = [int(x) for x in re.findall(r"^status (-?\d+)$", ended.stdout, re.M)]
        if ended.returncode or len(returned) != 1:
            yield f"it ended with {ended.returncode}: {ended.stderr[-1500:]}"
            return
        yield from re.findall("^left .*", ended.stdout, re.M)
        if returned[0] and not is_refusal(returned[0], error):
            yield f"convert_files returned {returned[0]}, not -{error}"
        now = bytes_in(folder, ".h5")
        for name, status in zip("abc", statuses):
            found = now.get(f"{name}.h5", b"old\n" if name == "b" else None)
            before = b"old\n" if name == "b" else now.get("none")
            if returned[0] == 0 and status and not is_refusal(status, error):
                yield f"the status of {name} is {status}, not -{error}"
            is_whole = found == self.good[f"{name}.h5"]
            if not is_whole and (found != before or (returned[0] == 0 and status == 0)):
                yield f"{name}.h5 is neither whole nor what it was before"
        strangers = set(os.listdir(folder)) - {f"{name}.{end}" for name in "abc" for end in ("json", "h5")}
        if strangers:
            yield f"left in the folder: {strangers}"


class Correlation:
    """Three series of four days, one of which they do not all have as a number."""
    built, most = built("asan"), 0

    def __init__(self, kind):
        self.name, self.kind = f"correlation on {kind}", kind
        self.good = None
        self.files = "build/faults/series"

    def prepare(self, folder):
        if not os.path.isdir(self.files):
            os.makedirs(self.files)
            for number, name in enumerate("abc"):
                with open(f"{self.files}/{name}.json", "w") as file:
                    file.write(lines_of(number))
            os.system(f"{self.built}/tests/faults/conversion threads {self.files}/*.json >{self.files}/said")
        return [f"{self.built}/tests/faults/correlation", self.kind, *(f"{self.files}/{name}.h5" for name in "abc")]

    def keep(self, folder):
        pass

    def check(self, folder, ended, error):
        if ended.returncode:
            yield f"it ended with {ended.returncode}: {ended.stderr[-1500:]}"
            return
        yield from re.findall("^left .*", ended.stdout, re.M)
        found = dict(re.findall(r"^(loaded|correlated|sum) (.*)$", ended.stdout, re.M))
        for call in ("loaded", "correlated"):
            status = int(found.get(call, 0))
            if status and not is_refusal(status, error):
                yield f"{call}: {status}, not -{error}"
        if self.good is None:
            self.good = found.get("sum")
        failed = any(int(found.get(call, 0)) for call in ("loaded", "correlated"))
        if not failed and (not self.good or found.get("sum") != self.good):
            yield f"wrong: {found}, not {self.good}"


def scenarios():
    shutil.rmtree("build/faults/series", ignore_errors=True)
    for scenario in (Conversion, Correlation):
        for kind in ("threads", "processes", "textbook"):
            yield scenario(kind)
