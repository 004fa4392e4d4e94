"""Runs pytest with Muster's plugin, under coverage where that is wanted."""

import os
import sys

from . import plugin_state
from .coverage_run import covered
from .feed import connect


def main():
    feed = connect()
    try:
        import pytest
    except ImportError as error:
        if feed is None:
            raise
        fix = "install it there: {} -m pip install pytest".format(sys.executable)
        feed.error("pytest can't be loaded by {} ({}); {}".format(sys.executable, error, fix), environment=True)
        return 1
    # A test that hangs and is killed has its last line in the output then.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(write_through=True)
    plugin_state.feed = feed
    arguments = ["-p", "muster_pytest.plugin"] + sys.argv[1:]
    target = feed.told.get("coverage") if feed else None
    return int(covered(arguments, target, pytest.main) if target else pytest.main(arguments))


if __name__ == "__main__":
    code = main()
    # As pytest's own command: what threads are left may end with the interpreter.
    sys.stdout.flush()
    sys.exit(code)
