ALTER TABLE territory_inventory ADD COLUMN readings JSONB NOT NULL DEFAULT '[]';
CREATE TABLE target_warning (
    id TEXT PRIMARY KEY NOT NULL,
    target TEXT NOT NULL,
    owner TEXT NOT NULL,
    responsible TEXT NOT NULL,
    title JSONB NOT NULL,
    year BIGINT NOT NULL,
    months BIGINT NOT NULL,
    forecast_kg BIGINT NOT NULL,
    limit_kg BIGINT NOT NULL,
    state TEXT NOT NULL,
    steps JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX target_warning_open ON target_warning (target) WHERE state <> 'closed';
CREATE INDEX target_warning_owner ON target_warning (owner, state);
CREATE INDEX target_warning_responsible ON target_warning (responsible, state);
