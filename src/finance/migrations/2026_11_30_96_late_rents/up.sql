ALTER TABLE finance_lease ADD COLUMN penalty DOUBLE PRECISION NOT NULL DEFAULT 0;
ALTER TABLE finance_lease ADD COLUMN late_interest_amount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE finance_lease ADD COLUMN late_interest_currency TEXT NOT NULL DEFAULT 'CNY';
UPDATE finance_lease SET late_interest_currency = cost_currency;
ALTER TABLE finance_lease ADD COLUMN late_accrued_micro BIGINT NOT NULL DEFAULT 0;
ALTER TABLE finance_lease ADD COLUMN closed_until TEXT;
