"""Scores of the thorough head from cached tokens (held_out_features.py): the same numbers as its graph, without running the tower again.

usage: score_head.py --work DIR --head head.npz --out scores.csv
"""
import argparse
import csv
import glob
import os

import numpy as np

from score_pack import FIELDS


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", required=True)
    a.add_argument("--head", required=True)
    a.add_argument("--out", required=True)
    a = a.parse_args()
    h = np.load(a.head)
    rows = {r["key"]: r for r in csv.DictReader(open(os.path.join(a.work, "eval.csv")))}
    with open(a.out, "w", newline="") as f:
        w = csv.DictWriter(f, FIELDS, lineterminator="\n", extrasaction="ignore")
        w.writeheader()
        for file in sorted(glob.glob(os.path.join(a.work, "heldout", "*.npz"))):
            z = np.load(file)
            t = np.stack([z["f"][:, b, k] for b, k in h["picks"]], 1).astype(np.float32)
            s = (((t - h["mean"]) / h["std"]) * h["weight"]).sum((1, 2)) + h["bias"]
            for k, logit in zip(z["key"].tolist(), s, strict=True):
                if k in rows:
                    w.writerow({**rows[k], "condition": os.path.basename(file).split("-")[0], "logit": f"{float(logit):.5f}"})


if __name__ == "__main__":
    main()
