"""Python's own executors: python.py threads|processes WORKERS, then one order a line."""
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from statistics import median

now = time.perf_counter


def task(kind, x, turns):
    if kind == "sleep":
        time.sleep(0.05)
    elif kind == "burn":
        for _ in range(turns):
            x = (x * 48271) % 2147483647
    return x


def calibrate(seconds):
    """The turns of a task that takes so long here: Python's are slower."""
    turns = 50
    while True:
        times = []
        for _ in range(201):
            begin = now()
            task("burn", 1, turns)
            times.append(now() - begin)
        if median(times) >= seconds:
            return turns, median(times)
        turns = int(turns * 1.1) + 1


def batch(executor, kind, count, turns):
    begin = now()
    futures = [executor.submit(task, kind, i, turns) for i in range(count)]
    for future in futures:
        future.result()
    return now() - begin


def trip(executor, kind):
    if kind == "idle":
        time.sleep(0.0002)
    return batch(executor, kind, 1, 0)


def main():
    kind_of_pool, workers = sys.argv[1], int(sys.argv[2])
    pool = ProcessPoolExecutor if kind_of_pool == "processes" else ThreadPoolExecutor
    with pool(workers) as executor:
        for line in sys.stdin:
            kind, count, turns = line.split()[0], int(line.split()[1]), 0
            one = 10e-6
            if kind == "burn":
                turns, one = calibrate(one)
            if kind in ("hot", "idle"):
                seconds = median(trip(executor, kind) for _ in range(count))
            else:  # of tasks that take exactly 10 us
                seconds = batch(executor, kind, count, turns) * 10e-6 / one
            print(f"{seconds:.9f}", flush=True)


main()
