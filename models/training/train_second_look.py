"""A head for native crops, and what a native look with it is worth: tokens of second_look_features.py -> figures, WORK/native.json, WORK/second-look.npz.

usage: train_second_look.py --data DIR --work DIR --pack ../packs/thorough [--c 0.016] [--remade 0.03] [--share 0.6] [--crops both] [--fine 0.1 --high 0.01 --minimum 640]

Where the gate is open, a picture's logit is the shipped one, plus `share` times the mean logit of the new head on its crops, plus `again` times the mean
logit of the shipped head on them, brought by scale and bias under the pack's own calibration (`dev` and `dev2`); where it is shut, the shipped logit stands. Both shares
are those with the highest AUC on `dev`; `pairs` and `dev2` choose nothing. Printed: leave-sources-out AUC of the head over its training crops, then
for each set and condition the share of pictures with an open gate; AUC and recall at 1 % false accusations as shipped, with the second look, of the
new head alone and of the shipped head on the crops alone; the 95 % interval of both differences; and, as shipped and with the second look, the share of
generated and of real pictures above the pack's own `fakeAbove`, and the calibration error of its own calibration.
"""
import argparse
import glob
import itertools
import json
import os

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

import score
import sources
from blend_heads import TOKEN_PICKS, read_head

SHARES = (0.0, 0.15, 0.35, 0.6, 1.0)
CONDITIONS = ("clean", "mild85", "mild80", "web", "hard")
GAMES = 1.5
DRAWS = 1000


def load(work, name):
    """All parts of one kind -> arrays by name, each picture once; None where there is none."""
    parts = [np.load(f) for f in sorted(glob.glob(os.path.join(work, "second", f"{name}-*.npz")))]
    if not parts:
        return None
    table = {k: np.concatenate([p[k] for p in parts]) for k in ("f", "key", "gate", "size")}
    once = np.unique(table["key"], return_index=True)[1]
    return {k: v[once] for k, v in table.items()}


def shipped_logit(head, tokens):
    """Logit of the shipped head on `tokens` [n, 4, 768]."""
    rows = [TOKEN_PICKS.index(tuple(p)) for p in head["picks"].tolist()]
    z = (tokens[:, rows].astype(np.float32) - head["mean"]) / head["std"]
    return (z * head["weight"]).sum((1, 2)) + float(head["bias"])


def fit(x, y, w, c):
    """x [n, d] raw -> weight [d] on raw tokens, bias. C counts a token, as in train_head.py."""
    mean, std = x.mean(0), x.std(0) + 1e-3
    m = LogisticRegression(C=c * 768 / x.shape[1], max_iter=400).fit((x - mean) / std, y, sample_weight=w)
    weight = m.coef_[0] / std
    return weight, float(m.intercept_[0] - (weight * mean).sum())


def left_out(x, y, w, groups, c, more):
    """AUC of heads that never saw the source that they judge, nor anything remade of it."""
    s = np.zeros(len(y))
    for taught, asked in GroupKFold(5).split(x, y, groups):
        also = ~np.isin(more[3], groups[asked]) if more else None
        x1, y1, w1 = (np.concatenate([a[taught], *([b[also]] if more else [])]) for a, b in zip((x, y, w), more[:3] or (None,) * 3, strict=True))
        weight, bias = fit(x1, y1, w1, c)
        s[asked] = x[asked] @ weight + bias
    return score.auc(y, s)


def interval(y, before, after, rng):
    """95 % over pictures, drawn within classes: differences of AUC and of recall at 1 % false accusations."""
    classes, d = [np.where(y == k)[0] for k in (0, 1)], []
    for _ in range(DRAWS):
        i = np.concatenate([rng.choice(k, len(k)) for k in classes])
        d.append([f(y[i], after[i]) - f(y[i], before[i]) for f in (score.auc, score.recall_at)])
    return np.percentile(d, [2.5, 97.5], axis=0).T.round(3).tolist()


def told(pack, y, s):
    """What the pack's own calibration and threshold make of the logits: "Likely AI" of the generated, of the real, calibration error."""
    p = 1 / (1 + np.exp(-(pack["calibration"]["scale"] * s + pack["calibration"]["bias"])))
    above = p > pack["thresholds"]["fakeAbove"]
    return f"{above[y == 1].mean():.2f} {above[y == 0].mean():.3f} {score.calibration_error(y, p):.3f}"


def main():
    a = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "work", "pack"):
        a.add_argument(f"--{name}", required=True)
    a.add_argument("--c", type=float, default=0.016)
    a.add_argument("--fine", type=float, default=0.1)
    a.add_argument("--high", type=float, default=0.01)
    a.add_argument("--minimum", type=int, default=640)
    a.add_argument("--remade", type=float, default=0.0, help="weight of the remade crops together, in parts of that of all generated ones")
    a.add_argument("--licensed", action="store_true", help="only of sources that state a licence")
    a.add_argument("--crops", choices=("busiest", "both"), default="both")
    a.add_argument("--share", type=float, help="instead of the best on dev; the shipped head has then no say on the crops")
    a = a.parse_args()
    with open(os.path.join(a.pack, "pack.json")) as file:
        pack = json.load(file)
    rows = {r["sha256"][:20]: r for r in sources.read_index(a.data)}
    near = os.path.join(a.work, "near-copies.csv")
    copies = {line.split(",")[0] for line in open(near)} if os.path.exists(near) else set()

    def is_open(t):
        return (t["gate"] > [a.fine, a.high]).all(1) & (t["size"].min(1) >= a.minimum)

    taught = load(a.work, "train")
    use = ~np.isin(taught["key"], list(copies))
    if a.licensed:
        use &= np.array([not rows[k]["licence"].startswith("none stated") for k in taught["key"]])
    own = [rows[k] for k in taught["key"][use]]
    x, y = taught["f"][use].astype(np.float32).reshape(len(own), -1), np.array([r["fake"] for r in own])
    w = np.array(sources.weights(own, GAMES))
    w /= w.mean()
    groups = np.array([r["linked_group"] or r["source"] for r in own])
    remade = load(a.work, "remade") if a.remade else None
    more = []
    if remade is not None:
        i = ~np.isin(remade["key"], list(copies))
        if a.licensed:
            i &= np.array([not rows[k]["licence"].startswith("none stated") for k in remade["key"]])
        origin = [rows[k] for k in remade["key"][i]]
        x2, g2 = remade["f"][i].astype(np.float32).reshape(len(origin), -1), np.array([r["linked_group"] or r["source"] for r in origin])
        more = [x2, np.ones(len(x2), int), np.full(len(x2), a.remade * w[y == 1].sum() / len(x2)), g2]
    print(f"{len(y)} crops, {y.mean():.2f} generated, {len(set(groups))} groups of sources, {len(more[0]) if more else 0} remade, "
          f"left out AUC {left_out(x, y, w, groups, a.c, more):.3f}")
    weight, bias = fit(np.concatenate([x, *more[:1]]), np.concatenate([y, *more[1:2]]), np.concatenate([w, *more[2:3]]), a.c)
    head = read_head(os.path.join(a.pack, "model.onnx"))
    held = {}
    for c in CONDITIONS:
        t = load(a.work, f"held-{c}")
        if t is None:
            continue
        n, f = len(t["key"]), t["f"].astype(np.float32)
        first = 1 if a.crops == "both" else f.shape[1] - 1
        native = (f[:, first:].reshape(n, f.shape[1] - first, -1) @ weight + bias).mean(1)
        r = [rows[k] for k in t["key"]]
        held[c] = {"y": np.array([i["fake"] for i in r]), "role": np.array([i["role"] for i in r]), "open": is_open(t), "native": native,
                   "first": shipped_logit(head, f[:, 0]), "again": np.mean([shipped_logit(head, f[:, i]) for i in range(first, f.shape[1])], 0)}

    def both(t, shares):
        scale, bias = calibrated(shares)
        return np.where(t["open"], scale * mixed(t, shares) + bias, t["first"])

    def mixed(t, shares):
        return t["first"] + shares[0] * t["native"] + shares[1] * t["again"]

    def calibrated(shares):
        """Scale and bias after which the pack's own calibration holds for the mixed logits of `dev` and `dev2`, classes weighted equally."""
        parts = [(t["y"][i], mixed(t, shares)[i]) for t in held.values() for i in [np.isin(t["role"], ["dev", "dev2"]) & t["open"]]]
        y, x = (np.concatenate(p) for p in zip(*parts, strict=True))
        w = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
        m = LogisticRegression(C=1e3).fit(x[:, None], y, sample_weight=w)
        own = pack["calibration"]
        return float(m.coef_[0][0]) / own["scale"], (float(m.intercept_[0]) - own["bias"]) / own["scale"]

    def on_dev(shares):
        found = [score.auc(t["y"][i], mixed(t, shares)[i]) for t in held.values() for i in [(t["role"] == "dev") & t["open"]] if len(set(t["y"][i])) == 2]
        return float(np.mean(found))
    best = max(itertools.product(SHARES, SHARES), key=on_dev) if a.share is None else (a.share, 0.0)
    print(f"dev, open: {on_dev((0.0, 0.0)):.3f} as shipped, {on_dev(best):.3f} with (new head, shipped head) on the crops times {best}")
    rng = np.random.default_rng(1)
    for c, t in held.items():
        for role in sorted(set(t["role"])):
            for name, i in (("all", t["role"] == role), ("open", (t["role"] == role) & t["open"])):
                y, before, after = t["y"][i], t["first"][i], both(t, best)[i]
                if len(set(y)) < 2:
                    continue
                kinds = (before, after, t["native"][i], t["again"][i])
                figures = [f"{score.auc(y, s):.3f} {score.recall_at(y, s):.2f}" for s in kinds]
                print(f"{c} {role} {name}: {len(y)} pictures;", "; ".join(figures), interval(y, before, after, rng), "|", told(pack, y, before), "|", told(pack, y, after))
            print(f"{c} {role}: {t['open'][t['role'] == role].mean():.2f} open")
    np.savez(os.path.join(a.work, "second-look.npz"), share=best[0], again=best[1], calibrated=calibrated(best), fine=a.fine, high=a.high, minimum=a.minimum)
    with open(os.path.join(a.work, "native.json"), "w") as file:  # the graph's tokens, row after row
        json.dump({"kind": "logistic", "weights": [float(f"{x:.7g}") for x in weight], "bias": float(f"{bias:.7g}")}, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
