ALTER TABLE technology ADD COLUMN readiness_evidence JSONB NOT NULL DEFAULT '[]';
