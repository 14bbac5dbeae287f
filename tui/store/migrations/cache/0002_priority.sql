-- Priority and acknowledgements of posts, as JSON; "" for ordinary ones.

ALTER TABLE posts ADD COLUMN urgency TEXT NOT NULL DEFAULT '';
