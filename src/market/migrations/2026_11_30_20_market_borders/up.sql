-- An auction is a seller's, a buyer's, or the exchange's for both sides.
ALTER TABLE carbon_auction RENAME COLUMN seller TO organiser;
ALTER TABLE carbon_auction ADD COLUMN kind TEXT NOT NULL DEFAULT 'sale';
ALTER TABLE carbon_auction ADD COLUMN surplus BIGINT;
ALTER TABLE auction_bid ADD COLUMN side TEXT NOT NULL DEFAULT 'buy';
-- Other tonnes that a pledgor offers in place of the pledged ones.
ALTER TABLE carbon_pledge ADD COLUMN offer_product TEXT;
ALTER TABLE carbon_pledge ADD COLUMN offer_tonnes BIGINT;
-- Settlement across a border, a simulation.
CREATE TABLE border_arrangement (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    name JSONB NOT NULL,
    home TEXT NOT NULL,
    abroad TEXT NOT NULL,
    rate_basis TEXT NOT NULL,
    rate_days_max BIGINT NOT NULL,
    products JSONB NOT NULL,
    members JSONB NOT NULL,
    "source" TEXT NOT NULL,
    simulation BOOLEAN NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX border_arrangement_code ON border_arrangement (code);
CREATE TABLE border_deal (
    id TEXT PRIMARY KEY NOT NULL,
    arrangement TEXT NOT NULL,
    seller TEXT NOT NULL,
    buyer TEXT NOT NULL,
    proposer TEXT NOT NULL,
    product TEXT NOT NULL,
    tonnes BIGINT NOT NULL,
    price TEXT NOT NULL,
    currency TEXT NOT NULL,
    "state" TEXT NOT NULL,
    reason TEXT,
    settlement TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX border_deal_arrangement ON border_deal (arrangement, "state");
CREATE INDEX border_deal_seller ON border_deal (seller);
CREATE INDEX border_deal_buyer ON border_deal (buyer);
CREATE INDEX border_deal_settlement ON border_deal (settlement);
CREATE TABLE border_settlement (
    id TEXT PRIMARY KEY NOT NULL,
    arrangement TEXT NOT NULL,
    "day" TEXT NOT NULL,
    rate_basis TEXT NOT NULL,
    rate TEXT NOT NULL,
    rate_source TEXT NOT NULL,
    deals BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    gross_home TEXT NOT NULL,
    gross_abroad TEXT NOT NULL,
    paid_home TEXT NOT NULL,
    paid_abroad TEXT NOT NULL,
    exchange_home TEXT NOT NULL,
    exchange_abroad TEXT NOT NULL,
    positions JSONB NOT NULL,
    units JSONB NOT NULL,
    adjustments JSONB NOT NULL,
    statement TEXT NOT NULL,
    statement_digest TEXT NOT NULL,
    transfers_home JSONB NOT NULL,
    transfers_abroad JSONB NOT NULL,
    transfers_units JSONB NOT NULL,
    proof_home TEXT NOT NULL,
    proof_abroad TEXT NOT NULL,
    other_log TEXT,
    other_proof TEXT,
    simulation BOOLEAN NOT NULL,
    sample BOOLEAN NOT NULL,
    made_by TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX border_settlement_arrangement ON border_settlement (arrangement);
-- What the exchange tells.
CREATE TABLE market_news (
    id TEXT PRIMARY KEY NOT NULL,
    market TEXT,
    title JSONB NOT NULL,
    body JSONB NOT NULL,
    "source" TEXT NOT NULL,
    published_on TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX market_news_published_on ON market_news (published_on);
CREATE TABLE market_event (
    id TEXT PRIMARY KEY NOT NULL,
    market TEXT,
    "day" TEXT NOT NULL,
    kind TEXT NOT NULL,
    title JSONB NOT NULL,
    "source" TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX market_event_day ON market_event ("day");
CREATE INDEX market_trade_day ON market_trade (market, "day");
