"""What the thorough pack's tower sees in faces that do not teach: those of counted real pictures, and of the lists of manipulated ones.

usage: face_features.py --work WORK --onnx model.onnx --part real|eval [--smallest 128] [--kind press] [--slice 0/2]

Reads pictures.tsv (role real) with boxes.jsonl, or eval.jsonl (face_frames.py), which says where the faces are. Views are the product's (face_views.view_of).
Writes WORK/features/<part>-*.npz: tokens float16 [n, 4, 768], and about: JSON lines with key, source, kind, group, label, face (shorter side, pixels).
"""
import argparse
import csv
import json
import os
import time

import numpy as np
from PIL import Image, ImageOps

from face_views import MARGIN, open_tower, view_of

FACES, SAVED_EVERY = 8, 25  # faces of one picture, largest first; faces
LISTED_ROOM, LISTED_LARGEST = 2.0, 640  # of the squares in the lists: longer sides of the box, pixels at most
TALLER = 1.27  # of faces in the lists, longer side over shorter side, where only the shorter is known


def boxes_of(file):
    return {f["key"]: [[b["left"], b["top"], b["right"], b["bottom"]] for b in f["faces"]] for f in map(json.loads, open(file))}


def shorter(box):
    return min(box[2] - box[0], box[3] - box[1])


def real_faces(work, smallest):
    """Yields (file, box, about) of the real pictures that are only counted."""
    boxes = boxes_of(os.path.join(work, "boxes.jsonl"))
    for r in csv.DictReader(open(os.path.join(work, "pictures.tsv")), delimiter="\t"):
        large = [b for b in boxes.get(r["key"], []) if shorter(b) >= smallest] if r["role"] == "real" else []
        for box in sorted(large, key=shorter, reverse=True)[:FACES]:
            yield r["file"], box, {"key": r["key"], "source": r["source"], "kind": r["kind"], "group": r["linked_group"], "label": "real"}


def listed_faces(work, _):
    """Yields (file, box, about) of the lists, each face where its list says."""
    files = {r["key"]: r["file"] for r in csv.DictReader(open(os.path.join(work, "eval.tsv")), delimiter="\t")}
    for r in map(json.loads, open(os.path.join(work, "eval.jsonl"))):
        with Image.open(files[r["key"]]) as im:
            x, y = r["cx"] * im.width, r["cy"] * im.height
        # `side` is that of the square of twice the longer side, cut off at 640 pixels.
        w, h = r["face"] / 2, (r["side"] / LISTED_ROOM if r["side"] < LISTED_LARGEST else r["face"] * TALLER) / 2
        about = {"key": r["key"], "source": r["source"], "kind": r["kind"], "group": r["repo"], "label": r["label"], "file": r["file"], "t": r["t"]}
        yield files[r["key"]], [x - w, y - h, x + w, y + h], about


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", required=True)
    a.add_argument("--onnx", required=True)
    a.add_argument("--part", required=True, choices=("real", "eval"))
    a.add_argument("--smallest", type=int, default=128)
    a.add_argument("--slice", default="0/1", help="i/n: every n-th face from the i-th on, to share the work")
    a.add_argument("--skip", type=int, default=0, help="faces of the slice that another run sees")
    a.add_argument("--kind", help="of real pictures: only this one")
    a = a.parse_args()
    first, step = map(int, a.slice.split("/"))
    tower, start = open_tower(a.onnx), time.time()
    jobs = [j for j in (real_faces if a.part == "real" else listed_faces)(a.work, a.smallest) if a.kind in (None, j[2]["kind"])][first::step][a.skip:]
    out = os.path.join(a.work, "features", "-".join([a.part, *([a.kind] if a.kind else []), str(first), *([str(a.skip)] if a.skip else [])]) + ".npz")
    tokens, about, opened = [], [], (None, None)
    for n, (file, box, row) in enumerate(jobs, 1):
        if opened[0] != file:
            opened = file, np.asarray(ImageOps.exif_transpose(Image.open(file)).convert("RGB"))
        tokens.append(tower(view_of(opened[1], box, MARGIN)[None])[0].astype(np.float16))
        about.append(json.dumps({**row, "face": round(float(shorter(box)), 1)}))
        if n % SAVED_EVERY == 0 or n == len(jobs):
            np.savez(out, tokens=np.stack(tokens), about=np.array(about))
            print(n, "of", len(jobs), f"{time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
