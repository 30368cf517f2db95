"""Metrics: AUC, balanced accuracy, calibration error, bootstrap by source. Scores are logits, labels 1 = generator."""
import numpy as np


def auc(y, s):
    """Area under the ROC curve with ties counted half."""
    y, s = np.asarray(y), np.asarray(s)
    order = np.argsort(s, kind="mergesort")
    rank = np.empty(len(s))
    ss = s[order]
    i = 0
    while i < len(s):
        j = i
        while j + 1 < len(s) and ss[j + 1] == ss[i]:
            j += 1
        rank[order[i:j + 1]] = (i + j) / 2 + 1
        i = j + 1
    n1, n0 = (y == 1).sum(), (y == 0).sum()
    return float((rank[y == 1].sum() - n1 * (n1 + 1) / 2) / (n1 * n0)) if n1 and n0 else float("nan")


def balanced_accuracy(y, s, threshold=0.0):
    y, s = np.asarray(y), np.asarray(s)
    return float(((s[y == 1] > threshold).mean() + (s[y == 0] <= threshold).mean()) / 2)


def best_threshold(y, s):
    """Threshold with the highest balanced accuracy, and that accuracy (optimistic: chosen on the same data)."""
    y, s = np.asarray(y), np.asarray(s)
    c = np.unique(np.quantile(s, np.linspace(0, 1, 401)))
    b = [balanced_accuracy(y, s, t) for t in c]
    return float(c[int(np.argmax(b))]), float(max(b))


def recall_at(y, s, false=0.01):
    """Share of generated pictures above the score that at most `false` of the real ones exceed."""
    y, s = np.asarray(y), np.asarray(s)
    real = np.sort(s[y == 0])
    return float((s[y == 1] > real[len(real) - 1 - int(false * len(real))]).mean())


def calibration_error(y, p, bins=10):
    """Expected calibration error with classes weighted equally, equal-width bins."""
    y, p = np.asarray(y, float), np.asarray(p)
    w = np.where(y == 1, 0.5 / max(1, (y == 1).sum()), 0.5 / max(1, (y == 0).sum()))
    b = np.minimum((p * bins).astype(int), bins - 1)
    return float(sum(abs((w[b == k] * (y[b == k] - p[b == k])).sum()) for k in range(bins)))


def platt(y, s, steps=200):
    """Fits sigmoid(scale * s + bias), classes weighted equally (Newton). -> (scale, bias)"""
    y, s = np.asarray(y, float), np.asarray(s, float)
    w = np.where(y == 1, 0.5 / (y == 1).sum(), 0.5 / (y == 0).sum())
    centre, unit = s.mean(), s.std() + 1e-12
    x = np.stack([(s - centre) / unit, np.ones_like(s)], 1)
    th = np.array([1.0, 0.0])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ th, -30, 30)))
        g = x.T @ (w * (p - y)) + 1e-6 * th
        h = (x * (w * p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2)
        d = np.linalg.solve(h, g)
        th -= d
        if abs(d).max() < 1e-9:
            break
    return float(th[0] / unit), float(th[1] - th[0] * centre / unit)


def bootstrap(y, s, groups, metric, rounds=300, seed=0):
    """95 % interval by resampling linked groups inside each class."""
    y, s, groups = map(np.asarray, (y, s, groups))
    rng = np.random.default_rng(seed)
    by = {c: [np.where((groups == g) & (y == c))[0] for g in np.unique(groups[y == c])] for c in (0, 1)}
    out = []
    for _ in range(rounds):
        idx = np.concatenate([by[c][k] for c in (0, 1) for k in rng.integers(0, len(by[c]), len(by[c]))])
        out.append(metric(y[idx], s[idx]))
    return [round(float(v), 4) for v in np.nanquantile(out, [0.025, 0.975])]
