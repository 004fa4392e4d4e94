"""What the program hands to the plugin, which pytest imports by its name."""

# The feed; None in a worker of pytest-xdist, and when nobody listens.
feed = None
