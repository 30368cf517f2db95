"""Averages the weights of two quick networks that share their start (a "model soup", Wortsman et al. 2022).

usage: average_weights.py A.pt B.pt OUT.pt [--share 0.5]

`--share` is B's part. Running statistics of the norms are averaged with the weights; counters stay A's.
"""
import argparse

import torch


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("a")
    p.add_argument("b")
    p.add_argument("out")
    p.add_argument("--share", type=float, default=0.5)
    o = p.parse_args()
    a, b = (torch.load(f, map_location="cpu") for f in (o.a, o.b))
    if a.keys() != b.keys():
        raise SystemExit(f"{o.a} and {o.b} are not the same network")
    torch.save({k: torch.lerp(v, b[k], o.share) if v.is_floating_point() else v for k, v in a.items()}, o.out)


if __name__ == "__main__":
    main()
