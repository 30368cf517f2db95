"""Where a second look may be taken and where it looks. Needs NumPy and Pillow (requirements.txt); left out without them."""
import io
import unittest

try:
    import numpy as np
    from PIL import Image

    from native_look import OVERLAP, SIDE, crops, native_detail
except ModuleNotFoundError:
    np = None


def scene(side=640):
    """Noise of all frequencies on a slope, as a sharp photograph has it."""
    rng = np.random.default_rng(1)
    slope = np.linspace(40, 200, side)[None, :, None]
    return np.clip(slope + rng.normal(0, 12, (side, side, 3)), 0, 255).astype(np.uint8)


def as_jpeg(pixels, quality):
    b = io.BytesIO()
    Image.fromarray(pixels).save(b, "JPEG", quality=quality)
    return np.asarray(Image.open(b).convert("RGB"))


@unittest.skipUnless(np, "NumPy and Pillow are needed")
class NativeDetail(unittest.TestCase):
    def test_coarse_jpeg_leaves_no_small_coefficients(self):
        sharp = native_detail(scene())
        good, poor = (native_detail(as_jpeg(scene(), q)) for q in (92, 40))
        self.assertGreater(sharp[0], 0.2)
        self.assertGreater(good[0], 0.1)
        self.assertLess(poor[0], 0.02)

    def test_an_enlarged_picture_has_few_high_frequencies(self):
        small = Image.fromarray(scene(320)).resize((640, 640), Image.BICUBIC)
        self.assertLess(native_detail(np.asarray(small))[1], native_detail(scene())[1] / 4)

    def test_a_plain_ground_has_nothing(self):
        self.assertEqual(native_detail(np.full((300, 300, 3), 90, np.uint8)), (0.0, 0.0))


@unittest.skipUnless(np, "NumPy and Pillow are needed")
class Crops(unittest.TestCase):
    def test_the_middle_comes_first_then_where_most_is_to_be_seen(self):
        pixels = np.full((800, 900, 3), 128, np.uint8)
        pixels[500:740, 20:260] = scene(240)
        found = crops(pixels, 2)
        self.assertEqual(found[0], ((800 - SIDE) // 2, (900 - SIDE) // 2))
        self.assertLess(abs(found[1][0] - 500), 32)
        self.assertLess(abs(found[1][1] - 20), 32)

    def test_crops_lie_inside_and_share_little(self):
        found = crops(scene(), 4)
        self.assertEqual(len(found), 4)
        for i, (top, left) in enumerate(found):
            self.assertTrue(0 <= top <= 640 - SIDE and 0 <= left <= 640 - SIDE)
            for t, x in found[:i]:
                self.assertLessEqual(max(0, SIDE - abs(top - t)) * max(0, SIDE - abs(left - x)), OVERLAP * SIDE * SIDE)

    def test_the_smallest_picture_gives_its_middle_alone(self):
        self.assertEqual(crops(scene(230), 3), [(3, 3)])


if __name__ == "__main__":
    unittest.main()
