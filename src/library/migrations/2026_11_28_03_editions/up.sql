CREATE TABLE edition (
    id TEXT PRIMARY KEY NOT NULL,
    number BIGINT NOT NULL,
    year BIGINT NOT NULL,
    title JSONB NOT NULL,
    summary JSONB NOT NULL,
    panel_needed BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    opened_on TEXT,
    closed_on TEXT,
    published_on TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX edition_number ON edition (number);
CREATE TABLE admission (
    id TEXT PRIMARY KEY NOT NULL,
    edition TEXT NOT NULL,
    technology TEXT NOT NULL,
    title JSONB NOT NULL,
    holder TEXT,
    field TEXT NOT NULL,
    class TEXT NOT NULL,
    state TEXT NOT NULL,
    since BIGINT NOT NULL,
    declared_on TEXT NOT NULL,
    cases BIGINT NOT NULL,
    content_version BIGINT,
    published_on TEXT,
    valid_until TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX admission_edition ON admission (edition, state);
CREATE INDEX admission_technology ON admission (technology);
CREATE INDEX admission_holder ON admission (holder);
CREATE TABLE assessment_step (
    id TEXT PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    action TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    at BIGINT NOT NULL,
    comment TEXT,
    content_version BIGINT,
    sample BOOLEAN NOT NULL
);
CREATE INDEX assessment_step_subject ON assessment_step (subject, at);
