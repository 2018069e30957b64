CREATE TABLE entry_version (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    number BIGINT NOT NULL,
    title JSONB NOT NULL,
    at BIGINT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    state TEXT NOT NULL,
    action TEXT NOT NULL,
    reason TEXT,
    content TEXT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX entry_version_number ON entry_version (entry, number);
