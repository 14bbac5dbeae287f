"""teleteam: Mattermost, Jitsi Meet and Syncthing on one terminal screen.

This module holds the version and imports nothing.
"""

__version__ = "0.1.0"
