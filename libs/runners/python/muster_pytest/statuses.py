"""What pytest counts a report as, in Muster's words."""

STATUSES = {
    "passed": "passed",
    # Expected to fail, and not strict about it: pytest's own JUnit file calls it passed too.
    "xpassed": "passed",
    "failed": "failed",
    "error": "failed",
    "skipped": "skipped",
    # Expected to fail, and did: `skipped` in pytest's own JUnit file.
    "xfailed": "skipped",
}
UNCOUNTED = {"", "rerun", "deselected", "warnings"}


def status_of(category, report):
    """None for what is no result of its own. `category` is the key under which pytest's last line counts it."""
    category = category[len("subtests ") :] if category.startswith("subtests ") else category
    if category in STATUSES:
        return STATUSES[category]
    if category in UNCOUNTED or getattr(report, "when", None) != "call":
        return None
    # A category of some plugin.
    return report.outcome if report.outcome in STATUSES else None


def own_counts(stats):
    """Of the summary that pytest prints: `stats` of its terminal reporter."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for category, reports in stats.items():
        for report in reports:
            status = status_of(category, report)
            if status is not None:
                counts[status] += 1
    return counts
