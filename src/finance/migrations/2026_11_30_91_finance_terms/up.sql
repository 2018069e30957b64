ALTER TABLE finance_lease ADD COLUMN in_advance BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE fund_commitment ADD COLUMN recallable_amount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE fund_commitment ADD COLUMN recallable_currency TEXT NOT NULL DEFAULT 'CNY';
UPDATE fund_commitment SET recallable_currency = amount_currency;
ALTER TABLE fund_distribution ADD COLUMN kind TEXT NOT NULL DEFAULT 'distribution';
ALTER TABLE financing_offer ADD COLUMN benchmark TEXT;
ALTER TABLE financing_offer ADD COLUMN custom_schedule JSONB NOT NULL DEFAULT '[]';
ALTER TABLE loan ADD COLUMN benchmark TEXT;
ALTER TABLE loan ADD COLUMN custom_schedule JSONB NOT NULL DEFAULT '[]';
