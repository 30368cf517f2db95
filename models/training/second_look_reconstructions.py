"""CLIP tokens of native crops of real training pictures, put through a generator's tiny autoencoder: aligned fakes for a second look.

usage: second_look_reconstructions.py --data DIR --work DIR --clip clip_encoder.int8.onnx --autoencoder DIR [--minutes 10] [--part 0 --parts 1]

An autoencoder leaves the traces of a generator's decoder and none of its contents, so that a head learns the traces (B-Free, Guillaro et al. 2025,
arXiv:2412.17671). DIR holds `taesd.py`, `taef2_encoder.pth` and `taef2_decoder.pth` of github.com/madebyollin/taesd (MIT; FLUX.2's latents). A picture is
shrunk to a size that generators make, a part goes through the autoencoder, and what comes out lives as in second_look_features.py. Writes
WORK/second/remade-<part>-<n>.npz as that does for training pictures; `key` is that of the real picture. Goes on where it stopped.
"""
import argparse
import os
import sys
import zlib

import numpy as np
import torch
from PIL import Image

import sources
from native_look import SIDE, native_detail
from second_look_features import GAMES, KERNELS, MINIMUM, large_enough, mild_encoding, tokens, write_tokens
from store import decode

GENERATED = (768, 1536)  # shorter sides that generators make, in pixels
LEAST = 0.45  # strongest shrinking afterwards
MARGIN = 32  # px around the crop, so that no edge of the part is seen


def autoencoder(folder):
    """-> remake(uint8 [h, w, 3]) of sides that are multiples of 16 -> uint8 of the same shape."""
    sys.path.insert(0, folder)
    from taesd import TAESD
    torch.set_num_threads(1)
    net = TAESD(os.path.join(folder, "taef2_encoder.pth"), os.path.join(folder, "taef2_decoder.pth")).eval().bfloat16().to(memory_format=torch.channels_last)

    @torch.no_grad()
    def remake(a):
        x = torch.from_numpy(a.transpose(2, 0, 1)[None].copy()).bfloat16().div(255).to(memory_format=torch.channels_last)
        y = net.decoder(net.encoder(x))[0].float().clamp(0, 1)
        return (y * 255).round().byte().numpy().transpose(1, 2, 0)
    return remake


def remade_crop(im, remake, rng):
    """One crop of a picture that went through the autoencoder, then through a mild life -> uint8 [SIDE, SIDE, 3], gate."""
    short = min(im.size)
    first = min(1.0, float(np.exp(rng.uniform(*np.log(GENERATED)))) / short)
    then = 1.0 if rng.random() < 0.35 else max(LEAST, MINIMUM / (short * first), float(rng.uniform(0.45, 1)))
    then = min(1.0, then)
    side = -(-int((SIDE + MARGIN) / then) // 16) * 16
    w, h = (min(d, int(side / first)) for d in im.size)
    x, y = int(rng.integers(0, im.width - w + 1)), int(rng.integers(0, im.height - h + 1))
    part = im.crop((x, y, x + w, y + h)).resize((side, side), KERNELS[rng.integers(len(KERNELS))]) if first < 0.99 else im.crop((x, y, x + side, y + side))
    part = Image.fromarray(remake(np.asarray(part)))
    if then < 0.99:
        new = max(SIDE + 8, round(side * then))
        part = part.resize((new, new), KERNELS[rng.integers(len(KERNELS))])
    a = np.asarray(mild_encoding(part, rng))
    top, left = (int(rng.integers(0, d - SIDE + 1)) for d in a.shape[:2])
    view = a[top:top + SIDE, left:left + SIDE]
    return (view[:, ::-1] if rng.random() < 0.5 else view), native_detail(a)


def main():
    a = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "work", "clip", "autoencoder"):
        a.add_argument(f"--{name}", required=True)
    a.add_argument("--minutes", type=float, default=10)
    a.add_argument("--part", type=int, default=0)
    a.add_argument("--parts", type=int, default=1)
    a = a.parse_args()
    rows = [r for r in sources.trainable(sources.read_index(a.data)) if r["label"] == "real" and large_enough(r)]
    p = np.array(sources.weights(rows, GAMES))
    rows = [rows[i] for i in np.random.default_rng(4).choice(len(rows), len(rows), replace=False, p=p / p.sum())]
    remake = autoencoder(a.autoencoder)

    def look(r):
        im = decode(r["file"])
        view, gate = remade_crop(im, remake, np.random.default_rng(zlib.crc32(r["sha256"][:20].encode()) ^ 1))
        return [view], gate, im.size
    write_tokens(rows, a, "remade", look, tokens(a.clip))


if __name__ == "__main__":
    main()
