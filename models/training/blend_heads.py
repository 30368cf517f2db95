"""Shipped head and a newer one on further tokens -> one head, one linear layer on the tokens of both.

usage: blend_heads.py --pack ../packs/thorough --head head.npz --share 0.15 --out blended.npz

The training views of the shipped head need not be at hand: its numbers are read out of the pack's graph. Its logit counts 1 - share, that of
the newer head (train_head.py) share. Tokens that the shipped head knows keep its mean and deviation, so that `embedding`, on which people's own
heads stand, stays what it was; the patch probe stays too. A share of 0 with any newer head is the shipped head with more tokens given out.
"""
import argparse
import os

import numpy as np
import onnx
from onnx import numpy_helper

SHIPPED_PICKS = [(6, 0), (7, 0)]  # of packs without `tokens`; later ones name theirs below
TOKEN_PICKS = [(6, 0), (6, 1), (7, 0), (7, 1)]  # order of the output `tokens`: block (from 0), 0 CLS or 1 mean of patches


def read_head(model):
    """Head of a thorough graph, in the form of train_head.py."""
    graph = onnx.load(model).graph
    init = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    constants = {n.output[0]: numpy_helper.to_array(n.attribute[0].t) for n in graph.node if n.op_type == "Constant"}

    def bias_of(output):
        add = next(n for n in graph.node if output in n.output)
        return next(float(constants[i]) for i in add.input if i in constants)

    picks = SHIPPED_PICKS if len(init["mean"]) == len(SHIPPED_PICKS) else TOKEN_PICKS
    return {"picks": np.array(picks), **{k: init[k] for k in ("mean", "std", "weight", "patch_weight")},
            "bias": bias_of("logit"), "patch_block": 5, "patch_bias": bias_of("patches")}


def blend(shipped, newer, share):
    """One head over TOKEN_PICKS whose logit is (1 - share) * shipped + share * newer."""
    width = shipped["mean"].shape[1]
    out = {"picks": np.array(TOKEN_PICKS), "mean": np.zeros((4, width)), "std": np.ones((4, width)), "weight": np.zeros((4, width)),
           "bias": (1 - share) * float(shipped["bias"]) + share * float(newer["bias"])}
    old, new = ({tuple(p): i for i, p in enumerate(np.asarray(h["picks"]).tolist())} for h in (shipped, newer))
    for row, pick in enumerate(TOKEN_PICKS):
        if pick in old or pick in new:
            h, i = (shipped, old[pick]) if pick in old else (newer, new[pick])
            out["mean"][row], out["std"][row] = h["mean"][i], h["std"][i]
        for h, at, s in ((shipped, old, 1 - share), (newer, new, share)):
            if pick in at:
                i = at[pick]
                out["weight"][row] += s * h["weight"][i] / h["std"][i] * out["std"][row]
                out["bias"] += s * float((h["weight"][i] * (out["mean"][row] - h["mean"][i]) / h["std"][i]).sum())
    return {**out, **{k: shipped[k] for k in ("patch_block", "patch_weight", "patch_bias")}}


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--pack", required=True)
    a.add_argument("--head", required=True)
    a.add_argument("--share", type=float, required=True)
    a.add_argument("--out", required=True)
    a = a.parse_args()
    head = blend(read_head(os.path.join(a.pack, "model.onnx")), np.load(a.head), a.share)
    np.savez(a.out, **head)
    print("norms by token", np.linalg.norm(head["weight"], axis=1).round(3))


if __name__ == "__main__":
    main()
