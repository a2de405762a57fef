"""Print what was measured."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from searching.peers import READOUT

NEEDED = {
    **{"fzf": 1000.0, "ugrep": 150.0, "rapidfuzz": 400.0, "ripgrep": 60.0},
    **{"xapian": 4.0, "xapian_corrected": 4.0},
}
"""How many times Readout's processor time each has to take at a million passages."""
COSTS = (
    *("build_cpu_s", "build_wall_s", "build_peak_mb", "index_mb", "index_over_text"),
    *("open_cpu_ms", "open_wall_ms", "before_mb"),
)
_HEAD = (
    f"{'':22}{'n':>5}{'ambig':>6}{'hit@1':>7}{'hit@10':>7}{'mrr':>7}"
    f"{'cpu p50':>10}{'p95':>10}{'max':>10}{'wall p50':>10}{'p95':>10}{'max':>10}"
)


def alone(size: str, result: dict[str, Any]) -> None:
    """Print Readout's table of one size."""
    print(f"\n== {size}: Readout by itself (ms)")
    _costs(READOUT, result)
    print(_HEAD)
    for kind, done in result["classes"].items():
        print(_row(kind, done))
    if result["pooled"]["queries"]:
        print(_row("five classes, pooled", result["pooled"]))
    if keys := result.get("keystrokes"):
        cpu, wall = keys["cpu"], keys["wall"]
        print(f"{'keystrokes':22}{keys['keys']:5}{'':27}{_times(cpu)}{_times(wall)}")


def side_by_side(size: str, results: dict[str, Any]) -> None:
    """Print Readout beside its peers."""
    print(f"\n== {size}: side by side, the same queries in turn, five classes pooled (ms)")
    print(f"{_HEAD}{'cpu ratio':>11}{'needed':>8}{'wall':>9}")
    for name, result in results.items():
        ratio = result["ratio"]
        if not ratio:
            continue
        needed = f"{NEEDED[name]:.0f}" if size == "1m" and name in NEEDED else ""
        ratios = f"{ratio['cpu']:11,.1f}{needed:>8}{ratio['wall']:9,.1f}"
        print(_row(name, result["pooled"]) + ratios)
    kinds = list(next(iter(results.values()))["classes"])
    for what in ("hit1", "hit10"):
        print(f"\n{what:18}" + "".join(f"{kind:>18}" for kind in kinds))
        for name, result in results.items():
            cells = (f"{result['classes'][kind][what]:18.3f}" for kind in kinds)
            print(f"{name:18}" + "".join(cells))
    print()
    for name, result in results.items():
        _costs(name, result)


def growth(results: dict[str, Any]) -> None:
    """Print how times grow from one size to the next, by contestant."""
    for step, row in grown(results).items():
        said = ", ".join(f"{name} {times:.2f}×" for name, times in row.items())
        print(f"\ngrowth {step} (cpu p95, pooled): {said}")


def grown(results: dict[str, Any]) -> dict[str, dict[str, float]]:
    """Give the growth of pooled processor time from each size to the next."""
    found: dict[str, dict[str, float]] = {}
    sizes = list(results)
    for one, other in pairwise(sizes):
        row = {}
        before, after = _pooled(results[one]), _pooled(results[other])
        for name in (name for name in before if name in after):
            row[name] = round(after[name] / before[name], 2)
        found[f"{one} → {other}"] = row
    return found


def _pooled(result: dict[str, Any]) -> dict[str, float]:
    rows = {f"{READOUT} by itself": result["alone"], **result.get("peers", {})}
    taken = {name: row["pooled"]["cpu"]["p95"] for name, row in rows.items()}
    return {name: p95 for name, p95 in taken.items() if p95}


def _costs(name: str, result: dict[str, Any]) -> None:
    said = [f"{cost} {result[cost]:g}" for cost in COSTS if result.get(cost)]
    said += [f"{when} {_held(result[when])}" for when in ("opened", "after")]
    print(f"{name:18}" + " · ".join(said))


def _held(memory: dict[str, float]) -> str:
    own = memory.get("of_its_own_mb")
    return f"{memory['resident_mb']:g} MB" + (f" (own {own:g})" if own else "")


def _row(name: str, done: dict[str, Any]) -> str:
    return (
        f"{name:22}{done['queries']:5}{done['ambiguous']:6}"
        f"{done['hit1']:7.3f}{done['hit10']:7.3f}{done['mrr']:7.3f}"
        f"{_times(done['cpu'])}{_times(done['wall'])}"
    )


def _times(ms: dict[str, float]) -> str:
    taken = [ms[name] for name in ("p50", "p95", "max")]
    return "".join(f"{one:10,.2f}" if one < 1000 else f"{one:10,.0f}" for one in taken)
