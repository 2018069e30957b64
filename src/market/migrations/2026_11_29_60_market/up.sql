CREATE TABLE carbon_programme (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    name JSONB NOT NULL,
    country TEXT NOT NULL,
    registry TEXT NOT NULL,
    "source" TEXT NOT NULL,
    status TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE carbon_product (
    id TEXT PRIMARY KEY NOT NULL,
    programme TEXT NOT NULL,
    asset TEXT NOT NULL,
    name JSONB NOT NULL,
    vintage BIGINT NOT NULL,
    project TEXT,
    project_reference TEXT,
    host_country TEXT NOT NULL,
    adjustment TEXT NOT NULL,
    serial_prefix TEXT NOT NULL,
    next_serial BIGINT NOT NULL,
    issued_account TEXT NOT NULL,
    retired_account TEXT,
    cancelled_account TEXT,
    surrendered_account TEXT,
    pledged_account TEXT,
    clearing_account TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE registry_account (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    kind TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    reason TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE issuance (
    id TEXT PRIMARY KEY NOT NULL,
    product TEXT NOT NULL,
    organisation TEXT NOT NULL,
    tonnes BIGINT NOT NULL,
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    evidence TEXT NOT NULL,
    reduction TEXT,
    "state" TEXT NOT NULL,
    reason TEXT,
    first_serial BIGINT,
    last_serial BIGINT,
    transfer TEXT,
    asked_by TEXT NOT NULL,
    asked_by_name TEXT NOT NULL,
    checked_by TEXT,
    checked_by_name TEXT,
    checked_at BIGINT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE serial_block (
    id TEXT PRIMARY KEY NOT NULL,
    product TEXT NOT NULL,
    "first" BIGINT NOT NULL,
    "last" BIGINT NOT NULL,
    holder TEXT NOT NULL,
    "state" TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE TABLE retirement (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL,
    product TEXT NOT NULL,
    organisation TEXT NOT NULL,
    tonnes BIGINT NOT NULL,
    serials TEXT NOT NULL,
    beneficiary JSONB NOT NULL,
    purpose JSONB NOT NULL,
    obligation TEXT,
    transfer TEXT NOT NULL,
    proof TEXT,
    made_by TEXT NOT NULL,
    made_by_name TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE TABLE compliance_obligation (
    id TEXT PRIMARY KEY NOT NULL,
    organisation TEXT NOT NULL,
    programme TEXT NOT NULL,
    "year" BIGINT NOT NULL,
    unit_class TEXT NOT NULL,
    supply_mwh BIGINT NOT NULL,
    heat_gj BIGINT NOT NULL,
    correction BIGINT NOT NULL,
    allocation BIGINT NOT NULL,
    allocation_edition TEXT NOT NULL,
    emissions BIGINT NOT NULL,
    offset_limit_basis_points BIGINT NOT NULL,
    allowances_given BIGINT NOT NULL,
    offsets_given BIGINT NOT NULL,
    due_on TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE listed_elsewhere (
    id TEXT PRIMARY KEY NOT NULL,
    registry TEXT NOT NULL,
    project_reference TEXT NOT NULL,
    vintage BIGINT NOT NULL,
    tonnes BIGINT NOT NULL,
    "source" TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE market (
    id TEXT PRIMARY KEY NOT NULL,
    code TEXT NOT NULL,
    name JSONB NOT NULL,
    product TEXT NOT NULL,
    currency TEXT NOT NULL,
    rules JSONB NOT NULL,
    first_close TEXT NOT NULL,
    clearing_account TEXT NOT NULL,
    fee_account TEXT NOT NULL,
    transfer_key BIGINT NOT NULL,
    simulation BOOLEAN NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE market_trader (
    id TEXT PRIMARY KEY NOT NULL,
    market TEXT NOT NULL,
    "number" BIGINT NOT NULL,
    organisation TEXT NOT NULL,
    cash_account TEXT NOT NULL,
    units_account TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE market_day (
    id TEXT PRIMARY KEY NOT NULL,
    market TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "open" DOUBLE PRECISION NOT NULL,
    high DOUBLE PRECISION NOT NULL,
    low DOUBLE PRECISION NOT NULL,
    "close" DOUBLE PRECISION NOT NULL,
    volume BIGINT NOT NULL,
    trades BIGINT NOT NULL,
    block_volume BIGINT NOT NULL,
    auction_volume BIGINT NOT NULL,
    turnover DOUBLE PRECISION NOT NULL,
    doubt TEXT,
    "source" TEXT NOT NULL,
    status TEXT NOT NULL,
    sample BOOLEAN NOT NULL
);
CREATE TABLE block_trade (
    id TEXT PRIMARY KEY NOT NULL,
    market TEXT NOT NULL,
    seller TEXT NOT NULL,
    buyer TEXT NOT NULL,
    proposer TEXT NOT NULL,
    price TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE carbon_auction (
    id TEXT PRIMARY KEY NOT NULL,
    market TEXT NOT NULL,
    seller TEXT NOT NULL,
    title JSONB NOT NULL,
    quantity BIGINT NOT NULL,
    reserve TEXT NOT NULL,
    pay_bid BOOLEAN NOT NULL,
    closes_at BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    hold TEXT NOT NULL,
    price TEXT,
    sold BIGINT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE auction_bid (
    id TEXT PRIMARY KEY NOT NULL,
    auction TEXT NOT NULL,
    bidder TEXT NOT NULL,
    price TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    pay_in TEXT,
    rate TEXT,
    account TEXT NOT NULL,
    hold TEXT NOT NULL,
    held TEXT NOT NULL,
    won BIGINT NOT NULL,
    paid TEXT,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE TABLE market_alert (
    id TEXT PRIMARY KEY NOT NULL,
    market TEXT NOT NULL,
    "day" TEXT NOT NULL,
    kind TEXT NOT NULL,
    organisation TEXT NOT NULL,
    evidence TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE carbon_pledge (
    id TEXT PRIMARY KEY NOT NULL,
    product TEXT NOT NULL,
    pledgor TEXT NOT NULL,
    pledgee TEXT NOT NULL,
    tonnes BIGINT NOT NULL,
    secured_amount BIGINT NOT NULL,
    secured_currency TEXT NOT NULL,
    reference TEXT NOT NULL,
    advance_basis_points BIGINT NOT NULL,
    call_basis_points BIGINT NOT NULL,
    rank BIGINT NOT NULL,
    hold TEXT NOT NULL,
    "state" TEXT NOT NULL,
    auction TEXT,
    made_by TEXT NOT NULL,
    sample BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE UNIQUE INDEX carbon_programme_code ON carbon_programme (code);
CREATE INDEX carbon_product_asset ON carbon_product (asset);
CREATE UNIQUE INDEX registry_account_organisation ON registry_account (organisation);
CREATE INDEX issuance_organisation ON issuance (organisation);
CREATE INDEX issuance_product ON issuance (product, state);
CREATE INDEX issuance_reduction ON issuance (reduction) WHERE reduction IS NOT NULL;
CREATE UNIQUE INDEX serial_block_first ON serial_block (product, "first");
CREATE INDEX serial_block_holder ON serial_block (product, holder, "state");
CREATE INDEX serial_block_ended_by ON serial_block (ended_by) WHERE ended_by <> '';
CREATE INDEX retirement_organisation ON retirement (organisation);
CREATE INDEX compliance_obligation_organisation ON compliance_obligation (organisation);
CREATE INDEX compliance_obligation_due_on ON compliance_obligation (due_on);
CREATE INDEX listed_elsewhere_project ON listed_elsewhere (project_reference, vintage);
CREATE UNIQUE INDEX market_code ON market (code);
CREATE UNIQUE INDEX market_trader_number ON market_trader (market, "number");
CREATE UNIQUE INDEX market_trader_organisation ON market_trader (market, organisation);
CREATE UNIQUE INDEX market_day_day ON market_day (market, "day");
CREATE INDEX block_trade_seller ON block_trade (seller);
CREATE INDEX block_trade_buyer ON block_trade (buyer);
CREATE INDEX carbon_auction_market ON carbon_auction (market);
CREATE INDEX auction_bid_auction ON auction_bid (auction);
CREATE INDEX auction_bid_bidder ON auction_bid (bidder);
CREATE INDEX market_alert_market ON market_alert (market, "day");
CREATE INDEX carbon_pledge_pledgor ON carbon_pledge (pledgor);
CREATE INDEX carbon_pledge_pledgee ON carbon_pledge (pledgee);
-- The journal of a market: what was asked, what became of it. Prices and quantities in the market's smallest units; `op` as in engine/order.h,
-- from 100 on the exchange's own (floor.h: journal_op).
CREATE TABLE market_command (
    market TEXT NOT NULL,
    number BIGINT NOT NULL,
    op BIGINT NOT NULL,
    side BIGINT NOT NULL,
    member BIGINT NOT NULL,
    client TEXT,
    order_number BIGINT NOT NULL,
    price BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    display BIGINT NOT NULL,
    trigger_price BIGINT NOT NULL,
    good_until BIGINT NOT NULL,
    quote BIGINT NOT NULL,
    at BIGINT NOT NULL,
    code TEXT NOT NULL,
    traded BIGINT NOT NULL,
    resting BIGINT NOT NULL,
    PRIMARY KEY (market, number)
);
CREATE UNIQUE INDEX market_command_client ON market_command (market, member, client) WHERE client IS NOT NULL;
CREATE TABLE market_trade (
    market TEXT NOT NULL,
    number BIGINT NOT NULL,
    command BIGINT NOT NULL,
    at BIGINT NOT NULL,
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    price BIGINT NOT NULL,
    quantity BIGINT NOT NULL,
    buy_order BIGINT NOT NULL,
    sell_order BIGINT NOT NULL,
    buyer BIGINT NOT NULL,
    seller BIGINT NOT NULL,
    PRIMARY KEY (market, number)
);
CREATE TABLE market_unit (
    market TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    last_command BIGINT NOT NULL,
    at BIGINT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (market, sequence)
);
