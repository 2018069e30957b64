ALTER TABLE site ADD COLUMN keep_points_days BIGINT;
ALTER TABLE site ADD COLUMN keep_hours_days BIGINT;
ALTER TABLE telemetry_state ADD COLUMN retained_at BIGINT NOT NULL DEFAULT 0;
CREATE TABLE retention_run (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    site TEXT NOT NULL,
    points_before BIGINT,
    hours_before BIGINT,
    channels BIGINT NOT NULL,
    rows_dropped BIGINT NOT NULL,
    sample BOOLEAN NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX retention_run_site ON retention_run (site, made_at);
CREATE TABLE load_split (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    site TEXT NOT NULL,
    channel TEXT NOT NULL,
    name JSONB NOT NULL,
    parts JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX load_split_organisation ON load_split (organisation);
CREATE INDEX load_split_site ON load_split (site);
