"""Checkpoint -> quick ONNX graph: pixels in, logit, embedding and patch logits out, weights stored as fp16.

usage: export_quick.py --checkpoint FILE --out model.onnx
"""
import argparse
import os

import onnx
import torch
import torch.nn as nn

from fold_pads import fold_pads
from quick_net import QuickNet
from shrink_weights import store_half


class FixedPadding(nn.Module):
    """A Conv2dSame with the padding of even sizes as numbers, which fold_pads joins with the convolution."""

    def __init__(self, conv):
        super().__init__()
        total = conv.kernel_size[0] - conv.stride[0]
        self.pad = (total // 2, total - total // 2) * 2
        self.conv = nn.Conv2d(conv.in_channels, conv.out_channels, conv.kernel_size, conv.stride, groups=conv.groups, bias=False)
        self.conv.weight = conv.weight

    def forward(self, x):
        return self.conv(nn.functional.pad(x, self.pad))


def fix_padding(net):
    for m in list(net.modules()):
        for name, child in list(m.named_children()):
            if type(child).__name__ == "Conv2dSame":
                setattr(m, name, FixedPadding(child))
    return net


class Graph(nn.Module):
    """pixels float32 [n,3,224,224] in 0..1"""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, pixels):
        logit, embedding, patches = self.net(pixels)
        return logit, embedding, patches.flatten(1)


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--checkpoint", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--size", type=int, default=224)
    a = a.parse_args()
    net = QuickNet()
    net.load_state_dict(torch.load(a.checkpoint))
    torch.onnx.export(Graph(fix_padding(net.eval())).eval(), (torch.rand(2, 3, a.size, a.size),), a.out, opset_version=17, dynamo=False,
                      input_names=["pixels"], output_names=["logit", "embedding", "patches"],
                      dynamic_axes={k: {0: "n"} for k in ("pixels", "logit", "embedding", "patches")})
    m = onnx.load(a.out)
    print("paddings joined", fold_pads(m))
    print("rounding", store_half(m))
    onnx.checker.check_model(m)
    onnx.save(m, a.out)
    print(os.path.getsize(a.out), "bytes")


if __name__ == "__main__":
    main()
