"""Runs a pack's graph over held-out views prepared by sharp. Writes one row a picture and condition.

usage: score_pack.py --work DIR --onnx model.onnx --out scores.csv [--conditions clean,web,hard,screenshot,double] [--views 224]

`--views 224,448c`: the whole picture at shorter side 224, and the centre 224 px of the picture at shorter side 448; logits are averaged.
"""
import argparse
import csv
import os

import numpy as np

FIELDS = ["key", "path", "role", "label", "fake", "generator", "source", "linked_group", "condition", "logit"]


def load_view(work, condition, key, view):
    side = int(view[:3])
    v = np.fromfile(os.path.join(work, "sharp", condition, f"{key}.{side}"), np.uint8).reshape(side, side, 3)
    c = (side - 224) // 2
    return v[c:c + 224, c:c + 224]


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", required=True)
    a.add_argument("--onnx", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--conditions", default="clean,web,hard,screenshot,double")
    a.add_argument("--views", default="224")
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--role", help="only this role")
    a = a.parse_args()
    import onnxruntime as ort
    o = ort.SessionOptions()
    o.intra_op_num_threads = a.threads
    o.add_session_config_entry("session.intra_op.allow_spinning", "0")
    run = ort.InferenceSession(a.onnx, o, providers=["CPUExecutionProvider"])
    rows = list(csv.DictReader(open(os.path.join(a.work, "eval.csv"))))
    rows = [r for r in rows if not a.role or r["role"] == a.role]
    with open(a.out, "w", newline="") as f:
        w = csv.DictWriter(f, FIELDS, lineterminator="\n", extrasaction="ignore")
        w.writeheader()
        for c in a.conditions.split(","):
            rs = [r for r in rows if os.path.exists(os.path.join(a.work, "sharp", c, r["key"] + ".224"))]
            for i in range(0, len(rs), 16):
                part, s = rs[i:i + 16], 0
                for v in a.views.split(","):
                    x = np.stack([load_view(a.work, c, r["key"], v) for r in part]).transpose(0, 3, 1, 2).astype(np.float32) / 255
                    s = s + run.run(["logit"], {"pixels": x})[0].reshape(-1) / len(a.views.split(","))
                for r, logit in zip(part, s, strict=True):
                    w.writerow({**r, "condition": c, "logit": f"{float(logit):.5f}"})
            print(c, len(rs), flush=True)


if __name__ == "__main__":
    main()
