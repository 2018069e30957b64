CREATE TABLE organisation_inventory (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    title JSONB NOT NULL,
    year BIGINT NOT NULL,
    consolidation TEXT NOT NULL,
    gwp TEXT NOT NULL,
    area TEXT NOT NULL,
    sources JSONB NOT NULL,
    explained JSONB NOT NULL,
    all_categories BOOLEAN NOT NULL,
    base_year BIGINT,
    base_threshold_percent DOUBLE PRECISION NOT NULL,
    base_events JSONB NOT NULL,
    state TEXT NOT NULL,
    finished_by TEXT NOT NULL,
    finished_at BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX organisation_inventory_owner ON organisation_inventory (owner, year);
