"""Pictures and frames with manipulated and untouched faces, for counting only: they never teach.

usage: face_frames.py --mirrors DIR --lists FOLDER --work WORK

FOLDER holds eval_files.jsonl (repo, commit, blob, path) and eval_faces.jsonl (file, t, cx, cy, face, side, label, source, kind): where the middle of each face
is, in parts of the picture, how large, and when (seconds). Writes WORK/eval/<n>.png for every picture or moment, WORK/eval.tsv (key, file), and
WORK/eval.jsonl: the rows of eval_faces.jsonl with their key.
"""
import argparse
import io
import json
import os
import re

import av
import numpy as np
from PIL import Image

from collect import blobs, git_dir

VIDEO = re.compile(r"\.(mp4|webm|mkv|mov|avi)$", re.I)


def short(path):
    """File names of eval_faces.jsonl: a folder of their own, then the path with __ for /."""
    return re.sub(r"\W", "_", path.replace("/", "__"))


def frames_at(data, times):
    """-> {time: picture} of a video; the frame shown at each time, the last one for times past the end."""
    out, left, last = {}, sorted(times), None
    with av.open(io.BytesIO(data)) as container:
        container.streams.video[0].thread_type = "AUTO"
        for frame in container.decode(video=0):
            while left and last is not None and frame.time > left[0] + 1e-3:
                out[left.pop(0)] = last.to_ndarray(format="rgb24")
            if not left:
                break
            last = frame
    return out | {t: last.to_ndarray(format="rgb24") for t in left}


def stills_at(data, times):
    """The same of a picture, which may be animated."""
    im, out = Image.open(io.BytesIO(data)), {}
    ends, at = [], 0.0
    for i in range(getattr(im, "n_frames", 1)):
        im.seek(i)
        at += im.info.get("duration", 0) / 1000
        ends.append(at)
    for t in times:
        im.seek(next((i for i, end in enumerate(ends) if t < end - 1e-3), len(ends) - 1))
        out[t] = np.array(im.convert("RGB"))
    return out


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--mirrors", required=True)
    a.add_argument("--lists", required=True)
    a.add_argument("--work", required=True)
    a = a.parse_args()
    files = [json.loads(line) for line in open(os.path.join(a.lists, "eval_files.jsonl"))]
    by_name = {short(f["path"]): f for f in files}
    wanted = {}
    rows = [json.loads(line) for line in open(os.path.join(a.lists, "eval_faces.jsonl"))]
    for r in rows:
        wanted.setdefault(r["file"], []).append(r)
    os.makedirs(os.path.join(a.work, "eval"), exist_ok=True)
    count = 0
    with open(os.path.join(a.work, "eval.tsv"), "w") as table, open(os.path.join(a.work, "eval.jsonl"), "w") as out:
        table.write("key\tfile\n")
        for name, faces in wanted.items():
            f = by_name.get(short(name.split("/", 1)[1]))
            mirror = f and git_dir(a.mirrors, f["repo"])
            data = next((d for _, d in blobs(mirror, [f["blob"]])), None) if mirror else None
            if data is None:
                print("missing", name)
                continue
            times = {r["t"] for r in faces}
            pictures = frames_at(data, times) if VIDEO.search(f["path"]) else stills_at(data, times)
            keys = {}
            for t, picture in pictures.items():
                keys[t] = f"eval-{count}"
                file = os.path.join(a.work, "eval", f"{count}.png")
                Image.fromarray(picture).save(file, compress_level=1)
                table.write(f"{keys[t]}\t{file}\n")
                count += 1
            for r in faces:
                out.write(json.dumps({**r, "key": keys[r["t"]], "repo": f["repo"]}) + "\n")


if __name__ == "__main__":
    main()
