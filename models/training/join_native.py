"""Puts a head for native looks on the thorough pack: its file, and what pack.json says of it.

usage: join_native.py --head WORK/native.json --fit WORK/second-look.npz --pack ../packs/thorough --version 1.3.0 --head-version 1.0.0 --meaning TEXT

The graph stays as it is; the head is a line over its `tokens`. `second-look.npz` of train_second_look.py holds share, scale, bias and the gate.
"""
import argparse
import json
import os
import shutil

import numpy as np

from pack_parts import described, golden_tokens

HEAD_FILE = "native.json"
FROM = 0.05  # first answers below it are left alone: recall and words stay the same, a fifth of the looks at real pictures is spared


def main():
    a = argparse.ArgumentParser(description=__doc__)
    for name in ("head", "fit", "pack", "version", "head-version", "meaning"):
        a.add_argument(f"--{name}", required=True)
    a = a.parse_args()
    head, fit = os.path.join(a.pack, HEAD_FILE), np.load(a.fit)
    if os.path.abspath(a.head) != os.path.abspath(head):
        shutil.copyfile(a.head, head)
    line = json.load(open(head))
    golden = float(golden_tokens(os.path.join(a.pack, "model.onnx")) @ np.array(line["weights"])) + line["bias"]
    scale, bias = (round(float(n), 5) for n in fit["calibrated"])
    file = os.path.join(a.pack, "pack.json")
    pack = json.load(open(file))
    pack["version"] = a.version
    pack["output"]["native"] = {
        "head": {"file": HEAD_FILE, "version": a.head_version, **described(head)},
        "minimumSide": int(fit["minimum"]), "from": FROM, "detail": {"fine": float(fit["fine"]), "high": float(fit["high"])},
        "share": float(fit["share"]), "scale": scale, "bias": bias, "meaning": a.meaning, "golden": round(golden, 5),
    }
    with open(file, "w") as f:
        json.dump(pack, f, indent=2)
        f.write("\n")
    print(json.dumps(pack["output"]["native"], indent=1))


if __name__ == "__main__":
    main()
