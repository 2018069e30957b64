CREATE TABLE verification (
    id TEXT PRIMARY KEY NOT NULL,
    technology TEXT NOT NULL,
    title JSONB NOT NULL,
    holder TEXT,
    applicant TEXT NOT NULL,
    verifier TEXT NOT NULL,
    claims JSONB NOT NULL,
    existing_data JSONB NOT NULL,
    plan_reference TEXT,
    report_reference TEXT,
    report_link TEXT,
    statement_number TEXT,
    statement JSONB NOT NULL,
    issued_on TEXT,
    valid_until TEXT,
    published_on TEXT,
    state TEXT NOT NULL,
    since BIGINT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX verification_technology ON verification (technology);
CREATE INDEX verification_applicant ON verification (applicant);
CREATE INDEX verification_verifier ON verification (verifier, state);
CREATE UNIQUE INDEX verification_statement ON verification (statement_number);
