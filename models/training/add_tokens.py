"""Adds the output `tokens` to a thorough graph by surgery; weights and other outputs stay to the bit.

usage: add_tokens.py --onnx model.onnx --out model.onnx

`tokens` float32 [n, 4, 768], raw: CLS of block 7, mean patch of block 7, CLS of block 8, mean patch of block 8 (counted from 1).
"""
import argparse

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

BLOCKS = (7, 8)
WIDTH = 768


def add_tokens(model):
    """Changes the graph in place. Block outputs carry the names that export_thorough.py gives them."""
    graph = model.graph
    if any(o.name == "tokens" for o in graph.output):
        raise SystemExit("the graph has tokens already")

    def constant(name, values):
        graph.initializer.append(numpy_helper.from_array(np.array(values, np.int64), name))
        return name

    axis, rest = constant("tokens/axis", [1]), constant("tokens/end", [np.iinfo(np.int64).max])
    zero, one = constant("tokens/zero", [0]), constant("tokens/one", [1])
    parts = []
    for block in BLOCKS:
        source, base = f"/tower/blocks.{block - 1}/Add_1_output_0", f"tokens/block{block}"
        graph.node.append(helper.make_node("Slice", [source, zero, one, axis], [f"{base}/cls"], f"{base}/cls"))
        graph.node.append(helper.make_node("Slice", [source, one, rest, axis], [f"{base}/patches"], f"{base}/patches"))
        graph.node.append(helper.make_node("ReduceMean", [f"{base}/patches"], [f"{base}/mean"], f"{base}/mean", axes=[1], keepdims=1))
        parts += [f"{base}/cls", f"{base}/mean"]
    graph.node.append(helper.make_node("Concat", parts, ["tokens"], "tokens", axis=1))
    graph.output.append(helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["n", len(parts), WIDTH]))


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--onnx", required=True)
    a.add_argument("--out", required=True)
    a = a.parse_args()
    model = onnx.load(a.onnx)
    add_tokens(model)
    onnx.checker.check_model(model)
    onnx.save(model, a.out)


if __name__ == "__main__":
    main()
