CREATE TABLE alarm_rule (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    name JSONB NOT NULL,
    advice JSONB NOT NULL,
    site TEXT,
    device TEXT,
    template TEXT NOT NULL,
    conditions JSONB NOT NULL,
    levels JSONB NOT NULL,
    enabled BOOLEAN NOT NULL,
    escalate_after_minutes BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX alarm_rule_organisation ON alarm_rule (organisation);
CREATE TABLE alarm (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    rule TEXT NOT NULL,
    site TEXT NOT NULL,
    device TEXT,
    subject TEXT NOT NULL,
    name JSONB NOT NULL,
    subject_name JSONB NOT NULL,
    severity TEXT NOT NULL,
    severity_worst TEXT NOT NULL,
    state TEXT NOT NULL,
    channel TEXT NOT NULL,
    value DOUBLE PRECISION,
    unit TEXT NOT NULL,
    raised_at BIGINT NOT NULL,
    severity_since BIGINT NOT NULL,
    noticed_at BIGINT NOT NULL,
    acknowledged_at BIGINT,
    shelved_until BIGINT,
    cleared_at BIGINT,
    acknowledged_by TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX alarm_open ON alarm (subject, rule) WHERE state <> 'cleared';
CREATE INDEX alarm_organisation ON alarm (organisation, noticed_at);
CREATE INDEX alarm_site ON alarm (site, noticed_at);
CREATE TABLE alarm_event (
    id TEXT PRIMARY KEY NOT NULL,
    alarm TEXT NOT NULL,
    organisation TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    severity TEXT NOT NULL,
    at BIGINT NOT NULL,
    person_name TEXT NOT NULL,
    text TEXT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE INDEX alarm_event_alarm ON alarm_event (alarm, at);
CREATE TABLE rule_memory (
    id TEXT PRIMARY KEY NOT NULL,
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    rule_version BIGINT NOT NULL,
    state TEXT NOT NULL,
    kept_at BIGINT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX rule_memory_subject ON rule_memory (rule, subject);
CREATE TABLE web_hook (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    severity_least TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX web_hook_organisation ON web_hook (organisation);
CREATE TABLE hook_message (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    hook TEXT NOT NULL,
    alarm TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    ended_at BIGINT,
    answer TEXT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE INDEX hook_message_waiting ON hook_message (next_at) WHERE state = 'waiting';
CREATE INDEX hook_message_hook ON hook_message (hook);
CREATE TABLE set_point (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    device TEXT NOT NULL,
    key TEXT NOT NULL,
    name JSONB NOT NULL,
    unit TEXT NOT NULL,
    least DOUBLE PRECISION NOT NULL,
    greatest DOUBLE PRECISION NOT NULL,
    rate_per_minute DOUBLE PRECISION,
    interlocks JSONB NOT NULL,
    dangerous BOOLEAN NOT NULL,
    watchdog_seconds BIGINT,
    fallback DOUBLE PRECISION NOT NULL,
    confirm_seconds BIGINT NOT NULL,
    value DOUBLE PRECISION,
    value_at BIGINT,
    alive_at BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX set_point_key ON set_point (device, key);
CREATE INDEX set_point_organisation ON set_point (organisation);
CREATE TABLE plant_command (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    set_point TEXT NOT NULL,
    device TEXT NOT NULL,
    key TEXT NOT NULL,
    unit TEXT NOT NULL,
    target DOUBLE PRECISION NOT NULL,
    value_before DOUBLE PRECISION,
    origin TEXT NOT NULL,
    reverses TEXT,
    state TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    maker TEXT NOT NULL,
    maker_name TEXT NOT NULL,
    checker_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    sent_at BIGINT,
    ended_at BIGINT,
    value_sent DOUBLE PRECISION,
    value_confirmed DOUBLE PRECISION,
    failure TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX plant_command_set_point ON plant_command (set_point, state);
CREATE INDEX plant_command_device ON plant_command (device, state, due_at);
CREATE INDEX plant_command_organisation ON plant_command (organisation);
CREATE TABLE site_plan (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    site TEXT NOT NULL,
    channel TEXT NOT NULL,
    unit TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    step_seconds BIGINT NOT NULL,
    "values" JSONB NOT NULL,
    source TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX site_plan_site ON site_plan (site, channel, created_at);
CREATE TABLE virtual_channel (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    site TEXT NOT NULL,
    channel TEXT NOT NULL,
    key TEXT NOT NULL,
    name JSONB NOT NULL,
    formula TEXT NOT NULL,
    unit TEXT NOT NULL,
    inputs JSONB NOT NULL,
    step_seconds BIGINT NOT NULL,
    computed_until BIGINT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX virtual_channel_key ON virtual_channel (site, key);
CREATE TABLE hourly_factor (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    key TEXT NOT NULL,
    name JSONB NOT NULL,
    unit TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    edition TEXT NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX hourly_factor_from ON hourly_factor (organisation, key, valid_from);
CREATE TABLE report_schedule (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    site TEXT NOT NULL,
    period TEXT NOT NULL,
    format TEXT NOT NULL,
    language TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    next_at BIGINT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE kept_report (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    schedule TEXT NOT NULL,
    site TEXT NOT NULL,
    period TEXT NOT NULL,
    "on" TEXT NOT NULL,
    format TEXT NOT NULL,
    language TEXT NOT NULL,
    bytes_base64 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX kept_report_schedule ON kept_report (schedule, id);
CREATE TABLE channel_anomaly (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    site TEXT NOT NULL,
    channel TEXT NOT NULL,
    channel_name JSONB NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    explanation JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    found_at BIGINT NOT NULL
);
CREATE INDEX channel_anomaly_site ON channel_anomaly (site, at);
CREATE INDEX channel_anomaly_channel ON channel_anomaly (channel, at);
