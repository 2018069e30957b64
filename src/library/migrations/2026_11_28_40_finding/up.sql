CREATE TABLE concept (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    name JSONB NOT NULL,
    alternative JSONB NOT NULL,
    hidden JSONB NOT NULL,
    scope_note JSONB NOT NULL,
    broader JSONB NOT NULL,
    related JSONB NOT NULL,
    state TEXT NOT NULL,
    merged_into TEXT,
    reference JSONB,
    conflict JSONB,
    conflicting BOOLEAN NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX concept_code ON concept (code);
CREATE TABLE thesaurus_edition (
    hash TEXT PRIMARY KEY NOT NULL,
    taken_at BIGINT NOT NULL
);
CREATE TABLE saved_search (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    kind JSONB NOT NULL,
    field JSONB NOT NULL,
    country JSONB NOT NULL,
    class JSONB NOT NULL,
    readiness JSONB NOT NULL,
    capital_kind JSONB NOT NULL,
    organisation_kind JSONB NOT NULL,
    language TEXT NOT NULL,
    shared BOOLEAN NOT NULL,
    notify BOOLEAN NOT NULL,
    person TEXT NOT NULL,
    organisation TEXT,
    feed_key_hash TEXT,
    has_feed BOOLEAN NOT NULL,
    since BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX saved_search_person ON saved_search (person);
CREATE INDEX saved_search_organisation ON saved_search (organisation);
CREATE UNIQUE INDEX saved_search_feed ON saved_search (feed_key_hash);
CREATE TABLE search_notice (
    id TEXT PRIMARY KEY NOT NULL,
    saved_search TEXT NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    title JSONB NOT NULL,
    entry_version BIGINT NOT NULL,
    change TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE UNIQUE INDEX search_notice_entry ON search_notice (saved_search, entry);
CREATE INDEX search_notice_at ON search_notice (saved_search, at);
CREATE TABLE notice_mark (
    person TEXT PRIMARY KEY NOT NULL,
    seen_until BIGINT NOT NULL
);
CREATE TABLE notice_cursor (
    name TEXT PRIMARY KEY NOT NULL,
    cursor TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE TABLE search_miss (
    id TEXT PRIMARY KEY NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    times BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX search_miss_text ON search_miss (text, language);
CREATE INDEX search_miss_times ON search_miss (times);
