CREATE TABLE peer (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    base_url TEXT NOT NULL,
    "set" TEXT NOT NULL,
    trust TEXT NOT NULL,
    field TEXT,
    every_hours BIGINT,
    faults_max BIGINT NOT NULL,
    records_max BIGINT NOT NULL,
    paused BOOLEAN NOT NULL,
    pause_reason TEXT,
    repository TEXT NOT NULL,
    home TEXT NOT NULL,
    format TEXT,
    tested_at BIGINT,
    next_from BIGINT,
    harvested_at BIGINT,
    due_at BIGINT,
    failures BIGINT NOT NULL,
    walk TEXT NOT NULL,
    job TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE harvest (
    id TEXT PRIMARY KEY NOT NULL,
    peer TEXT NOT NULL,
    job TEXT NOT NULL,
    state TEXT NOT NULL,
    "full" BOOLEAN NOT NULL,
    resumed BOOLEAN NOT NULL,
    "from" BIGINT,
    expected BIGINT,
    counts JSONB NOT NULL,
    error TEXT,
    started_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX harvest_peer ON harvest (peer, started_at);
CREATE INDEX harvest_job ON harvest (job);
CREATE TABLE harvest_fault (
    id TEXT PRIMARY KEY NOT NULL,
    harvest TEXT NOT NULL,
    peer TEXT NOT NULL,
    identifier TEXT NOT NULL,
    place TEXT NOT NULL,
    code TEXT NOT NULL,
    sentence TEXT NOT NULL,
    parameters JSONB NOT NULL
);
CREATE INDEX harvest_fault_harvest ON harvest_fault (harvest);
CREATE TABLE harvested (
    id TEXT PRIMARY KEY NOT NULL,
    peer TEXT NOT NULL,
    identifier TEXT NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    number BIGINT,
    changed_at BIGINT NOT NULL,
    harvested_at BIGINT NOT NULL,
    deleted BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX harvested_identifier ON harvested (identifier);
CREATE INDEX harvested_peer ON harvested (peer);
CREATE TABLE twin (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    other TEXT NOT NULL,
    entry_title JSONB NOT NULL,
    other_title JSONB NOT NULL,
    peer TEXT NOT NULL,
    peer_name TEXT NOT NULL,
    likeness TEXT NOT NULL,
    similarity DOUBLE PRECISION NOT NULL,
    state TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX twin_pair ON twin (entry, other);
CREATE INDEX twin_other ON twin (other);
