# Has every call fail in turn, and looks at what comes of it:
#
#     campaign.py "FUNCTION..." [only=WORD] [seconds=N]
#
# FUNCTION... are those of fault.c, in its order. A scenario is run once undisturbed, which says
# which calls it makes; then once for each of them and each way to fail: that call
# once, that one and all like it from then on, and of a write also the half. Each run must end in
# time, as the scenario's check demands. With seconds= a scenario is left after so many, and what
# was tried until then is a sample from all over it. Prints TAP, and for each scenario how many were tried.

import os
import random
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import judging  # noqa: E402
import libraries  # noqa: E402
from plan import MODES, Plan, choose, error_of  # noqa: E402

LIMIT_S = 120
TOLD = 12  # complaints of a scenario


class Ended:
    """How a run ended and what it said."""

    def __init__(self, arguments, environment):
        process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                   env={**os.environ, **environment}, start_new_session=True, errors="replace")
        self.hung, self.session = False, process.pid
        try:
            self.stdout, self.stderr = process.communicate(timeout=LIMIT_S)
        except subprocess.TimeoutExpired:
            self.hung = True
            self.end(process.pid)
            self.stdout, self.stderr = process.communicate()
        except BaseException:  # whoever ends the campaign ends this with it
            self.end(process.pid)
            raise
        self.returncode = process.returncode

    @staticmethod
    def end(session):
        """Kills all of the program's session, whichever groups they have made."""
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.getsid(int(name)) == session:
                    os.kill(int(name), signal.SIGKILL)
            except OSError:
                pass  # it is gone


def place_of(program, function, is_jansson, address):
    if is_jansson:
        return f"{function} by jansson"
    # What is told is where the call returns to, one past it.
    line = subprocess.run(["addr2line", "-fse", program, hex(address - 1)], stdout=subprocess.PIPE, text=True)
    name, place = (line.stdout.splitlines() + ["?", "?"])[:2]
    return f"{function} in {name} ({place})"


class Campaign:
    def __init__(self, scenario, plan, seconds):
        self.scenario, self.plan, self.seconds = scenario, plan, seconds
        self.folder = "build/faults/folder"
        self.tried = self.wrong = self.planned = 0
        self.complaints = {}

    def run(self, number, mode):
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        arguments = self.scenario.prepare(self.folder)
        self.program = arguments[0]
        self.plan.write(number, mode)
        return Ended(arguments, {"FAULT_PLAN": self.plan.path, "ASAN_OPTIONS": "allocator_may_return_null=1"})

    def look(self, ended, error):
        if ended.hung:
            return [f"it did not end within {LIMIT_S} s: {ended.stderr[-300:]}"]
        return list(self.scenario.check(self.folder, ended, error))

    def try_one(self, number, mode):
        ended = self.run(number, mode)
        fired, calls = self.plan.read()
        if not fired:  # other turns were taken, and there were fewer calls
            return
        call = calls[number - 1]
        self.tried += 1
        found = self.look(ended, error_of(call[0]))
        if found:
            self.wrong += 1
            self.complaints.setdefault((call, mode), (number, found))

    def all(self):
        ended = self.run(0, "once")
        _, calls = self.plan.read()
        if not ended.hung:
            self.scenario.keep(self.folder)
        found = self.look(ended, "none")
        if found:
            self.wrong = 1
            print("# undisturbed:", *found)
            return
        faults = [(number, mode) for number in choose(calls, self.scenario.most) for mode in MODES
                  if mode != "short" or calls[number - 1][0] in ("write", "pwrite")]
        self.planned, begin = len(faults), time.monotonic()
        random.Random(7).shuffle(faults)
        for number, mode in faults:
            if self.seconds and time.monotonic() - begin > self.seconds:
                break
            self.try_one(number, mode)

    def tell(self, place):
        said = "not ok" if self.wrong else "ok"
        print(f"{said} {place} - faults: {self.scenario.name}: {self.tried} tried of "
              f"{self.planned}, {self.wrong} wrong")
        for (call, mode), (number, found) in list(self.complaints.items())[:TOLD]:
            text = f"{place_of(self.program, *call)}, call {number}, {mode}: " + "; ".join(found)
            print("# " + text.replace("\n", "\n#     "))
        sys.stdout.flush()


def main(functions, *arguments):
    asked = {"only": "", "seconds": "", **dict(a.split("=", 1) for a in arguments)}
    os.makedirs("build/faults", exist_ok=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    plan = Plan(os.path.abspath(f"build/faults/plan-{os.getpid()}"), functions.split())
    count = wrong = tried = 0
    for scenario in [*libraries.scenarios(), *judging.scenarios()]:
        if asked["only"] not in scenario.name:
            continue
        campaign = Campaign(scenario, plan, int(asked["seconds"] or 0))
        campaign.all()
        count, wrong, tried = count + 1, wrong + campaign.wrong, tried + campaign.tried
        campaign.tell(count)
    os.unlink(plan.path)
    print(f"# {tried} faults tried, {wrong} of them wrong")
    print(f"1..{count}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
