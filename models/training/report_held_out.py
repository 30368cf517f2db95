"""Scores of both shipped packs on sources that taught nothing -> evaluation/held-out.json, and the section that leads the packs' cards.

usage: report_held_out.py --scores DIR --list DIR/eval.csv --packs ../packs --out ../evaluation

DIR holds `<pack>-<role>.csv` as score_pack.py writes them, of the same pictures for both packs; roles are `pairs` (real and generated pictures of
like contents), `newest` (the newest of the `dev2` sources) and `faces` (GAN faces and FFHQ photographs). Calibration and thresholds are those of pack.json:
of each pack alone, and of both together as a person asks. Nothing is fitted here. Intervals: bootstrap over linked groups.
"""
import argparse
import csv
import json
import os

import numpy as np

import score
from report_pack import CONDITIONS, Table, by_source, probability, summary
from write_card import held_out_section, with_held_out

ROLES = ("pairs", "newest", "faces")


def rows_of(folder, pack, role, listed):
    """Scores by (key, condition), with what the list says of each picture."""
    out = {}
    for r in csv.DictReader(open(os.path.join(folder, f"{pack}-{role}.csv"))):
        out[r["key"], r["condition"]] = {**r, **{k: listed[r["key"]][k] for k in ("source", "linked_group", "label", "generator")}}
    return out


def words(own, other, manifest, together):
    """-> {name: (table, calibrated logits, thresholds)} for one pack, or for both where `other` is given."""
    if other is None:
        keys = sorted(own)
        t = Table([own[k] for k in keys])
        c = manifest["calibration"]
        return t, c["scale"] * t.s + c["bias"], manifest["thresholds"]
    keys = sorted(set(own) & set(other))
    t = Table([own[k] for k in keys])
    s = together["scale"] * t.s + together["otherScale"] * np.array([float(other[k]["logit"]) for k in keys]) + together["bias"]
    return t, s, together["thresholds"]


def tell(t, logit, limits):
    """-> {condition: numbers}, pooled calibration error, and a row a source."""
    p = probability(logit, 1, 0)
    fake, real, out = p > limits["fakeAbove"], p < limits["realBelow"], {}
    for c in CONDITIONS:
        m = t.c == c
        if m.any():
            part = t[m]
            part.s = logit[m]
            out[c] = {**summary(part, p[m], fake[m], real[m], logit[m]), "false_likely_ai": round(float(fake[m & (t.y == 0)].mean()), 4),
                      "recall_at_1_percent_false_95": score.bootstrap(part.y, part.s, part.group, score.recall_at)}
    return {"conditions": out, "ece_pooled": round(score.calibration_error(t.y, p), 4), "sources": by_source(t, fake, real, p)}


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--scores", required=True)
    a.add_argument("--list", required=True)
    a.add_argument("--packs", required=True)
    a.add_argument("--out", required=True)
    a = a.parse_args()
    listed = {r["key"]: r for r in csv.DictReader(open(a.list))}
    packs = {n: json.load(open(os.path.join(a.packs, n, "pack.json"))) for n in ("thorough", "quick")}
    out = {"versions": {n: m["version"] for n, m in packs.items()}, "roles": {}}
    for role in ROLES:
        if not os.path.exists(os.path.join(a.scores, f"thorough-{role}.csv")):
            continue
        scores = {n: rows_of(a.scores, n, role, listed) for n in packs}
        out["roles"][role] = {
            "together": tell(*words(scores["thorough"], scores["quick"], None, packs["thorough"]["together"])),
            **{n: tell(*words(scores[n], None, packs[n], None)) for n in packs}}
    with open(os.path.join(a.out, "held-out.json"), "w") as f:
        json.dump(out, f, indent=1)
        f.write("\n")
    for n in packs:
        path = os.path.join(a.packs, n, "CARD.md")
        text = with_held_out(open(path).read(), held_out_section(out, n))
        with open(path, "w") as f:
            f.write(text)


if __name__ == "__main__":
    main()
