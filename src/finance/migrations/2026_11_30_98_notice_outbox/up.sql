ALTER TABLE sent_notice ADD COLUMN state_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sent_notice ADD COLUMN state_by_name TEXT NOT NULL DEFAULT '';
ALTER TABLE sent_notice ADD COLUMN steps JSONB NOT NULL DEFAULT '[]';
UPDATE sent_notice SET state = 'drafted' WHERE state = 'standing';
UPDATE sent_notice SET state_at = updated_at, state_by_name = made_by_name;
