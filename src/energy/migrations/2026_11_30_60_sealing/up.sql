-- Where a round of sealing stands: series up to that one are in chunks up to that batch; the rest up to `sealed`. 0: none is under way.
ALTER TABLE telemetry_state ADD COLUMN sealing_to BIGINT NOT NULL DEFAULT 0;
ALTER TABLE telemetry_state ADD COLUMN sealed_series BIGINT NOT NULL DEFAULT 0;
