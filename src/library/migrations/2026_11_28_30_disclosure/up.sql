ALTER TABLE technology ADD COLUMN disclosure JSONB NOT NULL DEFAULT '[]';
ALTER TABLE need ADD COLUMN disclosure JSONB NOT NULL DEFAULT '[]';
ALTER TABLE capital_offer ADD COLUMN disclosure JSONB NOT NULL DEFAULT '[]';
CREATE TABLE disclosure_agreement (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT,
    recipient TEXT NOT NULL,
    kind TEXT,
    entry TEXT,
    title JSONB NOT NULL,
    purpose TEXT NOT NULL,
    terms TEXT NOT NULL,
    document TEXT,
    document_name TEXT,
    valid_from TEXT,
    valid_until TEXT,
    state TEXT NOT NULL,
    since BIGINT NOT NULL,
    owner_signer TEXT,
    owner_signed_at BIGINT,
    recipient_signer TEXT,
    recipient_signed_at BIGINT,
    reason TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX disclosure_agreement_parties ON disclosure_agreement (owner, recipient);
CREATE INDEX disclosure_agreement_recipient ON disclosure_agreement (recipient);
CREATE TABLE disclosure_grant (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    recipient TEXT NOT NULL,
    kind TEXT,
    entry TEXT,
    title JSONB NOT NULL,
    stage TEXT NOT NULL,
    valid_until TEXT,
    note TEXT NOT NULL,
    granted_by TEXT NOT NULL,
    ended_at BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX disclosure_grant_parties ON disclosure_grant (owner, recipient);
CREATE TABLE disclosure_read (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    title JSONB NOT NULL,
    entry_version BIGINT NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    stage TEXT NOT NULL,
    fields JSONB NOT NULL,
    at BIGINT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE INDEX disclosure_read_owner ON disclosure_read (owner, entry);
CREATE TABLE entry_document (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    title JSONB NOT NULL,
    file TEXT NOT NULL,
    name TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    stage TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX entry_document_entry ON entry_document (entry);
