CREATE TABLE peak_scenario (
    id TEXT PRIMARY KEY NOT NULL,
    territory TEXT NOT NULL,
    owner TEXT NOT NULL,
    title JSONB NOT NULL,
    base_year BIGINT NOT NULL,
    until_year BIGINT NOT NULL,
    growth_percent DOUBLE PRECISION NOT NULL,
    growth_end_percent DOUBLE PRECISION NOT NULL,
    growth_spread_percent DOUBLE PRECISION NOT NULL,
    sectors JSONB NOT NULL,
    measures JSONB NOT NULL,
    source TEXT NOT NULL,
    promised_year BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX peak_scenario_territory ON peak_scenario (territory);
CREATE TABLE carbon_target (
    id TEXT PRIMARY KEY NOT NULL,
    territory TEXT NOT NULL,
    owner TEXT NOT NULL,
    responsible TEXT NOT NULL,
    title JSONB NOT NULL,
    year BIGINT NOT NULL,
    kind TEXT NOT NULL,
    limit_kg BIGINT,
    limit_per_output DOUBLE PRECISION,
    output DOUBLE PRECISION,
    output_unit TEXT,
    months JSONB NOT NULL,
    last_year_kg JSONB NOT NULL,
    appeals JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX carbon_target_territory ON carbon_target (territory, year);
CREATE INDEX carbon_target_responsible ON carbon_target (responsible);
CREATE TABLE carbon_assessment (
    id TEXT PRIMARY KEY NOT NULL,
    territory TEXT NOT NULL,
    owner TEXT NOT NULL,
    project TEXT,
    title JSONB NOT NULL,
    output DOUBLE PRECISION NOT NULL,
    output_unit TEXT NOT NULL,
    kg BIGINT NOT NULL,
    ceiling_kg DOUBLE PRECISION NOT NULL,
    advanced_kg DOUBLE PRECISION,
    best_technology TEXT,
    space_kg BIGINT,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    conditions JSONB,
    measured_kg BIGINT,
    measured_year BIGINT,
    measured_output DOUBLE PRECISION,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX carbon_assessment_territory ON carbon_assessment (territory);
