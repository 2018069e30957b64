ALTER TABLE carbon_pledge ADD COLUMN brought_amount BIGINT NOT NULL DEFAULT 0;
ALTER TABLE carbon_pledge ADD COLUMN brought_currency TEXT NOT NULL DEFAULT 'CNY';
UPDATE carbon_pledge SET brought_currency = secured_currency;
