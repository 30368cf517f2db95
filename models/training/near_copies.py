"""Finds training pictures that are copies, or nearly, of held-out ones: WORK/near-copies.csv, which store.py leaves out.

usage: near_copies.py --data DIR --work DIR [--roles dev,dev2,pairs,eval]

Equal files are found by sha256 (sources.read_index already drops those), the others by a difference hash of 8 x 8 cells and its mirror
image: at most NEAR of 64 bits apart. Hashes are kept in WORK/hashes.csv, so that running it again costs only what is new. Columns of the
result: key of the training picture, key of the held-out one, bits apart.
"""
import argparse
import csv
import os

import numpy as np
from PIL import Image, ImageFile

import sources

ImageFile.LOAD_TRUNCATED_IMAGES = True
Image.MAX_IMAGE_PIXELS = 120_000_000
NEAR = 5  # bits of 64; unlike pictures are 32 apart on average, re-encoded and shrunk copies 0 to 4
FLAT = 6  # a hash with fewer bits of either kind than this says nothing: plain grounds are all alike


def difference_hash(file):
    """-> two uint64: of the picture and of its mirror image; None for a picture that cannot be read."""
    try:
        im = Image.open(file)
        im.draft("L", (128, 128))
        a = np.asarray(im.convert("L").resize((9, 8), Image.LANCZOS), np.int16)
    except Exception:
        return None
    return [int(np.packbits((x[:, 1:] > x[:, :-1]).reshape(-1)).view(">u8")[0]) for x in (a, a[:, ::-1])]


def hashes(rows, table):
    """{key: (hash, mirrored)} of all rows, from the table where it knows them."""
    known = {}
    if os.path.exists(table):
        known = {r[0]: (int(r[1]), int(r[2])) for r in csv.reader(open(table))}
    with open(table, "a", newline="") as f:
        w = csv.writer(f, lineterminator="\n")
        for r in rows:
            key = r["sha256"][:20]
            if key not in known and (h := difference_hash(r["file"])):
                known[key] = tuple(h)
                w.writerow([key, *h])
    return known


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--data", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--roles", default="dev,dev2,pairs,eval")
    a = a.parse_args()
    rows = sources.read_index(a.data)
    held, taught = [r for r in rows if r["role"] in a.roles.split(",")], sources.trainable(rows)
    known = hashes(held + taught, os.path.join(a.work, "hashes.csv"))
    telling = [r["sha256"][:20] for r in held if r["sha256"][:20] in known and FLAT <= known[r["sha256"][:20]][0].bit_count() <= 64 - FLAT]
    theirs = np.array([known[k][0] for k in telling], np.uint64)
    found = []
    for r in taught:
        key = r["sha256"][:20]
        if key not in known or not len(theirs):
            continue
        apart = np.minimum(*(np.bitwise_count(theirs ^ np.uint64(h)) for h in known[key]))
        if apart.min() <= NEAR:
            found.append((key, telling[int(apart.argmin())], int(apart.min())))
    with open(os.path.join(a.work, "near-copies.csv"), "w", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows(found)
    print(f"{len(found)} of {len(taught)} training pictures lie near one of {len(held)} held-out ones")


if __name__ == "__main__":
    main()
