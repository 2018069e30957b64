CREATE TABLE entry_tombstone (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    field TEXT,
    updated_at BIGINT NOT NULL
);
CREATE INDEX technology_updated_at ON technology (updated_at);
CREATE INDEX need_updated_at ON need (updated_at);
CREATE INDEX capital_offer_updated_at ON capital_offer (updated_at);
CREATE INDEX technology_id_bytes ON technology (id COLLATE "C");
CREATE INDEX need_id_bytes ON need (id COLLATE "C");
CREATE INDEX capital_offer_id_bytes ON capital_offer (id COLLATE "C");
