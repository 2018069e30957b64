ALTER TABLE island_certificate ADD COLUMN zero_plan TEXT;
ALTER TABLE island_certificate ADD COLUMN plan_to_zero JSONB;
