CREATE TABLE kept_file (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    received BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    organisation TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX kept_file_expires_at ON kept_file (expires_at);
CREATE TABLE kept_file_part (
    file TEXT NOT NULL REFERENCES kept_file (id) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (file, number)
);
