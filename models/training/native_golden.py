"""What native_look.py finds in made pictures, by which a test holds the product to the training.

usage: native_golden.py > ../src/pixels/fixtures/native-golden.json
"""
import json

import numpy as np

from native_look import crops, native_detail

PICTURES = (("small", 500, 480, 60), ("wide and quiet", 1100, 640, 12), ("loud", 800, 900, 120), ("larger than the window", 1500, 1200, 30))


def made_picture(width, height, amplitude):
    """A slope of noise in whole numbers, uint8 [height, width, 3]."""
    x, y, c = np.arange(width)[None, :, None], np.arange(height)[:, None, None], np.arange(3)[None, None, :]
    noise = (x * 7919 + y * 104729 + c * 1299) % 257 - 128
    return (128 + noise * (amplitude * (x + y) // (width + height)) // 128).astype(np.uint8)


def main():
    out = []
    for name, width, height, amplitude in PICTURES:
        picture = made_picture(width, height, amplitude)
        fine, high = native_detail(picture)
        out.append({"name": name, "width": width, "height": height, "amplitude": amplitude, "fine": round(fine, 6), "high": round(high, 6), "crops": crops(picture, 2)})
    print(json.dumps(out, indent=2))


if __name__ == "__main__":
    main()
