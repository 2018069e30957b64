CREATE TABLE biodiversity_line (
    id TEXT PRIMARY KEY NOT NULL,
    part TEXT NOT NULL,
    tag TEXT NOT NULL,
    title JSONB NOT NULL,
    country TEXT NOT NULL,
    place JSONB NOT NULL,
    year_from BIGINT NOT NULL,
    year_until BIGINT NOT NULL,
    amount_amount BIGINT NOT NULL,
    amount_currency TEXT NOT NULL,
    share DOUBLE PRECISION NOT NULL,
    instrument TEXT,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    organisation TEXT NOT NULL,
    organisation_name JSONB NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE biodiversity_product (
    id TEXT PRIMARY KEY NOT NULL,
    title JSONB NOT NULL,
    contract TEXT NOT NULL,
    project TEXT NOT NULL,
    project_title JSONB NOT NULL,
    organisation TEXT NOT NULL,
    organisation_name JSONB NOT NULL,
    amount_amount BIGINT NOT NULL,
    amount_currency TEXT NOT NULL,
    indicators JSONB NOT NULL,
    measurements JSONB NOT NULL,
    begins_on TEXT NOT NULL,
    ends_on TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX biodiversity_line_tag ON biodiversity_line (tag);
CREATE INDEX biodiversity_product_project ON biodiversity_product (project);
