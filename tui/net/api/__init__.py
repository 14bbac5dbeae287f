"""Mattermost's API v4, one module per noun; `net.mattermost.MattermostApi` puts them together.

Invariant: each method is one endpoint (or one endpoint in batches), and answers with `core.models` alone.
"""
