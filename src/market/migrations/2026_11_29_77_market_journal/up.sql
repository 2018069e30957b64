-- A unit of work is one row of the journal: its commands and deals as text (engine/journal.h), which its digest seals. What was written before becomes
-- a row a command, marked by ~ instead of @, for its unit's digest is over another form.
CREATE TABLE market_journal (
    market TEXT NOT NULL,
    last_command BIGINT NOT NULL,
    at BIGINT NOT NULL,
    lines TEXT NOT NULL,
    PRIMARY KEY (market, last_command)
);
INSERT INTO market_journal (market, last_command, at, lines)
SELECT market, number, at, '~ ' || CAST(at AS TEXT) || '
' || CAST(number AS TEXT) || ' ' || CAST(op AS TEXT) || ' ' || CAST(side AS TEXT) || ' ' || CAST(member AS TEXT) || ' ' || CAST(order_number AS TEXT) || ' '
    || CAST(price AS TEXT) || ' ' || CAST(quantity AS TEXT) || ' ' || CAST(display AS TEXT) || ' ' || CAST(trigger_price AS TEXT) || ' '
    || CAST(good_until AS TEXT) || ' ' || CAST(quote AS TEXT) || ' ' || CAST(traded AS TEXT) || ' ' || CAST(resting AS TEXT) || ' ' || code || '
'
FROM market_command;
CREATE INDEX market_journal_at ON market_journal (market, at);
-- What was answered to a client's own name for an order.
CREATE TABLE market_client (
    market TEXT NOT NULL,
    member BIGINT NOT NULL,
    client TEXT NOT NULL,
    number BIGINT NOT NULL,
    code TEXT NOT NULL,
    traded BIGINT NOT NULL,
    resting BIGINT NOT NULL,
    PRIMARY KEY (market, member, client)
);
INSERT INTO market_client (market, member, client, number, code, traded, resting)
SELECT market, member, client, number, code, traded, resting FROM market_command WHERE client IS NOT NULL;
DROP TABLE market_command;
-- A member's one hold an asset (0: money, 1: tonnes), of all that his orders need; `number` is its transfer's.
CREATE TABLE market_hold (
    market TEXT NOT NULL,
    member BIGINT NOT NULL,
    asset BIGINT NOT NULL,
    number BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (market, member, asset)
);
-- The desk as of a unit's end; a start reads the last one and the journal after it.
CREATE TABLE market_snapshot (
    market TEXT NOT NULL,
    unit BIGINT NOT NULL,
    last_command BIGINT NOT NULL,
    digest TEXT NOT NULL,
    "state" TEXT NOT NULL,
    state_digest TEXT NOT NULL,
    PRIMARY KEY (market, unit)
);
ALTER TABLE carbon_auction ADD COLUMN pledge TEXT;
CREATE TABLE carry_over (
    id TEXT PRIMARY KEY NOT NULL,
    obligation TEXT NOT NULL,
    organisation TEXT NOT NULL,
    from_product TEXT NOT NULL,
    to_product TEXT NOT NULL,
    tonnes BIGINT NOT NULL,
    base_tonnes BIGINT NOT NULL,
    sold_percent BIGINT NOT NULL,
    "source" TEXT NOT NULL,
    "left" BIGINT NOT NULL,
    sold BIGINT NOT NULL,
    ended TEXT,
    first_serial BIGINT,
    last_serial BIGINT,
    made_by TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX carry_over_obligation ON carry_over (obligation);
CREATE INDEX carry_over_organisation ON carry_over (organisation);
