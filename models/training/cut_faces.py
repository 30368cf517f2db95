"""Cuts the faces that teach out of their pictures, with room around them and their mesh.

usage: cut_faces.py --work WORK --mesh face_landmark.tflite [--role train]

Reads pictures.tsv (collect_faces.py) and boxes.jsonl (find_faces.mjs). A face of at least 128 px (shorter side of its box) becomes
WORK/crops/<key>-<i>.png, the square of twice its longer side cut at the picture's edges, at most 640 px, and a line of crops.jsonl: source,
linked_group, kind, box and grey, and WORK/crops/<key>-<i>.npy with the mesh, all in pixels of the crop. Faces whose mesh does not lie in their box are left out.
"""
import argparse
import csv
import json
import os

import numpy as np
from PIL import Image, ImageOps

from face_mesh import FaceMesh

SMALLEST, ROOM, LARGEST = 128, 2.0, 640  # face in pixels, square in longer sides of the box, crop in pixels
FACES = 4  # of one picture


def square_about(box, factor):
    """-> left, top, right, bottom (floats) of the square about the middle of a box, `factor` times its longer side."""
    half = factor * max(box[2] - box[0], box[3] - box[1]) / 2
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return x - half, y - half, x + half, y + half


def fits(mesh, box):
    """Whether the middle of the mesh lies near the middle of the box and has about its size."""
    side = max(box[2] - box[0], box[3] - box[1])
    off = np.abs((mesh.min(0) + mesh.max(0)) / 2 - [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]).max()
    return off < 0.25 * side and 0.5 < np.ptp(mesh, 0).max() / side < 1.4


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", required=True)
    a.add_argument("--mesh", required=True)
    a.add_argument("--role", default="train")
    a = a.parse_args()
    mesh_of, out = FaceMesh(a.mesh), os.path.join(a.work, "crops")
    os.makedirs(out, exist_ok=True)
    rows = {r["key"]: r for r in csv.DictReader(open(os.path.join(a.work, "pictures.tsv")), delimiter="\t") if r["role"] == a.role}
    index = os.path.join(a.work, "crops.jsonl")
    done = {json.loads(line)["key"] for line in open(index)} if os.path.exists(index) else set()
    with open(index, "a") as f:
        for line in open(os.path.join(a.work, "boxes.jsonl")):
            found = json.loads(line)
            r = rows.get(found["key"])
            boxes = [[b["left"], b["top"], b["right"], b["bottom"]] for b in found["faces"]]
            boxes = [b for b in boxes if min(b[2] - b[0], b[3] - b[1]) >= SMALLEST][:FACES]
            if not r or not boxes or found["key"] in done:
                continue
            picture = ImageOps.exif_transpose(Image.open(r["file"])).convert("RGB")
            for i, box in enumerate(boxes):
                left, top, right, bottom = (round(v) for v in square_about(box, ROOM))
                left, top, right, bottom = max(0, left), max(0, top), min(picture.width, right), min(picture.height, bottom)
                crop = picture.crop((left, top, right, bottom))
                k = min(1.0, LARGEST / max(crop.size))
                if k < 1:
                    crop = crop.resize((round(crop.width * k), round(crop.height * k)), Image.LANCZOS)
                own = [k * (box[0] - left), k * (box[1] - top), k * (box[2] - left), k * (box[3] - top)]
                pixels = np.asarray(crop)
                mesh = mesh_of(pixels, own)
                if not fits(mesh, own):
                    continue
                name = f"{found['key']}-{i}"
                crop.save(os.path.join(out, name + ".png"), compress_level=2)
                np.save(os.path.join(out, name + ".npy"), mesh)
                grey = bool(np.abs(pixels.astype(int) - pixels.mean(2, keepdims=True)).mean() < 3)
                row = {"crop": name, "key": found["key"], "source": r["source"], "linked_group": r["linked_group"], "kind": r["kind"],
                       "box": [round(v, 1) for v in own], "grey": grey}
                f.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
