"""The end of the feed that a program of Muster's holds: messages out, one line of JSON each."""

import json
import os
import re

COLOURS = re.compile(r"\x1b\[[0-9;:]*[A-Za-z]")
# Longest text that is kept of an error or of one stream of output, in characters.
MAX_ERROR = 32 * 1024
MAX_OUTPUT = 16 * 1024


class Feed:
    """Says nothing in a process that a test has forked: that one must not speak for the whole."""

    def __init__(self, file):
        with open(file + ".told.json", encoding="utf-8") as told:
            self.told = json.load(told)
        self._fd = os.open(file, os.O_WRONLY | os.O_APPEND)
        self._pid = os.getpid()

    def emit(self, message):
        """Written at once, so that it is kept even if the process dies right after."""
        if os.getpid() != self._pid:
            return
        line = (json.dumps(message) + "\n").encode()
        while line:
            line = line[os.write(self._fd, line) :]

    def error(self, message, **more):
        self.emit(dict(more, type="error", message=message))


def connect():
    """None when nobody listens, as in a pytest that a test has started."""
    file = os.environ.pop("MUSTER_FEED", "")
    return Feed(file) if file else None


def plain(text):
    """Without colours, which pytest uses on a pipe, too, when FORCE_COLOR says so."""
    return COLOURS.sub("", text)


def cut(text, limit):
    """Its beginning and its end: what a failing test says last tells most."""
    text = plain(text)
    if len(text) <= limit:
        return text
    half = limit // 2
    return text[:half] + "\n… (cut)\n" + text[-half:]
