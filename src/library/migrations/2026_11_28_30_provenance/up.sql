ALTER TABLE technology ADD COLUMN peer TEXT;
ALTER TABLE technology ADD COLUMN provenance JSONB;
CREATE INDEX technology_peer ON technology (peer);
ALTER TABLE need ADD COLUMN peer TEXT;
ALTER TABLE need ADD COLUMN provenance JSONB;
CREATE INDEX need_peer ON need (peer);
ALTER TABLE capital_offer ADD COLUMN peer TEXT;
ALTER TABLE capital_offer ADD COLUMN provenance JSONB;
CREATE INDEX capital_offer_peer ON capital_offer (peer);
