"""The endpoints of the pretended Mattermost, one module per noun, each with its table ROUTES.

Invariant: nothing is served here that Mattermost 5.37 (or its Jitsi plugin) does not serve.
"""

from tui.demo import jitsi_rest
from tui.demo.routes import (
    categories,
    channels,
    command_list,
    commands,
    emoji,
    files,
    joining,
    members,
    post_lists,
    posts,
    preferences,
    search,
    sessions,
    statuses,
    system,
    teams,
    threads,
    uploads,
    users,
)

ROUTES = (
    *system.ROUTES,
    *sessions.ROUTES,
    *users.ROUTES,
    *statuses.ROUTES,
    *preferences.ROUTES,
    *teams.ROUTES,
    *joining.ROUTES,
    *channels.ROUTES,
    *members.ROUTES,
    *categories.ROUTES,
    *posts.ROUTES,
    *post_lists.ROUTES,
    *threads.ROUTES,
    *files.ROUTES,
    *uploads.ROUTES,
    *search.ROUTES,
    *command_list.ROUTES,
    *commands.ROUTES,
    *emoji.ROUTES,
    *jitsi_rest.ROUTES,
)
