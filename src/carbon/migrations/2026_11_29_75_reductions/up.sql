CREATE TABLE reduction_project (
    id TEXT PRIMARY KEY NOT NULL,
    project TEXT NOT NULL,
    owner TEXT NOT NULL,
    title JSONB NOT NULL,
    summary JSONB NOT NULL,
    methodology TEXT NOT NULL,
    methodology_edition TEXT NOT NULL,
    assessor TEXT,
    starts_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    stated JSONB NOT NULL,
    meters JSONB NOT NULL,
    channels JSONB NOT NULL,
    state TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    judged_by TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    opinion JSONB NOT NULL,
    steps JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX reduction_project_owner ON reduction_project (owner);
CREATE INDEX reduction_project_project ON reduction_project (project);
CREATE TABLE monitoring_period (
    id TEXT PRIMARY KEY NOT NULL,
    reduction TEXT NOT NULL,
    owner TEXT NOT NULL,
    assessor TEXT,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    sources JSONB NOT NULL,
    report JSONB,
    state TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    judged_by TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    opinion JSONB NOT NULL,
    correction_kg BIGINT NOT NULL,
    correction_reason TEXT,
    verified_kg BIGINT,
    verified TEXT,
    steps JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX monitoring_period_reduction ON monitoring_period (reduction, from_day);
CREATE TABLE monitoring_series (
    id TEXT PRIMARY KEY NOT NULL,
    period TEXT NOT NULL,
    parameter TEXT NOT NULL,
    begins_at BIGINT NOT NULL,
    interval_minutes BIGINT NOT NULL,
    readings TEXT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE INDEX monitoring_series_period ON monitoring_series (period);
CREATE TABLE verified_reduction (
    id TEXT PRIMARY KEY NOT NULL,
    project TEXT NOT NULL,
    reduction TEXT NOT NULL,
    period TEXT NOT NULL,
    owner TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    vintage BIGINT NOT NULL,
    verified_kg BIGINT NOT NULL,
    measured_kg BIGINT NOT NULL,
    methodology TEXT NOT NULL,
    methodology_edition TEXT NOT NULL,
    methodology_status TEXT NOT NULL,
    assessor TEXT NOT NULL,
    assessor_name TEXT NOT NULL,
    state TEXT NOT NULL,
    statement_hash TEXT NOT NULL,
    proof_code TEXT NOT NULL,
    proof_position BIGINT NOT NULL,
    issued_as TEXT,
    sample BOOLEAN NOT NULL,
    verified_at BIGINT NOT NULL,
    issued_at BIGINT,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX verified_reduction_period ON verified_reduction (period);
CREATE INDEX verified_reduction_project ON verified_reduction (project, from_day);
