"""Tells of each test case when its teardown is done, and at the end what pytest itself has counted."""

import time
from collections import defaultdict

import pytest

from .case import RunningTest, collection_case, milliseconds, subtest_case
from .statuses import own_counts, status_of

NO_TESTS = 5
SHARED = (
    ("maxfail", "`--maxfail` or `-x`: a failure in one file leaves out tests of others"),
    ("stepwise", "`--stepwise`: a failure in one file leaves out tests of others"),
    ("lf", "`--last-failed` chooses by what failed in all files"),
    ("cov_fail_under", "`--cov-fail-under` asks for the coverage of all files"),
)


class Reporter:
    def __init__(self, config, feed, places, wanted):
        self._config = config
        self._feed = feed
        self._places = places
        self._wanted = wanted
        self._running = {}
        self._counts = {"passed": 0, "failed": 0, "skipped": 0}
        self._seconds = defaultdict(float)
        self._repeated = defaultdict(int)
        self._files = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_make_collect_report(self, collector):
        started = time.perf_counter()
        yield
        if isinstance(collector, pytest.File):
            self._seconds[self._places.relative(collector.path)] += time.perf_counter() - started

    def pytest_collectreport(self, report):
        if report.failed or (report.skipped and report.nodeid):
            file, titles = self._places.of(report.nodeid)
            self._wanted.take(file, titles)
            self._tell(file, titles, collection_case(report, self._places))

    def pytest_runtest_logreport(self, report):
        test = self._running.get(report.nodeid)
        if test is None:
            test = self._running[report.nodeid] = RunningTest(self._places)
        # By far the most of all reports, and counted by nobody.
        if report.outcome == "passed" and report.when != "call":
            test.add(report, "", None)
            return
        category = self._config.hook.pytest_report_teststatus(report=report, config=self._config)[0]
        status = status_of(category, report)
        if hasattr(report, "context"):
            if status is not None:
                file, titles = self._places.of(report.nodeid)
                path, case = subtest_case(report, status, titles, self._places)
                self._tell(file, path, case)
            return
        test.add(report, category, status)
        # A worker of pytest-xdist has died: nothing more comes of this test.
        if report.when not in ("setup", "call", "teardown"):
            self._finish(report.nodeid)

    def pytest_runtest_logfinish(self, nodeid):
        self._finish(nodeid)

    def pytest_internalerror(self, excrepr):
        self._feed.error("pytest broke: " + str(excrepr).strip().split("\n")[-1], stack=str(excrepr))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        for node_id in list(self._running):
            self._finish(node_id)
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        counts = self._counts
        if self._wanted.all and terminal is not None:
            counts = {status: count - self._repeated[status] for status, count in own_counts(terminal.stats).items()}
        end = {"type": "end", "counts": counts}
        if len(self._files) > 1:
            end["fileMs"] = {file: milliseconds(self._seconds[file]) for file in self._files}
        for option, reason in SHARED:
            if self._config.getoption(option, None):
                end["whole"] = reason
        missing = self._wanted.missing()
        if missing is not None:
            end["missing"] = missing
        self._feed.emit(end)
        # Whether no tests are fine is for Muster to say; it has the counts.
        if exitstatus == NO_TESTS:
            session.exitstatus = 0

    def _finish(self, node_id):
        test = self._running.get(node_id)
        if test is None:
            return
        if test.reruns:
            # Pytest has counted it, and counts it again.
            self._repeated[test.forget_result()] += 1
            return
        del self._running[node_id]
        file, titles = self._places.of(node_id)
        self._seconds[file] += test.seconds
        self._wanted.take(file, titles)
        cases = [(titles + more, case) for more, case in test.cases()]
        # A test may run again for its teardown alone.
        asked = [each for each in cases if each[1]["status"] == "failed" or self._wanted.asks_for(file, each[0])]
        for path, case in asked or cases[:1]:
            self._tell(file, path, case)

    def _tell(self, file, titles, case):
        self._counts[case["status"]] += 1
        self._files[file] = True
        self._feed.emit({"type": "case", "case": dict(case, path=titles, file=file)})
