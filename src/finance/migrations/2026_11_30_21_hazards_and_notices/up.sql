CREATE TABLE hazard_model (
    id TEXT PRIMARY KEY NOT NULL,
    source TEXT NOT NULL,
    model JSONB NOT NULL,
    in_use BOOLEAN NOT NULL,
    made_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE notice_partner (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    organisation_name JSONB NOT NULL,
    key TEXT NOT NULL,
    source TEXT NOT NULL,
    in_use BOOLEAN NOT NULL,
    made_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE sent_notice (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_name JSONB NOT NULL,
    partner TEXT NOT NULL,
    partner_name JSONB NOT NULL,
    consent TEXT NOT NULL,
    note TEXT NOT NULL,
    revocation TEXT,
    proof_code TEXT NOT NULL,
    day TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    state TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE received_notice (
    id TEXT PRIMARY KEY NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    partner TEXT NOT NULL,
    partner_name JSONB NOT NULL,
    subject TEXT NOT NULL,
    organisation TEXT,
    organisation_name JSONB,
    level TEXT,
    reasons JSONB NOT NULL,
    loans BIGINT NOT NULL,
    late BIGINT NOT NULL,
    written_off BIGINT NOT NULL,
    penalties BIGINT NOT NULL,
    note TEXT,
    day TEXT NOT NULL,
    valid_until TEXT NOT NULL,
    state TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX sent_notice_subject ON sent_notice (subject);
CREATE UNIQUE INDEX received_notice_number ON received_notice (partner, number);
CREATE INDEX received_notice_organisation ON received_notice (organisation);
