"""Report -> CARD.md of a pack: tables with intervals, errors, limits. Words about training and failures come from card_words.json.

usage: write_card.py --tier quick --report ../evaluation/quick.json --pack ../packs/quick
"""
import argparse
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
ORDER = ("clean", "web", "hard", "screenshot", "double")


def interval(v):
    return f"{v[0]:.3f}-{v[1]:.3f}"


def main_table(part):
    out = ["| condition | AI / real | AUC (95 %) | balanced accuracy at p = 0.5 (95 %) | real right at 0.5 | ECE | recall \"Likely AI\" | false \"Likely AI\": photos / art / screens | AI called authentic |", "|---|---|---|---|---|---|---|---|---|"]
    for c in ORDER:
        v = part.get(c)
        if v:
            false = " / ".join(f"{100 * v['false_likely_ai_' + k]:.1f} %" if "false_likely_ai_" + k in v else "-" for k in ("real", "real_art", "real_screens"))
            out.append(f"| {c} | {v['fake']} / {v['real']} | {v['auc']:.3f} ({interval(v['auc_95'])}) | {v['balanced_accuracy']:.3f} ({interval(v['balanced_accuracy_95'])}) | {v['real_right_at_half']:.3f} | {v['ece']:.3f} | {100 * v['likely_ai_recall']:.0f} % | {false} | {100 * v['fakes_called_authentic']:.1f} % |")
    return "\n".join(out)


ROLE_WORDS = {
    "pairs": "Matched pairs: real and generated pictures of like contents (`pairs`)",
    "newest": "The newest further sources (of `dev2`)",
    "faces": "GAN faces and FFHQ photographs, 256 to 1,024 px (`faces`)"}
WHO_WORDS = {"together": "both packs, as a person asks", "thorough": "thorough alone", "quick": "quick alone"}
FITTED_BY = ("Nothing on these lists taught a pack. What fitted what is shown: each pack's own scale, bias and thresholds come from `dev`; scale and bias of both together from the newest "
             "sources and later training sources (so `newest` flatters them), their line for \"Likely AI\" also from the real pictures of `pairs`. `faces` fitted nothing. Native looks of the thorough pack are in its clean rows, as the product takes them; scale and bias of theirs come from `dev` and `dev2` (so `newest` flatters them as well), and their gate and the weight of redrawn crops were picked with a look at `pairs` and `dev2`. Its web and hard rows are of the whole picture alone: there at most 4 % of the files would be looked at twice.")
MARKS = ("<!-- held-out:start -->", "<!-- held-out:end -->")


def held_out_table(roles, role, whose):
    """One row a condition for each of `whose`, which are keys of WHO_WORDS."""
    out = ["| judged by | condition | AI / real | AUC (95 %) | balanced accuracy at p = 0.5 | recall at 1 % false (95 %) | recall \"Likely AI\" | false \"Likely AI\" | AI called authentic | ECE |",
           "|---|---|---|---|---|---|---|---|---|---|"]
    for who in whose:
        for c in ORDER:
            v = roles[role][who]["conditions"].get(c)
            if v:
                lo, hi = v["recall_at_1_percent_false_95"]
                out.append(f"| {WHO_WORDS[who]} | {c} | {v['fake']} / {v['real']} | {v['auc']:.3f} ({interval(v['auc_95'])}) | {v['balanced_accuracy']:.3f} | {100 * v['recall_at_1_percent_false']:.0f} % ({100 * lo:.0f}-{100 * hi:.0f}) | {100 * v['likely_ai_recall']:.0f} % | {100 * v['false_likely_ai']:.1f} % | {100 * v['fakes_called_authentic']:.0f} % | {v['ece']:.3f} |")
    return "\n".join(out)


def held_out_section(report, pack=None):
    """The tables that lead. @param pack only its own words, and for the thorough pack those of both; default is everybody's"""
    whose = ("together", "thorough", "quick") if pack is None else ("together", "thorough") if pack == "thorough" else ("quick",)
    v = report["versions"]
    text = [f"## Held out first: thorough {v['thorough']}, quick {v['quick']}\n", FITTED_BY + "\n"]
    for role, words in ROLE_WORDS.items():
        if role in report["roles"]:
            text += [words + ":\n", held_out_table(report["roles"], role, whose) + "\n"]
    return "\n".join(text)


def with_held_out(card, section):
    """Puts the section between its marks, or before the first table of a card that has none."""
    start, end = MARKS
    block = f"{start}\n{section}{end}\n"
    if start in card:
        return card[:card.index(start)] + block + card[card.index(end) + len(end) + 1:]
    at = card.index("## Results on held-out sources")
    return card[:at] + block + "\n" + card[at:]


def source_table(rows):
    shown = [c for c in ORDER if any(c in r for r in rows)]
    out = ["| source | kind | generator | n | " + " | ".join(shown) + " |", "|---|---|---|---|" + "---|" * len(shown)]
    for r in rows:
        cells = []
        for c in shown:
            v = r.get(c)
            cells.append(f"{100 * v['likely_ai']:.0f} / {100 * v['likely_authentic']:.0f} / {v['mean_p']:.2f}" if v else "-")
        out.append(f"| {r['source']} | {r['label']} | {r['generator'][:48] or '-'} | {r['n']} | " + " | ".join(cells) + " |")
    return "\n".join(out)


def kind_table(rows):
    shown = [c for c in ORDER if any(c in r for r in rows)]
    out = ["| generator or kind | n | " + " | ".join(shown) + " |", "|---|---|" + "---|" * len(shown)]
    for r in rows:
        cells = [f"{100 * r[c]['likely_ai']:.0f} / {100 * r[c]['likely_authentic']:.0f} / {r[c]['auc']:.2f}" if c in r else "-" for c in shown]
        out.append(f"| {r['kind']} | {r['n']} | " + " | ".join(cells) + " |")
    return "\n".join(out)


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--tier", required=True)
    a.add_argument("--report", required=True)
    a.add_argument("--pack", required=True)
    a = a.parse_args()
    r = json.load(open(a.report))
    pack = json.load(open(os.path.join(a.pack, "pack.json")))
    words = json.load(open(os.path.join(HERE, "card_words.json")))
    w = words[a.tier]
    t = pack["thresholds"]
    text = [f"# {a.tier.capitalize()} pack {pack['version']}\n", w["what"], f"\nSize {pack['model']['bytes'] / 1e6:.1f} MB; licence {pack['licence']}. {w['speed']}\n",
            "## Data and licences\n\n" + words["data"] + "\n", "## Training\n\n" + w["training"] + "\n",
            "## Results on held-out sources (`dev`)\n\n" + words["protocol"] + "\n", main_table(r["dev"]), "\n" + w["verdict"] + "\n",
            "![ROC](roc.png) ![Reliability](reliability.png)\n",
            f"Shipped calibration: p = sigmoid({pack['calibration']['scale']} x logit + {pack['calibration']['bias']}); \"Likely AI\" above {t['fakeAbove']}, \"Likely authentic\" below {t['realBelow']}.\n"]
    if r.get("dev2"):
        text += ["## Further held-out sources (`dev2`)\n", main_table(r["dev2"]) + "\n"]
    text += ["## Trivial rules, on the same pictures\n\n" + words["trivial"] + "\n",
             "## By generator and kind\n\nShare in % called \"Likely AI\" / \"Likely authentic\", and AUC against all pictures of the other class.\n", kind_table(r["kinds"]) + "\n",
             "## By source\n\nShare in % called \"Likely AI\" / \"Likely authentic\", and mean probability. Intervals of small sources are wide.\n", source_table(r["sources"]) + "\n"]
    if r.get("sources_dev2"):
        text += ["Further held-out sources:\n", kind_table(r["kinds_dev2"]) + "\n", source_table(r["sources_dev2"]) + "\n"]
    if r.get("sources_pairs"):
        text += ["Matched pairs:\n", source_table(r["sources_pairs"]) + "\n"]
    text += ["## Where it fails\n\n" + w["failures"] + "\n", "## Not for\n\n" + words["not_for"] + "\n"]
    card, held_out = "\n".join(text), os.path.join(os.path.dirname(a.report), "held-out.json")
    if os.path.exists(held_out):
        card = with_held_out(card, held_out_section(json.load(open(held_out)), a.tier))
    with open(os.path.join(a.pack, "CARD.md"), "w") as f:
        f.write(card)


if __name__ == "__main__":
    main()
