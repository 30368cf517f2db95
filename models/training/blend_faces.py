"""Faces that look pasted, made of real ones: of the face itself, of another person's, or of itself through a small autoencoder.

After "Detecting Deepfakes with Self-Blended Images" (Shiohara and Yamasaki, CVPR 2022), written anew. Pictures are uint8 [h, w, 3] RGB, meshes
float32 [468, 2] (face_mesh.py), masks float32 [h, w] in 0..1. Every function draws from `rng` alone (numpy Generator) and returns
(blended, untouched, mask), where `untouched` is the picture around the paste, changed as the blended one is outside the mask.
"""
import io

import cv2
import numpy as np
from PIL import Image

OVAL = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234,
        127, 162, 21, 54, 103, 67, 109]
BROWS = [70, 63, 105, 66, 107, 336, 296, 334, 293, 300]
JAW = [454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234]
LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185]
EYES = [33, 133, 362, 263, 159, 145, 386, 374]
NOSE = [6, 197, 195, 5, 4, 1]
LOWER = [98, 97, 2, 326, 327, 50, 280, 205, 425, 377, 152, 148, 400, 378, 149, 150, 379, 136, 365]
BRIDGE = 168
REGIONS = {"oval": OVAL, "below-brows": JAW + BROWS, "inner": EYES + LIPS + NOSE + BROWS, "lower": LOWER}
BLUR = (0.008, 0.015, 0.03, 0.05, 0.08)  # of a mask's edge, in widths of the face
GENERATOR_SIDE = (64, 200)  # pixels that a face generator gives a face
BROKEN = 20  # mean difference, in levels, from which on a patch is no face any more
KERNELS = [cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC]


def region(mesh, shape, rng, names):
    """Mask of one of the named parts of a face; `wide` reaches over its outline."""
    name = names[rng.integers(len(names))]
    points = mesh[OVAL if name == "wide" else REGIONS[name]]
    if name == "wide":
        points = mesh[BRIDGE] + (points - mesh[BRIDGE]) * np.array([1.06, 1.12], np.float32)
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillConvexPoly(mask, cv2.convexHull(points.astype(np.float32)).astype(np.int32), 255)
    return mask.astype(np.float32) / 255


def width_of(mesh):
    return float(max(np.ptp(mesh[:, 0]), 0.75 * np.ptp(mesh[:, 1])))


def bent(shape, side, rng):
    """Maps for cv2.remap that bend a picture smoothly by up to 3.5 % of `side`."""
    h, w = shape[:2]
    reach = rng.uniform(0, 0.035) * side
    x, y = np.meshgrid(np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32))
    for axis in (x, y):
        d = cv2.GaussianBlur(rng.random((h, w), np.float32) * 2 - 1, (0, 0), side * 0.06)
        axis += d * reach / (np.abs(d).max() + 1e-6)
    return x, y


def softened(mask, face, rng):
    s = face * rng.choice(BLUR)
    mask = cv2.GaussianBlur(mask, (0, 0), max(0.6, s))
    if rng.random() < 0.5:
        low = rng.uniform(0, 0.3)
        mask = cv2.GaussianBlur(np.clip((mask - low) / (1 - rng.uniform(0.3, 0.6)), 0, 1).astype(np.float32), (0, 0), max(0.6, 0.6 * s))
    return mask * rng.choice([0.5, 0.75, 1, 1, 1, 1])


def recoloured(picture, rng, strength=1.0):
    f = picture.astype(np.float32)
    if rng.random() < 0.5:
        f += rng.uniform(-16, 16, 3).astype(np.float32) * strength
    if rng.random() < 0.6:
        hsv = cv2.cvtColor(np.clip(f, 0, 255).astype(np.uint8), cv2.COLOR_RGB2HSV).astype(np.float32)
        hsv[..., 0] = (hsv[..., 0] + rng.uniform(-8, 8) * strength) % 180
        hsv[..., 1] *= 1 + rng.uniform(-0.3, 0.3) * strength
        hsv[..., 2] *= 1 + rng.uniform(-0.2, 0.2) * strength
        f = cv2.cvtColor(np.clip(hsv, 0, 255).astype(np.uint8), cv2.COLOR_HSV2RGB).astype(np.float32)
    if rng.random() < 0.5:
        f = (f - f.mean()) * (1 + rng.uniform(-0.15, 0.15) * strength) + f.mean() + rng.uniform(-12, 12) * strength
    return np.clip(f, 0, 255).astype(np.uint8)


def through_jpeg(picture, quality, rng):
    b = io.BytesIO()
    Image.fromarray(picture).save(b, "JPEG", quality=int(quality), subsampling=int(rng.choice([0, 2, 2])))
    return np.array(Image.open(b).convert("RGB"))


def through_size(picture, factor, rng):
    h, w = picture.shape[:2]
    small = cv2.resize(picture, (max(8, int(w * factor)), max(8, int(h * factor))), interpolation=int(rng.choice(KERNELS)))
    return cv2.resize(small, (w, h), interpolation=int(rng.choice([cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4])))


def resharpened(picture, face, rng):
    """Another sharpness: as a generator of few pixels leaves, blurred, sharpened, or compressed."""
    k = rng.random()
    if k < 0.45:
        factor = rng.uniform(*GENERATOR_SIDE) / face
        return through_size(picture, factor, rng) if factor < 1 else cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.2))
    if k < 0.65:
        return cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 1.6))
    if k < 0.8:
        soft = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.8, 2)).astype(np.float32)
        return np.clip(2 * picture.astype(np.float32) - soft, 0, 255).astype(np.uint8)
    if k < 0.9:
        return through_jpeg(picture, rng.integers(30, 81), rng)
    return cv2.bilateralFilter(picture, 5, rng.uniform(20, 60), rng.uniform(2, 5))


def mixed(inside, outside, mask):
    m = mask[..., None]
    return np.clip(inside * m + outside * (1 - m), 0, 255).astype(np.uint8)


def self_blend(picture, mesh, rng):
    """The face pasted onto itself, slightly moved, with another colour or sharpness than its surroundings."""
    face, (h, w) = width_of(mesh), picture.shape[:2]
    mask = region(mesh, picture.shape, rng, ["oval", "oval", "below-brows", "below-brows", "below-brows", "inner", "lower", "lower", "wide"])
    inside, outside = picture, picture
    if rng.random() < 0.5:
        inside = recoloured(inside, rng)
    else:
        outside = recoloured(outside, rng)
    k = rng.random()
    if k < 0.56:
        inside = resharpened(inside, face, rng)
    elif k < 0.75:
        outside = resharpened(outside, face, rng)
    middle = mesh.mean(0)
    move = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), rng.uniform(-3, 3), rng.uniform(0.95, 1 / 0.95))
    move[:, 2] += rng.uniform(-0.03, 0.03, 2) * face
    inside = cv2.warpAffine(inside, move, (w, h), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    if rng.random() < 0.5:
        mask = cv2.warpAffine(mask, move, (w, h))
    x, y = bent(picture.shape, face, rng)
    mask = cv2.remap(mask, x, y, cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        inside = cv2.remap(inside, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    mask = softened(mask, face, rng)
    return mixed(inside, outside, mask), outside, mask


def matched_colours(picture, target, where):
    """Mean and spread of each Lab channel as in `target`, both counted where `where` is true."""
    a, b = (cv2.cvtColor(p, cv2.COLOR_RGB2LAB).astype(np.float32) for p in (picture, target))
    for c in range(3):
        s = np.clip((b[..., c][where].std() + 1e-3) / (a[..., c][where].std() + 1e-3), 0.5, 2)
        a[..., c] = (a[..., c] - a[..., c][where].mean()) * s + b[..., c][where].mean()
    return cv2.cvtColor(np.clip(a, 0, 255).astype(np.uint8), cv2.COLOR_LAB2RGB)


def cross_blend(picture, mesh, other, other_mesh, rng):
    """Another person's face, moved by its mesh and pasted: what graphics programs do. None where the meshes do not fit."""
    face, (h, w) = width_of(mesh), picture.shape[:2]
    move, _ = cv2.estimateAffinePartial2D(other_mesh, mesh, method=cv2.LMEDS)
    if move is None:
        return None
    inside = cv2.warpAffine(other, move, (w, h), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REFLECT_101)
    if rng.random() < 0.6:
        inside = resharpened(inside, face, rng)
    moved = other_mesh @ move[:, :2].T.astype(np.float32) + move[:, 2].astype(np.float32)
    mask = region(mesh if rng.random() < 0.5 else moved, picture.shape, rng, ["oval", "below-brows", "below-brows", "inner", "lower"])
    if (mask > 0.5).sum() < 50:
        return None
    if rng.random() < 0.85:
        inside = matched_colours(inside, picture, mask > 0.5)
    x, y = bent(picture.shape, face, rng)
    mask = softened(cv2.remap(mask, x, y, cv2.INTER_LINEAR), face, rng)
    return mixed(inside, picture, mask), picture, mask


class Autoencoder:
    """TAEF2 of github.com/madebyollin/taesd (MIT): folder with taesd.py, taef2_encoder.pth and taef2_decoder.pth."""

    def __init__(self, folder):
        import importlib.util
        import os

        import torch
        spec = importlib.util.spec_from_file_location("taesd", os.path.join(folder, "taesd.py"))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        torch.set_num_threads(1)
        self.torch = torch
        self.net = module.TAESD(os.path.join(folder, "taef2_encoder.pth"), os.path.join(folder, "taef2_decoder.pth")).eval()

    def _drawn(self, latents):
        return (self.net.decoder(latents).clamp(0, 1)[0].permute(1, 2, 0).numpy() * 255).astype(np.uint8)

    def __call__(self, patch, rng):
        """A square patch through the autoencoder at a generator's resolution, with noise on its latents."""
        torch = self.torch
        side = int(rng.choice([128, 128, 160, 192, 224]))
        x = cv2.resize(patch, (side, side), interpolation=cv2.INTER_AREA if patch.shape[0] > side else cv2.INTER_CUBIC)
        noise = float(rng.choice([0, 0.1, 0.2, 0.35]))
        with torch.inference_mode():
            z = self.net.encoder(torch.from_numpy(x.transpose(2, 0, 1)[None].astype(np.float32) / 255))
            spread = torch.from_numpy(rng.standard_normal(z.shape, np.float32)) * z.std()
            y = self._drawn(z + noise * spread)
            if np.abs(y.astype(int) - x).mean() > BROKEN:  # noise can throw the decoder off into a pattern
                y = self._drawn(z)
        return cv2.resize(y, patch.shape[1::-1], interpolation=int(rng.choice(KERNELS)))


def neural_blend(picture, mesh, autoencoder, rng):
    """The face as a neural network draws it again, blended back."""
    face, (h, w) = width_of(mesh), picture.shape[:2]
    middle = (mesh.min(0) + mesh.max(0)) / 2
    r = np.ptp(mesh, 0).max() * rng.uniform(0.55, 0.75)
    x0, y0 = max(0, int(middle[0] - r)), max(0, int(middle[1] - r))
    side = min(min(w, int(middle[0] + r)) - x0, min(h, int(middle[1] + r)) - y0)
    inside = picture.copy()
    inside[y0:y0 + side, x0:x0 + side] = autoencoder(inside[y0:y0 + side, x0:x0 + side], rng)
    if rng.random() < 0.4:
        inside = recoloured(inside, rng, 0.5)
    mask = region(mesh, picture.shape, rng, ["oval", "below-brows", "below-brows", "wide", "lower", "inner"])
    x, y = bent(picture.shape, face, rng)
    mask = cv2.GaussianBlur(cv2.remap(mask, x, y, cv2.INTER_LINEAR), (0, 0), max(0.6, face * rng.choice([0.01, 0.02, 0.04, 0.07])))
    return mixed(inside, picture, mask), picture, mask
