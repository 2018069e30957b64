CREATE TABLE project (
    id TEXT PRIMARY KEY NOT NULL,
    title JSONB NOT NULL,
    summary JSONB NOT NULL,
    description JSONB NOT NULL,
    owner TEXT,
    field TEXT NOT NULL,
    classes JSONB NOT NULL,
    stage TEXT NOT NULL,
    stages JSONB NOT NULL,
    progress TEXT NOT NULL,
    need TEXT,
    technologies JSONB NOT NULL,
    partners JSONB NOT NULL,
    country TEXT NOT NULL,
    place JSONB NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    starts_on TEXT,
    runs_from TEXT,
    life BIGINT NOT NULL,
    budget_amount BIGINT,
    budget_currency TEXT,
    budget_lines JSONB NOT NULL,
    effects JSONB NOT NULL,
    keywords JSONB NOT NULL,
    disclosure JSONB NOT NULL,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX project_owner ON project (owner);
CREATE INDEX project_need ON project (need);
CREATE INDEX project_state ON project (state, updated_at);
CREATE TABLE milestone (
    id TEXT PRIMARY KEY NOT NULL,
    project TEXT NOT NULL,
    number BIGINT NOT NULL,
    title JSONB NOT NULL,
    description JSONB,
    responsible TEXT,
    due_on TEXT NOT NULL,
    weight BIGINT NOT NULL,
    amount_amount BIGINT,
    amount_currency TEXT,
    proofs JSONB NOT NULL,
    state TEXT NOT NULL,
    submitted_by TEXT NOT NULL,
    submitted_by_name TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_by_name TEXT NOT NULL,
    submitted_at BIGINT,
    decided_at BIGINT,
    reason TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX milestone_project ON milestone (project, number);
CREATE TABLE milestone_evidence (
    id TEXT PRIMARY KEY NOT NULL,
    project TEXT NOT NULL,
    milestone TEXT NOT NULL,
    kind TEXT NOT NULL,
    note JSONB NOT NULL,
    file TEXT,
    name TEXT,
    bytes BIGINT NOT NULL,
    organisation TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE INDEX milestone_evidence_milestone ON milestone_evidence (milestone);
CREATE INDEX milestone_evidence_project ON milestone_evidence (project);
CREATE TABLE project_appraisal (
    id TEXT PRIMARY KEY NOT NULL,
    project TEXT NOT NULL,
    project_version BIGINT NOT NULL,
    title JSONB NOT NULL,
    plan JSONB NOT NULL,
    report JSONB NOT NULL,
    organisation TEXT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE INDEX project_appraisal_project ON project_appraisal (project, at);
