#!/usr/bin/python3
# The conversion as the Python lesson does it: json.loads a line, a DataFrame, to_hdf. One run
# for each line of standard input, VERB FOLDER; the answer is the seconds that it took.
# Pools exist before they are measured, as an interpreter that goes on working has them.

import concurrent.futures
import glob
import json
import os
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import pandas  # noqa: E402
import tables  # noqa: E402,F401

WORKERS = 2


def convert(path):
    with open(path) as file:
        data = [json.loads(line) for line in file]
    pandas.DataFrame(data).to_hdf(path[:-5] + ".pandas", "/data", mode="w")


def read(path):
    return pandas.read_hdf(path, "/data")["close"]


def main():
    processes = concurrent.futures.ProcessPoolExecutor(WORKERS)
    list(processes.map(abs, range(WORKERS)))
    threads = concurrent.futures.ThreadPoolExecutor(WORKERS)
    maps = {"": map, "-threads": threads.map, "-processes": processes.map}
    for line in sys.stdin:
        verb, folder = line.split()
        task, _, how = verb.partition("-")
        ending = ".json" if task == "convert" else ".pandas"
        paths = sorted(glob.glob(folder + "/*" + ending))
        if task == "convert":
            for path in glob.glob(folder + "/*.pandas"):
                os.unlink(path)
        begin = time.perf_counter()
        results = list(maps["-" + how if how else ""](convert if task == "convert" else read, paths))
        print(time.perf_counter() - begin, flush=True)
        assert len(results) == len(paths) > 0


main()
