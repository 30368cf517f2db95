"""Trains the face head: a strongly regularised line over four tokens of the thorough pack's tower, taught by pairs of one face.

usage: train_face_head.py --work WORK [--c 3e-4] [--life all|web|video] [--blends self,cross,neural]

Reads WORK/features/pairs-*.npz (face_views.py). Standardisation is folded into the weights, so that the line reads raw tokens.
Writes WORK/face.json: the head as models/src/heads/head-file.ts reads it, and WORK/face-head.npz: weight [3072], bias.
"""
import argparse
import glob
import json
import os

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

FOLDS = 5
DIGITS = 6  # significant, of each weight


def load_pairs(work):
    """-> tokens float32 [n, 2, 3072] (untouched, blended), and arrays crop, group, blend, life of n."""
    parts = [np.load(f) for f in sorted(glob.glob(os.path.join(work, "features", "pairs-*.npz")))]
    tokens = np.concatenate([p["tokens"] for p in parts]).astype(np.float32)
    return tokens.reshape(len(tokens), 2, -1), {k: np.concatenate([p[k] for p in parts]) for k in ("crop", "group", "blend", "life")}


def fit(pairs, c):
    """pairs [n, 2, d] -> weight [d], bias, on raw tokens."""
    x, y = pairs.reshape(-1, pairs.shape[-1]), np.tile([0, 1], len(pairs))
    mean, std = x.mean(0), x.std(0) + 1e-3
    m = LogisticRegression(C=c, max_iter=500).fit((x - mean) / std, y)
    weight = m.coef_[0] / std
    return weight, float(m.intercept_[0] - (weight * mean).sum())


def held_out(pairs, people, c):
    """Scores [n, 2] of heads that have seen no face of the same picture."""
    s = np.zeros(pairs.shape[:2])
    for train, test in GroupKFold(FOLDS).split(pairs, groups=people):
        weight, bias = fit(pairs[train], c)
        s[test] = pairs[test] @ weight + bias
    return s


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", required=True)
    a.add_argument("--c", type=float, default=3e-4)
    a.add_argument("--life", default="all", choices=("all", "web", "video"))
    a.add_argument("--blends", default="self,cross,neural")
    a = a.parse_args()
    pairs, about = load_pairs(a.work)
    keep = np.isin(about["blend"], a.blends.split(",")) & ((a.life == "all") | (about["life"] == a.life))
    pairs, about = pairs[keep], {k: v[keep] for k, v in about.items()}
    s = held_out(pairs, about["crop"], a.c)
    print(len(pairs), "pairs of", len(set(about["crop"])), "faces; held out AUC", round(roc_auc_score(np.tile([0, 1], len(s)), s.ravel()), 3),
          "pairs right", round(float((s[:, 1] > s[:, 0]).mean()), 3))
    for name in ("blend", "life"):
        for k in np.unique(about[name]):
            t = s[about[name] == k]
            print(f"  {name} {k}: {len(t)}, AUC {roc_auc_score(np.tile([0, 1], len(t)), t.ravel()):.3f}, pairs right {(t[:, 1] > t[:, 0]).mean():.3f}")
    weight, bias = fit(pairs, a.c)
    weight = np.array([float(f"{w:.{DIGITS}g}") for w in weight])
    np.savez(os.path.join(a.work, "face-head.npz"), weight=weight, bias=bias, pairs=len(pairs), faces=len(set(about["crop"])), c=a.c)
    with open(os.path.join(a.work, "face.json"), "w") as f:
        json.dump({"kind": "logistic", "weights": weight.tolist(), "bias": round(bias, DIGITS)}, f, separators=(",", ":"))
        f.write("\n")


if __name__ == "__main__":
    main()
