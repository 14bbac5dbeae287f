-- The cache: everything here can be fetched again.

CREATE TABLE posts (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    channel_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    root_id TEXT NOT NULL,
    type TEXT NOT NULL,
    create_at INTEGER NOT NULL,
    update_at INTEGER NOT NULL,
    edit_at INTEGER NOT NULL,
    delete_at INTEGER NOT NULL,
    is_pinned INTEGER NOT NULL,
    message TEXT NOT NULL,
    hashtags TEXT NOT NULL,
    props TEXT NOT NULL,
    file_ids TEXT NOT NULL,
    pending_post_id TEXT NOT NULL,
    cid TEXT NOT NULL,
    reply_count INTEGER NOT NULL,
    last_reply_at INTEGER NOT NULL,
    reply_version INTEGER NOT NULL,
    participants TEXT NOT NULL,
    meta_at INTEGER NOT NULL,
    files TEXT NOT NULL,
    emojis TEXT NOT NULL
);
CREATE INDEX posts_by_time ON posts (channel_id, create_at DESC, id DESC) WHERE delete_at = 0;
CREATE INDEX roots_by_time ON posts (channel_id, create_at DESC, id DESC) WHERE delete_at = 0 AND root_id = '';
CREATE INDEX posts_by_root ON posts (root_id, create_at, id) WHERE root_id <> '';
CREATE INDEX posts_by_author ON posts (user_id, create_at DESC, id DESC) WHERE delete_at = 0;
CREATE INDEX posts_by_cid ON posts (cid) WHERE cid <> '';
CREATE INDEX posts_by_pending ON posts (pending_post_id) WHERE pending_post_id <> '';
CREATE INDEX posts_pinned ON posts (channel_id, create_at DESC, id DESC) WHERE delete_at = 0 AND is_pinned = 1;

CREATE VIRTUAL TABLE posts_fts USING fts5 (
    message,
    content = 'posts',
    content_rowid = 'n',
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
);
CREATE TRIGGER posts_found AFTER INSERT ON posts WHEN new.message <> '' BEGIN
    INSERT INTO posts_fts (rowid, message) VALUES (new.n, new.message);
END;
CREATE TRIGGER posts_lost AFTER DELETE ON posts WHEN old.message <> '' BEGIN
    INSERT INTO posts_fts (posts_fts, rowid, message) VALUES ('delete', old.n, old.message);
END;
-- One trigger for both steps: two would run in any order, and words that stayed would be lost.
CREATE TRIGGER posts_reworded AFTER UPDATE OF message ON posts WHEN old.message <> new.message BEGIN
    INSERT INTO posts_fts (posts_fts, rowid, message) SELECT 'delete', old.n, old.message WHERE old.message <> '';
    INSERT INTO posts_fts (rowid, message) SELECT new.n, new.message WHERE new.message <> '';
END;

CREATE TABLE reactions (
    post_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    emoji_name TEXT NOT NULL,
    version INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    PRIMARY KEY (post_id, user_id, emoji_name)
) WITHOUT ROWID;

CREATE TABLE intervals (
    channel_id TEXT NOT NULL,
    oldest_at INTEGER NOT NULL,
    oldest_id TEXT NOT NULL,
    newest_at INTEGER NOT NULL,
    newest_id TEXT NOT NULL,
    reached_start INTEGER NOT NULL,
    sealed INTEGER NOT NULL,
    PRIMARY KEY (channel_id, oldest_at, oldest_id)
) WITHOUT ROWID;

CREATE TABLE channels (
    id TEXT PRIMARY KEY,
    team_id TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX channels_by_name ON channels (team_id, name);

CREATE TABLE memberships (
    channel_id TEXT PRIMARY KEY,
    body TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE categories (
    team_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (team_id, position)
) WITHOUT ROWID;

CREATE TABLE teams (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE team_unreads (
    team_id TEXT PRIMARY KEY,
    body TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE users (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL,
    update_at INTEGER NOT NULL,
    names TEXT NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX users_by_username ON users (username);

CREATE TABLE statuses (
    user_id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    manual INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE preferences (
    category TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (category, name)
) WITHOUT ROWID;

CREATE TABLE threads (
    id TEXT PRIMARY KEY,
    team_id TEXT NOT NULL,
    last_reply_at INTEGER NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX threads_by_team ON threads (team_id, last_reply_at DESC);

CREATE TABLE config (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE commands (
    team_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (team_id, position)
) WITHOUT ROWID;

CREATE TABLE marks (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
