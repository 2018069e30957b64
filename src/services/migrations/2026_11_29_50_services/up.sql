CREATE TABLE service (
    id TEXT PRIMARY KEY NOT NULL,
    provider TEXT NOT NULL,
    kind TEXT NOT NULL,
    title JSONB NOT NULL,
    summary JSONB NOT NULL,
    description JSONB NOT NULL,
    fields JSONB NOT NULL,
    languages JSONB NOT NULL,
    countries JSONB NOT NULL,
    "free" BOOLEAN NOT NULL,
    price_amount BIGINT,
    price_currency TEXT,
    price_per TEXT,
    duration_days BIGINT,
    capacity BIGINT NOT NULL,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX service_provider ON service (provider);
CREATE TABLE service_request (
    id TEXT PRIMARY KEY NOT NULL,
    asker TEXT NOT NULL,
    service TEXT,
    kind TEXT NOT NULL,
    title JSONB NOT NULL,
    description JSONB NOT NULL,
    field TEXT NOT NULL,
    country TEXT NOT NULL,
    urgency TEXT NOT NULL,
    wanted_by TEXT,
    technology TEXT,
    need TEXT,
    project TEXT,
    documents JSONB NOT NULL,
    state TEXT NOT NULL,
    submitted_at BIGINT NOT NULL,
    since BIGINT NOT NULL,
    rules_edition TEXT NOT NULL,
    eligibility JSONB NOT NULL,
    priority JSONB NOT NULL,
    rank BIGINT,
    score_points BIGINT,
    score JSONB NOT NULL,
    provider TEXT,
    expert TEXT,
    starts_on TEXT,
    "plan" JSONB NOT NULL,
    budget_amount BIGINT,
    budget_currency TEXT,
    result JSONB NOT NULL,
    satisfaction BIGINT,
    satisfaction_text JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX service_request_asker ON service_request (asker);
CREATE INDEX service_request_service ON service_request (service);
CREATE INDEX service_request_expert ON service_request (expert);
CREATE TABLE work_entry (
    id TEXT PRIMARY KEY NOT NULL,
    request TEXT NOT NULL,
    day TEXT NOT NULL,
    hours DOUBLE PRECISION NOT NULL,
    kind TEXT NOT NULL,
    text JSONB NOT NULL,
    person TEXT NOT NULL,
    person_name TEXT NOT NULL,
    organisation TEXT NOT NULL,
    expert TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX work_entry_request ON work_entry (request);
CREATE INDEX work_entry_person ON work_entry (person, day);
CREATE TABLE facility (
    id TEXT PRIMARY KEY NOT NULL,
    "operator" TEXT NOT NULL,
    kind TEXT NOT NULL,
    name JSONB NOT NULL,
    about JSONB NOT NULL,
    rules JSONB NOT NULL,
    country TEXT NOT NULL,
    city JSONB NOT NULL,
    fields JSONB NOT NULL,
    partners JSONB NOT NULL,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE equipment (
    id TEXT PRIMARY KEY NOT NULL,
    facility TEXT NOT NULL,
    "operator" TEXT NOT NULL,
    name JSONB NOT NULL,
    about JSONB NOT NULL,
    place JSONB NOT NULL,
    "range" JSONB NOT NULL,
    unit TEXT,
    accuracy JSONB NOT NULL,
    calibration_due TEXT,
    cost_per_hour_amount BIGINT,
    cost_per_hour_currency TEXT,
    rules JSONB NOT NULL,
    opens_hour BIGINT NOT NULL,
    closes_hour BIGINT NOT NULL,
    slot_hours BIGINT NOT NULL,
    weekends BOOLEAN NOT NULL,
    utc_offset_minutes BIGINT NOT NULL,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX equipment_facility ON equipment (facility);
CREATE TABLE equipment_booking (
    id TEXT PRIMARY KEY NOT NULL,
    equipment TEXT NOT NULL,
    "operator" TEXT NOT NULL,
    organisation TEXT NOT NULL,
    person_name TEXT NOT NULL,
    begins_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    purpose JSONB NOT NULL,
    cost_amount BIGINT,
    cost_currency TEXT,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX equipment_booking_equipment ON equipment_booking (equipment, begins_at);
CREATE INDEX equipment_booking_organisation ON equipment_booking (organisation);
CREATE TABLE equipment_slot (
    id TEXT PRIMARY KEY NOT NULL,
    equipment TEXT NOT NULL,
    begins_at BIGINT NOT NULL,
    booking TEXT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX equipment_slot_once ON equipment_slot (equipment, begins_at);
CREATE INDEX equipment_slot_booking ON equipment_slot (booking);
CREATE TABLE incubation (
    id TEXT PRIMARY KEY NOT NULL,
    facility TEXT NOT NULL,
    "operator" TEXT NOT NULL,
    title JSONB NOT NULL,
    about JSONB NOT NULL,
    organisation TEXT,
    technology TEXT,
    mentor TEXT,
    criteria JSONB NOT NULL,
    planned_until TEXT,
    stage TEXT NOT NULL,
    since BIGINT NOT NULL,
    left_reason JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX incubation_facility ON incubation (facility);
CREATE TABLE cooperation (
    id TEXT PRIMARY KEY NOT NULL,
    title JSONB NOT NULL,
    summary JSONB NOT NULL,
    kind TEXT NOT NULL,
    countries JSONB NOT NULL,
    fields JSONB NOT NULL,
    partners JSONB NOT NULL,
    agreement JSONB NOT NULL,
    since TEXT,
    until TEXT,
    chain JSONB NOT NULL,
    project TEXT,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    stage TEXT NOT NULL,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE recognition (
    id TEXT PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,
    our_code TEXT NOT NULL,
    our_title JSONB NOT NULL,
    our_country TEXT NOT NULL,
    their_code TEXT NOT NULL,
    their_title JSONB NOT NULL,
    their_country TEXT NOT NULL,
    kind TEXT NOT NULL,
    scope JSONB NOT NULL,
    conditions JSONB NOT NULL,
    fields JSONB NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    valid_from TEXT,
    valid_to TEXT,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE country_fact (
    id TEXT PRIMARY KEY NOT NULL,
    country TEXT NOT NULL,
    topic TEXT NOT NULL,
    title JSONB NOT NULL,
    text JSONB NOT NULL,
    value DOUBLE PRECISION,
    unit TEXT,
    as_of TEXT NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX country_fact_country ON country_fact (country, as_of);
CREATE TABLE working_group (
    id TEXT PRIMARY KEY NOT NULL,
    title JSONB NOT NULL,
    purpose JSONB NOT NULL,
    cooperation TEXT,
    members JSONB NOT NULL,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE group_meeting (
    id TEXT PRIMARY KEY NOT NULL,
    working_group TEXT NOT NULL,
    title JSONB NOT NULL,
    place JSONB NOT NULL,
    begins_at BIGINT NOT NULL,
    agenda JSONB NOT NULL,
    minutes JSONB NOT NULL,
    decisions JSONB NOT NULL,
    state TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX group_meeting_group ON group_meeting (working_group, begins_at);
CREATE TABLE group_task (
    id TEXT PRIMARY KEY NOT NULL,
    working_group TEXT NOT NULL,
    meeting TEXT,
    title JSONB NOT NULL,
    organisation TEXT,
    responsible JSONB NOT NULL,
    due TEXT NOT NULL,
    state TEXT NOT NULL,
    ended_on TEXT,
    note JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX group_task_group ON group_task (working_group, due);
