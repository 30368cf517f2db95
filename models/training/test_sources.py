"""Which pictures train and how often, without a picture: `python3 -m unittest discover -s models/training`."""
import csv
import os
import tempfile
import unittest

import sources

COLUMNS = ["path", "role", "label", "generator", "source", "linked_group", "licence", "sha256"]


def row(**change):
    return {"path": "a.jpg", "role": "train", "label": "real", "generator": "", "source": "s", "linked_group": "", "licence": "MIT", "sha256": "1", **change}


class ReadIndex(unittest.TestCase):
    def test_first_row_of_equal_files_wins_and_other_roles_are_left_out(self):
        with tempfile.TemporaryDirectory() as data:
            for name, rows in {
                "index-a.csv": [row(path="one.jpg"), row(path="unused.jpg", role="spare", sha256="2")],
                "index-b.csv": [row(path="copy.jpg"), row(path="made.png", label="ai", sha256="3")],
            }.items():
                with open(os.path.join(data, name), "w", newline="") as file:
                    writer = csv.DictWriter(file, COLUMNS)
                    writer.writeheader()
                    writer.writerows(rows)
            found = sources.read_index(data)
        self.assertEqual([(os.path.basename(r["file"]), r["fake"]) for r in found], [("one.jpg", 0), ("made.png", 1)])


class Trainable(unittest.TestCase):
    def test_no_held_out_picture_teaches(self):
        for role in (*sources.HELD_OUT, "eval"):
            self.assertEqual(sources.trainable([row(role=role)]), [])

    def test_licences_that_weights_may_not_carry_are_refused(self):
        for licence in ("CC BY-NC 4.0", "research only", "Non-Commercial use", "AGPL-3.0"):
            self.assertEqual(sources.trainable([row(licence=licence)]), [], licence)
        self.assertEqual(len(sources.trainable([row(licence="CC BY 4.0")])), 1)

    def test_sources_of_unclear_rights_are_not_used(self):
        self.assertEqual(sources.trainable([row(source=s) for s in sources.UNCLEAR]), [])


class Weights(unittest.TestCase):
    rows = [row(label="ai", source="big")] * 90 + [row(label="ai", source="small")] * 10 + [row()] * 40 + [row(label="real_art", source="art")] * 7

    def test_both_classes_are_drawn_equally_often(self):
        w = sources.weights(self.rows)
        self.assertAlmostEqual(sum(w), 1)
        self.assertAlmostEqual(sum(x for x, r in zip(w, self.rows, strict=True) if r["label"] == "ai"), 0.5)

    def test_a_source_counts_by_the_root_of_its_size(self):
        w = sources.weights(self.rows)
        self.assertAlmostEqual(sum(w[:90]) / sum(w[90:100]), 3)

    def test_near_copies_of_one_scene_count_as_few(self):
        name = next(iter(sources.EPOCH_CAP))
        cap = sources.EPOCH_CAP[name]
        w = sources.weights([row(source=name)] * (cap * 4) + [row(source="other")] * cap)
        self.assertAlmostEqual(sum(w[: cap * 4]), sum(w[cap * 4 :]))


class CutBottom(unittest.TestCase):
    def test_a_visible_mark_is_cut_off_in_proportion(self):
        self.assertEqual(sources.cut_bottom("dcsan_dalle2", 1024), 18)
        self.assertEqual(sources.cut_bottom("dcsan_dalle2", 256), 16)
        self.assertEqual(sources.cut_bottom("anything", 1024), 0)


if __name__ == "__main__":
    unittest.main()
