CREATE TABLE match_run (
    id TEXT PRIMARY KEY NOT NULL,
    job TEXT NOT NULL,
    state TEXT NOT NULL,
    top BIGINT NOT NULL,
    needs BIGINT NOT NULL,
    technologies BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    fresh BIGINT NOT NULL,
    weights_edition TEXT NOT NULL,
    previous TEXT,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    kept BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX match_run_started ON match_run (started_at);
CREATE TABLE match_result (
    id TEXT PRIMARY KEY NOT NULL,
    run TEXT NOT NULL,
    need TEXT NOT NULL,
    title JSONB NOT NULL,
    owner TEXT,
    field TEXT NOT NULL,
    country TEXT NOT NULL,
    considered BIGINT NOT NULL,
    excluded BIGINT NOT NULL,
    best TEXT,
    best_title JSONB NOT NULL,
    best_score_points BIGINT NOT NULL,
    items JSONB NOT NULL,
    fresh BIGINT NOT NULL,
    gone BIGINT NOT NULL
);
CREATE INDEX match_result_run ON match_result (run, need);
CREATE INDEX match_result_need ON match_result (need);
CREATE TABLE match_feedback (
    id TEXT PRIMARY KEY NOT NULL,
    need TEXT NOT NULL,
    technology TEXT NOT NULL,
    need_title JSONB NOT NULL,
    technology_title JSONB NOT NULL,
    action TEXT NOT NULL,
    reason TEXT,
    note TEXT,
    party TEXT NOT NULL,
    organisation TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    score_points BIGINT,
    points JSONB NOT NULL,
    weights_edition TEXT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE INDEX match_feedback_pair ON match_feedback (need, technology);
CREATE INDEX match_feedback_at ON match_feedback (at);
CREATE TABLE weights_edition (
    id TEXT PRIMARY KEY NOT NULL,
    edition TEXT NOT NULL,
    based_on TEXT NOT NULL,
    origin TEXT NOT NULL,
    state TEXT NOT NULL,
    criteria_before JSONB NOT NULL,
    criteria JSONB NOT NULL,
    report JSONB NOT NULL,
    note TEXT,
    proposed_by TEXT NOT NULL,
    proposed_by_name TEXT NOT NULL,
    proposed_at BIGINT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_by_name TEXT NOT NULL,
    decided_at BIGINT,
    ended_at BIGINT,
    decision TEXT,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX weights_edition_name ON weights_edition (edition);
