CREATE TABLE job (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    message TEXT NOT NULL,
    error TEXT,
    request TEXT NOT NULL,
    result TEXT,
    checkpoint TEXT NOT NULL,
    created_by TEXT NOT NULL,
    organisation TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    finished_at BIGINT,
    server TEXT NOT NULL,
    heartbeat_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    cancel_requested BOOLEAN NOT NULL
);
CREATE INDEX job_state ON job (state, created_at);
CREATE TABLE idempotency (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    content_type TEXT NOT NULL,
    body TEXT NOT NULL,
    headers TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (actor, key)
);
CREATE INDEX idempotency_created_at ON idempotency (created_at);
