// settlements.cpp — agreed deals across a border settled: netted per party, paid and delivered in one chain of the ledger, stated for both logs.
// A deal that is no longer eligible, or that somebody cannot pay or deliver, fails by itself, and says why; the rest settles.
#include "market/borders/settlements.h"

#include <fmt/format.h>

#include "ledger/decimals.h"
#include "ledger/rates.h"
#include "ledger/transfers.h"
#include "market/engine/border_netting.h"
#include "parties/secrets.h"

namespace greenbank::market {

struct SettleRequest {
    Id<BorderArrangement> id;
    std::optional<std::string> rate, rate_source;
};
Record describe(const SettleRequest*) {
    using One = SettleRequest;
    return {"border_settle_request", "Settles what is agreed.",
        {field<&One::id>("id", "Under which arrangement."),
            field<&One::rate>("rate", "Of a quoted rate: one unit of the currency abroad in that at home.", {.min = 1, .max = 30}),
            field<&One::rate_source>("rate_source", "Of a quoted rate: who quoted it, and when.", {.min = 1, .max = 300})}};
}

namespace {

using ledger::Asked;
using ledger::LedgerAccount;

constexpr std::size_t deals_max = 500; // of one settlement: all its transfers are one chain of the ledger

/// A market's side of the arrangement.
struct Border {
    Market market;
    CarbonProduct product;
    ledger::LedgerAsset asset;
    std::optional<LedgerAccount> exchange;
    int price_places = 2;
    std::string text(std::int64_t minor) const { return ledger::decimal_text(ledger::SignedAmount{minor}, static_cast<int>(asset.scale)); }
};
Result<Border> border_of(Transaction& transaction, const Id<Market>& id) {
    Border side{.market = TRY(transaction.get(id))};
    side.product = TRY(transaction.get(side.market.product));
    side.asset = TRY(transaction.get(TRY(transaction.get(side.market.clearing_account)).asset));
    side.price_places = read_rules(side.market.rules.front()).price_places;
    side.exchange =
        TRY(transaction.find_one<LedgerAccount>("purpose = 'exchange' AND asset = $1 AND state = 'open' ORDER BY number LIMIT 1", {side.asset.id.text}));
    return side;
}

struct Quoted {
    std::string text, source;
    BorderRate rate;
};
Result<Quoted> rate_of(
    Transaction& transaction, const Caller& caller, const BorderArrangement& arrangement, const std::array<Border, 2>& sides, const SettleRequest& request) {
    Quoted quoted;
    if (arrangement.rate_basis == RateBasis::quoted) {
        if (!request.rate || !request.rate_source)
            return invalid(
                {{request.rate ? "rate_source" : "rate", "border.rate_needed", "This arrangement settles at quoted rates: give the rate and who quoted it."}});
        quoted = {*request.rate, *request.rate_source, {}};
    } else {
        const Date today = date_of(caller.now);
        const auto stored = TRY(ledger::rate_on(transaction, sides[1].asset.id, sides[0].asset.id, today));
        if (!stored || stored->day.days < today.days - arrangement.rate_days_max)
            return Error{Failure::conflict, "border.no_rate",
                "The ledger has no rate from {from} into {into} of the last {days} days; an administrator enters one first.",
                {{"from", sides[1].asset.code}, {"into", sides[0].asset.code}, {"days", std::to_string(arrangement.rate_days_max)}}};
        quoted = {stored->rate, fmt::format("{} ({})", stored->source, to_text(stored->day)), {}};
    }
    const auto value = ledger::parse_decimal(quoted.text, ledger::rate_scale);
    if (!value || *value <= 0 || *value > std::numeric_limits<std::int64_t>::max())
        return invalid({{"rate", "ledger.rate_malformed", "Write a rate above zero in digits with a point and at most 10 places, like 7.1234."}});
    quoted.rate = {static_cast<std::int64_t>(*value), ledger::rate_scale, {static_cast<int>(sides[0].asset.scale), static_cast<int>(sides[1].asset.scale)}};
    return quoted;
}

/// Who takes part, in the order of their codes, with accounts and what they may give.
struct Party {
    const BorderMember* member = nullptr;
    std::optional<LedgerAccount> cash;
    std::array<std::optional<LedgerAccount>, 2> units;
    BorderParty has;
    std::string fault; // of all its deals
    std::string country;
};

std::int64_t free_cash(const ledger::Book::Turn& turn, const LedgerAccount& account) {
    const auto number = static_cast<ledger::AccountNumber>(account.number);
    const ledger::Balances& has = turn.ledger().balances(number);
    ledger::SignedAmount left = ledger::posted_balance(has) - static_cast<ledger::SignedAmount>(has.debits_pending);
    if (const auto& least = turn.ledger().account(number).balance_min) left -= *least;
    return static_cast<std::int64_t>(std::clamp<ledger::SignedAmount>(left, 0, std::numeric_limits<std::int64_t>::max() / 8));
}

bool is_stopped(const LedgerAccount& account) { return account.state != ledger::AccountStanding::open; }

Result<Party> party_of(
    ledger::Book::Turn& turn, Transaction& transaction, const Caller& caller, const BorderMember& member, const std::array<Border, 2>& sides) {
    std::string country = TRY(transaction.get(member.organisation)).country;
    Party party{.member = &member, .cash = {}, .units = {}, .has = {}, .fault = "", .country = std::move(country)};
    party.has.currency = member.currency == sides[0].market.currency ? 0 : 1;
    const auto account = TRY(transaction.find_one<RegistryAccount>("organisation = $1", {member.organisation.text}));
    if (!account || account->state != RegistryAccountState::open) {
        party.fault = "account_stopped";
        return party;
    }
    const auto cash = cash_account(transaction, member.currency, member.organisation);
    if (!cash) {
        party.fault = "no_deposit";
        return party;
    }
    party.cash = cash.value();
    party.has.cash = free_cash(turn, *party.cash);
    bool stopped = is_stopped(*party.cash);
    for (std::size_t i = 0; i < 2; ++i) {
        party.units[i] = TRY(holding_account(turn, transaction, caller, sides[i].product, member.organisation));
        stopped |= is_stopped(*party.units[i]);
        party.has.tonnes[i] = std::max<std::int64_t>(
            0, available_tonnes(turn, *party.units[i]) - TRY(bought_today(transaction, caller, sides[i].product.id, member.organisation)));
    }
    if (stopped) party.fault = "account_stopped";
    return party;
}

/// The chain: payers, the exchange, receivers of each currency; then tonnes.
class Chain {
public:
    Chain(ledger::Book::Turn& turn, const Caller& caller, std::string note) : turn_(turn), caller_(caller), note_(std::move(note)) {}
    void pay(const std::string& from, const std::string& to, std::int64_t amount, std::vector<std::string>& ids) {
        if (amount <= 0) return;
        ids.push_back(make_id(ledger::TransferName::id_prefix, caller_.now, caller_.random));
        batch_.push_back({.transfer = {.id = *ledger::parse_transfer_id(ids.back()),
                              .amount = static_cast<ledger::Amount>(amount),
                              .debit = turn_.account(from),
                              .credit = turn_.account(to),
                              .linked = true,
                              .at = caller_.now},
            .note = note_});
    }
    Result<Done> post() {
        if (batch_.empty()) return Done{};
        batch_.back().transfer.linked = false;
        for (const ledger::Posted& posted : TRY(turn_.post(batch_))) TRY(ledger::check_posted(posted));
        return Done{};
    }

private:
    ledger::Book::Turn& turn_;
    const Caller& caller_;
    std::string note_;
    std::vector<Asked> batch_;
};

std::string digest_of(std::string_view text) { return to_hex(parties::bytes_of(parties::sha256(std::array<std::string_view, 1>{text}))); }

constexpr std::string_view fault_names[] = {"", "cash_short", "units_short", "too_large"};

class Settling {
public:
    Settling(Transaction& transaction, const Caller& caller, BorderArrangement arrangement, std::array<Border, 2> sides) :
        transaction_(transaction), caller_(caller), arrangement_(std::move(arrangement)), sides_(std::move(sides)) {}

    Result<BorderSettlement> run(ledger::Book& book, const parties::TransparencyLog& log, Quoted quoted) {
        deals_ =
            TRY(transaction_.find<BorderTrade>(fmt::format("arrangement = $1 AND state = 'agreed' ORDER BY created_at, id LIMIT {}", deals_max), {arrangement_.id.text}));
        if (deals_.empty()) return Error{Failure::conflict, "border.nothing", "No deal under this arrangement is agreed and waits; nothing was settled."};
        auto made_by_name = TRY(person_name(transaction_, caller_));
        settlement_ = {.id = caller_.new_id<BorderSettlement>(),
            .arrangement = arrangement_.id,
            .day = date_of(caller_.now),
            .rate_basis = arrangement_.rate_basis,
            .rate = quoted.text,
            .rate_source = quoted.source,
            .sample = arrangement_.sample,
            .made_by = caller_.actor.person,
            .made_by_name = std::move(made_by_name),
            .made_at = caller_.now,
            .updated_at = caller_.now};
        {
            ledger::Book::Turn turn = TRY(book.turn(transaction_, caller_));
            TRY(judge(turn, quoted.rate));
            TRY(move(turn));
        }
        TRY(move_numbers());
        TRY(state(log));
        for (std::size_t i = 0; i < deals_.size(); ++i) {
            BorderTrade& deal = deals_[i];
            deal.state = faults_[i].empty() ? BorderDealState::settled : BorderDealState::failed;
            if (!faults_[i].empty()) deal.reason = faults_[i];
            deal.settlement = settlement_.id;
            deal.updated_at = caller_.now;
            TRY(transaction_.update(deal));
        }
        TRY(transaction_.insert(settlement_));
        return settlement_;
    }

private:
    std::size_t party_index(const Id<Organisation>& organisation) const {
        for (std::size_t i = 0; i < parties_.size(); ++i)
            if (parties_[i].member->organisation == organisation) return i;
        return parties_.size();
    }
    std::size_t side_of(const BorderTrade& deal) const { return deal.product == sides_[0].product.id ? 0 : 1; }

    Result<Done> judge(ledger::Book::Turn& turn, const BorderRate& rate) {
        std::vector<const BorderMember*> members;
        for (const BorderMember& one : arrangement_.members)
            if (std::any_of(
                    deals_.begin(), deals_.end(), [&](const BorderTrade& deal) { return deal.seller == one.organisation || deal.buyer == one.organisation; }))
                members.push_back(&one);
        std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->code < b->code; });
        for (const BorderMember* one : members) parties_.push_back(TRY(party_of(turn, transaction_, caller_, *one, sides_)));
        faults_.assign(deals_.size(), "");
        std::vector<BorderDeal> eligible;
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < deals_.size(); ++i) {
            const BorderTrade& deal = deals_[i];
            faults_[i] = TRY(border_fault(transaction_, arrangement_, deal));
            if (!faults_[i].empty()) continue;
            const std::size_t seller = party_index(deal.seller), buyer = party_index(deal.buyer), side = side_of(deal);
            for (const std::size_t party : {seller, buyer})
                if (!parties_[party].fault.empty()) faults_[i] = parties_[party].fault;
            __extension__ typedef __int128 Wide;
            Wide amount = static_cast<Wide>(parse_scaled(deal.price, sides_[side].price_places).value_or(0)) * deal.tonnes;
            for (std::int64_t scale = sides_[side].price_places; scale < sides_[side].asset.scale; ++scale) amount *= 10;
            if (amount > std::numeric_limits<std::int64_t>::max() / 4096) faults_[i] = "too_large";
            if (!faults_[i].empty()) continue;
            eligible.push_back({seller, buyer, side, side, deal.tonnes, static_cast<std::int64_t>(amount)});
            places.push_back(i);
        }
        std::vector<BorderParty> has;
        for (const Party& one : parties_) has.push_back(one.has);
        plan_ = net_border_deals(has, eligible, rate);
        for (std::size_t i = 0; i < eligible.size(); ++i) faults_[places[i]] = fault_names[static_cast<std::size_t>(plan_.faults[i])];
        settlement_.failed = std::count_if(faults_.begin(), faults_.end(), [](const std::string& one) { return !one.empty(); });
        settlement_.deals = static_cast<std::int64_t>(deals_.size()) - settlement_.failed;
        return Done{};
    }

    Result<Done> move(ledger::Book::Turn& turn) {
        Chain chain(turn, caller_, "border · " + settlement_.id.text);
        std::array<std::int64_t, 2> paid = {0, 0};
        for (const std::size_t side : {0u, 1u}) {
            const Border& border = sides_[side];
            std::vector<std::string>& ids = side == 0 ? settlement_.transfers_home : settlement_.transfers_abroad;
            const std::string& clearing = border.market.clearing_account.text;
            const std::int64_t exchange = plan_.exchange[side];
            if (exchange != 0 && !border.exchange)
                return Error{Failure::conflict, "market.no_exchange", "The bank has no account to exchange this currency; the treasurer opens one first."};
            for (const bool receives : {false, true}) {
                for (std::size_t i = 0; i < parties_.size(); ++i) {
                    const std::int64_t amount = plan_.positions[i].settled;
                    if (parties_[i].has.currency != side || (amount > 0) != receives || amount == 0) continue;
                    if (receives) chain.pay(clearing, parties_[i].cash->id.text, amount, ids);
                    else chain.pay(parties_[i].cash->id.text, clearing, -amount, ids);
                    if (!receives) paid[side] -= amount;
                }
                if (receives == (exchange > 0) && exchange != 0) {
                    if (receives) chain.pay(clearing, border.exchange->id.text, exchange, ids);
                    else chain.pay(border.exchange->id.text, clearing, -exchange, ids);
                    if (!receives) paid[side] -= exchange;
                }
            }
        }
        for (const std::size_t side : {0u, 1u}) {
            const Id<LedgerAccount> clearing = TRY(product_account(turn, transaction_, caller_, sides_[side].product, ProductAccount::clearing));
            for (const bool receives : {false, true})
                for (std::size_t i = 0; i < parties_.size(); ++i) {
                    const auto found = plan_.positions[i].tonnes.find(side);
                    if (found == plan_.positions[i].tonnes.end() || (found->second > 0) != receives) continue;
                    const std::string& units = parties_[i].units[side]->id.text;
                    if (receives) chain.pay(clearing.text, units, found->second * per_tonne, settlement_.transfers_units);
                    else chain.pay(units, clearing.text, -found->second * per_tonne, settlement_.transfers_units);
                }
        }
        TRY(chain.post());
        settlement_.gross_home = sides_[0].text(plan_.gross[0]);
        settlement_.gross_abroad = sides_[1].text(plan_.gross[1]);
        settlement_.paid_home = sides_[0].text(paid[0]);
        settlement_.paid_abroad = sides_[1].text(paid[1]);
        settlement_.exchange_home = sides_[0].text(plan_.exchange[0]);
        settlement_.exchange_abroad = sides_[1].text(plan_.exchange[1]);
        return Done{};
    }

    /// From who gave on balance to who took on balance.
    Result<Done> move_numbers() {
        for (const std::size_t side : {0u, 1u}) {
            std::vector<std::pair<std::size_t, std::int64_t>> left;
            for (std::size_t i = 0; i < parties_.size(); ++i)
                if (const auto found = plan_.positions[i].tonnes.find(side); found != plan_.positions[i].tonnes.end()) left.push_back({i, found->second});
            auto giver = left.begin(), taker = left.begin();
            while (true) {
                giver = std::find_if(giver, left.end(), [](const auto& one) { return one.second < 0; });
                taker = std::find_if(taker, left.end(), [](const auto& one) { return one.second > 0; });
                if (giver == left.end() || taker == left.end()) break;
                const std::int64_t tonnes = std::min(-giver->second, taker->second);
                TRY(move_serials(transaction_, caller_, sides_[side].product,
                    {.from = parties_[giver->first].member->organisation, .to = parties_[taker->first].member->organisation, .tonnes = tonnes}));
                giver->second += tonnes;
                taker->second -= tonnes;
            }
        }
        return Done{};
    }

    /// The statement names nothing by an id of this bank, so that another bank that settles the same says the same words.
    Result<Done> state(const parties::TransparencyLog& log) {
        std::string& text = settlement_.statement;
        const auto out = std::back_inserter(text);
        fmt::format_to(out, "greenbank border settlement 1\nsimulation: no rule for this is in force\narrangement {}\nday {}\nrate 1 {} = {} {}\n",
            arrangement_.code, to_text(settlement_.day), sides_[1].asset.code, settlement_.rate, sides_[0].asset.code);
        std::vector<std::string> lines;
        for (std::size_t i = 0; i < deals_.size(); ++i)
            if (faults_[i].empty())
                lines.push_back(fmt::format("deal {} to {} {} t {} at {} {}\n", parties_[party_index(deals_[i].seller)].member->code,
                    parties_[party_index(deals_[i].buyer)].member->code, deals_[i].tonnes, sides_[side_of(deals_[i])].product.serial_prefix, deals_[i].price,
                    deals_[i].currency));
        std::sort(lines.begin(), lines.end());
        for (const std::string& line : lines) text += line;
        std::array<std::int64_t, 2> crossed = {0, 0};
        std::array<std::string, 2> entries;
        for (std::size_t i = 0; i < parties_.size(); ++i) {
            const Party& party = parties_[i];
            const BorderPosition& position = plan_.positions[i];
            SettledPosition& stated = settlement_.positions.emplace_back(SettledPosition{party.member->organisation, party.member->code,
                sides_[0].text(position.net[0]), sides_[1].text(position.net[1]), sides_[party.has.currency].text(position.settled), party.member->currency});
            fmt::format_to(out, "position {} {} {} {} {} settles {} {}\n", stated.code, sides_[0].asset.code, stated.net_home, sides_[1].asset.code,
                stated.net_abroad, stated.settled, stated.currency);
            entries[party.has.currency] += fmt::format("{} {}\n", stated.code, stated.settled);
            for (const auto& [side, tonnes] : position.tonnes) {
                settlement_.units.push_back({party.member->organisation, party.member->code, sides_[side].product.id, tonnes});
                fmt::format_to(out, "units {} {} t {}\n", party.member->code, tonnes, sides_[side].product.serial_prefix);
                if (party.country != sides_[side].product.host_country) crossed[side] += tonnes;
            }
        }
        for (const std::size_t side : {0u, 1u}) {
            if (crossed[side] == 0) continue;
            const CarbonProduct& product = sides_[side].product;
            settlement_.adjustments.push_back({product.id, product.host_country, crossed[side], product.adjustment});
            fmt::format_to(
                out, "adjustment {} {} t {} {}\n", product.host_country, crossed[side], product.serial_prefix, greenbank::name_of(product.adjustment));
        }
        settlement_.statement_digest = digest_of(text);
        for (const std::size_t side : {0u, 1u}) {
            const std::string content = text + ledger_heading(sides_[side].asset.code) + entries[side] +
                                        fmt::format("exchange {}\n", side == 0 ? settlement_.exchange_home : settlement_.exchange_abroad);
            (side == 0 ? settlement_.proof_home : settlement_.proof_abroad) =
                TRY(log.append(transaction_, border_leaf_kind, settlement_.id.text + "/" + sides_[side].asset.code, caller_.now, content, true)).code;
        }
        return Done{};
    }

    Transaction& transaction_;
    const Caller& caller_;
    const BorderArrangement arrangement_;
    std::array<Border, 2> sides_;
    std::vector<BorderTrade> deals_;
    std::vector<std::string> faults_; // as the deals
    std::vector<Party> parties_;
    BorderPlan plan_;
    BorderSettlement settlement_;
};

Result<Reply<BorderSettlement>> border_settle(
    ledger::Book& book, const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const SettleRequest& request) {
    const BorderArrangement arrangement = TRY(transaction.get(request.id));
    Border home = TRY(border_of(transaction, arrangement.home)), abroad = TRY(border_of(transaction, arrangement.abroad));
    std::array<Border, 2> sides = {std::move(home), std::move(abroad)};
    Quoted quoted = TRY(rate_of(transaction, caller, arrangement, sides, request));
    return Reply<BorderSettlement>{.body = TRY(Settling(transaction, caller, arrangement, std::move(sides)).run(book, log, std::move(quoted))), .status = 201};
}

} // namespace

std::string ledger_heading(std::string_view currency) { return fmt::format("ledger {}\n", currency); }

std::vector<Endpoint> border_settlement_endpoints(ledger::Book& book, const parties::TransparencyLog& log) {
    const auto settle = [&book, &log](Transaction& transaction, const Caller& caller, const SettleRequest& request) -> Result<Reply<BorderSettlement>> {
        return border_settle(book, log, transaction, caller, request);
    };
    std::vector<Endpoint> endpoints = {{"border_settle", Method::post, "/border-arrangements/{id}/settle",
        "Settle all agreed deals of an arrangement, net, all or nothing; deals that cannot be settled fail and say why.", Mode::write, run_exchange,
        call(settle)}};
    for (Endpoint& one : border_proof_endpoints(log)) endpoints.push_back(std::move(one));
    return endpoints;
}

} // namespace greenbank::market
