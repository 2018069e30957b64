// reports.cpp — trial balance, reconciliation, revaluation; stored rates.
#include <map>

#include <fmt/format.h>

#include "ledger/decimals.h"
#include "ledger/hledger.h"
#include "ledger/operations.h"
#include "ledger/rates.h"

namespace greenbank::ledger {

constexpr std::size_t report_accounts_max = 20'000;
constexpr std::size_t past_accounts_max = 5'000;

struct TrialRow {
    Id<LedgerAccount> account;
    Text title;
    AccountPurpose purpose = AccountPurpose::customer;
    std::string debits, credits, balance;
};
Record describe(const TrialRow*) {
    return {"trial_row", "An account in the trial balance.",
        {field<&TrialRow::account>("account", "Which account."), field<&TrialRow::title>("title", "What it is called."),
            field<&TrialRow::purpose>("purpose", "Its line in the chart of accounts."), field<&TrialRow::debits>("debits", "All debits posted."),
            field<&TrialRow::credits>("credits", "All credits posted."), field<&TrialRow::balance>("balance", "Credits less debits.")}};
}

struct TrialAsset {
    Id<LedgerAsset> asset;
    std::string asset_code;
    Text name;
    std::vector<TrialRow> rows;
    std::string debits, credits, difference;
};
Record describe(const TrialAsset*) {
    return {"trial_asset", "The trial balance of one asset.",
        {field<&TrialAsset::asset>("asset", "Which asset."), field<&TrialAsset::asset_code>("asset_code", "Its code and key."),
            field<&TrialAsset::name>("name", "As people call it."), field<&TrialAsset::rows>("rows", "Its accounts."),
            field<&TrialAsset::debits>("debits", "All debits."), field<&TrialAsset::credits>("credits", "All credits."),
            field<&TrialAsset::difference>("difference", "Credits less debits: zero.")}};
}

struct TrialBalance {
    Time at;
    std::vector<TrialAsset> assets;
};
Record describe(const TrialBalance*) {
    return {"trial_balance", "All accounts by asset; debits equal credits.",
        {field<&TrialBalance::at>("at", "As of when."), field<&TrialBalance::assets>("assets", "One each.")}};
}

struct ReportRequest {
    std::optional<Time> at;
};
Record describe(const ReportRequest*) {
    return {"ledger_report_request", "As of when a report is asked for.", {field<&ReportRequest::at>("at", "Any moment; left out: now.")}};
}

struct ReconciliationRow {
    std::string asset_code;
    AccountPurpose purpose = AccountPurpose::customer;
    std::int64_t accounts = 0;
    std::string balance;
};
Record describe(const ReconciliationRow*) {
    return {"reconciliation_row", "The accounts of one line of the chart of accounts.",
        {field<&ReconciliationRow::asset_code>("asset_code", "In which asset."), field<&ReconciliationRow::purpose>("purpose", "Which line."),
            field<&ReconciliationRow::accounts>("accounts", "How many accounts."), field<&ReconciliationRow::balance>("balance", "Credits less debits.")}};
}

struct ReconciliationAsset {
    Id<LedgerAsset> asset;
    std::string asset_code;
    std::vector<ReconciliationRow> rows;
    std::string total, held_out, held_in, open_holds, held_difference;
    std::int64_t accounts_checked = 0, accounts_wrong = 0;
    bool adds_up = false;
};
Record describe(const ReconciliationAsset*) {
    return {"reconciliation_asset", "Whether one asset adds up.",
        {field<&ReconciliationAsset::asset>("asset", "Which asset."), field<&ReconciliationAsset::asset_code>("asset_code", "Its code and key."),
            field<&ReconciliationAsset::rows>("rows", "Balances by line of the chart of accounts."),
            field<&ReconciliationAsset::total>("total", "Their sum: zero."),
            field<&ReconciliationAsset::held_out>("held_out", "Held to be given, by the accounts."),
            field<&ReconciliationAsset::held_in>("held_in", "Held to be received, by the accounts."),
            field<&ReconciliationAsset::open_holds>("open_holds", "The sum of open holds."),
            field<&ReconciliationAsset::held_difference>("held_difference", "Held by the accounts less open holds: zero."),
            field<&ReconciliationAsset::accounts_checked>("accounts_checked", "Accounts whose balance was compared with their last line."),
            field<&ReconciliationAsset::accounts_wrong>("accounts_wrong", "Of these, how many differ: none."),
            field<&ReconciliationAsset::adds_up>("adds_up", "All of it is zero that must be.")}};
}

struct Reconciliation {
    Time at;
    std::vector<ReconciliationAsset> assets;
    bool adds_up = true;
};
Record describe(const Reconciliation*) {
    return {"reconciliation", "The ledger against itself: everything that must be zero.",
        {field<&Reconciliation::at>("at", "As of when."), field<&Reconciliation::assets>("assets", "One each."),
            field<&Reconciliation::adds_up>("adds_up", "Every asset adds up.")}};
}

struct RevaluationRequest {
    Id<LedgerAsset> into;
    std::optional<Date> day;
};
Record describe(const RevaluationRequest*) {
    return {"revaluation_request", "In which asset, and at which day's rates.",
        {field<&RevaluationRequest::into>("into", "The asset to count in."),
            field<&RevaluationRequest::day>("day", "Balances and rates of this day's end; left out: now.")}};
}

struct RevaluationRow {
    AccountPurpose purpose = AccountPurpose::customer;
    std::string asset_code, balance;
    std::optional<std::string> rate, value, source;
    std::optional<Date> rate_day;
    std::optional<RateStatus> status;
};
Record describe(const RevaluationRow*) {
    return {"revaluation_row", "What a line of the chart of accounts is worth.",
        {field<&RevaluationRow::purpose>("purpose", "Which line."), field<&RevaluationRow::asset_code>("asset_code", "In which asset."),
            field<&RevaluationRow::balance>("balance", "Credits less debits."), field<&RevaluationRow::rate>("rate", "The stored rate."),
            field<&RevaluationRow::rate_day>("rate_day", "Of which day it is."), field<&RevaluationRow::status>("status", "Official, unconfirmed or sample."),
            field<&RevaluationRow::source>("source", "Where it is from."), field<&RevaluationRow::value>("value", "What the balance is worth.")}};
}

struct Revaluation {
    std::string into_code;
    Date day;
    std::vector<RevaluationRow> rows;
    std::string total;
    std::vector<std::string> without_rate;
};
Record describe(const Revaluation*) {
    return {"revaluation", "All balances in one asset, at stored rates; rounded half to even, line by line.",
        {field<&Revaluation::into_code>("into_code", "Counted in."), field<&Revaluation::day>("day", "Of which day."),
            field<&Revaluation::rows>("rows", "One each."), field<&Revaluation::total>("total", "The sum of the values."),
            field<&Revaluation::without_rate>("without_rate", "Assets that have no rate of that day or before.")}};
}

namespace {

struct Position {
    AccountView view;
    Balances balances;
};

/// Balances now, or after all that happened at `at` or before.
Result<std::vector<Position>> positions(Transaction& transaction, const std::optional<Time>& at) {
    std::vector<Position> all;
    StoredJournal journal;
    journal.look_into(&transaction);
    for (AccountView& view : TRY(all_accounts(transaction, at ? past_accounts_max : report_accounts_max))) {
        Balances balances = TRY(fill_balances(view));
        if (at) balances = TRY(journal.balances_at(static_cast<AccountNumber>(view.number), *at)).value_or(Balances{});
        all.push_back({std::move(view), balances});
    }
    return all;
}

/// Runs of one asset, in their order.
template <class F> Result<Done> by_asset(const std::vector<Position>& all, F take) {
    for (std::size_t first = 0; first < all.size();) {
        std::size_t end = first;
        while (end < all.size() && all[end].view.asset_code == all[first].view.asset_code) ++end;
        TRY(take(std::span(all).subspan(first, end - first)));
        first = end;
    }
    return Done{};
}

Result<TrialBalance> trial_balance(Transaction& transaction, const Caller& caller, const ReportRequest& request) {
    TrialBalance report{.at = request.at.value_or(caller.now), .assets = {}};
    const std::vector<Position> all = TRY(positions(transaction, request.at));
    TRY(by_asset(all, [&](std::span<const Position> of_asset) -> Result<Done> {
        const AccountView& first = of_asset.front().view;
        const int scale = static_cast<int>(first.scale);
        Text name = TRY(transaction.get(first.asset)).name;
        TrialAsset asset{
            .asset = first.asset, .asset_code = first.asset_code, .name = std::move(name), .rows = {}, .debits = {}, .credits = {}, .difference = {}};
        Amount debits = 0, credits = 0;
        for (const auto& [view, balances] : of_asset) {
            debits += balances.debits_posted;
            credits += balances.credits_posted;
            asset.rows.push_back({view.id, view.title, view.purpose, decimal_text(balances.debits_posted, scale), decimal_text(balances.credits_posted, scale),
                decimal_text(posted_balance(balances), scale)});
        }
        asset.debits = decimal_text(debits, scale);
        asset.credits = decimal_text(credits, scale);
        asset.difference = decimal_text(static_cast<SignedAmount>(credits - debits), scale);
        report.assets.push_back(std::move(asset));
        return Done{};
    }));
    return report;
}

Result<Reconciliation> reconciliation(Transaction& transaction, const Caller& caller) {
    Reconciliation report{.at = caller.now, .assets = {}};
    const std::vector<Position> all = TRY(positions(transaction, {}));
    std::map<std::int64_t, Amount> holds; // by the giver's number
    for (const auto& row : TRY(transaction.query("SELECT debit, amount FROM hold")).rows)
        holds[as_integer(row[0])] += parse_amount(as_text(row[1])).value_or(0);
    std::map<std::int64_t, std::string> last_lines;
    for (const auto& row : TRY(transaction.query("SELECT b.account, CASE WHEN l.debit = b.account THEN l.debit_after ELSE l.credit_after END "
                                                 "FROM account_balance b JOIN journal_line l ON l.number = b.last_line"))
                               .rows)
        last_lines[as_integer(row[0])] = as_text(row[1]);
    TRY(by_asset(all, [&](std::span<const Position> of_asset) -> Result<Done> {
        const AccountView& first = of_asset.front().view;
        const int scale = static_cast<int>(first.scale);
        ReconciliationAsset asset{.asset = first.asset,
            .asset_code = first.asset_code,
            .rows = {},
            .total = {},
            .held_out = {},
            .held_in = {},
            .open_holds = {},
            .held_difference = {}};
        std::map<AccountPurpose, std::pair<std::int64_t, SignedAmount>> purposes;
        Amount out = 0, in = 0, open = 0;
        SignedAmount total = 0;
        for (const auto& [view, balances] : of_asset) {
            auto& [count, sum] = purposes[view.purpose];
            ++count;
            sum += posted_balance(balances);
            total += posted_balance(balances);
            out += balances.debits_pending;
            in += balances.credits_pending;
            open += holds[view.number];
            ++asset.accounts_checked;
            const auto last = last_lines.find(view.number);
            if ((last == last_lines.end() ? to_text(Balances{}) : last->second) != to_text(balances)) ++asset.accounts_wrong;
        }
        for (const auto& [purpose, sum] : purposes) asset.rows.push_back({first.asset_code, purpose, sum.first, decimal_text(sum.second, scale)});
        asset.total = decimal_text(total, scale);
        asset.held_out = decimal_text(out, scale);
        asset.held_in = decimal_text(in, scale);
        asset.open_holds = decimal_text(open, scale);
        asset.held_difference = decimal_text(static_cast<SignedAmount>(out - open), scale);
        asset.adds_up = total == 0 && out == open && in == open && asset.accounts_wrong == 0;
        report.adds_up = report.adds_up && asset.adds_up;
        report.assets.push_back(std::move(asset));
        return Done{};
    }));
    return report;
}

Result<Revaluation> revaluation(Transaction& transaction, const Caller& caller, const RevaluationRequest& request) {
    const LedgerAsset into = TRY(transaction.get(request.into));
    const int into_scale = static_cast<int>(into.scale);
    Revaluation report{.into_code = to_text(Asset{into.code, into.key, into_scale}),
        .day = request.day.value_or(date_of(caller.now)),
        .rows = {},
        .total = {},
        .without_rate = {}};
    std::optional<Time> at;
    if (request.day) at = Time{(std::int64_t{request.day->days} + 1) * days(1).microseconds - 1};
    const std::vector<Position> all = TRY(positions(transaction, at));
    SignedAmount total = 0;
    const Error too_large{Failure::too_large, "ledger.value_too_large", "A value is too large to be counted in this asset."};
    TRY(by_asset(all, [&](std::span<const Position> of_asset) -> Result<Done> {
        const AccountView& first = of_asset.front().view;
        const int scale = static_cast<int>(first.scale);
        std::optional<ExchangeRate> rate;
        SignedAmount factor = 1;
        for (int i = 0; i < rate_scale; ++i) factor *= 10;
        if (first.asset != into.id) {
            rate = TRY(rate_on(transaction, first.asset, into.id, report.day));
            if (!rate) report.without_rate.push_back(first.asset_code);
            else factor = parse_decimal(rate->rate, rate_scale).value_or(0);
        }
        std::map<AccountPurpose, SignedAmount> purposes;
        for (const auto& [view, balances] : of_asset) purposes[view.purpose] += posted_balance(balances);
        for (const auto& [purpose, sum] : purposes) {
            RevaluationRow row{.purpose = purpose,
                .asset_code = first.asset_code,
                .balance = decimal_text(sum, scale),
                .rate = {},
                .value = {},
                .source = {},
                .rate_day = {},
                .status = {}};
            if (rate) {
                row.rate = rate->rate;
                row.rate_day = rate->day;
                row.status = rate->status;
                row.source = rate->source;
            }
            if (rate || first.asset == into.id) {
                const auto value = converted(sum, scale, factor, into_scale);
                if (!value) return too_large;
                row.value = decimal_text(*value, into_scale);
                total += *value;
            }
            report.rows.push_back(std::move(row));
        }
        return Done{};
    }));
    report.total = decimal_text(total, into_scale);
    return report;
}

Result<Page<ExchangeRate>> rate_list(Transaction& transaction, const Caller& caller, const ListOf<ExchangeRate>& list) {
    return list_page<ExchangeRate>(transaction, caller, list);
}

/// A rate stays: another one of the same day is refused, so that a valuation can be repeated.
Result<Reply<ExchangeRate>> rate_create(Transaction& transaction, const Caller& caller, const ExchangeRate& draft) {
    ExchangeRate rate = draft;
    if (rate.asset == rate.into_asset) return invalid({{"into_asset", "ledger.rate_same", "A rate is between two assets."}});
    TRY(transaction.get(rate.asset));
    TRY(transaction.get(rate.into_asset));
    if (TRY(transaction.find_one<ExchangeRate>("asset = $1 AND into_asset = $2 AND day = $3", {rate.asset.text, rate.into_asset.text, to_text(rate.day)})))
        return Error{Failure::conflict, "ledger.rate_exists", "There is a rate of this day already, and it stays."};
    rate.id = caller.new_id<ExchangeRate>();
    rate.created_at = caller.now;
    TRY(transaction.insert(rate));
    return Reply<ExchangeRate>{.body = std::move(rate), .status = 201};
}

/// The whole journal for hledger, an independent program: what it adds up must be our balances.
Result<Response> journal_export(Store& store, const Caller&) {
    constexpr std::size_t lines_max = 200'000, lines_at_once = 10'000;
    std::string journal;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        journal.clear();
        std::vector<std::string> accounts, assets;
        for (const AccountView& account : TRY(transaction.find<AccountView>("ORDER BY number"))) accounts.push_back(account.id.text);
        for (const LedgerAsset& asset : TRY(transaction.find<LedgerAsset>("ORDER BY number"))) assets.push_back(to_text(Asset{asset.code, asset.key, 0}));
        for (std::uint64_t next = 1;;) {
            const auto lines = TRY(read_lines(transaction, next, lines_at_once));
            if (lines.empty()) return Done{};
            for (const StoredLine& line : lines) {
                const Transfer& did = line.entry.transfer;
                if (did.kind == Kind::pending || did.kind == Kind::void_pending || did.kind == Kind::expiry) continue; // moves nothing
                append_transaction(journal, line.entry, did.id.empty() ? "expiry" : to_text(did.id), accounts[index_of(did.debit)],
                    accounts[index_of(did.credit)], assets[index_of(did.asset)]);
            }
            next += lines.size();
            if (next > lines_max)
                return Error{Failure::too_large, "ledger.journal_too_long", "The journal has more than {most} lines; export it from the database.",
                    {{"most", std::to_string(lines_max)}}};
        }
    }));
    return Response{.content_type = "text/plain; charset=utf-8",
        .body = std::move(journal),
        .headers = {{"Content-Disposition", "attachment; filename=\"journal.hledger\""}}};
}

} // namespace

std::vector<Endpoint> report_endpoints() {
    return {
        // clang-format off
        {"trial_balance_get", Method::get, "/ledger/trial-balance", "All accounts by asset, now or at any past time.", Mode::read, read_ledger, call(trial_balance)},
        {"reconciliation_get", Method::get, "/ledger/reconciliation", "The ledger against itself: everything that must be zero.", Mode::read, read_ledger, call(reconciliation)},
        {"revaluation_get", Method::get, "/ledger/revaluation", "All balances in one asset, at stored rates.", Mode::read, read_ledger, call(revaluation)},
        {"journal_export", Method::get, "/ledger/journal", "The journal for hledger, in minor units; a debit counts above zero.", Mode::compute, read_ledger, as_file("text/plain", call(journal_export))},
        {"exchange_rate_list", Method::get, "/ledger/rates", "Stored rates.", Mode::read, open_to_all, call(rate_list)},
        {"exchange_rate_create", Method::post, "/ledger/rates", "Enter a rate; it stays.", Mode::write, manage_ledger, call(rate_create)},
        // clang-format on
    };
}

} // namespace greenbank::ledger
