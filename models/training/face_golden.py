"""Golden views of faces in a made picture, by which a test holds the product's cutting and resizing to the training's.

usage: face_golden.py > ../../companion/src/analysis/fixtures/face-views.json
"""
import json

import numpy as np

from face_views import MARGIN, SIDE, view_of

WIDTH, HEIGHT, CELLS = 640, 420, 8
BOXES = {"large": (150, 80, 400, 330), "at the edge": (10, 30, 220, 300), "over a corner": (400, 200, 640, 420), "small": (300, 200, 428, 340)}


def made_picture():
    """Waves of three colours: uint8 [420, 640, 3]."""
    x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    waves = [127.5 + 100 * np.sin(x / (9 + 4 * c) + y / (31 - 7 * c)) for c in range(3)]
    return np.stack(waves, 2).astype(np.uint8)


def main():
    picture, faces = made_picture(), []
    for name, box in BOXES.items():
        view = view_of(picture, np.array(box, np.float32))
        cells = view.reshape(CELLS, SIDE // CELLS, CELLS, SIDE // CELLS, 3).mean((1, 3))
        faces.append({"name": name, "box": box, "cells": np.round(cells, 2).ravel().tolist()})
    print(json.dumps({"width": WIDTH, "height": HEIGHT, "margin": MARGIN, "side": SIDE, "cells": CELLS, "faces": faces}))


if __name__ == "__main__":
    main()
