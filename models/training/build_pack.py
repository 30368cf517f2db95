"""Report + graph -> pack folder: model.onnx, pack.json (FORMAT.md) with the golden value. The card is written by write_card.py.

usage: build_pack.py --tier quick --onnx model.onnx --report ../evaluation/quick.json --pack ../packs/quick --version 1.0.0
"""
import argparse
import hashlib
import json
import os
import shutil

import numpy as np
import onnx

DESCRIPTION = {
    "quick": "EfficientNet-Lite0 over colour and a high-pass residual, fine-tuned on labels.",
    "thorough": "The first eight blocks of the CLIP ViT-B/16 image tower, frozen, under a linear head on the CLS tokens of its middle blocks.",
}
LICENCE = {"quick": "Apache-2.0", "thorough": "MIT AND Apache-2.0"}
PATCHES = {
    "quick": ([7, 7], "logit of each 32 x 32 px cell of the view; the view's logit is their mean"),
    "thorough": ([14, 14], "logit of each 16 x 16 px patch of the view from a linear probe on block 5; a guide for the eye, not the score"),
}
EMBEDDING = {"quick": 1280, "thorough": 768}


BANDS = [("unlikely", 0, 2), ("rather-unlikely", 2, 5), ("rather-likely", 5, 8), ("likely", 8, 10)]  # tenths; shared/src/bands.ts


def bands(report, conditions=("clean", "web", "hard")):
    """Pictures and share of AI (classes weighed alike) in each band of probability, from the reliability bins of dev."""
    out = []
    for name, low, high in BANDS:
        n = fake = real = 0.0
        for c in conditions:
            per_fake, per_real = 1 / report["dev"][c]["fake"], 1 / report["dev"][c]["real"]
            for b in report["curves"][c]["reliability"]:
                if low <= min(int(b["mean_p"] * 10), 9) < high:
                    s = b["share_ai"]
                    k = s * b["n"] * per_real / ((1 - s) * per_fake + s * per_real)  # generated pictures of the bin
                    n, fake, real = n + b["n"], fake + k * per_fake, real + (b["n"] - k) * per_real
        out.append({"band": name, "pictures": int(n), "aiShare": round(fake / (fake + real), 3)})
    return out


def golden(path):
    import onnxruntime as ort
    x = ((np.arange(3 * 224 * 224, dtype=np.int64) * 7919) % 256).astype(np.float32).reshape(1, 3, 224, 224) / 255
    s = ort.InferenceSession(path, providers=["CPUExecutionProvider"])
    return float(s.run(["logit"], {"pixels": x})[0].reshape(-1)[0])


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--tier", required=True, choices=("quick", "thorough"))
    a.add_argument("--onnx", required=True)
    a.add_argument("--report", required=True)
    a.add_argument("--pack", required=True)
    a.add_argument("--version", required=True)
    a.add_argument("--views", default="whole", choices=("whole", "whole+detail"))
    a = a.parse_args()
    r = json.load(open(a.report))
    os.makedirs(a.pack, exist_ok=True)
    model = os.path.join(a.pack, "model.onnx")
    if os.path.abspath(a.onnx) != os.path.abspath(model):
        shutil.copyfile(a.onnx, model)
    data = open(model, "rb").read()
    views = [{"kind": "resize-shorter", "side": 224, "crop": "center"}]
    if a.views == "whole+detail":
        views.append({"kind": "resize-shorter", "side": 448, "crop": "center"})
    grid, meaning = PATCHES[a.tier]
    pack = {
        "format": 2, "name": a.tier, "version": a.version, "tier": a.tier, "licence": LICENCE[a.tier], "task": "ai-image",
        "description": DESCRIPTION[a.tier],
        "model": {"file": "model.onnx", "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "opset": onnx.load(model).opset_import[0].version},
        "input": {"name": "pixels", "layout": "NCHW", "type": "float32", "range": [0, 1], "color": "srgb-rgb", "size": [224, 224],
                  "background": "white", "kernel": "lanczos3", "kernelEnlarging": "cubic", "views": views, "combine": "mean-logit"},
        "output": {"logit": "logit", "embedding": {"name": "embedding", "size": EMBEDDING[a.tier]},
                   "patches": {"name": "patches", "grid": grid, "meaning": meaning}},
        "calibration": {"kind": "platt", "scale": r["fitted"]["scale"], "bias": r["fitted"]["bias"],
                        "fittedOn": "dev sources, clean + web + hard pooled, classes weighted equally"},
        "thresholds": {"fakeAbove": r["fitted"]["fakeAbove"], "realBelow": r["fitted"]["realBelow"],
                       "meaning": "above fakeAbove lie at most 1 % of the camera photographs of dev clean, 2 % web and hard, and 5 % of its human art; "
                                  "below realBelow at most 10 % of its generated pictures"},
        "bands": bands(r),
        "minimumSide": 200,
        "golden": {"input": "byte i = (i * 7919) mod 256, divided by 255, one 3 x 224 x 224 view", "logit": round(golden(model), 5), "tolerance": 0.01},
        "card": "CARD.md",
    }
    with open(os.path.join(a.pack, "pack.json"), "w") as f:
        json.dump(pack, f, indent=2)
        f.write("\n")
    print(json.dumps(pack["golden"]), len(data))


if __name__ == "__main__":
    main()
