# Lines and branches that were run, folder by folder, from gcovr's summary:
#
#     folders.py SUMMARY

import collections
import json
import os
import sys


def main(path):
    sums = collections.defaultdict(lambda: [0, 0, 0, 0])
    with open(path, encoding="utf-8") as file:
        files = json.load(file)["files"]
    for one in files:
        for folder in (os.path.dirname(one["filename"]), "all"):
            keys = ("line_covered", "line_total", "branch_covered", "branch_total")
            sums[folder] = [a + one[key] for a, key in zip(sums[folder], keys)]
    for folder, (lines, of_lines, branches, of_branches) in sorted(sums.items()):
        print(f"{folder:32} {lines:6} of {of_lines:6} lines {100 * lines / max(of_lines, 1):6.1f} %"
              f" {branches:6} of {of_branches:6} branches {100 * branches / max(of_branches, 1):6.1f} %")


if __name__ == "__main__":
    main(sys.argv[1])
