"""Which pictures train, how often each source is drawn, and what is cut off them.

Reads every `index*.csv` of the data folder (columns path, role, label, generator, source, linked_group, licence, sha256).
"""
import collections
import csv
import glob
import math
import os
import re

EPOCH_CAP = {  # near-copies of one scene: at most this many pictures count towards a source's weight
    "openalpr": 60, "magento_sample": 60, "edje_cards": 60, "azure_cogsamples": 60, "lasallian2014": 60, "icspr2019": 60, "firefly_cars": 60,
    "hiid4vd_influencer": 20, "congress_photos": 60, "shrimanta_phone": 20,
}
OLD_256_PX = re.compile(r"^dcsan_(glid|latent|dalle_mini)")  # 2022 sets of 256 px: a small share
GRIDS_2X2 = {"supagruen_sd_artists"}
RESEARCH_ONLY = re.compile(r"non-commercial|research only|noncommercial|\bNC\b|CC BY-NC", re.I)
NETWORK_COPYLEFT = re.compile(r"AGPL", re.I)  # whether weights are a derived work is unsettled: such pictures are only counted
HELD_OUT = ("dev", "dev2", "pairs")  # whole sources; `pairs`: real and generated pictures of like contents
UNCLEAR = {  # repositories under NVIDIA's non-commercial source licence; whether it reaches their sample pictures is unclear: not used
    "agegan_sg2", "ebycow_sg2ada", "kenton_sg2ada", "havenaar_sg2ada", "nicobly_sg2ada",
}
# Guessing games show real and generated pictures of like contents: what separates their classes is how they were made, not what they show.
GAMES = re.compile(r"^(kaivalya|skvarcaleks|kurlyto|haochenp|teenbiscuits|danhammo|alanzhu|forrealscan|adrisantos|justinhal"
                   r"|openandiii|puniu3|ladywinterd|techenginher|kristofer|samschiefen)_(ai|real)$")
GAME_WEIGHT = 2.5  # for the quick network; the linear head keeps 1: more costs it more on `dev` than it gains on `dev2`
FAKE = {"ai"}
SHARE = {"ai": 0.5, "real": 0.32, "real_art": 0.10, "real_screens": 0.08}  # of the pictures drawn in an epoch


def read_index(data, extra_roles=("train", "eval", *HELD_OUT)):
    """-> list of row dicts with absolute `file`, integer `fake`; duplicates by sha256 removed (first row wins).

    Sources named in `extra-sources.json` with role dev2 keep role "dev2" even where the table says dev or eval.
    """
    rows, seen = [], set()
    for table in sorted(glob.glob(os.path.join(data, "index*.csv"))):
        with open(table) as lines:
            for r in csv.DictReader(lines):
                if r["role"] not in extra_roles or r["sha256"] in seen:
                    continue
                seen.add(r["sha256"])
                r["file"] = os.path.join(data, r["path"])
                r["fake"] = int(r["label"] in FAKE)
                rows.append(r)
    return rows


def trainable(rows):
    """Rows that may teach a shipped weight: role train, licence neither research-only nor AGPL."""
    return [r for r in rows if r["role"] == "train" and r["label"] in SHARE and not RESEARCH_ONLY.search(r["licence"])
            and not NETWORK_COPYLEFT.search(r["licence"]) and r["source"] not in UNCLEAR]


def cut_bottom(source, height):
    """Pixels to cut off the bottom, where a source carries a visible generator mark."""
    if source == "dcsan_dalle2":
        return max(16, math.ceil(height * 16 / 1024) + 2)
    if source.startswith("songguoxs") or "nano_banana" in source or "gemini" in source:
        return round(height * 0.11)
    return 0


def weights(rows, games=1.0):
    """Drawing weight of each row: label shares, then sqrt of (capped) source size inside a label, then even inside a source.

    `games` multiplies the mass of guessing games.
    """
    n = collections.Counter((r["label"], r["source"]) for r in rows)
    mass = {}
    for (label, source), k in n.items():
        cap = next((c for p, c in EPOCH_CAP.items() if source.startswith(p)), k)
        m = math.sqrt(min(k, cap))
        mass[label, source] = m * (0.35 if OLD_256_PX.match(source) else games if GAMES.match(source) else 1.0)
    groups = collections.Counter()
    for (label, _), m in mass.items():
        groups[label] += m
    share = {label: s for label, s in SHARE.items() if groups[label]}
    real = sum(s for label, s in share.items() if label not in FAKE)
    out = []
    for r in rows:
        key = r["label"], r["source"]
        s = share[r["label"]] * (0.5 / share[r["label"]] if r["label"] in FAKE else 0.5 / real)
        out.append(s * mass[key] / groups[r["label"]] / n[key])
    return out
