"""What a face head finds: swapped faces of the lists, and real faces that must not be told.

usage: report_face_head.py --work WORK --out ../evaluation/faces.json

Scores WORK/face-head.npz (train_face_head.py) on WORK/features/eval*.npz and real*.npz (face_features.py). Intervals: 95 %, bootstrap over files.
The threshold is fitted on real pictures alone: the most blended face of a picture lies above it in at most 1 % of all pictures, and in at
most 1 % of those of every kind of which there are enough.
"""
import argparse
import collections
import glob
import json
import os

import numpy as np
from sklearn.metrics import roc_auc_score

WRONG = 0.01
ENOUGH = 200  # pictures of a kind, for a threshold of their own
ROUNDS = 1000
REENACTED = {"Face2Face", "NeuralTextures", "liveportrait grid", "liveportrait video"}
GROUPS = {  # as in the table of the lists: sources, and whose real faces stand against them
    "DeepFaceLive pairs": lambda r: r["source"] == "deepfacelive",
    "FaceForensics++ c40": lambda r: r["source"] in ("ff_c40", "ff_c40_actors"),
    "FaceForensics++ c23, raw": lambda r: r["source"] == "ff_c23",
    "other swaps": lambda r: r["source"] not in ("deepfacelive", "ff_c40", "ff_c40_actors", "ff_c23") and r["kind"] not in REENACTED,
}
REAL_KINDS = {"deepfacelive": "film and webcam video", "ff_c40": "c40 video", "ff_c40_actors": "c40 video", "ff_c23": "web video", "dfl_photos": "press",
              "pulid": "press", "latentsync": "webcam", "sadtalker": "web video", "fsgan": "web video"}


def load(work, part):
    parts = [np.load(f) for f in sorted(glob.glob(os.path.join(work, "features", f"{part}*.npz")))]
    tokens, lines = np.concatenate([p["tokens"] for p in parts]).astype(np.float32), [line for p in parts for line in p["about"]]
    once = sorted(dict(zip(lines[::-1], range(len(lines))[::-1], strict=True)).values())  # two runs may have seen the same face
    return tokens.reshape(len(tokens), -1)[once], [json.loads(lines[i]) for i in once]


def interval(values, files, measure, rng):
    """95 % of `measure(indices)` over resampled files."""
    by = collections.defaultdict(list)
    for i, f in enumerate(files):
        by[f].append(i)
    by, got = list(by.values()), []
    for _ in range(ROUNDS):
        i = np.concatenate([by[k] for k in rng.integers(len(by), size=len(by))])
        v = measure(values[i])
        if v is not None:
            got.append(v)
    return [round(float(q), 3) for q in np.quantile(got, [0.025, 0.975])]


def auc(rows):
    """rows [n, 2]: label, score"""
    return float(roc_auc_score(rows[:, 0], rows[:, 1])) if len(set(rows[:, 0])) == 2 else None


def recall_at(rows, wrong):
    real = np.sort(rows[rows[:, 0] == 0, 1])
    if not len(real) or not (rows[:, 0] == 1).any():
        return None
    limit = real[min(len(real) - 1, int(np.ceil((1 - wrong) * len(real))) - 1)]
    return float((rows[rows[:, 0] == 1, 1] > limit).mean())


def threshold(worst, kinds):
    """The lowest score that at most 1 % of all pictures exceed, and of every kind with enough of them. worst: highest score of each picture."""
    limits = [limit_of(worst)]
    for k in set(kinds):
        own = worst[np.array(kinds) == k]
        if len(own) >= ENOUGH:
            limits.append(limit_of(own))
    return max(limits)


def limit_of(scores):
    s = np.sort(scores)
    return float(s[len(s) - 1 - int(WRONG * len(s))])


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--rounds", type=int, default=ROUNDS)
    a = a.parse_args()
    rng, head = np.random.default_rng(0), np.load(os.path.join(a.work, "face-head.npz"))
    x, rows = load(a.work, "eval")
    s = x @ head["weight"].astype(np.float32) + float(head["bias"])
    label = np.array([r["label"] == "fake" for r in rows], float)
    both = np.stack([label, s], 1)
    files = [r["file"] for r in rows]
    swap = np.array([r["kind"] not in REENACTED for r in rows])
    out = {"pairs": int(head["pairs"]), "faces": int(head["faces"]), "c": float(head["c"]), "lists": {}}

    def told(name, where):
        v, f = both[where], [files[i] for i in np.flatnonzero(where)]
        out["lists"][name] = {"fake": int(v[:, 0].sum()), "real": int(len(v) - v[:, 0].sum()), "auc": round(auc(v), 3), "interval": interval(v, f, auc, rng),
                              "recallAt": {str(w): round(recall_at(v, w), 3) for w in (0.01, 0.02, 0.05, 0.1)}}
        print(name, json.dumps(out["lists"][name]))

    for name, of in GROUPS.items():
        told(name, np.array([of(r) for r in rows]) & swap)
    told("all swaps", swap)
    told("all swaps, 128 px and more", swap & (np.array([r["face"] for r in rows]) >= 128))
    told("reenactment", ~swap | (label == 0))
    pairs = collections.defaultdict(dict)
    for r, v in zip(rows, s, strict=True):
        if r["source"] == "deepfacelive":
            pairs[r["file"], r["t"]][r["label"]] = v
    right = [p["fake"] > p["real"] for p in pairs.values() if len(p) == 2]
    out["pairsRight"] = {"share": round(float(np.mean(right)), 3), "pairs": len(right)}
    rx, rr = load(a.work, "real")
    rs = rx @ head["weight"].astype(np.float32) + float(head["bias"])
    worst, count = {}, collections.Counter()
    counted = [(r["key"], r["kind"], v) for r, v in zip(rr, rs, strict=True)]
    counted += [(r["key"] + r["label"], REAL_KINDS.get(r["source"], "published examples"), v) for r, v in zip(rows, s, strict=True)
                if r["label"] == "real" and r["face"] >= 128]
    for key, kind, v in counted:
        worst[key, kind] = max(worst.get((key, kind), -np.inf), v)
        count[kind] += 1
    kinds, values = [k for _, k in worst], np.array(list(worst.values()))
    limit = np.ceil(threshold(values, kinds) * 1000) / 1000
    above = values > limit
    out["threshold"] = {"above": limit, "faces": len(counted), "pictures": len(values), "wrong": int(above.sum()), "kinds": {
        k: {"faces": count[k], "pictures": int(sum(q == k for q in kinds)), "wrong": int(sum(w for w, q in zip(above, kinds, strict=True) if q == k))} for k in sorted(set(kinds))}}
    large = np.array([r["face"] >= 128 for r in rows])
    out["found"] = {}
    for name, where in {**{n: np.array([of(r) for r in rows]) & swap for n, of in GROUPS.items()}, "all swaps": swap, "reenactment": ~swap}.items():
        hit = both[where & large & (label == 1)][:, 1] > limit
        out["found"][name] = {"faces": len(hit), "above": int(hit.sum())}
    print(json.dumps({k: out[k] for k in ("pairsRight", "threshold", "found")}, indent=1))
    with open(a.out, "w") as f:
        json.dump(out, f, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
