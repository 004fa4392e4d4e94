"""Which test cases of a rerun were asked for."""

NAMED = 3


class Wanted:
    """`cases`: what Muster calls them, {"file", "path"} each; None when all are wanted."""

    def __init__(self, cases):
        self.all = cases is None
        self._cases = cases or []
        self._found = set()

    def take(self, file, titles):
        """Says whether a test was asked for, and takes what asked for it as found."""
        matching = [index for index, case in enumerate(self._cases) if _means(case, file, titles)]
        self._found.update(matching)
        return self.all or bool(matching)

    def asks_for(self, file, titles):
        """By its own name, not as what something below it belongs to."""
        return self.all or any(
            _means(case, file, titles) and len(case["path"]) <= len(titles) for case in self._cases
        )

    def missing(self):
        """For people; None when all were found."""
        gone = [case for index, case in enumerate(self._cases) if index not in self._found]
        if not gone:
            return None
        names = ", ".join(" › ".join(case["path"]) for case in gone[:NAMED])
        if len(gone) > NAMED:
            names += " and {} more".format(len(gone) - NAMED)
        asked = len(self._cases)
        if len(gone) < asked:
            return "{} of the {} test cases to rerun no longer exist: {}".format(len(gone), asked, names)
        if asked == 1:
            return "the test case to rerun no longer exists: " + names
        return "none of the {} test cases to rerun exists any longer: {}".format(asked, names)


def _means(case, file, titles):
    path = case["path"]
    own = case.get("file")
    if own is not None and own != file:
        return False
    # A file that could not be collected stands for all that is in it.
    if own is not None and len(path) == 1 and (own == path[0] or own.endswith("/" + path[0])):
        return True
    # What is below a test is a subtest of it, or its teardown.
    return path[: len(titles)] == list(titles)
