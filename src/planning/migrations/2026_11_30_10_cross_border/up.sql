CREATE TABLE cross_border_study (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    title JSONB NOT NULL,
    about JSONB NOT NULL,
    currency TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    sharing JSONB NOT NULL,
    state TEXT NOT NULL,
    job TEXT NOT NULL,
    result JSONB,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX cross_border_study_organisation ON cross_border_study (organisation, updated_at);
