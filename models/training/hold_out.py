"""Lists the held-out pictures: WORK/eval.csv (what they are) and WORK/held-out.tsv (key, file) for prepare_held_out.mjs.

usage: hold_out.py --data DIR --work DIR
"""
import argparse
import csv
import json
import os
import random

import sources

FIELDS = ["key", "path", "role", "label", "fake", "generator", "source", "linked_group"]


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--data", required=True)
    a.add_argument("--work", required=True)
    a = a.parse_args()
    here = os.path.dirname(os.path.abspath(__file__))
    dev2 = {s["source"] for s in json.load(open(os.path.join(here, "sources.json"))) if s["role"] == "dev2"}
    rows = [r for r in sources.read_index(a.data) if r["role"] in sources.HELD_OUT]
    random.Random(1).shuffle(rows)
    with open(os.path.join(a.work, "eval.csv"), "w", newline="") as f, open(os.path.join(a.work, "held-out.tsv"), "w") as g:
        w = csv.DictWriter(f, FIELDS, lineterminator="\n", extrasaction="ignore")
        w.writeheader()
        for r in rows:
            r["key"], r["role"] = r["sha256"][:20], "dev2" if r["source"] in dev2 else r["role"]
            w.writerow(r)
            g.write(f"{r['key']}\t{r['file']}\n")


if __name__ == "__main__":
    main()
