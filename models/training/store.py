"""Decodes every picture once into raw RGB files, so that epochs read pixels instead of decoding.

usage: store.py --data DIR --work DIR [--roles train] [--jobs 1]

Writes WORK/store/<key>.npy (uint8 [h, w, 3], shorter side at most 640) and appends WORK/store.csv
(key, file, label, fake, source, linked_group, role, generator, width, height: original size). Runs again for what is new.
Visible marks are cut off and 2x2 grids are cut into quadrants here; what near_copies.py names is left out. Only roles `train` and `distil` belong in the store.
"""
import argparse
import csv
import os
import random
import time

import numpy as np
from PIL import Image, ImageFile, ImageOps

import sources

ImageFile.LOAD_TRUNCATED_IMAGES = True
Image.MAX_IMAGE_PIXELS = 120_000_000
SHORT = 640
KERNELS = [Image.LANCZOS, Image.LANCZOS, Image.BICUBIC, Image.BILINEAR, Image.BOX]  # how sites shrink pictures
FIELDS = ["key", "file", "label", "fake", "source", "linked_group", "role", "generator", "width", "height"]


def decode(file, draft=None):
    """First frame, EXIF orientation, white behind transparency -> PIL RGB."""
    im = Image.open(file)
    if draft and im.format == "JPEG":
        im.draft("RGB", (draft, draft))
    im = ImageOps.exif_transpose(im)
    if im.mode in ("RGBA", "LA", "PA") or "transparency" in im.info:
        im = im.convert("RGBA")
        flat = Image.new("RGBA", im.size, "white")
        flat.alpha_composite(im)
        im = flat
    return im.convert("RGB")


def shrink(im, short=SHORT, kernel=Image.LANCZOS):
    f = short / min(im.size)
    return im if f >= 1 else im.resize((round(im.width * f), round(im.height * f)), kernel)


def pieces(row):
    """-> [(suffix, PIL)] of one row after cutting marks and grids; pictures under 200 px are left out."""
    im = decode(row["file"], draft=2 * SHORT)
    w, h = im.size
    if row["source"] in sources.GRIDS_2X2:
        a, b = w // 2, h // 2
        return [(f"q{k}", im.crop((x * a, y * b, x * a + a, y * b + b))) for k, (x, y) in enumerate([(0, 0), (1, 0), (0, 1), (1, 1)])]
    cut = sources.cut_bottom(row["source"], h)
    return [("", im.crop((0, 0, w, h - cut)) if cut else im)]


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--data", required=True)
    a.add_argument("--work", required=True)
    a = a.parse_args()
    os.makedirs(os.path.join(a.work, "store"), exist_ok=True)
    table = os.path.join(a.work, "store.csv")
    done = set()
    if os.path.exists(table):
        done = {r["file"] for r in csv.DictReader(open(table))}
    near = os.path.join(a.work, "near-copies.csv")
    copies = {r[0] for r in csv.reader(open(near))} if os.path.exists(near) else set()
    rows = [r for r in sources.trainable(sources.read_index(a.data)) if r["file"] not in done and r["sha256"][:20] not in copies]
    random.Random(len(done)).shuffle(rows)
    out = open(table, "a", newline="")
    w = csv.DictWriter(out, FIELDS, lineterminator="\n", extrasaction="ignore")
    if not done:
        w.writeheader()
    t, bad = time.time(), 0
    for i, r in enumerate(rows):
        try:
            for suffix, im in pieces(r):
                if min(im.size) < 200 or max(im.size) > 6 * min(im.size):
                    continue
                r["width"], r["height"] = im.size
                r["key"] = r["sha256"][:20] + suffix
                small = shrink(im, SHORT, random.choice(KERNELS))
                long_side = 2 * SHORT  # panoramas and page scrolls: the middle is enough
                x, y = max(0, (small.width - long_side) // 2), max(0, (small.height - long_side) // 2)
                small = small.crop((x, y, small.width - x, small.height - y))
                np.save(os.path.join(a.work, "store", r["key"] + ".npy"), np.asarray(small))
                w.writerow(r)
        except Exception as e:  # a broken file is no reason to stop
            bad += 1
            print("skipped", r["file"], e, flush=True)
        if i % 500 == 0:
            out.flush()
            print(f"{i}/{len(rows)} {time.time() - t:.0f} s, {bad} broken", flush=True)
    out.close()
    print("done", len(rows))


if __name__ == "__main__":
    main()
