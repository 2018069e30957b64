CREATE TABLE log_identity (
    origin TEXT PRIMARY KEY NOT NULL,
    hash TEXT NOT NULL,
    begun_at BIGINT NOT NULL,
    filled BOOLEAN NOT NULL
);
CREATE TABLE log_key (
    number INTEGER PRIMARY KEY NOT NULL,
    key TEXT NOT NULL,
    since_head BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE log_leaf (
    position INTEGER PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    at BIGINT NOT NULL,
    digest TEXT NOT NULL,
    content TEXT
);
CREATE INDEX log_leaf_subject ON log_leaf (subject);
CREATE TABLE log_nodes (
    number INTEGER PRIMARY KEY NOT NULL,
    hashes TEXT NOT NULL
);
CREATE TABLE log_head (
    number INTEGER PRIMARY KEY NOT NULL,
    size BIGINT NOT NULL,
    at BIGINT NOT NULL,
    note TEXT NOT NULL
);
CREATE UNIQUE INDEX log_head_size ON log_head (size);
CREATE TABLE log_witness (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX log_witness_key ON log_witness (key);
CREATE TABLE log_cosignature (
    head BIGINT NOT NULL,
    witness TEXT NOT NULL,
    at BIGINT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (head, witness)
);
