#!/usr/bin/env python3
"""Extracts the listed pictures from git mirrors of public repositories into a data folder outside the project.

usage: collect.py --mirrors DIR --out DIR [--roles train,dev,dev2,eval]

DIR holds one git directory per repository, as DIR/owner+name, DIR/owner+name/repo (or its .git), DIR/owner/name or DIR/owner/name.git. `files.csv` names
every file by blob id (taken whatever commit the mirror is at) or by sha256 (searched among the pictures of the source's commit). Sources
whose `repo` is a Debian package are unpacked by hand (`apt-get download`, `dpkg -x`) into OUT/<role>/<label>/<source>/; the notes say what
was done to them. Writes OUT/<role>/<label>/<source>/<file> and OUT/index.csv. Nothing is downloaded and nothing is run.
"""
import argparse
import collections
import csv
import hashlib
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PICTURE = re.compile(r"\.(jpe?g|png|webp|gif|avif|tiff?|bmp)$", re.I)
FIELDS = ["path", "role", "label", "generator", "source", "linked_group", "licence", "sha256"]


def git_dir(mirrors, repo):
    """Folder with HEAD for owner/name, or None."""
    if repo.count("/") != 1:
        return None
    owner, name = repo.split("/")
    for c in (f"{owner}+{name}/repo", f"{owner}+{name}/repo/.git", f"{owner}+{name}", f"{owner}/{name}", f"{owner}/{name}.git", f"{owner}/{name}/.git"):
        p = os.path.join(mirrors, c)
        if os.path.exists(os.path.join(p, "HEAD")):
            return p
    return None


def blobs(gd, ids):
    """Yields (id, bytes) of the blobs that the mirror has."""
    p = subprocess.Popen(["git", f"--git-dir={gd}", "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for i in ids:
        p.stdin.write(i.encode() + b"\n")
        p.stdin.flush()
        head = p.stdout.readline().split()
        if len(head) == 3:
            data = p.stdout.read(int(head[2]))
            p.stdout.read(1)
            yield i, data
    p.stdin.close()
    p.wait()


def pictures_at(gd, commit):
    """Blob ids of all pictures of one commit -> {blob: path}"""
    r = subprocess.run(["git", f"--git-dir={gd}", "ls-tree", "-r", "-z", commit], capture_output=True)
    out = {}
    for line in r.stdout.decode("utf-8", "replace").split("\0"):
        if "\t" in line and PICTURE.search(line):
            meta, path = line.split("\t", 1)
            out[meta.split()[2]] = path
    return out


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--mirrors", required=True)
    a.add_argument("--out", required=True)
    a.add_argument("--roles", default="train,dev,dev2,pairs,eval")
    a = a.parse_args()
    sources = {s["source"]: s for s in json.load(open(os.path.join(HERE, "sources.json"))) if s["role"] in a.roles.split(",")}
    files = collections.defaultdict(list)
    for r in csv.DictReader(open(os.path.join(HERE, "files.csv"))):
        if r["source"] in sources:
            files[r["source"]].append(r)
    missing, rows = collections.Counter(), []
    for name, listed in sorted(files.items()):
        s = sources[name]
        gd = git_dir(a.mirrors, s["repo"])
        if not gd:
            missing[s["repo"]] += len(listed)
            continue
        by_blob = {r["blob"]: r["path"] for r in listed if r["blob"]}
        by_hash = {r["sha256"] for r in listed if r["sha256"]}
        if by_hash:
            by_blob |= pictures_at(gd, s["commit"])
        folder = os.path.join(a.out, s["role"], s["label"], name)
        os.makedirs(folder, exist_ok=True)
        for blob, data in blobs(gd, by_blob):
            digest = hashlib.sha256(data).hexdigest()
            if by_hash and digest not in by_hash:
                continue
            f = os.path.join(folder, re.sub(r"[^A-Za-z0-9_.\-]", "_", by_blob[blob].replace("/", "__"))[-180:])
            with open(f, "wb") as o:
                o.write(data)
            rows.append({**s, "path": os.path.relpath(f, a.out), "sha256": digest})
    os.makedirs(a.out, exist_ok=True)
    with open(os.path.join(a.out, "index.csv"), "w", newline="") as o:
        w = csv.DictWriter(o, FIELDS, lineterminator="\n", extrasaction="ignore")
        w.writeheader()
        w.writerows(sorted(rows, key=lambda r: r["path"]))
    print(f"{len(rows)} files in {a.out}")
    for repo, n in missing.most_common():
        print(f"missing mirror: {repo} ({n} files)")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
