"""Exports the face detector of models/faces from the PyPI package facenet-pytorch, and golden values for its test.

usage: python export_faces.py WHEEL_FOLDER OUT_FOLDER PHOTO

WHEEL_FOLDER holds the unpacked wheel of facenet-pytorch 2.6.0 (MIT). Its three networks (MTCNN) become one ONNX file
each; boxes and scores that the package itself finds in PHOTO, cut to its left upper 512 x 512 pixels, go to golden.json.
"""

import hashlib
import importlib.util
import json
import sys
import types
from pathlib import Path

import numpy as np
import torch
from PIL import Image

OPSET = 17
MIN_FACE = 40
THRESHOLDS = [0.6, 0.7, 0.7]
FACTOR = 0.709


def load(wheel: Path):
    """The package's own modules, without its __init__, which wants packages for downloads and training."""
    for name in ("facenet_pytorch", "facenet_pytorch.models", "facenet_pytorch.models.utils"):
        module = types.ModuleType(name)
        module.__path__ = [str(wheel / name.replace(".", "/"))]
        sys.modules[name] = module
    return importlib.import_module("facenet_pytorch.models.mtcnn")


def main(wheel: Path, out: Path, photo: Path) -> None:
    mtcnn = load(wheel)
    nets = {"pnet": mtcnn.PNet(), "rnet": mtcnn.RNet(), "onet": mtcnn.ONet()}
    inputs = {"pnet": torch.zeros(1, 3, 40, 60), "rnet": torch.zeros(2, 3, 24, 24), "onet": torch.zeros(2, 3, 48, 48)}
    outputs = {"pnet": ["box", "score"], "rnet": ["box", "score"], "onet": ["box", "landmarks", "score"]}
    files = {}
    for name, net in nets.items():
        net.eval()
        path = out / f"{name}.onnx"
        axes = {2: "height", 3: "width"} if name == "pnet" else {0: "count"}
        free = {"pixels": axes, **{one: axes for one in outputs[name]}}
        torch.onnx.export(
            net,
            (inputs[name],),
            str(path),
            input_names=["pixels"],
            output_names=outputs[name],
            dynamic_axes=free,
            opset_version=OPSET,
            dynamo=False,
        )
        files[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    picture = np.asarray(Image.open(photo).convert("RGB"))[:512, :512]
    with torch.no_grad():
        boxes, points = mtcnn.detect_face(
            picture, MIN_FACE, nets["pnet"], nets["rnet"], nets["onet"], THRESHOLDS, FACTOR, torch.device("cpu")
        )
    golden = {
        "photo": photo.name,
        "width": int(picture.shape[1]),
        "height": int(picture.shape[0]),
        "minimumFace": MIN_FACE,
        "faces": [[round(float(value), 4) for value in box] for box in boxes[0]],
        "landmarks": [[[round(float(v), 4) for v in point] for point in face] for face in points[0]],
        "sha256": files,
    }
    (out / "golden.json").write_text(json.dumps(golden, indent=2) + "\n")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:4]))
