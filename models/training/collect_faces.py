"""Takes the pictures with real faces (face_sources.json) out of git mirrors into a work folder outside the project.

usage: collect_faces.py --mirrors DIR --work WORK

Writes WORK/pictures/<source>/<blob>.<ext> and WORK/pictures.tsv (key, file, source, role, kind, group) for find_faces.mjs. Copies of one file
count once, whichever source has it; a source with `sample` gives that many, drawn by blob id.
"""
import argparse
import csv
import json
import os
import re

from collect import HERE, blobs, git_dir, pictures_at

FIELDS = ["key", "file", "source", "role", "kind", "linked_group"]
SMALLEST_BYTES = 2500  # icons and placeholders


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--mirrors", required=True)
    a.add_argument("--work", required=True)
    a = a.parse_args()
    seen, rows = set(), []
    for s in json.load(open(os.path.join(HERE, "face_sources.json"))):
        mirror = git_dir(a.mirrors, s["repo"])
        if not mirror:
            print("no mirror of", s["repo"])
            continue
        wanted = {b: p for b, p in pictures_at(mirror, s["commit"]).items() if re.search(s["path_regex"], p) and b not in seen}
        keep = sorted(wanted)[:s.get("sample", len(wanted))]
        folder = os.path.join(a.work, "pictures", s["source"])
        os.makedirs(folder, exist_ok=True)
        for blob, data in blobs(mirror, keep):
            if len(data) < SMALLEST_BYTES:
                continue
            seen.add(blob)
            file = os.path.join(folder, blob[:16] + os.path.splitext(wanted[blob])[1].lower())
            with open(file, "wb") as f:
                f.write(data)
            rows.append({**{k: s[k] for k in FIELDS[2:]}, "key": f"{s['source']}-{blob[:16]}", "file": file})
        print(s["source"], len(keep), flush=True)
    with open(os.path.join(a.work, "pictures.tsv"), "w", newline="") as f:
        w = csv.DictWriter(f, FIELDS, delimiter="\t", lineterminator="\n")
        w.writeheader()
        w.writerows(rows)


if __name__ == "__main__":
    main()
