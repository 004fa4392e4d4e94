"""Expected values of the statistics from independent implementations, as golden.json beside this file.

Needs scipy and numpy; the versions that made the committed file are in it. Run: python make_golden.py
"""

import itertools
import json
import math
import pathlib
import statistics

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20240501)


def rounded(values, digits=6):
    return [float(f"{value:.{digits}g}") for value in values]


def pairs():
    """Base and current samples of many sizes and shapes, with and without ties."""
    yield "one apart", [1.0, 2.0, 3.0, 4.0, 5.0], [2.5, 3.5, 4.5, 5.5, 6.5]
    yield "separated", [1.0, 2.0, 3.0, 4.0, 5.0], [6.0, 7.0, 8.0, 9.0, 10.0]
    yield "uneven and small", [3.0, 1.0, 7.0], [2.0, 9.0, 8.0, 12.0, 15.0, 4.0, 11.0]
    yield "ties, small", [1.0, 2.0, 2.0, 3.0, 3.0, 3.0], [2.0, 3.0, 3.0, 4.0, 4.0, 4.0]
    yield "all equal", [5.0] * 12, [5.0] * 12
    yield "two values", [1.0] * 8 + [2.0] * 4, [1.0] * 3 + [2.0] * 9
    for n, m, shift in [(8, 9, 0.0), (7, 30, 0.1), (12, 12, 0.05), (20, 20, 0.02), (50, 50, 0.03), (30, 80, 0.0)]:
        yield f"normal {n} {m} {shift}", rounded(rng.normal(1, 0.05, n)), rounded(rng.normal(1 + shift, 0.05, m))
    for n, m in [(15, 15), (40, 25)]:
        yield f"lognormal {n} {m}", rounded(rng.lognormal(0, 0.3, n)), rounded(rng.lognormal(0.2, 0.3, m))
    yield "rounded to ties", rounded(rng.normal(10, 1, 40), 2), rounded(rng.normal(10.5, 1, 40), 2)


def exact_two_sided(base, current):
    """Enumerates every way to pick the smaller side; twice the smaller tail, ties at their midranks."""
    ranks = stats.rankdata(base + current)
    small = min(len(base), len(current))
    observed = sum(ranks[: len(base)] if len(base) <= len(current) else ranks[len(base) :])
    sums = [sum(chosen) for chosen in itertools.combinations(ranks, small)]
    below = sum(s <= observed + 1e-9 for s in sums)
    above = sum(s >= observed - 1e-9 for s in sums)
    return min(1.0, 2 * min(below, above) / len(sums))


def mann_whitney(base, current):
    small = min(len(base), len(current)) < 10
    tied = len(set(base + current)) < len(base + current)
    if small and not tied:
        p = stats.mannwhitneyu(current, base, method="exact").pvalue
    elif small:
        p = exact_two_sided(base, current)
    else:
        p = stats.mannwhitneyu(current, base, method="asymptotic", use_continuity=True).pvalue
    u = stats.mannwhitneyu(current, base, method="asymptotic").statistic
    return {"u": float(u), "p": 1.0 if math.isnan(p) else float(p)}


def hodges_lehmann(base, current, alpha):
    """All differences, sorted; their rank from scipy's normal quantile or a count of all arrangements."""
    n, m = len(base), len(current)
    differences = sorted(y - x for x in base for y in current)
    if min(n, m) < 10:
        total = math.comb(n + m, n)
        ways = u_counts(n, m)
        rank, below = 0, 0
        while below + ways[rank] <= alpha / 2 * total:
            below += ways[rank]
            rank += 1
    else:
        ranks = stats.rankdata(base + current)
        total = n + m
        tie = sum(count**3 - count for count in np.unique(ranks, return_counts=True)[1])
        deviation = math.sqrt(n * m / 12 * (total + 1 - tie / (total * (total - 1))))
        rank = math.floor(n * m / 2 - stats.norm.ppf(1 - alpha / 2) * deviation)
    rank = min(max(1, rank), (n * m + 1) // 2)
    return {
        "estimate": float(np.median(differences)),
        "low": differences[rank - 1],
        "high": differences[n * m - rank],
    }


def u_counts(n, m):
    """Arrangements for each value of U, by the recurrence of Mann and Whitney."""
    counts = {(0, j): [1] for j in range(m + 1)} | {(i, 0): [1] for i in range(n + 1)}
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            made = [0] * (i * j + 1)
            for u, ways in enumerate(counts[i - 1, j]):
                made[u + j] += ways
            for u, ways in enumerate(counts[i, j - 1]):
                made[u] += ways
            counts[i, j] = made
    return counts[n, m]


def description(values):
    ordered = sorted(values)
    count = len(ordered)
    interval = stats.quantile_test(values, q=0, p=0.5).confidence_interval(0.95) if count >= 6 else None
    usable = interval is not None and not (math.isnan(interval.low) or math.isnan(interval.high))
    return {
        "mean": statistics.fmean(values),
        "median": statistics.median(values),
        "deviation": statistics.stdev(values) if count > 1 else 0.0,
        "mad": float(stats.median_abs_deviation(values)),
        "interval": [float(interval.low), float(interval.high)] if usable else [ordered[0], ordered[-1]],
    }


def adjusted(ps):
    return {
        "ps": ps,
        "benjamini-hochberg": [float(p) for p in stats.false_discovery_control(ps)],
        "holm": holm(ps),
    }


def holm(ps):
    """Step down, written out as in the paper."""
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    result = [0.0] * len(ps)
    for rank, index in enumerate(order):
        result[index] = min(1.0, max((len(ps) - k) * ps[order[k]] for k in range(rank + 1)))
    return result


def energy(series, at):
    """Energy distance between both sides, every pair one by one, scaled."""
    left, right = series[:at], series[at:]
    n, m = len(left), len(right)
    across = sum(abs(a - b) for a in left for b in right) * 2 / (n * m)
    within = lambda side: sum(abs(a - b) for a, b in itertools.combinations(side, 2)) / math.comb(len(side), 2)
    return n * m / (n + m) * (across - within(left) - within(right))


def best_split(series, smallest):
    energies = {at: energy(series, at) for at in range(smallest, len(series) - smallest + 1)}
    at = max(energies, key=energies.get)
    return {"series": series, "minSize": smallest, "at": at, "energy": energies[at]}


def trend(series):
    """Kendall's tau with time, normal approximation with ties; Theil's slope."""
    time = np.arange(len(series))
    return {
        "series": series,
        "p": float(stats.kendalltau(time, series, method="asymptotic").pvalue),
        "slope": float(stats.theilslopes(series, time).slope),
    }


cases = list(pairs())
golden = {
    "made with": {"scipy": scipy.__version__, "numpy": np.__version__},
    "comparisons": [
        {
            "name": name,
            "base": base,
            "current": current,
            "test": mann_whitney(base, current),
            "shift95": hodges_lehmann(base, current, 0.05),
            "shift99": hodges_lehmann(base, current, 0.01),
        }
        for name, base, current in cases
    ],
    "descriptions": [{"values": values, **description(values)} for _, _, values in cases]
    + [{"values": values, **description(values)} for values in ([3.0], [1.0, 2.0], rounded(rng.gamma(2, 3, 200)))],
    "corrections": [adjusted(rounded(rng.uniform(0, 1, 12))), adjusted([0.001, 0.001, 0.04, 0.03, 0.5]), adjusted([0.2])],
    "splits": [
        best_split(rounded(rng.normal(10, 1, 30)), 5),
        best_split(rounded([*rng.normal(10, 1, 20), *rng.normal(12, 1, 15)]), 5),
        best_split([1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 3.0, 3.0, 3.0, 3.0], 2),
    ],
    "student": [
        {"t": t, "freedom": freedom, "upperTail": float(stats.t.sf(t, freedom)), "reach99": float(stats.t.ppf(0.995, freedom))}
        for t, freedom in [(0.0, 3), (1.5, 2.5), (2.6, 9.5), (5.0, 40), (8.0, 12)]
    ],
    "normal": [{"z": z, "upperTail": float(stats.norm.sf(z))} for z in [0.0, 1.0, 2.5758, 4.0, 6.0]],
    "trends": [
        trend(rounded(rng.normal(10, 1, 25))),
        trend(rounded(rng.normal(10, 1, 30) + 0.1 * np.arange(30))),
        trend([1.0, 2.0, 2.0, 2.0, 3.0, 1.0, 4.0, 4.0]),
    ],
}
pathlib.Path(__file__).with_name("golden.json").write_text(json.dumps(golden, indent=1) + "\n")
