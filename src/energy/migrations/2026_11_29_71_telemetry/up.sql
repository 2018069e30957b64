CREATE TABLE telemetry_batch (
    number BIGINT PRIMARY KEY NOT NULL,
    points BIGINT NOT NULL,
    bytes BYTEA NOT NULL
);
CREATE TABLE telemetry_chunk (
    series BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    points BIGINT NOT NULL,
    bytes BYTEA NOT NULL
);
CREATE UNIQUE INDEX telemetry_chunk_place ON telemetry_chunk (series, first_at);
CREATE TABLE telemetry_tier (
    series BIGINT NOT NULL,
    step BIGINT NOT NULL,
    first_at BIGINT NOT NULL,
    bytes BYTEA NOT NULL
);
CREATE UNIQUE INDEX telemetry_tier_place ON telemetry_tier (series, step, first_at);
CREATE TABLE telemetry_kept (
    channel BIGINT PRIMARY KEY NOT NULL,
    points_from BIGINT NOT NULL
);
CREATE TABLE telemetry_state (
    id BIGINT PRIMARY KEY NOT NULL,
    sealed BIGINT NOT NULL,
    sealed_at BIGINT NOT NULL
);
INSERT INTO telemetry_state (id, sealed, sealed_at) VALUES (1, 0, 0);
