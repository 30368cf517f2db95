"""Streams of training views for the quick network.

`fresh`: random views made on the fly, labels only. `taught`: views on which the frozen CLIP tower was run (extract_features.py), with its
tokens as a second thing to learn. Both endless; a batch mixes them half and half when there are taught views.
"""
import csv
import glob
import os
import time

import numpy as np
import torch

import augment
import sources

VIEW_SCALE = (224, 512)  # shorter side of the whole picture at which a 224 px crop is cut: from the whole to a detail
TARGETS = [(5, 0), (6, 0), (5, 1)]  # (block, kind) of the tokens to imitate; kind 0 CLS, 1 mean of patches
TARGET_WIDTH = 768 * len(TARGETS)


class Fresh(torch.utils.data.IterableDataset):
    """-> (uint8 [3,S,S], fake)"""

    def __init__(self, work, size):
        self.work, self.size = work, size

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng([int(time.time() * 1000), worker.id if worker else 0])
        drawn = 1 << 30
        while True:
            if drawn > 2000:  # pictures that were added meanwhile join
                rows = [r for r in csv.DictReader(open(os.path.join(self.work, "store.csv"))) if r["height"]]
                p = np.array(sources.weights(rows, sources.GAME_WEIGHT))
                order, drawn = rng.choice(len(rows), 2001, p=p / p.sum()), 0
            r = rows[order[drawn]]
            drawn += 1
            try:
                px = np.load(os.path.join(self.work, "store", r["key"] + ".npy"), mmap_mode="r")
                v = augment.view(px, rng, VIEW_SCALE, self.size)
            except (FileNotFoundError, ValueError, OSError):
                continue
            yield torch.from_numpy(v.transpose(2, 0, 1).copy()), float(r["fake"])


class Taught:
    """batch(n) -> uint8 [n,3,224,224], fake [n], tokens fp32 [n, TARGET_WIDTH] standardised and clipped; None before the first chunk."""

    def __init__(self, work, tag, pool=3, seed=0):
        self.work, self.tag, self.size = work, tag, pool
        self.rng = np.random.default_rng(seed)
        self.pool, self.stats, self.left = [], None, 0

    def _load(self):
        files = sorted(glob.glob(os.path.join(self.work, "features", f"{self.tag}-*.npz")))
        if not files:
            return False
        fake = {r["key"]: float(r["fake"]) for r in csv.DictReader(open(os.path.join(self.work, "store.csv"))) if r["height"]}
        self.pool = []
        for i in self.rng.choice(len(files), min(self.size, len(files)), replace=False):
            z = np.load(files[i])
            t = np.concatenate([z["f"][:, b, k] for b, k in TARGETS], 1).astype(np.float32)
            self.pool.append((z["v"], np.array([fake[k] for k in z["key"].tolist()], np.float32), t))
        if self.stats is None:
            t = np.concatenate([p[2] for p in self.pool])
            self.stats = t.mean(0), t.std(0) + 1e-2
        self.pool = [np.concatenate(x) for x in zip(*self.pool, strict=False)]
        self.left = 2 * len(self.pool[1])
        return True

    def batch(self, n):
        if self.left <= 0 and not self._load():
            return None
        self.left -= n
        i = self.rng.choice(len(self.pool[1]), n, replace=False)
        v = self.pool[0][i].transpose(0, 3, 1, 2)
        if self.rng.random() < 0.5:
            v = v[..., ::-1]
        t = np.clip((self.pool[2][i] - self.stats[0]) / self.stats[1], -5, 5)
        return torch.from_numpy(np.ascontiguousarray(v)), torch.from_numpy(self.pool[1][i]), torch.from_numpy(t)
