"""Coverage by what the suite's Python has: pytest-cov, else coverage.py alone, else none."""

import importlib.util
import os
import re
import sys

ASKS = re.compile(r"--cov(?![\w-])")
CONFIGS = ("pytest.ini", ".pytest.ini", "pyproject.toml", "tox.ini", "setup.cfg")


def covered(arguments, folder, run):
    """Runs pytest and leaves coverage.json in `folder`."""
    if not importlib.util.find_spec("coverage"):
        _say("neither pytest-cov nor coverage is installed for " + sys.executable)
        return run(arguments)
    # The suite's own data file stays as it is.
    data = os.environ["COVERAGE_FILE"] = os.path.join(folder, ".coverage")
    if importlib.util.find_spec("pytest_cov"):
        # A bare --cov would widen what the suite itself has chosen to measure.
        own = [] if _asked(arguments) else ["--cov", "--cov-report="]
        code = run(arguments + own)
    else:
        code = _by_coverage(arguments, run)
    _report(data, os.path.join(folder, "coverage.json"))
    return code


def _by_coverage(arguments, run):
    import coverage

    measured = coverage.Coverage()
    measured.start()
    try:
        return run(arguments)
    finally:
        measured.stop()
        measured.save()


def _report(data, file):
    """Written here, since not every pytest-cov can write JSON."""
    import coverage

    try:
        measured = coverage.Coverage(data_file=data)
        measured.load()
        measured.json_report(outfile=file)
    except coverage.CoverageException as error:
        _say(str(error))


def _say(reason):
    print("muster: no coverage: " + reason, file=sys.stderr)


def _asked(arguments):
    texts = [" ".join(arguments), os.environ.get("PYTEST_ADDOPTS", "")]
    for name in CONFIGS:
        try:
            with open(name, encoding="utf-8") as config:
                texts.append(config.read())
        except (OSError, UnicodeDecodeError):
            continue
    return any(ASKS.search(text) for text in texts)
