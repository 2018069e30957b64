ALTER TABLE loan ADD COLUMN watched JSONB NOT NULL DEFAULT '[]';
CREATE TABLE insurance_cover (
    id TEXT PRIMARY KEY NOT NULL,
    number TEXT NOT NULL,
    title JSONB NOT NULL,
    kind TEXT NOT NULL,
    insurer TEXT NOT NULL,
    insured TEXT NOT NULL,
    insurer_name JSONB NOT NULL,
    insured_name JSONB NOT NULL,
    project TEXT,
    performance JSONB,
    carbon JSONB,
    limit_amount BIGINT NOT NULL,
    limit_currency TEXT NOT NULL,
    begins_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    quote JSONB,
    premium_amount BIGINT NOT NULL,
    premium_currency TEXT NOT NULL,
    paid_amount BIGINT NOT NULL,
    paid_currency TEXT NOT NULL,
    state TEXT NOT NULL,
    premium_transfer TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX insurance_cover_insured ON insurance_cover (insured);
CREATE INDEX insurance_cover_insurer ON insurance_cover (insurer);
CREATE TABLE insurance_claim (
    id TEXT PRIMARY KEY NOT NULL,
    cover TEXT NOT NULL,
    insurer TEXT NOT NULL,
    insured TEXT NOT NULL,
    from_day TEXT NOT NULL,
    until_day TEXT NOT NULL,
    measured DOUBLE PRECISION,
    settlement_amount BIGINT,
    settlement_currency TEXT,
    amount_amount BIGINT NOT NULL,
    amount_currency TEXT NOT NULL,
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    transfer TEXT,
    made_by TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    checked_by_name TEXT NOT NULL,
    checked_at BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX insurance_claim_cover ON insurance_claim (cover);
CREATE INDEX insurance_claim_insured ON insurance_claim (insured);
CREATE INDEX insurance_claim_insurer ON insurance_claim (insurer);
CREATE TABLE loan_warning (
    id TEXT PRIMARY KEY NOT NULL,
    loan TEXT NOT NULL,
    number TEXT NOT NULL,
    lender TEXT NOT NULL,
    borrower TEXT NOT NULL,
    borrower_name JSONB NOT NULL,
    principal_amount BIGINT NOT NULL,
    principal_currency TEXT NOT NULL,
    level TEXT NOT NULL,
    level_worst TEXT NOT NULL,
    reasons JSONB NOT NULL,
    steps JSONB NOT NULL,
    opened_on TEXT NOT NULL,
    act_by TEXT,
    missed_on TEXT,
    closed_on TEXT,
    lead_days BIGINT,
    open BOOLEAN NOT NULL,
    actions JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX loan_warning_loan ON loan_warning (loan);
CREATE INDEX loan_warning_lender ON loan_warning (lender);
CREATE INDEX loan_warning_open ON loan_warning (open, updated_at);
CREATE TABLE stress_run (
    id TEXT PRIMARY KEY NOT NULL,
    title JSONB NOT NULL,
    currency TEXT NOT NULL,
    on_day TEXT NOT NULL,
    total_amount BIGINT NOT NULL,
    total_currency TEXT NOT NULL,
    carbon_loss_amount BIGINT NOT NULL,
    carbon_loss_currency TEXT NOT NULL,
    output_loss_amount BIGINT NOT NULL,
    output_loss_currency TEXT NOT NULL,
    credit_loss_amount BIGINT NOT NULL,
    credit_loss_currency TEXT NOT NULL,
    calls BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    input JSONB NOT NULL,
    report JSONB NOT NULL,
    names JSONB NOT NULL,
    made_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE green_identification (
    id TEXT PRIMARY KEY NOT NULL,
    title JSONB NOT NULL,
    organisation TEXT NOT NULL,
    organisation_name JSONB NOT NULL,
    project TEXT,
    loan TEXT,
    tree TEXT NOT NULL,
    edition TEXT NOT NULL,
    class_code TEXT NOT NULL,
    standard TEXT,
    grade BIGINT,
    day TEXT NOT NULL,
    documents JSONB NOT NULL,
    answers JSONB NOT NULL,
    bars JSONB NOT NULL,
    equity_and_debt_amount BIGINT,
    equity_and_debt_currency TEXT,
    emissions_tonnes DOUBLE PRECISION,
    reduction_tonnes DOUBLE PRECISION,
    pcaf_option TEXT,
    rule_met BOOLEAN NOT NULL,
    rule TEXT,
    score DOUBLE PRECISION NOT NULL,
    shade TEXT NOT NULL,
    recognised JSONB NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    made_by TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    checked_by_name TEXT NOT NULL,
    checked_at BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX green_identification_organisation ON green_identification (organisation);
CREATE INDEX green_identification_loan ON green_identification (loan);
CREATE TABLE credit_entry (
    id TEXT PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    title JSONB NOT NULL,
    detail TEXT,
    amount_amount BIGINT,
    amount_currency TEXT,
    value DOUBLE PRECISION,
    unit TEXT,
    day TEXT NOT NULL,
    valid_to TEXT,
    source TEXT NOT NULL,
    state TEXT NOT NULL,
    entered_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX credit_entry_subject ON credit_entry (subject, day);
CREATE TABLE credit_consent (
    id TEXT PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    reader TEXT NOT NULL,
    subject_name JSONB NOT NULL,
    reader_name JSONB NOT NULL,
    purpose TEXT NOT NULL,
    until_day TEXT NOT NULL,
    revoked_at BIGINT,
    made_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX credit_consent_subject ON credit_consent (subject);
CREATE INDEX credit_consent_reader ON credit_consent (reader);
CREATE TABLE credit_query (
    id TEXT PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    reader TEXT NOT NULL,
    subject_name JSONB NOT NULL,
    reader_name JSONB NOT NULL,
    person_name TEXT NOT NULL,
    purpose TEXT NOT NULL,
    consent TEXT,
    report JSONB NOT NULL,
    digest TEXT NOT NULL,
    proof_code TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX credit_query_subject ON credit_query (subject, created_at);
CREATE INDEX credit_query_reader ON credit_query (reader);
CREATE TABLE credit_dispute (
    id TEXT PRIMARY KEY NOT NULL,
    entry TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    answer TEXT,
    made_by_name TEXT NOT NULL,
    answered_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX credit_dispute_subject ON credit_dispute (subject);
CREATE INDEX credit_dispute_entry ON credit_dispute (entry);
CREATE TABLE green_bond (
    id TEXT PRIMARY KEY NOT NULL,
    title JSONB NOT NULL,
    issuer TEXT NOT NULL,
    issuer_name JSONB NOT NULL,
    amount_amount BIGINT NOT NULL,
    amount_currency TEXT NOT NULL,
    allocated_amount BIGINT NOT NULL,
    allocated_currency TEXT NOT NULL,
    coupon DOUBLE PRECISION NOT NULL,
    issued_on TEXT NOT NULL,
    matures_on TEXT NOT NULL,
    framework TEXT NOT NULL,
    allocations JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX green_bond_issuer ON green_bond (issuer);
