-- The desk: what the person made and nobody else has. Never thrown away.

CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    cid TEXT NOT NULL UNIQUE,
    channel_id TEXT NOT NULL,
    root_id TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX outbox_by_target ON outbox (channel_id, root_id);

CREATE TABLE drafts (
    channel_id TEXT NOT NULL,
    root_id TEXT NOT NULL,
    text TEXT NOT NULL,
    update_at INTEGER NOT NULL,
    cursor INTEGER NOT NULL,
    PRIMARY KEY (channel_id, root_id)
) WITHOUT ROWID;

CREATE TABLE read_positions (
    channel_id TEXT PRIMARY KEY,
    post_id TEXT NOT NULL,
    line INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE kept (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
