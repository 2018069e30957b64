ALTER TABLE technology ADD COLUMN contract_min_amount BIGINT;
ALTER TABLE technology ADD COLUMN contract_min_currency TEXT;
ALTER TABLE need ADD COLUMN cooperation JSONB NOT NULL DEFAULT '[]';
