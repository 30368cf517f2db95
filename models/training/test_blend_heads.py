"""One linear layer says what the two heads it was made of say together. Needs NumPy and onnx (requirements.txt); left out without them."""
import unittest

try:
    import numpy as np

    from blend_heads import TOKEN_PICKS, blend
except ModuleNotFoundError:
    np = None

WIDTH = 5


@unittest.skipUnless(np, "NumPy and onnx are needed")
class Blend(unittest.TestCase):
    def setUp(self):
        rng = np.random.default_rng(1)

        def head(picks):
            shape = (len(picks), WIDTH)
            return {"picks": np.array(picks), "mean": rng.normal(size=shape), "std": rng.uniform(0.5, 2, shape), "weight": rng.normal(size=shape),
                    "bias": float(rng.normal()), "patch_block": 5, "patch_weight": rng.normal(size=WIDTH), "patch_bias": 0.5}

        self.shipped, self.newer = head([(6, 0), (7, 0)]), head([(7, 1), (6, 0)])
        self.tokens = rng.normal(size=(7, 4, WIDTH))

    def logit(self, head):
        t = np.stack([self.tokens[:, TOKEN_PICKS.index(tuple(p))] for p in head["picks"].tolist()], 1)
        return (((t - head["mean"]) / head["std"]) * head["weight"]).sum((1, 2)) + head["bias"]

    def test_the_logit_is_the_weighted_sum_of_both(self):
        got = self.logit(blend(self.shipped, self.newer, 0.2))
        np.testing.assert_allclose(got, 0.8 * self.logit(self.shipped) + 0.2 * self.logit(self.newer))

    def test_the_embedding_keeps_the_shipped_scale_and_the_patch_probe_stays(self):
        out = blend(self.shipped, self.newer, 0.2)
        for row, old in ((0, 0), (2, 1)):
            np.testing.assert_array_equal(out["mean"][row], self.shipped["mean"][old])
            np.testing.assert_array_equal(out["std"][row], self.shipped["std"][old])
        np.testing.assert_array_equal(out["patch_weight"], self.shipped["patch_weight"])

    def test_without_a_share_the_newer_head_has_no_say(self):
        np.testing.assert_allclose(self.logit(blend(self.shipped, self.newer, 0.0)), self.logit(self.shipped))


if __name__ == "__main__":
    unittest.main()
