CREATE TABLE zero_plan (
    id TEXT PRIMARY KEY NOT NULL,
    territory TEXT NOT NULL,
    owner TEXT NOT NULL,
    title JSONB NOT NULL,
    base_year BIGINT NOT NULL,
    base_kg BIGINT NOT NULL,
    zero_year BIGINT NOT NULL,
    steps JSONB NOT NULL,
    "source" TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX zero_plan_territory ON zero_plan (territory);
CREATE INDEX zero_plan_owner ON zero_plan (owner);
