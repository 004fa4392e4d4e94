"""Lists the test files, also those that can't be collected: their part tells why."""


class FileLister:
    def __init__(self, _config, feed, places, _wanted):
        self._feed = feed
        self._places = places
        # In the order of pytest, each once.
        self._files = {}

    def pytest_collectreport(self, report):
        if not report.passed and "::" not in report.nodeid and report.nodeid:
            self._add(report.nodeid)

    def pytest_collection_finish(self, session):
        for item in session.items:
            self._add(item.nodeid)

    def pytest_unconfigure(self):
        self._feed.emit({"type": "files", "files": list(self._files)})

    def _add(self, node_id):
        self._files[self._places.of(node_id)[0]] = True
