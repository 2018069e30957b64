CREATE TABLE field_connection (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    device TEXT NOT NULL,
    protocol TEXT NOT NULL,
    address TEXT NOT NULL,
    unit_number BIGINT NOT NULL,
    every_seconds BIGINT NOT NULL,
    timeout_milliseconds BIGINT NOT NULL,
    registers JSONB NOT NULL,
    enabled BOOLEAN NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX field_connection_address ON field_connection (protocol, address, unit_number);
CREATE INDEX field_connection_device ON field_connection (device);
CREATE TABLE device_attribute (
    id TEXT PRIMARY KEY NOT NULL,
    device TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    said_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX device_attribute_name ON device_attribute (device, name);
CREATE TABLE charger (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    device TEXT NOT NULL,
    identity TEXT NOT NULL,
    vendor TEXT NOT NULL,
    model TEXT NOT NULL,
    serial TEXT NOT NULL,
    firmware TEXT NOT NULL,
    booted_at BIGINT,
    connected_at BIGINT,
    heard_at BIGINT,
    connected BOOLEAN NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX charger_identity ON charger (identity);
CREATE INDEX charger_organisation ON charger (organisation);
CREATE TABLE charger_connector (
    id TEXT PRIMARY KEY NOT NULL,
    charger TEXT NOT NULL,
    number BIGINT NOT NULL,
    status TEXT NOT NULL,
    error TEXT NOT NULL,
    info TEXT NOT NULL,
    since BIGINT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX charger_connector_number ON charger_connector (charger, number);
CREATE TABLE charging_session (
    id TEXT PRIMARY KEY NOT NULL,
    charger TEXT NOT NULL,
    organisation TEXT NOT NULL,
    number BIGINT NOT NULL,
    connector BIGINT NOT NULL,
    tag TEXT NOT NULL,
    tag_status TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    meter_start_wh BIGINT NOT NULL,
    stopped_at BIGINT,
    meter_stop_wh BIGINT,
    energy_wh BIGINT,
    reason TEXT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX charging_session_number ON charging_session (number);
CREATE INDEX charging_session_charger ON charging_session (charger, started_at);
CREATE TABLE charger_request (
    id TEXT PRIMARY KEY NOT NULL,
    charger TEXT NOT NULL,
    organisation TEXT NOT NULL,
    action TEXT NOT NULL,
    connector BIGINT,
    session_number BIGINT,
    profile_number BIGINT,
    tag TEXT NOT NULL,
    purpose TEXT NOT NULL,
    in_watts BOOLEAN NOT NULL,
    periods JSONB NOT NULL,
    state TEXT NOT NULL,
    answer TEXT NOT NULL,
    person_name TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    ended_at BIGINT,
    version BIGINT NOT NULL
);
CREATE INDEX charger_request_charger ON charger_request (charger, asked_at);
CREATE INDEX charger_request_state ON charger_request (state);
CREATE TABLE charging_tag (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    tag TEXT NOT NULL,
    holder TEXT NOT NULL,
    blocked BOOLEAN NOT NULL,
    valid_to TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX charging_tag_tag ON charging_tag (organisation, tag);
