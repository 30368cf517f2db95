"""Caches frozen CLIP features of random views of the stored training pictures, drawn as in training, until stopped.

usage: extract_features.py --work DIR --clip clip_encoder.int8.onnx [--blocks 8] [--threads 1] [--minutes 60] [--tag a] [--hard]

Pictures are drawn class- and source-balanced (sources.weights) with a fresh random view each time; new pictures in WORK/store.csv
join at the next chunk. Writes chunks WORK/features/<tag>-<n>.npz: `f` fp16 [k, blocks, 2, 768] (CLS token, mean of patch tokens after each block), `key`, `scale` (0 whole,
1 closer) and `v`, the views themselves (uint8 [k, 224, 224, 3]), from which the quick network is distilled.
A head can be trained at any time from what is there.
"""
import argparse
import csv
import os
import time

import numpy as np
import torch

import augment
import sources
from clip_encoder import load_tower

VIEW_SCALES = [(224, 288), (288, 512)]  # whole picture, closer look: shorter side in pixels at which 224 are cut


def onnx_session(tower, path, threads):
    """fp32 ONNX graph of the pooled tokens of every block; onnxruntime is a fifth faster than PyTorch here."""
    import onnxruntime as ort

    class Pooled(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.tower = tower

        def forward(self, x):
            return torch.stack([torch.stack([a[:, 0], a[:, 1:].mean(1)], 1) for a in self.tower(x)], 1)

    if not os.path.exists(path):
        torch.onnx.export(Pooled(), (torch.rand(2, 3, 224, 224),), path, opset_version=17, dynamo=False, input_names=["pixels"],
                          output_names=["tokens"], dynamic_axes={"pixels": {0: "n"}, "tokens": {0: "n"}})
    o = ort.SessionOptions()
    o.intra_op_num_threads = threads
    o.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return ort.InferenceSession(path, o, providers=["CPUExecutionProvider"])


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", required=True)
    a.add_argument("--clip", required=True)
    a.add_argument("--blocks", type=int, default=8)
    a.add_argument("--threads", type=int, default=1)
    a.add_argument("--minutes", type=float, default=60)
    a.add_argument("--tag", default="a")
    a.add_argument("--unseen", action="store_true", help="only pictures of which no tag has a view yet")
    a.add_argument("--hard", action="store_true", help="small copies, strongly compressed, mostly twice (augment.make_hard)")
    a = a.parse_args()
    if a.hard:
        augment.make_hard()
    out = os.path.join(a.work, "features")
    os.makedirs(out, exist_ok=True)
    run = onnx_session(load_tower(a.clip, a.blocks), os.path.join(a.work, f"clip{a.blocks}.onnx"), a.threads)
    rng = np.random.default_rng(int(time.time()))
    seen = {k for f in os.listdir(out) for k in np.load(os.path.join(out, f))["key"].tolist()} if a.unseen else set()
    end, t, n = time.time() + 60 * a.minutes, time.time(), 0
    chunk = len([f for f in os.listdir(out) if f.startswith(a.tag + "-")])
    while time.time() < end:
        rows = [r for r in csv.DictReader(open(os.path.join(a.work, "store.csv"))) if r["height"] and r["key"] not in seen]
        if not rows:
            break
        p = np.array(sources.weights(rows))
        todo = [rows[i]["key"] for i in rng.choice(len(rows), min(256, len(rows)), replace=False, p=p / p.sum())]
        feats, used, scales, views = [], [], [], []
        for i in range(0, len(todo), 8):
            batch, kept = [], []
            for k in todo[i:i + 8]:
                try:
                    px = np.load(os.path.join(a.work, "store", k + ".npy"), mmap_mode="r")
                except (FileNotFoundError, ValueError):
                    continue
                v = int(rng.random() < 0.4)
                batch.append(augment.view(px, rng, VIEW_SCALES[v], 224))
                kept.append((k, v))
            if not batch:
                continue
            x = np.stack(batch).transpose(0, 3, 1, 2).astype(np.float32) / 255
            feats.append(run.run(None, {"pixels": x})[0].astype(np.float16))
            used += [k for k, _ in kept]
            scales += [v for _, v in kept]
            views += batch
        np.savez(os.path.join(out, f"{a.tag}-{chunk:05d}.npz"), f=np.concatenate(feats), key=np.array(used), scale=np.array(scales, np.int8), v=np.stack(views))
        seen.update(used if a.unseen else [])
        chunk, n = chunk + 1, n + len(used)
        print(f"{len(rows)} pictures, {n} views, {n / (time.time() - t):.2f} a second", flush=True)


if __name__ == "__main__":
    main()
