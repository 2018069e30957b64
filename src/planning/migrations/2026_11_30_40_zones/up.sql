CREATE TABLE zone_member (
    id TEXT PRIMARY KEY NOT NULL,
    study TEXT NOT NULL,
    zone TEXT NOT NULL,
    organisation TEXT NOT NULL,
    organisation_name JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX zone_member_zone ON zone_member (study, zone);
CREATE INDEX zone_member_organisation ON zone_member (organisation);
CREATE TABLE zone_release (
    id TEXT PRIMARY KEY NOT NULL,
    study TEXT NOT NULL,
    zone TEXT NOT NULL,
    number BIGINT NOT NULL,
    organisation TEXT NOT NULL,
    organisation_name JSONB NOT NULL,
    figures JSONB NOT NULL,
    made_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX zone_release_number ON zone_release (study, zone, number);
CREATE TABLE energy_obligation (
    id TEXT PRIMARY KEY NOT NULL,
    study TEXT NOT NULL,
    study_title JSONB NOT NULL,
    study_version BIGINT NOT NULL,
    giver_zone TEXT NOT NULL,
    taker_zone TEXT NOT NULL,
    giver TEXT NOT NULL,
    taker TEXT NOT NULL,
    giver_name JSONB NOT NULL,
    taker_name JSONB NOT NULL,
    energy DOUBLE PRECISION NOT NULL,
    price_amount BIGINT NOT NULL,
    price_currency TEXT NOT NULL,
    amount_amount BIGINT NOT NULL,
    amount_currency TEXT NOT NULL,
    state TEXT NOT NULL,
    giver_accepted_by TEXT,
    giver_accepted_name TEXT,
    giver_accepted_at BIGINT,
    taker_accepted_by TEXT,
    taker_accepted_name TEXT,
    taker_accepted_at BIGINT,
    reason TEXT,
    paid_by_name TEXT,
    paid_at BIGINT,
    transfer TEXT,
    made_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX energy_obligation_study ON energy_obligation (study);
CREATE INDEX energy_obligation_giver ON energy_obligation (giver);
CREATE INDEX energy_obligation_taker ON energy_obligation (taker);
