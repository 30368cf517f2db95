"""Scores of two packs on the same pictures -> `together` in the first one's pack.json (FORMAT.md, "Together").

usage: join_packs.py --own thorough.csv --other quick.csv --pack ../packs/thorough --with ../packs/quick --fit dev2,train

The tables are those of score_pack.py. Only sources that neither pack was taught on or fitted to belong in them. Scale and bias are fitted on the rows
of the roles in --fit, each role with the same weight; fakeAbove on the real pictures of all rows, under the worst condition; realBelow on the generated
ones of --fit. The share of the second pack was chosen by an independent measurement before any of these pictures was scored.
"""
import argparse
import csv
import json
import os

import numpy as np

import score

CONDITIONS = ("clean", "web", "hard")
SHARE = 0.25  # of the second pack, each logit times its own pack's scale
FALSE_ALLOWED = 0.01  # of the real pictures, under each condition
MISSED_ALLOWED = 0.08
LEANS_AI, LEANS_AUTHENTIC = 0.8, 0.3  # four of five, three of ten, by the calibrated probability
BANDS = [("unlikely", 0, 0.2), ("rather-unlikely", 0.2, 0.5), ("rather-likely", 0.5, 0.8), ("likely", 0.8, 1.1)]  # shared/src/bands.ts


def read(path):
    return {(r["key"], r["condition"]): r for r in csv.DictReader(open(path)) if r["condition"] in CONDITIONS}


def even(y):
    return np.where(y == 1, 0.5 / (y == 1).sum(), 0.5 / (y == 0).sum())


def main():
    a = argparse.ArgumentParser(description=__doc__)
    for name in ("own", "other", "pack", "with", "fit"):
        a.add_argument(f"--{name}", required=True)
    a = vars(a.parse_args())
    own, other = read(a["own"]), read(a["other"])
    rows = [own[k] | {"second": other[k]["logit"]} for k in own if k in other]
    path, second = os.path.join(a["pack"], "pack.json"), json.load(open(os.path.join(a["with"], "pack.json")))
    pack = json.load(open(path))
    weights = (1 - SHARE) * pack["calibration"]["scale"], SHARE * second["calibration"]["scale"]
    y = np.array([int(r["label"] == "ai") for r in rows])
    z = np.array([weights[0] * float(r["logit"]) + weights[1] * float(r["second"]) for r in rows])
    role, c = np.array([r["role"] for r in rows]), np.array([r["condition"] for r in rows])
    fit = [np.where(role == name)[0] for name in a["fit"].split(",")]
    largest = max(map(len, fit))
    use = np.concatenate([np.tile(i, max(1, round(largest / len(i)))) for i in fit])
    scale, bias = score.platt(y[use], z[use])
    p = 1 / (1 + np.exp(-(scale * z + bias)))
    real = [np.sort(p[(y == 0) & (c == k)])[::-1] for k in CONDITIONS]
    mine = np.concatenate(fit)
    w, band = even(y[mine]), []
    for name, low, high in BANDS:
        i = (p[mine] >= low) & (p[mine] < high)
        band.append({"band": name, "pictures": int(i.sum()), "aiShare": round(float((w * y[mine])[i].sum() / w[i].sum()), 3)})
    ai = [p[mine][(y[mine] == 1) & (c[mine] == k)] for k in CONDITIONS]
    pack["together"] = {
        "with": {"name": second["name"], "sha256": second["model"]["sha256"]}, "kind": "platt-2",
        "scale": round(scale * weights[0], 4), "otherScale": round(scale * weights[1], 4), "bias": round(bias, 4),
        "fittedOn": "sources neither pack has seen, clean + web + hard pooled, classes weighted equally: the newer dev2 ones, and later training sources",
        "thresholds": {
            "fakeAbove": round(max(float(r[int(FALSE_ALLOWED * len(r))]) for r in real) + 5e-5, 4),
            "realBelow": round(min(float(np.quantile(x, MISSED_ALLOWED)) for x in ai), 4),
            "leansAi": LEANS_AI, "leansAuthentic": LEANS_AUTHENTIC,
            "meaning": "above fakeAbove lie at most 1 % of the real pictures under the worst of clean, web and hard; below realBelow about 8 % of the "
                       "generated ones; between, the calibrated probability speaks"},
        "bands": band}
    with open(path, "w") as f:
        json.dump(pack, f, indent=2)
        f.write("\n")
    print(json.dumps(pack["together"]))


if __name__ == "__main__":
    main()
