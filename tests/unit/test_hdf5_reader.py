#!/usr/bin/python3
# The judge's reader of HDF5 files: whatever a file does to it, what it said of the files before
# stays whole, and it says nothing of those behind. Prints TAP.

import os
import signal
import struct
import subprocess
import sys

BUILD = os.environ.get("BUILD", "build/plain")
READER = BUILD + "/tests/7.2-conversion/reader"
GOOD = "tests/fuzz/corpus/hdf5_reader/ours.h5"
DEADLY = "tests/fuzz/libhdf5/ends_its_reader.h5"
LIMIT, HEAD, COLUMN, ITEM = 64, 24, 64, 8
OK, NOT_HDF5 = 0, 1
tests = []


def test(function):
    tests.append(function)


def content(path):
    with open(path, "rb") as file:
        return file.read()


# How the reader ended, and all that it said.
def read_files(*files):
    head = [len(files)] + [len(file) for file in files] + [0] * (LIMIT - len(files))
    ends = [os.memfd_create("files"), os.memfd_create("answer")]
    os.write(ends[0], struct.pack(f"<{1 + LIMIT}Q", *head) + b"".join(files))
    run = subprocess.run([READER], pass_fds=(3, 4), stdin=subprocess.DEVNULL, timeout=60,
                         preexec_fn=lambda: [os.dup2(end, 3 + i) for i, end in enumerate(ends)])
    answer = os.pread(ends[1], 1 << 20, 0)
    for end in ends:
        os.close(end)
    return run.returncode, answer


def assert_good(part):
    status, has_pandas, rows, columns = struct.unpack_from("<IIQQ", part)
    assert (status, has_pandas, rows, columns) == (OK, 1, 2, 3), part[:HEAD]
    assert len(part) == HEAD + columns * COLUMN + rows * columns * ITEM, len(part)


@test
def test_hdf5_reader_reads_each_file():
    status, answer = read_files(content(GOOD), content(GOOD))
    assert status == 0
    assert_good(answer[: len(answer) // 2])
    assert_good(answer[len(answer) // 2:])


@test
def test_hdf5_reader_says_which_file_is_none():
    status, answer = read_files(b"no HDF5", content(GOOD), content(GOOD)[:4000], b"")
    assert status == 0
    assert struct.unpack_from("<I", answer)[0] == NOT_HDF5
    assert_good(answer[HEAD: -2 * HEAD])
    assert [struct.unpack_from("<I", answer, len(answer) - n * HEAD)[0] for n in (2, 1)] == [NOT_HDF5] * 2


# Where another HDF5 gets over the file, it says so, and goes on.
@test
def test_hdf5_reader_that_a_file_ends_has_said_what_came_before():
    status, answer = read_files(content(GOOD), content(DEADLY), content(GOOD))
    whole = len(read_files(content(GOOD))[1])
    assert status in (0, -signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS), status
    assert_good(answer[:whole])
    assert status == 0 or len(answer) == whole, len(answer)


def main():
    subprocess.run(["make", "-s", READER], check=True, stdout=subprocess.DEVNULL,
                   env={k: v for k, v in os.environ.items() if not k.startswith("MAKE")})
    for number, function in enumerate(tests, 1):
        try:
            function()
            print(f"ok {number} - {function.__name__}", flush=True)
        except Exception as error:
            print(f"not ok {number} - {function.__name__}: {str(error)[:2000]!r}", flush=True)
    print(f"1..{len(tests)}")


sys.exit(main())
