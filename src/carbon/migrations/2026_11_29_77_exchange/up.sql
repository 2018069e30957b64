CREATE TABLE pact_partner (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT,
    unknown_requests TEXT NOT NULL,
    paused BOOLEAN NOT NULL,
    client_id TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    client_there TEXT,
    secret_there TEXT,
    seen_at BIGINT,
    reached_at BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE pact_token (
    id TEXT PRIMARY KEY NOT NULL,
    partner TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE TABLE shared_footprint (
    id TEXT PRIMARY KEY NOT NULL,
    uuid TEXT NOT NULL,
    owner TEXT NOT NULL,
    footprint TEXT NOT NULL,
    replaces TEXT,
    preceding JSONB NOT NULL,
    state TEXT NOT NULL,
    partners JSONB NOT NULL,
    company_name TEXT NOT NULL,
    product_name TEXT NOT NULL,
    description TEXT NOT NULL,
    comment TEXT NOT NULL,
    company_ids JSONB NOT NULL,
    product_ids JSONB NOT NULL,
    classifications JSONB NOT NULL,
    cpc TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount TEXT NOT NULL,
    mass_kg DOUBLE PRECISION,
    reference_from TEXT,
    reference_until TEXT,
    valid_from TEXT,
    valid_until TEXT,
    geography TEXT NOT NULL,
    boundary_processes TEXT NOT NULL,
    fossil_carbon DOUBLE PRECISION NOT NULL,
    biogenic_carbon DOUBLE PRECISION,
    packaging_included BOOLEAN NOT NULL,
    without_uptake TEXT NOT NULL,
    with_uptake TEXT NOT NULL,
    fossil TEXT NOT NULL,
    land_use_change TEXT,
    biogenic_uptake TEXT,
    biogenic_other TEXT,
    characterization TEXT NOT NULL,
    exempted_percent TEXT NOT NULL,
    exempted_reason TEXT NOT NULL,
    allocation TEXT NOT NULL,
    primary_share_percent TEXT NOT NULL,
    factor_sources JSONB NOT NULL,
    quality_technology TEXT,
    quality_area TEXT,
    quality_time TEXT,
    verifier TEXT,
    verified_on TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE received_footprint (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    partner TEXT NOT NULL,
    uuid TEXT NOT NULL,
    state TEXT NOT NULL,
    company_name TEXT NOT NULL,
    product_name TEXT NOT NULL,
    product_ids JSONB NOT NULL,
    unit TEXT NOT NULL,
    amount TEXT NOT NULL,
    with_uptake TEXT NOT NULL,
    without_uptake TEXT NOT NULL,
    geography TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_until BIGINT NOT NULL,
    received_at BIGINT NOT NULL,
    document TEXT NOT NULL
);
CREATE TABLE pact_request (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    partner TEXT NOT NULL,
    partner_name TEXT NOT NULL,
    direction TEXT NOT NULL,
    protocol BIGINT NOT NULL,
    event TEXT NOT NULL,
    product_ids JSONB NOT NULL,
    comment TEXT NOT NULL,
    criteria TEXT NOT NULL,
    state TEXT NOT NULL,
    footprints JSONB NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    answered_at BIGINT,
    version BIGINT NOT NULL
);
CREATE TABLE pact_message (
    id TEXT PRIMARY KEY NOT NULL,
    owner TEXT NOT NULL,
    partner TEXT NOT NULL,
    partner_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    protocol BIGINT NOT NULL,
    body TEXT NOT NULL,
    request TEXT,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    answer TEXT,
    created_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX pact_partner_owner ON pact_partner (owner);
CREATE INDEX pact_partner_client ON pact_partner (client_id);
CREATE UNIQUE INDEX pact_token_hash ON pact_token (token_hash);
CREATE INDEX pact_token_expires ON pact_token (expires_at);
CREATE UNIQUE INDEX shared_footprint_uuid ON shared_footprint (uuid);
CREATE INDEX shared_footprint_owner ON shared_footprint (owner, created_at, id);
CREATE UNIQUE INDEX received_footprint_uuid ON received_footprint (owner, partner, uuid);
CREATE UNIQUE INDEX pact_request_event ON pact_request (partner, direction, event);
CREATE INDEX pact_request_owner ON pact_request (owner, created_at);
CREATE INDEX pact_message_due ON pact_message (state, next_at);
CREATE INDEX pact_message_owner ON pact_message (owner, created_at);
