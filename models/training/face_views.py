"""Pairs of views of faces, untouched and blended, and what the thorough pack's tower sees in them.

usage: face_views.py --work WORK --onnx model.onnx --taesd FOLDER --pairs 1000 --seed 1 [--look sheet.png]

Draws a crop of cut_faces.py (every linked group by the square root of its faces), brings its face to a random size, blends it (blend_faces.py) and
sends both through one random life on the web or in a video: the same draws for both. The view is the product's: the square of 1.3 longer
sides of the box, cut at the picture's edges, shorter side to 224, the middle. Writes WORK/features/pairs-<seed>.npz: tokens float16
[n, 2, 4, 768] (untouched, blended), crop, group, blend, life. `--look` draws a sheet of pairs instead.
"""
import argparse
import collections
import io
import json
import os
import time

import av
import cv2
import numpy as np
from PIL import Image

from blend_faces import Autoencoder, cross_blend, neural_blend, recoloured, self_blend, through_jpeg
from cut_faces import square_about

MARGIN, SIDE = 1.3, 224
BLENDS = {"self": 0.45, "cross": 0.20, "neural": 0.35}  # cross-blends alone are worst, neural ones bring reenactment
FACE_SIDES = (90, 320)  # pixels of a face when it is published
VIDEO_SHARE, CRF = 0.5, (20, 38)
LOOKALIKES, OF = 5, 60  # a pasted face is one of the 5 nearest in shape among 60


class Faces:
    def __init__(self, work):
        self.folder = os.path.join(work, "crops")
        self.rows = [json.loads(line) for line in open(os.path.join(work, "crops.jsonl"))]
        self.meshes = [np.load(os.path.join(self.folder, r["crop"] + ".npy")) for r in self.rows]
        size = collections.Counter(r["linked_group"] for r in self.rows)
        w = np.array([size[r["linked_group"]] ** -0.5 * (0.25 if r["grey"] else 1) for r in self.rows])
        self.weights = w / w.sum()
        self.shapes = np.stack([self._shape(m) for m in self.meshes])

    @staticmethod
    def _shape(mesh):
        m = mesh - mesh.mean(0)
        return (m / np.sqrt((m ** 2).mean()))[::6].ravel()

    def load(self, i):
        picture = np.array(Image.open(os.path.join(self.folder, self.rows[i]["crop"] + ".png")).convert("RGB"))
        return picture, self.meshes[i].copy(), np.array(self.rows[i]["box"], np.float32)

    def lookalike(self, i, rng):
        other = rng.choice(len(self.rows), min(OF, len(self.rows)), replace=False)
        other = other[[self.rows[j]["key"] != self.rows[i]["key"] for j in other]]
        nearest = other[np.argsort(((self.shapes[other] - self.shapes[i]) ** 2).sum(1))[:LOOKALIKES]]
        return int(rng.choice(nearest))


def through_webp(picture, quality):
    b = io.BytesIO()
    Image.fromarray(picture).save(b, "WEBP", quality=int(quality), method=1)
    return np.array(Image.open(b).convert("RGB"))


def through_video(picture, rng):
    """A frame of three of an H.264 stream in which the picture moves by a pixel."""
    h, w = picture.shape[0] // 2 * 2, picture.shape[1] // 2 * 2
    still, b = np.ascontiguousarray(picture[:h, :w]), io.BytesIO()
    with av.open(b, "w", format="mp4") as out:
        s = out.add_stream("libx264", rate=25)
        s.width, s.height, s.pix_fmt = w, h, "yuv420p"
        s.options = {"crf": str(int(rng.integers(CRF[0], CRF[1] + 1))), "preset": "veryfast", "threads": "1"}
        for k in (-1, 0, 1):
            out.mux(s.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(np.roll(still, k, 1)), format="rgb24")))
        out.mux(s.encode())
    b.seek(0)
    with av.open(b) as stream:
        frames = [f.to_ndarray(format="rgb24") for f in stream.decode(video=0)]
    return frames[int(rng.integers(len(frames)))]


def lived(picture, rng):
    """-> the picture after it was published, and how: `video` or `web`."""
    if rng.random() < 0.35:
        picture = recoloured(picture, rng, 0.6)
    if rng.random() < 0.15:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 1.0))
    if rng.random() < VIDEO_SHARE:
        return through_video(picture, rng), "video"
    for _ in range(int(rng.choice([1, 1, 2]))):
        quality = rng.choice([rng.integers(30, 61), rng.integers(60, 86), rng.integers(80, 98)])
        k = rng.random()
        if k < 0.85:
            picture = through_jpeg(picture, quality, rng) if k < 0.65 else through_webp(picture, quality)
        if rng.random() < 0.25:
            f = rng.uniform(0.6, 1.3)
            picture = cv2.resize(picture, None, fx=f, fy=f, interpolation=int(rng.choice([cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC])))
    return picture, "web"


def view_of(picture, box, margin=MARGIN):
    """The product's view of a face: uint8 [224, 224, 3]. The box may reach over the picture's edge."""
    # Rounded half up, as in TypeScript.
    left, top, right, bottom = (int(np.floor(v + 0.5)) for v in square_about(box, margin))
    square = picture[max(0, top):max(0, bottom), max(0, left):max(0, right)]
    h, w = square.shape[:2]
    f = SIDE / min(w, h)
    size = (max(1, int(np.floor(w * f + 0.5))), max(1, int(np.floor(h * f + 0.5))))
    whole = np.asarray(Image.fromarray(square).resize(size, Image.LANCZOS if f < 1 else Image.BICUBIC))
    x, y = (size[0] - SIDE) // 2, (size[1] - SIDE) // 2
    return whole[y:y + SIDE, x:x + SIDE]


def pair(faces, autoencoder, rng):
    """-> views (untouched, blended), crop, group, blend, life"""
    i = int(rng.choice(len(faces.rows), p=faces.weights))
    picture, mesh, box = faces.load(i)
    if rng.random() < 0.5:
        picture, w = np.ascontiguousarray(picture[:, ::-1]), picture.shape[1] - 1
        mesh[:, 0], box = w - mesh[:, 0], np.array([w - box[2], box[1], w - box[0], box[3]], np.float32)
    side = min(box[2] - box[0], box[3] - box[1])
    k = float(np.exp(rng.uniform(np.log(FACE_SIDES[0]), np.log(min(FACE_SIDES[1], 1.15 * side))))) / side
    picture = cv2.resize(picture, None, fx=k, fy=k, interpolation=cv2.INTER_AREA if k < 1 else cv2.INTER_CUBIC)
    mesh, box = mesh * np.float32(k), box * np.float32(k)
    blend = str(rng.choice(list(BLENDS), p=list(BLENDS.values())))
    made = None
    if blend == "cross":
        other, other_mesh, _ = faces.load(faces.lookalike(i, rng))
        made = cross_blend(picture, mesh, other, other_mesh, rng)
    elif blend == "neural":
        made = neural_blend(picture, mesh, autoencoder, rng)
    if made is None:
        made, blend = self_blend(picture, mesh, rng), "self"
    blended, untouched, _ = made
    if faces.rows[i]["grey"]:
        blended, untouched = (np.repeat(cv2.cvtColor(p, cv2.COLOR_RGB2GRAY)[..., None], 3, 2) for p in (blended, untouched))
    margin, shift, seed = MARGIN * rng.uniform(0.92, 1.1), rng.uniform(-0.04, 0.04, 2) * side * k, int(rng.integers(2 ** 31))
    views = []
    for p in (untouched, blended):
        p, life = lived(p, np.random.default_rng(seed))
        f = p.shape[0] / untouched.shape[0]
        views.append(view_of(p, (box + np.tile(shift, 2)) * f, margin))
    return np.stack(views), faces.rows[i]["crop"], faces.rows[i]["linked_group"], blend, life


def open_tower(onnx):
    """-> function uint8 [n, 224, 224, 3] -> tokens float32 [n, 4, 768]"""
    import onnxruntime as ort
    o = ort.SessionOptions()
    o.intra_op_num_threads = 1
    s = ort.InferenceSession(onnx, o, providers=["CPUExecutionProvider"])
    return lambda views: s.run(["tokens"], {"pixels": np.ascontiguousarray(views.transpose(0, 3, 1, 2)).astype(np.float32) / 255})[0]


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", required=True)
    a.add_argument("--onnx", required=True)
    a.add_argument("--taesd", required=True)
    a.add_argument("--pairs", type=int, required=True)
    a.add_argument("--seed", type=int, required=True)
    a.add_argument("--look")
    a = a.parse_args()
    cv2.setNumThreads(1)
    rng, faces, autoencoder = np.random.default_rng(a.seed), Faces(a.work), Autoencoder(a.taesd)
    if a.look:
        pairs = [pair(faces, autoencoder, rng)[0] for _ in range(a.pairs)]
        Image.fromarray(np.concatenate([np.concatenate([np.concatenate(p, 1) for p in pairs[i:i + 4]], 1) for i in range(0, a.pairs, 4)])).save(a.look)
        return
    tower, start, parts = open_tower(a.onnx), time.time(), []
    os.makedirs(os.path.join(a.work, "features"), exist_ok=True)
    for n in range(1, a.pairs + 1):
        views, *about = pair(faces, autoencoder, rng)
        parts.append((tower(views).astype(np.float16), *about))
        if n % 50 == 0 or n == a.pairs:
            tokens, crop, group, blend, life = (np.array(x) for x in zip(*parts, strict=True))
            np.savez(os.path.join(a.work, "features", f"pairs-{a.seed}.npz"), tokens=tokens, crop=crop, group=group, blend=blend, life=life)
            print(n, f"{time.time() - start:.0f} s, {time.process_time():.0f} CPU-s", flush=True)


if __name__ == "__main__":
    main()
