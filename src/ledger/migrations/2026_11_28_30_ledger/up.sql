CREATE TABLE asset (
    id TEXT PRIMARY KEY NOT NULL,
    number BIGINT NOT NULL,
    code TEXT NOT NULL,
    key TEXT NOT NULL,
    scale BIGINT NOT NULL,
    kind TEXT NOT NULL,
    name JSONB NOT NULL,
    revision BIGINT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX asset_number ON asset (number);
CREATE UNIQUE INDEX asset_code_key ON asset (code, key);
CREATE TABLE account (
    id TEXT PRIMARY KEY NOT NULL,
    number BIGINT NOT NULL,
    title JSONB NOT NULL,
    owner TEXT NOT NULL,
    purpose TEXT NOT NULL,
    asset TEXT NOT NULL,
    rule TEXT NOT NULL,
    state TEXT NOT NULL,
    balance_min TEXT,
    balance_max TEXT,
    revision BIGINT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_number ON account (number);
CREATE INDEX account_owner ON account (owner);
CREATE INDEX account_revision ON account (revision);
-- Amounts are texts of whole minor units: up to 128 bits. A batch changes most rows of a page: PostgreSQL needs room beside them, or each
-- change is a new entry of the index too.
CREATE TABLE account_balance (
    account BIGINT PRIMARY KEY NOT NULL,
    balances TEXT NOT NULL,
    last_line BIGINT NOT NULL,
    line_count BIGINT NOT NULL
) WITH (fillfactor = 40);
CREATE TABLE journal_line (
    number BIGINT PRIMARY KEY NOT NULL,
    id TEXT,
    kind TEXT NOT NULL,
    refers_to TEXT,
    debit BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    asset BIGINT NOT NULL,
    amount TEXT NOT NULL,
    requested TEXT NOT NULL,
    at BIGINT NOT NULL,
    booking_date TEXT NOT NULL,
    value_date TEXT NOT NULL,
    balancing BIGINT NOT NULL,
    timeout_seconds BIGINT NOT NULL,
    linked BIGINT NOT NULL,
    purpose BIGINT NOT NULL,
    memo BIGINT NOT NULL,
    note TEXT,
    debit_after TEXT NOT NULL,
    credit_after TEXT NOT NULL,
    debit_previous BIGINT NOT NULL,
    credit_previous BIGINT NOT NULL
);
CREATE UNIQUE INDEX journal_line_id ON journal_line (id);
CREATE INDEX journal_line_refers_to ON journal_line (refers_to) WHERE refers_to IS NOT NULL;
CREATE TABLE account_milestone (
    account BIGINT NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account, number)
);
CREATE INDEX account_milestone_at ON account_milestone (account, at);
CREATE TABLE journal_round (
    id TEXT PRIMARY KEY NOT NULL,
    sequence BIGINT NOT NULL,
    first BIGINT NOT NULL,
    last BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    at BIGINT NOT NULL,
    digest TEXT NOT NULL
);
CREATE UNIQUE INDEX journal_round_sequence ON journal_round (sequence);
CREATE TABLE hold (
    number BIGINT PRIMARY KEY NOT NULL,
    id TEXT NOT NULL,
    debit BIGINT NOT NULL,
    credit BIGINT NOT NULL,
    amount TEXT NOT NULL,
    expires_at BIGINT
);
CREATE UNIQUE INDEX hold_id ON hold (id);
CREATE INDEX hold_expires_at ON hold (expires_at);
CREATE TABLE period (
    id TEXT PRIMARY KEY NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    closed_by TEXT NOT NULL,
    closed_at BIGINT NOT NULL
);
CREATE TABLE transfer_order (
    id TEXT PRIMARY KEY NOT NULL,
    debit TEXT NOT NULL,
    credit TEXT NOT NULL,
    asset TEXT NOT NULL,
    amount TEXT NOT NULL,
    note TEXT,
    value_date TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    transfer TEXT,
    made_by TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    made_on TEXT NOT NULL,
    checked_by TEXT,
    checked_by_name TEXT,
    checked_at BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX transfer_order_state ON transfer_order (state);
CREATE INDEX transfer_order_made ON transfer_order (made_by, made_on);
CREATE TABLE maker_limit (
    id TEXT PRIMARY KEY NOT NULL,
    person TEXT NOT NULL,
    asset TEXT NOT NULL,
    single_max TEXT NOT NULL,
    daily_max TEXT NOT NULL,
    set_by TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX maker_limit_person ON maker_limit (person, asset);
CREATE TABLE exchange_rate (
    id TEXT PRIMARY KEY NOT NULL,
    asset TEXT NOT NULL,
    into_asset TEXT NOT NULL,
    day TEXT NOT NULL,
    rate TEXT NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX exchange_rate_day ON exchange_rate (asset, into_asset, day);
CREATE TABLE statement (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    opening TEXT NOT NULL,
    closing TEXT NOT NULL,
    line_count BIGINT NOT NULL,
    last_line BIGINT NOT NULL,
    digest TEXT NOT NULL,
    issued_by TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE INDEX statement_account ON statement (account);
-- What the pages list; amounts are filled in by the program, which knows how to write 128 bits with a point.
CREATE VIEW account_view AS SELECT a.id, a.number, a.title, a.owner, a.purpose, a.asset,
    CASE WHEN s.key = '' THEN s.code ELSE s.code || '/' || s.key END AS asset_code, s.scale, a.rule, a.state, b.balances AS balance,
    '' AS available, '' AS debits, '' AS credits, '' AS held_out, '' AS held_in, b.line_count, a.balance_min, a.balance_max, a.sample, a.created_at,
    a.updated_at, a.version
    FROM account a JOIN asset s ON s.id = a.asset JOIN account_balance b ON b.account = a.number;
