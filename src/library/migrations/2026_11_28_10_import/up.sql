CREATE TABLE import (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    file TEXT NOT NULL,
    file_name TEXT NOT NULL,
    encoding TEXT NOT NULL,
    sheets JSONB NOT NULL,
    sheet TEXT NOT NULL,
    header_row BIGINT NOT NULL,
    columns JSONB NOT NULL,
    remarks JSONB NOT NULL,
    duplicates TEXT NOT NULL,
    publish BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    counts JSONB NOT NULL,
    problems JSONB NOT NULL,
    alike JSONB NOT NULL,
    faulty_file TEXT,
    job TEXT,
    created_by TEXT NOT NULL,
    organisation TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX import_organisation ON import (organisation, created_at);
CREATE TABLE import_change (
    import TEXT NOT NULL REFERENCES import (id),
    entry TEXT NOT NULL,
    row_number BIGINT NOT NULL,
    version BIGINT NOT NULL,
    before TEXT NOT NULL,
    PRIMARY KEY (import, entry)
);
