CREATE TABLE expert (
    id TEXT PRIMARY KEY NOT NULL,
    name JSONB NOT NULL,
    post JSONB NOT NULL,
    organisation TEXT,
    affiliation JSONB NOT NULL,
    person TEXT,
    about JSONB NOT NULL,
    fields JSONB NOT NULL,
    classes JSONB NOT NULL,
    languages JSONB NOT NULL,
    country TEXT NOT NULL,
    available_from TEXT,
    available_until TEXT,
    hours_a_month BIGINT,
    interests JSONB NOT NULL,
    keywords JSONB NOT NULL,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX expert_person ON expert (person);
CREATE INDEX expert_state ON expert (state);
CREATE TABLE panel (
    id TEXT PRIMARY KEY NOT NULL,
    admission TEXT,
    verification TEXT,
    technology TEXT NOT NULL,
    title JSONB NOT NULL,
    system TEXT NOT NULL,
    system_edition TEXT NOT NULL,
    indicators JSONB NOT NULL,
    scale_min DOUBLE PRECISION NOT NULL,
    scale_max DOUBLE PRECISION NOT NULL,
    minimum DOUBLE PRECISION NOT NULL,
    quorum BIGINT NOT NULL,
    trim BIGINT NOT NULL,
    deadline TEXT,
    state TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    closed_at BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX panel_admission ON panel (admission);
CREATE INDEX panel_verification ON panel (verification);
CREATE TABLE panel_seat (
    id TEXT PRIMARY KEY NOT NULL,
    panel TEXT NOT NULL,
    expert TEXT NOT NULL,
    expert_name JSONB NOT NULL,
    state TEXT NOT NULL,
    declaration TEXT,
    scores JSONB NOT NULL,
    comment TEXT,
    invited_at BIGINT NOT NULL,
    answered_at BIGINT,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX panel_seat_expert ON panel_seat (panel, expert);
CREATE INDEX panel_seat_of_expert ON panel_seat (expert);
