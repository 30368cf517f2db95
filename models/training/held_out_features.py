"""Runs the CLIP tower once over prepared held-out views, so that every head can be compared in seconds.

usage: held_out_features.py --work DIR --onnx clip8.onnx [--conditions clean,web,hard] [--threads 1] [--list FILE.tsv]

Views: WORK/sharp/<condition>/<key>.224, raw RGB 224 x 224 made by sharp. Writes WORK/heldout/<condition>-<part>.npz (`f` as in
extract_features.py, `key`) in parts of 128; runs again for what is new.
"""
import argparse
import glob
import os

import numpy as np


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", required=True)
    a.add_argument("--onnx", required=True)
    a.add_argument("--conditions", default="clean,web,hard")
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--list", required=True)
    a.add_argument("--view", default="224")
    a = a.parse_args()
    import onnxruntime as ort
    o = ort.SessionOptions()
    o.intra_op_num_threads = a.threads
    o.add_session_config_entry("session.intra_op.allow_spinning", "0")
    run = ort.InferenceSession(a.onnx, o, providers=["CPUExecutionProvider"])
    out = os.path.join(a.work, "heldout" + ("" if a.view == "224" else a.view))
    os.makedirs(out, exist_ok=True)
    keys = [line.split("\t")[0] for line in open(a.list)]
    for c in a.conditions.split(","):
        done = set()
        parts = glob.glob(os.path.join(out, f"{c}-*.npz"))
        for f in parts:
            done.update(np.load(f)["key"].tolist())
        todo = [k for k in keys if k not in done and os.path.exists(os.path.join(a.work, "sharp", c, k + ".224"))]
        for i in range(0, len(todo), 128):
            part, feats = todo[i:i + 128], []
            for j in range(0, len(part), 8):
                x = []
                for k in part[j:j + 8]:
                    v = np.fromfile(os.path.join(a.work, "sharp", c, k + "." + a.view[:3]), np.uint8).reshape(int(a.view[:3]), int(a.view[:3]), 3)
                    x.append(v if a.view == "224" else v[112:336, 112:336])
                x = np.stack(x).transpose(0, 3, 1, 2).astype(np.float32) / 255
                feats.append(run.run(None, {"pixels": x})[0].astype(np.float16))
            np.savez(os.path.join(out, f"{c}-{len(parts):04d}.npz"), f=np.concatenate(feats), key=np.array(part))
            parts.append(c)
            print(c, i + len(part), len(todo), flush=True)


if __name__ == "__main__":
    main()
