"""Pytest's hooks: chooses the tests of a rerun, and has a reporter tell of all of them."""

import pytest

from . import plugin_state
from .files import FileLister
from .places import Places
from .reporter import Reporter
from .wanted import Wanted


def pytest_configure(config):
    feed = plugin_state.feed
    worker = getattr(config, "workerinput", None)
    told = worker.get("muster") if worker is not None else feed and feed.told
    if not told:
        return
    places = Places(told["root"], str(config.rootpath), str(config.invocation_params.dir))
    cases = told.get("cases")
    if cases is not None:
        config.pluginmanager.register(Chooser(config, places, Wanted(cases)))
    if worker is None and feed is not None:
        kind = FileLister if told.get("list") else Reporter
        config.pluginmanager.register(kind(config, feed, places, Wanted(cases)))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Workers of pytest-xdist choose too; they have no feed."""
    if plugin_state.feed is not None:
        node.workerinput["muster"] = plugin_state.feed.told


class Chooser:
    def __init__(self, config, places, wanted):
        self._config = config
        self._places = places
        self._wanted = wanted

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        chosen = [item for item in items if self._wanted.take(*self._places.of(item.nodeid))]
        left = set(items) - set(chosen)
        if left:
            self._config.hook.pytest_deselected(items=[item for item in items if item in left])
            items[:] = chosen
