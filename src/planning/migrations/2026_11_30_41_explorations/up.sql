CREATE TABLE plan_exploration (
    id TEXT PRIMARY KEY NOT NULL,
    study TEXT NOT NULL,
    plan TEXT,
    organisation TEXT NOT NULL,
    kind TEXT NOT NULL,
    "values" JSONB NOT NULL,
    state TEXT NOT NULL,
    job TEXT NOT NULL,
    points JSONB NOT NULL,
    ranges JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX plan_exploration_study ON plan_exploration (study, created_at);
CREATE INDEX plan_exploration_plan ON plan_exploration (plan);
