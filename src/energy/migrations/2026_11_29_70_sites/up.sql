CREATE TABLE site (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    project TEXT,
    name JSONB NOT NULL,
    about JSONB NOT NULL,
    kind TEXT NOT NULL,
    country TEXT NOT NULL,
    place JSONB NOT NULL,
    latitude DOUBLE PRECISION,
    longitude DOUBLE PRECISION,
    utc_offset_minutes BIGINT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX site_organisation ON site (organisation);
CREATE TABLE device (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    site TEXT,
    template TEXT NOT NULL,
    name JSONB NOT NULL,
    serial TEXT NOT NULL,
    state TEXT NOT NULL,
    accuracy_class TEXT NOT NULL,
    calibration_certificate TEXT NOT NULL,
    calibrated_on TEXT,
    calibration_valid_to TEXT,
    clock_ahead_max_seconds BIGINT NOT NULL,
    credential_hash TEXT NOT NULL,
    credential_before_hash TEXT NOT NULL,
    credential_before_until BIGINT,
    credential_issued_at BIGINT,
    claim_code_hash TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX device_serial ON device (organisation, serial);
CREATE INDEX device_site ON device (site);
CREATE INDEX device_credential ON device (credential_hash);
CREATE INDEX device_credential_before ON device (credential_before_hash);
CREATE INDEX device_claim_code ON device (claim_code_hash);
CREATE TABLE channel (
    id TEXT PRIMARY KEY NOT NULL,
    number BIGINT NOT NULL,
    organisation TEXT NOT NULL,
    site TEXT NOT NULL,
    device TEXT,
    key TEXT NOT NULL,
    name JSONB NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL,
    quantity TEXT NOT NULL,
    accuracy DOUBLE PRECISION,
    least DOUBLE PRECISION,
    greatest DOUBLE PRECISION,
    decimals BIGINT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX channel_number ON channel (number);
CREATE UNIQUE INDEX channel_key ON channel (device, key);
CREATE INDEX channel_site ON channel (site);
