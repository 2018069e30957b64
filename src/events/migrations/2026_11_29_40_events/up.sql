CREATE TABLE event (
    id TEXT PRIMARY KEY NOT NULL,
    title JSONB NOT NULL,
    summary JSONB NOT NULL,
    description JSONB NOT NULL,
    kind TEXT NOT NULL,
    organiser TEXT NOT NULL,
    partners JSONB NOT NULL,
    country TEXT NOT NULL,
    city JSONB NOT NULL,
    venue JSONB NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    state TEXT NOT NULL,
    capacity BIGINT,
    category_limits JSONB NOT NULL,
    approval_needed BOOLEAN NOT NULL,
    self_registration BOOLEAN NOT NULL,
    published_figures JSONB NOT NULL,
    source TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE hall (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    name JSONB NOT NULL,
    kind TEXT NOT NULL,
    seats BIGINT,
    width DOUBLE PRECISION,
    "depth" DOUBLE PRECISION,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX hall_event ON hall (event);
CREATE TABLE sub_event (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    kind TEXT NOT NULL,
    title JSONB NOT NULL,
    summary JSONB NOT NULL,
    hall TEXT,
    starts_at BIGINT,
    ends_at BIGINT,
    source TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX sub_event_event ON sub_event (event);
CREATE TABLE speaker (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    name JSONB NOT NULL,
    "position" JSONB NOT NULL,
    organisation_name JSONB NOT NULL,
    organisation TEXT,
    country TEXT,
    about JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX speaker_event ON speaker (event);
CREATE TABLE programme_item (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    sub_event TEXT NOT NULL,
    title JSONB NOT NULL,
    summary JSONB NOT NULL,
    hall TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    chair TEXT,
    talks JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX programme_item_event ON programme_item (event);
CREATE TABLE pavilion (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    hall TEXT NOT NULL,
    name JSONB NOT NULL,
    country TEXT NOT NULL,
    about JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX pavilion_event ON pavilion (event);
CREATE TABLE booth (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    hall TEXT NOT NULL,
    pavilion TEXT,
    number TEXT NOT NULL,
    "left" DOUBLE PRECISION NOT NULL,
    "top" DOUBLE PRECISION NOT NULL,
    width DOUBLE PRECISION NOT NULL,
    "depth" DOUBLE PRECISION NOT NULL,
    exhibitor_name JSONB NOT NULL,
    exhibitor TEXT,
    technologies JSONB NOT NULL,
    about JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX booth_event ON booth (event);
CREATE TABLE roadshow_slot (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    sub_event TEXT NOT NULL,
    number BIGINT NOT NULL,
    title JSONB NOT NULL,
    presenter JSONB NOT NULL,
    organisation_name JSONB NOT NULL,
    organisation TEXT,
    technology TEXT,
    project TEXT,
    minutes BIGINT,
    amount_amount BIGINT,
    amount_currency TEXT,
    standing TEXT NOT NULL,
    source TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX roadshow_slot_event ON roadshow_slot (event);
CREATE TABLE registration (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    "position" TEXT NOT NULL,
    organisation_name TEXT NOT NULL,
    organisation TEXT,
    country TEXT NOT NULL,
    category TEXT NOT NULL,
    remark TEXT,
    state TEXT NOT NULL,
    code TEXT NOT NULL,
    registered_by TEXT NOT NULL,
    checked_in_at BIGINT,
    checked_in_by TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX registration_event ON registration (event);
CREATE TABLE signing (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    sub_event TEXT,
    kind TEXT NOT NULL,
    title JSONB NOT NULL,
    parties JSONB NOT NULL,
    amount_amount BIGINT,
    amount_currency TEXT,
    standing TEXT NOT NULL,
    source TEXT,
    contract TEXT,
    project TEXT,
    country TEXT NOT NULL,
    place JSONB NOT NULL,
    planned JSONB NOT NULL,
    state TEXT NOT NULL,
    signed_at BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX signing_event ON signing (event);
CREATE TABLE promise_step (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    signing TEXT NOT NULL,
    stage TEXT NOT NULL,
    amount_amount BIGINT NOT NULL,
    amount_currency TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    evidence TEXT NOT NULL,
    source TEXT NOT NULL,
    standing TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX promise_step_event ON promise_step (event);
CREATE TABLE meeting_round (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    title JSONB NOT NULL,
    day_parts JSONB NOT NULL,
    slot_minutes BIGINT NOT NULL,
    gap_minutes BIGINT NOT NULL,
    tables BIGINT NOT NULL,
    break_spread_max BIGINT NOT NULL,
    plan_unanswered BOOLEAN NOT NULL,
    announced TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX meeting_round_event ON meeting_round (event);
CREATE TABLE meeting_attendee (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    round TEXT NOT NULL,
    name JSONB NOT NULL,
    organisation TEXT,
    country TEXT NOT NULL,
    offers JSONB NOT NULL,
    looks_for JSONB NOT NULL,
    forbidden_slots JSONB NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX meeting_attendee_event ON meeting_attendee (event);
CREATE TABLE meeting_wish (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    round TEXT NOT NULL,
    asking TEXT NOT NULL,
    asked TEXT NOT NULL,
    value_asking BIGINT NOT NULL,
    remark TEXT,
    answer TEXT NOT NULL,
    value_asked BIGINT,
    answered_at BIGINT,
    day_part TEXT,
    fixed_slot BIGINT,
    "after" JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX meeting_wish_event ON meeting_wish (event);
CREATE TABLE meeting_plan (
    id TEXT PRIMARY KEY NOT NULL,
    event TEXT NOT NULL,
    round TEXT NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    requested BIGINT NOT NULL,
    placed BIGINT NOT NULL,
    value BIGINT NOT NULL,
    value_bound BIGINT NOT NULL,
    breaks BIGINT NOT NULL,
    breaks_bound BIGINT NOT NULL,
    break_spread BIGINT NOT NULL,
    fair BOOLEAN NOT NULL,
    this_choice_only BOOLEAN NOT NULL,
    changes BIGINT,
    changes_bound BIGINT,
    from_slot BIGINT,
    first_come_placed BIGINT NOT NULL,
    first_come_value BIGINT NOT NULL,
    announced_at BIGINT,
    schedule JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX meeting_plan_event ON meeting_plan (event);
CREATE UNIQUE INDEX booth_number ON booth (event, number);
CREATE UNIQUE INDEX registration_email ON registration (event, email);
CREATE UNIQUE INDEX registration_code ON registration (code);
CREATE INDEX registration_organisation ON registration (organisation);
CREATE INDEX programme_item_part ON programme_item (sub_event);
CREATE INDEX roadshow_slot_part ON roadshow_slot (sub_event);
CREATE INDEX promise_step_signing ON promise_step (signing);
CREATE INDEX meeting_attendee_round ON meeting_attendee (round);
CREATE INDEX meeting_wish_round ON meeting_wish (round);
CREATE UNIQUE INDEX meeting_wish_pair ON meeting_wish (asking, asked);
CREATE INDEX meeting_wish_asked ON meeting_wish (asked);
CREATE INDEX meeting_plan_round ON meeting_plan (round);
