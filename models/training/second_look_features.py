"""CLIP tokens of native crops, as a second look would take them: of training pictures, or of held-out ones beside their whole view.

usage: second_look_features.py --data DIR --work DIR --clip clip_encoder.int8.onnx [--life mild | --held-out pairs,dev2,dev --condition clean] [--minutes 10] [--part 0 --parts 1]

Training: one crop a picture, drawn as in sources.weights, of pictures with a shorter side of at least MINIMUM. Both classes go through one mild
(or, for counting, coarse) random pipeline (shrinking, JPEG or WebP of good quality, or nothing), made of the surroundings of the crop only; raw files would betray their
class by format and size. Held out: the whole view, the middle and the crops with most detail of native_look.crops. One thread a process;
`--parts` processes side by side. Writes WORK/second/<name>-<part>-<n>.npz: `f` fp16 [k, 4, 768] (held out [k, 1 + CROPS, 4, 768], whole view
first), rows as in the graph's `tokens`; `key`; `gate` [k, 2] (native_look.native_detail); `size` [k, 2]. Goes on where it stopped.
"""
import argparse
import glob
import io
import os
import time
import zlib

import numpy as np
import torch
from PIL import Image

import sources
from clip_encoder import load_tower
from native_look import SIDE, crops, native_detail
from store import decode

MINIMUM = 448  # shorter side of the file, in pixels
CROPS = 2  # the middle and the busiest place
SURROUNDINGS = 576  # side of the part that is shrunk and encoded, in pixels after shrinking
LARGEST = 1600  # shorter side to which larger pictures are often shrunk, as on most sites
KERNELS = [Image.LANCZOS, Image.BICUBIC, Image.BILINEAR, Image.HAMMING, Image.BOX]
GAMES = 1.5
BATCH, CHUNK = 4, 32


def fit(im, longer):
    f = longer / max(im.size)
    return im if f >= 1 else im.resize((max(1, round(im.width * f)), max(1, round(im.height * f))), Image.LANCZOS)


def encoded(im, form, **options):
    b = io.BytesIO()
    im.save(b, form, **options)
    return Image.open(b).convert("RGB")


CONDITIONS = {
    "clean": lambda im: im,
    "mild85": lambda im: encoded(fit(im, 1200), "JPEG", quality=85),
    "mild80": lambda im: encoded(fit(im, 1000), "JPEG", quality=80),
    "web": lambda im: encoded(fit(im, 768), "JPEG", quality=60),
    "hard": lambda im: encoded(fit(im, 512), "JPEG", quality=40),
}


def shrinking(short, rng):
    """Factor by which a site would show a picture of this shorter side."""
    f = float(rng.uniform(0.35, 0.7)) if short > 1800 and rng.random() < 0.5 else 1.0
    if rng.random() < 0.65 and short * f > MINIMUM:
        low = max(MINIMUM, 0.3 * short * f)
        f = float(np.exp(rng.uniform(np.log(low), np.log(max(low, min(short * f, LARGEST)))))) / short
    return min(1.0, f)


def mild_encoding(part, rng):
    """As a site that keeps detail would store it: JPEG or WebP of good quality, or nothing done."""
    k = rng.random()
    if k < 0.6:
        return encoded(part, "JPEG", quality=int(rng.integers(78, 97)), subsampling=int(rng.choice([0, 2, 2])))
    if k < 0.8:
        return encoded(part, "WEBP", quality=int(rng.integers(80, 96)), method=0)
    return part


def coarse_shrinking(size, rng):
    """Factor by which a site of small pictures, or a messenger, would show a picture of this size; the shorter side keeps a crop."""
    f = float(np.exp(rng.uniform(np.log(480), np.log(1100)))) / max(size)
    return min(1.0, max(f, (SIDE + 8) / min(size)))


def coarse_encoding(part, rng):
    if rng.random() < 0.8:
        return encoded(part, "JPEG", quality=int(rng.integers(35, 78)), subsampling=2)
    return encoded(part, "WEBP", quality=int(rng.integers(40, 80)), method=0)


LIVES = {
    "mild": (lambda size, rng: shrinking(min(size), rng), mild_encoding),
    "coarse": (coarse_shrinking, coarse_encoding),
}


def lived_crop(im, life, rng):
    """One crop out of a picture's life on the web -> uint8 [SIDE, SIDE, 3], gate. Half of them the busiest of four places."""
    shrink, encode = LIVES[life]
    f = shrink(im.size, rng)
    w, h = (min(d, int(SURROUNDINGS / f)) for d in im.size)
    best = None
    for _ in range(4 if rng.random() < 0.5 else 1):
        x, y = int(rng.integers(0, im.width - w + 1)), int(rng.integers(0, im.height - h + 1))
        part = im.crop((x, y, x + w, y + h))
        grey = np.asarray(part.convert("L").resize((w // 2, h // 2), Image.BOX), np.int16)
        busy = float(np.minimum(np.abs(np.diff(grey, axis=1)), 40).mean())
        if best is None or busy > best[0]:
            best = busy, part
    part = best[1]
    if f < 0.99:
        part = part.resize((max(SIDE, round(w * f)), max(SIDE, round(h * f))), KERNELS[rng.integers(len(KERNELS))])
    a = np.asarray(encode(part, rng))
    top, left = int(rng.integers(0, a.shape[0] - SIDE + 1)), int(rng.integers(0, a.shape[1] - SIDE + 1))
    view = a[top:top + SIDE, left:left + SIDE]
    return (view[:, ::-1] if rng.random() < 0.5 else view), native_detail(a)


def whole(im):
    """Shorter side to SIDE, middle square: the first look."""
    f = SIDE / min(im.size)
    small = im.resize((max(SIDE, round(im.width * f)), max(SIDE, round(im.height * f))), Image.LANCZOS if f < 1 else Image.BICUBIC)
    top, left = (small.height - SIDE) // 2, (small.width - SIDE) // 2
    return np.asarray(small)[top:top + SIDE, left:left + SIDE]


def large_enough(r):
    try:
        with Image.open(r["file"]) as im:
            return MINIMUM <= min(im.size) and max(im.size) <= 5 * min(im.size) and getattr(im, "n_frames", 1) == 1
    except OSError:
        return False


def looks(r, condition, life):
    """-> views, gate, size of one row; None where there is nothing native to see."""
    im = decode(r["file"])
    if condition is None:
        cut = sources.cut_bottom(r["source"], im.height)
        if cut:
            im = im.crop((0, 0, im.width, im.height - cut))
        view, gate = lived_crop(im, life, np.random.default_rng(zlib.crc32(r["sha256"].encode())))
        return [view], gate, im.size
    im = CONDITIONS[condition](im)
    if min(im.size) < SIDE:
        return None
    a = np.asarray(im)
    native = [a[t:t + SIDE, x:x + SIDE] for t, x in crops(a, CROPS)]
    while len(native) < CROPS:
        native.append(native[-1])
    return [whole(im), *native], native_detail(a), im.size


def tokens(clip):
    """-> run(views) -> fp16 [n, 4, 768], as the graph's `tokens`; bf16 arithmetic, a hundredth of their deviation off."""
    torch.set_num_threads(1)
    tower = load_tower(clip, 8).eval().bfloat16()

    @torch.no_grad()
    def run(views):
        x = torch.from_numpy(np.stack(views).transpose(0, 3, 1, 2).astype(np.float32) / 255).bfloat16()
        parts = [t for block in tower(x)[6:8] for t in (block[:, 0].float(), block[:, 1:].float().mean(1))]
        return torch.stack(parts, 1).numpy().astype(np.float16)
    return run


def write_tokens(rows, a, name, look, run):
    """Writes WORK/second/<name>-<part>-<n>.npz until the minutes are over, and goes on where it stopped. look(r) -> views, gate, size, or None."""
    out = os.path.join(a.work, "second")
    os.makedirs(out, exist_ok=True)
    files = glob.glob(os.path.join(out, f"{name}-*.npz"))
    done, n = {k for f in files for k in np.load(f)["key"].tolist()}, len(files)
    end, kept = time.time() + 60 * a.minutes, []

    def keep():
        nonlocal n
        if not kept:
            return
        key, views, gate, size = zip(*kept, strict=True)
        flat = [v for vs in views for v in vs]
        f = np.concatenate([run(flat[i:i + BATCH]) for i in range(0, len(flat), BATCH)])
        f = f if len(flat) == len(key) else f.reshape(len(key), -1, 4, 768)
        np.savez(os.path.join(out, f"{name}-{a.part}-{n:05d}.npz"), f=f, key=np.array(key), gate=np.array(gate, np.float32), size=np.array(size))
        n += a.parts
        kept.clear()

    for r in rows[a.part::a.parts]:
        key = r["sha256"][:20]
        if time.time() > end:
            break
        if key in done:
            continue
        try:
            found = look(r)
        except Exception as e:  # a broken file is no reason to stop
            print("skipped", r["file"], e, flush=True)
            continue
        if found:
            kept.append((key, *found))
        if len(kept) == CHUNK:
            keep()
    keep()


def main():
    a = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "work", "clip"):
        a.add_argument(f"--{name}", required=True)
    a.add_argument("--held-out", default="")
    a.add_argument("--condition", choices=CONDITIONS, default="clean")
    a.add_argument("--life", choices=LIVES, default="mild")
    a.add_argument("--minutes", type=float, default=10)
    a.add_argument("--part", type=int, default=0)
    a.add_argument("--parts", type=int, default=1)
    a = a.parse_args()
    rows, condition, name = sources.read_index(a.data), None, "train" if a.life == "mild" else a.life
    rng = np.random.default_rng(3)
    if a.held_out:
        condition, name = a.condition, f"held-{a.condition}"
        rows = [r for r in rows if r["role"] in a.held_out.split(",")]
        rows = [rows[i] for i in rng.permutation(len(rows))]
    else:
        rows = [r for r in sources.trainable(rows) if r["source"] not in sources.GRIDS_2X2 and large_enough(r)]
        p = np.array(sources.weights(rows, GAMES))
        rows = [rows[i] for i in rng.choice(len(rows), len(rows), replace=False, p=p / p.sum())]
    write_tokens(rows, a, name, lambda r: looks(r, condition, a.life), tokens(a.clip))


if __name__ == "__main__":
    main()
