CREATE TABLE organisation (
    id TEXT PRIMARY KEY NOT NULL,
    name JSONB NOT NULL,
    kind TEXT NOT NULL,
    country TEXT NOT NULL,
    city JSONB NOT NULL,
    about JSONB NOT NULL,
    credit_code TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX organisation_credit_code ON organisation (credit_code);
CREATE TABLE person (
    id TEXT PRIMARY KEY NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    totp_secret TEXT,
    totp_confirmed BOOLEAN NOT NULL,
    totp_last_step BIGINT NOT NULL,
    recovery_codes TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX person_email ON person (email);
CREATE TABLE membership (
    id TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    organisation TEXT NOT NULL REFERENCES organisation (id),
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX membership_person_organisation ON membership (person, organisation);
CREATE INDEX membership_organisation ON membership (organisation);
CREATE TABLE invitation (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisation (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    invited_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT
);
CREATE UNIQUE INDEX invitation_token_hash ON invitation (token_hash);
CREATE TABLE session (
    id TEXT PRIMARY KEY NOT NULL,
    token_hash TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    organisation TEXT,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX session_token_hash ON session (token_hash);
CREATE INDEX session_person ON session (person);
CREATE TABLE api_token (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    organisation TEXT,
    rights JSONB NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX api_token_token_hash ON api_token (token_hash);
CREATE INDEX api_token_person ON api_token (person);
CREATE TABLE one_time_link (
    id TEXT PRIMARY KEY NOT NULL,
    purpose TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX one_time_link_token_hash ON one_time_link (token_hash);
CREATE TABLE sign_in_failure (
    key TEXT PRIMARY KEY NOT NULL,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);
CREATE TABLE audit_entry (
    id TEXT PRIMARY KEY NOT NULL,
    at BIGINT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    operation TEXT NOT NULL,
    record TEXT NOT NULL,
    record_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    changes JSONB NOT NULL
);
CREATE INDEX audit_entry_at ON audit_entry (at);
CREATE INDEX audit_entry_record ON audit_entry (record, record_id);
CREATE INDEX audit_entry_person ON audit_entry (person, at);
