"""How far trivial rules on file name and size get on the held-out pictures: the floor that any number must be read against.

usage: trivial_rules.py --data DIR --work DIR --out ../evaluation/trivial.json
"""
import argparse
import csv
import json
import os

from PIL import Image


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--data", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--out", required=True)
    a = a.parse_args()
    rules = {"shorter side >= 600": lambda s, p: min(s) >= 600, "shorter side >= 800": lambda s, p: min(s) >= 800,
             "both sides a multiple of 8": lambda s, p: s[0] % 8 == 0 and s[1] % 8 == 0, "not .jpg": lambda s, p: not p.lower().endswith((".jpg", ".jpeg"))}
    out = {}
    for role in ("dev", "dev2"):
        hit = {n: [[], []] for n in rules}
        for r in csv.DictReader(open(os.path.join(a.work, "eval.csv"))):
            if r["role"] == role and os.path.exists(os.path.join(a.data, r["path"])):
                size = Image.open(os.path.join(a.data, r["path"])).size
                for n, rule in rules.items():
                    hit[n][int(r["fake"])].append(rule(size, r["path"]))
        out[role] = {n: {"balanced_accuracy": round((sum(f) / len(f) + 1 - sum(x) / len(x)) / 2, 3), "recall": round(sum(f) / len(f), 3), "false_alarms": round(sum(x) / len(x), 3)}
                     for n, (x, f) in hit.items() if x and f}
    json.dump(out, open(a.out, "w"), indent=1)
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
