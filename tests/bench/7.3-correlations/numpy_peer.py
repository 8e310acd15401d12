#!/usr/bin/python3
# The most correlated pair as Python has it. One run for each line of standard input, VERB N M
# FILE, of N series of M doubles; the answer is the seconds that it took. The file is read,
# and pandas' objects are made, before they are measured. OPENBLAS_NUM_THREADS says how many.

import sys
import time

import numpy

held = {}


def load(key, n, m, path):
    if held.get("key") != key:
        held.clear()
        held.update(key=key, values=numpy.fromfile(path).reshape(n, m))
    return held["values"]


def best_of(r):
    numpy.fill_diagonal(r, -2)
    return divmod(int(numpy.argmax(r)), len(r))


def by_numpy(values):
    return best_of(numpy.corrcoef(values))


def by_frame(frame):
    return best_of(frame.corr().to_numpy(copy=True))


def by_loop(series):
    best = (-2.0, 0, 0)
    for a in range(len(series)):
        for b in range(len(series)):
            if a != b:
                r = series[a].corr(series[b])
                if r > best[0]:
                    best = (r, a, b)
    return best[1:]


def main():
    for line in sys.stdin:
        verb, n, m, path = line.split()
        argument = load((n, m, path), int(n), int(m), path)
        work = by_numpy
        if verb != "numpy":
            import pandas

            frame = pandas.DataFrame(argument.T)
            work, argument = by_frame, frame
            if verb == "loop":
                work, argument = by_loop, [frame[i] for i in range(int(n))]
        begin = time.perf_counter()
        a, b = work(argument)
        print(time.perf_counter() - begin, min(a, b), max(a, b), flush=True)


main()
