"""The random life of a picture on the web, the same for both classes.

view(pixels, rng, scale, size) -> uint8 [size, size, 3]: a random crop of the picture as the product would see it after it was
resized, re-encoded, captured or blurred somewhere. All sizes are shorter sides of the whole picture in pixels.
"""
import io

import numpy as np
from PIL import Image, ImageFilter

RESIZERS = [Image.LANCZOS, Image.BICUBIC, Image.BILINEAR, Image.HAMMING, Image.BOX]
PUBLISHED = (200, 480)  # almost every picture of either class is at least this large, so size tells nothing


def encode(im, rng, low=30, high=95):
    """One lossy round trip: JPEG (mostly), WebP, AVIF."""
    b, k = io.BytesIO(), rng.random()
    if k < 0.80:
        im.save(b, "JPEG", quality=int(rng.integers(low, high + 1)), subsampling=int(rng.choice([0, 2, 2])))
    elif k < 0.97:
        im.save(b, "WEBP", quality=int(rng.integers(low, high + 1)), method=1)
    else:
        im.save(b, "AVIF", quality=int(rng.integers(low, high + 1)), speed=10)
    return Image.open(b).convert("RGB")


def publish(im, rng, factor):
    """Resize by `factor` (kernels as sites use them), then encode once or twice, with slight blur or noise at times."""
    w, h = max(24, round(im.width * factor)), max(24, round(im.height * factor))
    im = im.resize((w, h), RESIZERS[rng.integers(len(RESIZERS))])
    if rng.random() < 0.08:
        im = im.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.3, 1.0))))
    if rng.random() < 0.08:
        im = im.filter(ImageFilter.UnsharpMask(1.2, int(rng.integers(30, 120)), 1))
    if rng.random() < 0.08:
        a = np.asarray(im, np.float32)
        im = Image.fromarray(np.clip(a + rng.normal(0, rng.uniform(1, 6), a.shape), 0, 255).astype(np.uint8))
    k = rng.random()
    if k < 0.80:
        im = encode(im, rng)
    if k < 0.22:  # a second site, or a screenshot of the first (resize without another encoding)
        f = float(rng.uniform(0.75, 1.15))
        im = im.resize((max(24, round(im.width * f)), max(24, round(im.height * f))), RESIZERS[rng.integers(3)])
        if k < 0.16:
            im = encode(im, rng, 40)
    return im


def make_hard():
    """From now on every view is of a small copy (shorter side 240 to 512) with quality 30 to 65, mostly encoded twice."""
    global PUBLISHED, encode, publish
    plain, once = encode, publish
    PUBLISHED = (240, 512)

    def encode(im, rng, low=30, high=95):
        return plain(im, rng, min(low, 40), 65)

    def publish(im, rng, factor):
        im = once(im, rng, factor)
        return encode(im, rng) if rng.random() < 0.6 else im


def view(pixels, rng, scale, size):
    """pixels: uint8 [h, w, 3]; scale: (low, high) shorter side at which the product looks; size: side of the crop."""
    h, w = pixels.shape[:2]
    short = min(h, w)
    s = float(np.exp(rng.uniform(np.log(scale[0]), np.log(scale[1]))))
    side = min(short, int(np.ceil(short * size / s)))  # the crop, in pixels of the stored picture
    aspect = float(np.exp(rng.uniform(-0.06, 0.06)))
    cw, ch = min(w, round(side * aspect)), min(h, round(side / aspect))
    x, y = int(rng.integers(0, w - cw + 1)), int(rng.integers(0, h - ch + 1))
    margin = int(rng.integers(0, 16))
    x0, y0, x1, y1 = max(0, x - margin), max(0, y - margin), min(w, x + cw), min(h, y + ch)
    im = Image.fromarray(np.ascontiguousarray(pixels[y0:y1, x0:x1]))
    if rng.random() < 0.5:
        im = im.transpose(Image.FLIP_LEFT_RIGHT)
    if rng.random() < 0.80:
        p = float(np.exp(rng.uniform(np.log(PUBLISHED[0]), np.log(PUBLISHED[1])))) / short
        im = publish(im, rng, min(p, 1.0))
    elif rng.random() < 0.5:
        im = encode(im, rng, 75)
    im = im.resize((size, size), Image.LANCZOS if im.width >= size else Image.BICUBIC)
    a = np.asarray(im)
    k = rng.random()
    if k < 0.15:  # exposure and colour of another camera or filter
        a = np.clip(a * rng.uniform(0.8, 1.2, (1, 1, 3 if k < 0.07 else 1)) + rng.uniform(-14, 14), 0, 255).astype(np.uint8)
    elif k < 0.19:
        a = np.repeat(a.mean(2, keepdims=True).astype(np.uint8), 3, 2)
    if rng.random() < 0.12:  # hide a corner or a strip, where generators sign
        a = a.copy()
        m, e = int(rng.integers(size // 12, size // 4)), int(rng.integers(0, 256))
        a[-m:, (-2 * m if rng.random() < 0.6 else 0):] = e
    return a
