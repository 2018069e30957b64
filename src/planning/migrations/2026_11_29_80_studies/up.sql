CREATE TABLE study (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    title JSONB NOT NULL,
    about JSONB NOT NULL,
    project TEXT,
    monitored TEXT,
    currency TEXT NOT NULL,
    plant JSONB NOT NULL,
    starts_at BIGINT NOT NULL,
    steps BIGINT NOT NULL,
    series_source TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX study_organisation ON study (organisation, updated_at);
CREATE TABLE study_column (
    id TEXT PRIMARY KEY NOT NULL,
    study TEXT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    "values" JSONB NOT NULL
);
CREATE INDEX study_column_study ON study_column (study, number);
CREATE TABLE energy_plan (
    id TEXT PRIMARY KEY NOT NULL,
    study TEXT NOT NULL,
    organisation TEXT NOT NULL,
    title JSONB NOT NULL,
    renewable_share_min DOUBLE PRECISION,
    carbon_max DOUBLE PRECISION,
    autonomy_days DOUBLE PRECISION,
    seconds_max BIGINT NOT NULL,
    state TEXT NOT NULL,
    job TEXT NOT NULL,
    result JSONB,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX energy_plan_study ON energy_plan (study, created_at);
CREATE TABLE plan_column (
    id TEXT PRIMARY KEY NOT NULL,
    plan TEXT NOT NULL,
    number BIGINT NOT NULL,
    name TEXT NOT NULL,
    "values" JSONB NOT NULL
);
CREATE INDEX plan_column_plan ON plan_column (plan, number);
