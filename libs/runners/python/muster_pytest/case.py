"""Reports of pytest as test cases of Muster (without their place)."""

import math

from .feed import MAX_ERROR, MAX_OUTPUT, cut, plain

TEARDOWN = '"teardown" hook'


def milliseconds(seconds):
    return round(seconds * 1000, 3)


class RunningTest:
    """Gathers the reports of one test: set-up, call and tear-down, and those of earlier attempts."""

    def __init__(self, places):
        self._places = places
        # pytest-rerunfailures has this test start again.
        self.reruns = False
        self.seconds = 0.0
        self._earlier = []
        self._result = None
        self._teardown = None
        self._output = {}

    def add(self, report, category, status):
        self.seconds += report.duration
        self.reruns = category == "rerun"
        if self.reruns:
            self._earlier.append(_error(report, self._places))
            return
        if report.sections:
            self._output = _output(report)
        if status is None:
            return
        if report.when == "teardown":
            self._teardown = (category, status, report)
        else:
            self._result = (category, status, report)

    def forget_result(self):
        """The status of a call whose teardown failed and which is run again for it, if there was one"""
        result, self._result = self._result, None
        return result and result[1]

    def cases(self):
        """Titles below the test's own, and the case. An error in the teardown counts apart, as pytest counts it."""
        if self._result is not None:
            yield [], self._case(*self._result)
        if self._teardown is not None:
            category, status, report = self._teardown
            case = _case(category, status, report, report.duration, self._places)
            yield [TEARDOWN], dict(case, hook=True, **_output(report))

    def _case(self, category, status, report):
        case = _case(category, status, report, self.seconds, self._places)
        if status == "failed":
            case.update(self._output)
        if self._earlier:
            case.update(attempts=len(self._earlier) + 1, earlierErrors=self._earlier)
        return case


def subtest_case(report, status, titles, places):
    """Pytest 9 and pytest-subtests tell of subtests apart, before their test ends."""
    category = "failed" if report.failed else status
    case = _case(category, status, report, report.duration, places)
    if report.failed:
        case.update(_output(report))
    describe = getattr(report, "_sub_test_description", None) or getattr(report, "sub_test_description")
    return list(titles) + [describe()], case


def collection_case(report, places):
    if report.failed:
        return {"status": "failed", "durationMs": 0, "errored": True, "error": _error(report, places)}
    return dict({"status": "skipped", "durationMs": 0}, **_skip(report))


def _case(category, status, report, seconds, places):
    case = {"status": status, "durationMs": milliseconds(seconds)}
    metrics = _metrics(report)
    if metrics:
        case["metrics"] = metrics
    if status == "skipped":
        case.update(_skip(report))
    if status == "failed":
        case["error"] = _error(report, places)
        # Not a failed expectation: a fixture broke, or the process that ran it.
        if category == "error" or report.when not in ("setup", "call", "teardown"):
            case["errored"] = True
    return case


def _metrics(report):
    """What the test has noted with `record_property` and is a number."""
    numbers = [(name, value) for name, value in report.user_properties if type(value) in (int, float)]
    return {str(name): {"value": value} for name, value in numbers if math.isfinite(value)}


def _skip(report):
    expected = getattr(report, "wasxfail", None)
    if expected is not None:
        reason = (expected[len("reason: ") :] if expected.startswith("reason: ") else expected).strip()
        return {"skipReason": "expected failure" + (": " + reason if reason else "")}
    place = report.longrepr
    reason = place[2] if isinstance(place, tuple) else str(place or "")
    reason = reason[len("Skipped: ") :] if reason.startswith("Skipped: ") else reason
    return {"skipReason": cut(reason, MAX_ERROR)} if reason and reason != "Skipped" else {}


def _error(report, places):
    crash = getattr(report.longrepr, "reprcrash", None)
    text = plain(report.longreprtext).strip()
    lines = text.split("\n")
    told = [line[1:].strip() for line in lines if line.startswith("E   ")]
    message = crash.message if crash else (told or lines)[-1]
    error = {"message": cut(message or "failed", MAX_ERROR)}
    frames = places.frames(getattr(report.longrepr, "reprtraceback", None))
    stack = "\n".join(frames + ([text] if text != message else []))
    if stack:
        error["stack"] = cut(stack, MAX_ERROR)
    return error


def _output(report):
    """What was captured in all phases so far. Logs go where Python's logging puts them by itself."""
    told = {"stdout": report.capstdout, "stderr": report.capstderr + _logs(report)}
    return {stream: cut(text, MAX_OUTPUT) for stream, text in told.items() if text}


def _logs(report):
    return "".join(text if text.endswith("\n") else text + "\n" for text in [report.caplog] if text)
