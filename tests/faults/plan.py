# The plan of fault.h from outside: which call is to fail, and which calls there were.

import os
import struct

MODES = {"once": 0, "on": 1, "short": 2}
HEAD, CALL, CALLS = struct.Struct("<QIIQ"), struct.Struct("<IIQ"), 1 << 16

# What a function's failure is called where it is told; else ENOMEM (fault.c has the same).
ERRORS = {"EMFILE": "fopen open openat opendir memfd_create pipe2 socketpair eventfd pidfd_open json_load_file",
          "ENOSPC": "mkdir mkdtemp write pwrite ftruncate json_dump_file",
          "EIO": "fsync rename renameat linkat", "EAGAIN": "fork pthread_create"}


def built(variant):
    """Where the programs are: of another variant where one is asked for, to count their lines."""
    return f"build/{os.environ.get('FAULTS_VARIANT', variant)}"


def error_of(function):
    return next((name for name, all in ERRORS.items() if function in all.split()), "ENOMEM")


class Plan:
    def __init__(self, path, functions):
        self.path, self.functions = path, functions

    def write(self, number, mode):
        with open(self.path, "wb") as file:
            file.write(HEAD.pack(number, MODES[mode], 0, 0))
            file.truncate(HEAD.size + CALLS * CALL.size)

    def read(self):
        """How often a call failed, and all calls: (function, is jansson's, address)."""
        with open(self.path, "rb") as file:
            _, _, fired, count = HEAD.unpack(file.read(HEAD.size))
            rows = CALL.iter_unpack(file.read(min(count, CALLS) * CALL.size))
            return fired, [(self.functions[f], bool(j), address) for f, j, address in rows]


def choose(calls, most):
    """The numbers of the calls to be tried: of each place in the code the first, the last, and
    as many between them as make up `most`; 0: all."""
    places = {}
    for number, call in enumerate(calls, 1):
        places.setdefault(call, []).append(number)
    chosen = []
    for numbers in places.values():
        count = min(most or len(numbers), len(numbers))
        steps = max(count - 1, 1)
        chosen += sorted({numbers[i * (len(numbers) - 1) // steps] for i in range(count)})
    return sorted(chosen)
