"""JSON reports -> evaluation/README.md: both packs side by side, the trivial rules, badges (badges.md), and what was tried (tried.md).

usage: write_report.py --out ../evaluation
"""
import argparse
import json
import os

from write_card import held_out_section, main_table

HERE = os.path.dirname(os.path.abspath(__file__))


def trivial_table(rules):
    out = ["| rule | balanced accuracy | recall | false alarms |", "|---|---|---|---|"]
    out += [f"| {n} | {v['balanced_accuracy']:.3f} | {v['recall']:.2f} | {v['false_alarms']:.2f} |" for n, v in rules.items()]
    return "\n".join(out)


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--out", required=True)
    a = a.parse_args()
    words = json.load(open(os.path.join(HERE, "card_words.json")))
    text = ["# Evaluation\n"]
    held_out = os.path.join(a.out, "held-out.json")
    if os.path.exists(held_out):
        text += [held_out_section(json.load(open(held_out)))]
    text += [words["protocol"] + "\n"]
    for tier in ("thorough", "quick"):
        file = os.path.join(a.out, tier + ".json")
        if os.path.exists(file):
            r = json.load(open(file))
            text += [f"## {tier.capitalize()}, `dev`\n", main_table(r["dev"]) + "\n", words[tier]["verdict"] + "\n"]
            if r.get("dev2"):
                text += ["Further held-out sources (`dev2`):\n", main_table(r["dev2"]) + "\n"]
    text += ["## Trivial rules, `dev`, clean\n", trivial_table(json.load(open(os.path.join(a.out, "trivial.json")))["dev"]) + "\n",
             "Under web and hard all files are JPEG of one size range: these rules then know nothing. They are a warning about the raw list.\n",
             open(os.path.join(a.out, "badges.md")).read(), open(os.path.join(a.out, "tried.md")).read()]
    with open(os.path.join(a.out, "README.md"), "w") as f:
        f.write("\n".join(text))


if __name__ == "__main__":
    main()
