"""Where a test is: its file, relative to the workspace, and its path of titles."""

import os


def split_node_id(node_id):
    """`tests/test_a.py::TestX::test_y[a::b]` is a file and titles; brackets may hold anything."""
    bracket = node_id.find("[")
    plain = node_id if bracket == -1 else node_id[:bracket]
    parts = plain.split("::")
    if bracket != -1:
        parts[-1] += node_id[bracket:]
    return parts[0], parts[1:]


class Places:
    """`rootdir`: what pytest's names start from; `cwd`: what the paths in its errors start from."""

    def __init__(self, workspace, rootdir, cwd):
        self._workspace = workspace
        self._rootdir = rootdir
        self._cwd = cwd
        self._files = {}

    def of(self, node_id):
        """(workspace-relative file, titles). A file as a whole has its own path as its one title."""
        file, titles = split_node_id(node_id)
        return self._relative(file), titles or [file]

    def frames(self, traceback):
        """Of an error, innermost first, in the form in which Muster shows stacks."""
        entries = reversed(getattr(traceback, "reprentries", []))
        places = [place for place in (getattr(entry, "reprfileloc", None) for entry in entries) if place]
        names = [(self.relative(os.path.join(self._cwd, place.path)), place.lineno) for place in places]
        return ["    at {}:{}".format(*name) for name in names]

    def _relative(self, file):
        known = self._files.get(file)
        if known is None:
            known = self._files[file] = self.relative(os.path.join(self._rootdir, file))
        return known

    def relative(self, path):
        path = os.path.normpath(str(path))
        for root, each in ((self._workspace, path), (os.path.realpath(self._workspace), os.path.realpath(path))):
            if each.startswith(root.rstrip(os.sep) + os.sep):
                return os.path.relpath(each, root).replace(os.sep, "/")
        return path.replace(os.sep, "/")
