"""Puts a face head on the thorough pack: its graph with tokens, the head's file, and what pack.json says of both.

usage: join_face.py --onnx thorough-tokens.onnx --head face.json --report ../evaluation/faces.json --pack ../packs/thorough --version 1.2.2 --head-version 1.0.0
"""
import argparse
import json
import os
import shutil

import numpy as np

from cut_faces import SMALLEST
from face_views import MARGIN
from pack_parts import described, golden_tokens

HEAD_FILE = "face.json"


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--onnx", required=True)
    a.add_argument("--head", required=True)
    a.add_argument("--report", required=True)
    a.add_argument("--pack", required=True)
    a.add_argument("--version", required=True)
    a.add_argument("--head-version", required=True)
    a = a.parse_args()
    model, head = os.path.join(a.pack, "model.onnx"), os.path.join(a.pack, HEAD_FILE)
    for source, target in ((a.onnx, model), (a.head, head)):
        if os.path.abspath(source) != os.path.abspath(target):
            shutil.copyfile(source, target)
    line, report = json.load(open(head)), json.load(open(a.report))["threshold"]
    logit = float(golden_tokens(model) @ np.array(line["weights"])) + line["bias"]
    file = os.path.join(a.pack, "pack.json")
    pack = json.load(open(file))
    pack["version"] = a.version
    pack["model"] |= described(model)
    pack["output"]["tokens"] = {"name": "tokens", "size": [4, 768]}
    pack["output"]["face"] = {
        "head": {"file": HEAD_FILE, "version": a.head_version, **described(head)},
        "margin": MARGIN, "minimumSide": SMALLEST, "above": report["above"],
        "meaning": f"traces of blending; above lies the most blended face of {report['wrong']} of {report['pictures']} pictures with real faces",
        "golden": round(logit, 5),
    }
    with open(file, "w") as f:
        json.dump(pack, f, indent=2)
        f.write("\n")
    print(json.dumps(pack["output"]["face"], indent=1))


if __name__ == "__main__":
    main()
