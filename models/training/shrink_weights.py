"""Smaller ONNX files with fp32 arithmetic: large weights are stored as fp16, or as int8 with one scale a column.

The graph turns them back with Cast and Mul nodes, which onnxruntime folds into constants when it loads the file: same speed, same
numbers on every machine. Dynamic int8 arithmetic is not used: it lost CLIP's middle blocks (cosine 0.55) and saturates on CPUs
without VNNI.
"""
import numpy as np
from onnx import TensorProto, helper, numpy_helper

LARGE = 4096  # elements; smaller tensors stay fp32


def _insert(graph, nodes):
    for n in reversed(nodes):
        graph.node.insert(0, n)


def store_half(model):
    """fp32 initialisers -> fp16 + Cast. Returns the largest relative rounding error (about 0.0005)."""
    g, nodes, worst = model.graph, [], 0.0
    for i, t in enumerate(list(g.initializer)):
        w, name = numpy_helper.to_array(t), t.name
        if t.data_type != TensorProto.FLOAT or w.size < LARGE:
            continue
        h = w.astype(np.float16)
        worst = max(worst, float(np.abs(h.astype(np.float32) - w).max() / np.abs(w).max()))
        g.initializer[i].CopyFrom(numpy_helper.from_array(h, name + "_half"))
        nodes.append(helper.make_node("Cast", [name + "_half"], [name], to=TensorProto.FLOAT))
    _insert(g, nodes)
    return worst


def store_int8(model, smallest=400_000):
    """fp32 MatMul weights [in, out] of `smallest` elements and more -> int8, scale a column. Exact for weights that came from int8.

    Returns the largest error relative to its column's largest weight.
    """
    g, nodes, worst = model.graph, [], 0.0
    used = {n.input[1] for n in g.node if n.op_type == "MatMul"}
    for i, t in enumerate(list(g.initializer)):
        w, name = numpy_helper.to_array(t), t.name
        if name not in used or t.data_type != TensorProto.FLOAT or w.ndim != 2 or w.size < smallest:
            continue
        scale = (np.abs(w).max(0) / 127).astype(np.float32)
        q = np.rint(w / scale).astype(np.int8)
        worst = max(worst, float((np.abs(q * scale - w) / np.abs(w).max(0)).max()))
        g.initializer[i].CopyFrom(numpy_helper.from_array(q, name + "_int8"))
        g.initializer.append(numpy_helper.from_array(scale, name + "_scale"))
        nodes += [helper.make_node("Cast", [name + "_int8"], [name + "_raw"], to=TensorProto.FLOAT),
                  helper.make_node("Mul", [name + "_raw", name + "_scale"], [name])]
    _insert(g, nodes)
    return worst
