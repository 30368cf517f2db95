"""Reference results for files with Content Credentials, from the C2PA project's own native library and its published reports.

usage: reference.py FOLDER PUBLISHED > expected.json

FOLDER holds one folder per source. PUBLISHED is a checkout of github.com/c2pa-org/public-testfiles, or "-".
Needs `pip install c2pa-python==0.38.1` (c2pa-rs 0.91.3). Trusts the lists that Touchstone bundles; no network.
"""
import json
import mimetypes
import pathlib
import sys

import c2pa

TRUST = pathlib.Path(__file__).parents[2] / "assets" / "trust"
SETTINGS = {
    "verify": {"verify_trust": True, "verify_timestamp_trust": True, "remote_manifest_fetch": False, "ocsp_fetch": False},
    "core": {"allowed_network_hosts": [], "decode_identity_assertions": False},
    "trust": {
        "trust_anchors": (TRUST / "signers.pem").read_text(),
        "user_anchors": (TRUST / "time-stamps.pem").read_text(),
    },
}
TYPES = {".heic": "image/heic", ".heif": "image/heif", ".avif": "image/avif", ".webp": "image/webp"}


def codes_of(results):
    groups = [results.get("activeManifest") or {}]
    groups += [delta["validationDeltas"] for delta in results.get("ingredientDeltas") or []]
    return sorted({status["code"] for group in groups for status in group.get("failure") or []})


def native(path):
    media = TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or ""
    try:
        with c2pa.Context(c2pa.Settings.from_dict(SETTINGS)) as context, path.open("rb") as stream:
            with c2pa.Reader(media, stream, context=context) as reader:
                store = json.loads(reader.json())
    except c2pa.C2paError as error:
        return {"error": str(error).split(":")[0]}
    return {"state": store.get("validation_state"), "codes": codes_of(store.get("validation_results") or {})}


def published(root, path):
    name = path.stem.split("__")[-1]
    report = root / "image" / "jpeg" / "manifests" / name / "manifest_store.json"
    if not report.exists():
        return None
    return sorted({status["code"] for status in json.loads(report.read_text()).get("validation_status") or []})


def main():
    folder, root = pathlib.Path(sys.argv[1]), sys.argv[2]
    expected = {}
    for path in sorted(folder.glob("*/*")):
        entry = native(path)
        report = None if root == "-" else published(pathlib.Path(root), path)
        if report is not None and "public" in path.parent.name:
            entry["published"] = report
        expected[f"{path.parent.name}/{path.name}"] = entry
    json.dump(expected, sys.stdout, indent=1)


main()
