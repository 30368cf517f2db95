"""What a second look at a picture's own pixels needs: where it may be taken, and where in the picture it looks.

All of it works on decoded pixels, uint8 [h, w, 3], and knows nothing of files, models or classes.
"""
import numpy as np
from PIL import Image

SIDE = 224  # of a crop, as the tower takes it
WINDOW = 512  # the middle of the picture that the gate reads
CELL = 32  # side of the cells in which detail is counted, and the step of the crops
SOMETHING = 1.5  # a DCT coefficient above this is more than the rounding of bytes
FINE = 5.0  # coefficients up to this are lost where JPEG's steps are coarser
STEEPEST = 40  # of a second difference: one hard edge is not detail
OVERLAP = 0.25  # of a crop's area that it may share with another
DCT = np.array([[np.cos((2 * x + 1) * u * np.pi / 16) * (np.sqrt(1 / 8) if u == 0 else 0.5) for x in range(8)] for u in range(8)])
# JPEG's usual luminance table has steps of 10 to 14 there: 2 to 4 at quality 85 and above, 8 and more at 60.
FREQUENCIES = ((1, 1), (0, 2), (2, 0), (2, 1), (1, 2), (2, 2), (0, 3), (3, 0))


def luma(pixels):
    """uint8 [h, w, 3] -> fp32 [h, w], Rec. 601 as JPEG has it."""
    return pixels.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)


def coefficients(y):
    """fp32 [h, w] -> DCT of its 8 x 8 blocks from the top left, [n, 8, 8]."""
    h, w = y.shape[0] // 8, y.shape[1] // 8
    blocks = y[:h * 8, :w * 8].reshape(h, 8, w, 8).transpose(0, 2, 1, 3).reshape(-1, 8, 8)
    return DCT @ blocks @ DCT.T


def native_detail(pixels):
    """-> (fine, high): of the coefficients of FREQUENCIES that are something, the share below FINE; of those of the upper half, the share that is something.

    Coarse JPEG steps leave no small coefficients (`fine` near 0), enlarging and blur leave no high ones (`high` near 0). The grid is the
    picture's own, so that JPEG at this size is seen whatever the picture is stored as now.
    """
    h, w = pixels.shape[:2]
    top, left = max(0, (h - WINDOW) // 2) // 8 * 8, max(0, (w - WINDOW) // 2) // 8 * 8
    a = np.abs(coefficients(luma(pixels[top:top + WINDOW, left:left + WINDOW])))
    low = np.stack([a[:, u, v] for u, v in FREQUENCIES])
    there = low >= SOMETHING
    upper = np.add.outer(np.arange(8), np.arange(8)) >= 8
    return float((there & (low < FINE)).sum() / max(1, there.sum())), float((a[:, upper] >= SOMETHING).mean())


def detail(pixels):
    """Mean second difference of luminance in cells of CELL pixels, [h // CELL, w // CELL] of the picture without its rim."""
    y = np.asarray(Image.fromarray(pixels).convert("L"), np.int16)
    d = np.minimum(np.abs(4 * y[1:-1, 1:-1] - y[:-2, 1:-1] - y[2:, 1:-1] - y[1:-1, :-2] - y[1:-1, 2:]), STEEPEST)
    h, w = d.shape[0] // CELL, d.shape[1] // CELL
    return d[:h * CELL, :w * CELL].reshape(h, CELL, w, CELL).mean((1, 3), dtype=np.float64)


def crops(pixels, count=2):
    """(top, left) of up to `count` crops: the middle, then those with most detail that share at most OVERLAP with one before."""
    h, w = pixels.shape[:2]
    out = [((h - SIDE) // 2, (w - SIDE) // 2)]
    sums, cells = np.pad(detail(pixels), ((1, 0), (1, 0))).cumsum(0).cumsum(1), SIDE // CELL
    inside = sums[cells:, cells:] - sums[:-cells, cells:] - sums[cells:, :-cells] + sums[:-cells, :-cells]
    for i in np.argsort(-inside, axis=None, kind="stable"):
        top, left = (int(n) * CELL for n in np.unravel_index(i, inside.shape))
        shared = (max(0, SIDE - abs(top - t)) * max(0, SIDE - abs(left - x)) for t, x in out)
        if max(shared) <= OVERLAP * SIDE * SIDE:
            out.append((top, left))
            if len(out) == count:
                break
    return out
