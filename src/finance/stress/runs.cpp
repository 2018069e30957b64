// runs.cpp — from loans, pledges, covers, tonnes, deposits and pools of the bank to the engine's book, and what came of it as a record.
#include <map>

#include "finance/insurance/insurance.h"
#include "finance/products/money.h"
#include "finance/products/pools.h"
#include "finance/products/running.h"
#include "finance/reference.h"
#include "finance/stress/stress_runs.h"
#include "ledger/account_views.h"
#include "market/pledges/pledges.h"
#include "projects/access.h"
#include "json/json.h"

namespace greenbank::finance {

Record describe(const ById<StressRun>*) { return {"stress_run_key", "Names a stress.", {field<&ById<StressRun>::id>("id", "Its id.")}}; }

namespace {

constexpr std::size_t loans_max = 20'000;
constexpr std::string_view sample_id = "stress_sample_typhoon";

std::vector<std::int64_t> default_rates() {
    std::vector<std::int64_t> rates;
    for (const std::vector<std::string>& row : reference_rows("stress_levels.csv")) rates.push_back(ppm_of(std::stod(row[1])));
    return rates;
}

class BookMaker {
public:
    BookMaker(Transaction& transaction, const StressAsk& ask, Date day) : transaction_(transaction), ask_(ask), day_(day) {}

    Result<Done> make(StressInput& input, std::vector<StressName>& names) {
        std::string where = "state = 'active' AND amount_currency = $1";
        std::vector<Value> parameters = {ask_.currency};
        if (ask_.project) {
            where += " AND project = $2";
            parameters.emplace_back(ask_.project->text);
        }
        const auto loans = TRY(transaction_.find<Loan>(where + " ORDER BY borrower, id LIMIT " + std::to_string(loans_max + 1), parameters));
        if (loans.size() > loans_max)
            return Error{Failure::too_large, "stress.too_many", "More than {number} loans: narrow it to a project.", {{"number", std::to_string(loans_max)}}};
        for (Loan loan : loans) {
            TRY(bring_to(transaction_, loan, day_));
            if (input.borrowers.empty() || input.borrowers.back().id != loan.borrower.text) TRY(begin(input, loan));
            TRY(add(input, loan));
        }
        for (const auto& [id, name] : names_) names.push_back({id, name});
        return Done{};
    }

private:
    Result<Done> begin(StressInput& input, const Loan& loan) {
        const std::string& who = loan.borrower.text;
        StressBorrower borrower{.id = who, .sector = "", .holdings = {}, .pledges = {}, .carbon_covers = {}, .plants = {}, .loans = {}};
        names_[who] = loan.borrower_name;
        if (const auto deposit = deposit_of(transaction_, loan.borrower, ask_.currency)) borrower.cash = TRY(balance_of(deposit.value().text));
        std::map<std::string, std::int64_t> held;
        for (const market::SerialBlock& block : TRY(transaction_.find<market::SerialBlock>("holder = $1 AND state = 'held'", {who})))
            held[block.product.text] += block.last - block.first + 1;
        for (const auto& [product, tonnes] : held)
            if (const auto price = TRY(price_of(product))) borrower.holdings.push_back({tonnes, *price});
        for (const market::CarbonPledge& pledge :
            TRY(transaction_.find<market::CarbonPledge>("pledgor = $1 AND state = 'active' AND secured_currency = $2 ORDER BY id", {who, ask_.currency})))
            if (const auto price = TRY(price_of(pledge.product.text)))
                borrower.pledges.push_back({pledge.id.text, pledge.tonnes, *price, pledge.secured.minor, pledge.call_basis_points});
        for (const InsuranceCover& cover :
            TRY(transaction_.find<InsuranceCover>("insured = $1 AND state = 'active' AND limit_currency = $2 AND begins_on <= $3 AND ends_on >= $3 ORDER BY id",
                {who, ask_.currency, to_text(day_)})))
            TRY(insure(borrower, cover));
        input.borrowers.push_back(std::move(borrower));
        return Done{};
    }

    Result<Done> insure(StressBorrower& borrower, const InsuranceCover& cover) {
        names_[cover.insurer.text] = cover.insurer_name;
        names_[cover.id.text] = cover.title;
        if (cover.carbon) {
            if (const auto price = TRY(price_of(cover.carbon->product.text)))
                borrower.carbon_covers.push_back({cover.id.text, cover.insurer.text, *price, cover_of(cover, *cover.carbon)});
        } else if (cover.performance && cover.performance->weather) {
            const PerformanceTerms& terms = *cover.performance;
            borrower.plants.push_back(
                {cover.id.text, cover.insurer.text, static_cast<double>(terms.period_days), terms.unit_value.minor, cover_of(cover, terms)});
        }
        return Done{};
    }

    Result<Done> add(StressInput& input, const Loan& loan) {
        StressBorrower& borrower = input.borrowers.back();
        names_[loan.lender.text] = loan.lender_name;
        names_[loan.id.text] = {loan.number, loan.number, loan.number};
        StressLoan one{.id = loan.id.text, .lender = loan.lender.text, .principal = loan.principal.minor, .level = loan.warning};
        RunningLoan ahead = running_of(loan);
        if (loan.next_due) close_days(ahead, *loan.next_due);
        one.next_payment = late_amount(ahead);
        if (loan.pool) one.pool = TRY(place_of(input, *loan.pool));
        if (loan.project && borrower.sector.empty())
            if (const auto project = TRY(transaction_.find_one<projects::Project>("id = $1", {loan.project->text}))) borrower.sector = name_of(project->field);
        borrower.loans.push_back(std::move(one));
        return Done{};
    }

    Result<std::int64_t> place_of(StressInput& input, const Id<RiskPool>& id) {
        for (std::size_t i = 0; i < input.pools.size(); ++i)
            if (input.pools[i].id == id.text) return static_cast<std::int64_t>(i);
        const RiskPool pool = TRY(transaction_.get(id));
        StressPoolRow row{.id = id.text, .parties = {}, .fund = pool.fund, .lost = pool.lost.minor};
        for (std::size_t i = 0; i < pool.parties.size(); ++i) {
            const PoolParty& party = pool.parties[i];
            StressPoolParty one{.party = "", .share = party.share, .cap = {}, .borne = party.borne};
            if (party.cap) one.cap = party.cap->minor;
            if (!party.account) row.lender = static_cast<std::int64_t>(i);
            else {
                const auto account = TRY(transaction_.find_one<ledger::LedgerAccount>("id = $1", {party.account->text}));
                one.party = account ? account->owner.text : party.account->text;
                names_[one.party] = party.name;
            }
            row.parties.push_back(std::move(one));
        }
        row.fund_holds = TRY(state_of(transaction_, pool)).pool;
        input.pools.push_back(std::move(row));
        return static_cast<std::int64_t>(input.pools.size()) - 1;
    }

    Result<std::int64_t> balance_of(const std::string& account) {
        auto view = TRY(transaction_.find_one<ledger::AccountView>("id = $1", {account}));
        if (!view) return std::int64_t{0};
        TRY(ledger::fill_balances(*view));
        const auto balance = parse_money(view->balance, ask_.currency);
        return balance ? balance->minor : std::int64_t{0};
    }

    /// The last close of a product, once.
    Result<std::optional<std::int64_t>> price_of(const std::string& product) {
        const auto known = prices_.find(product);
        if (known != prices_.end()) return known->second;
        const auto closes = TRY(closes_of(transaction_, Id<market::CarbonProduct>(product), ask_.currency, Date{day_.days - 3'660}, day_));
        const auto price = closes.empty() ? std::optional<std::int64_t>() : std::optional(closes.back());
        prices_[product] = price;
        return price;
    }

    Transaction& transaction_;
    const StressAsk& ask_;
    Date day_;
    std::map<std::string, std::optional<std::int64_t>> prices_;
    std::map<std::string, Text> names_;
};

Result<Page<StressRun>> stress_list(Transaction& transaction, const Caller& caller, const ListOf<StressRun>& list) {
    return list_page<StressRun>(transaction, caller, list);
}
Result<StressRun> stress_get(Transaction& transaction, const Caller&, const ById<StressRun>& key) { return transaction.get(key.id); }
Result<Raw> stress_input(Transaction& transaction, const Caller&, const ById<StressRun>& key) {
    const StressRun run = TRY(transaction.get(key.id));
    return Raw{"application/json", to_json(run.input), {{"Content-Disposition", "attachment; filename=\"" + key.id.text + ".json\""}}};
}

Result<Reply<StressRun>> stress_create(Transaction& transaction, const Caller& caller, const StressAsk& ask) {
    StressRun run = TRY(run_stress(transaction, ask, date_of(caller.now)));
    run.id = caller.new_id<StressRun>();
    run.made_by_name = TRY(projects::person_name(transaction, caller));
    run.created_at = caller.now;
    TRY(transaction.insert(run));
    return Reply<StressRun>{.body = std::move(run), .status = 201};
}

} // namespace

Result<StressRun> run_stress(Transaction& transaction, const StressAsk& ask, Date day) {
    StressRun run{.id = {},
        .title = ask.title,
        .currency = ask.currency,
        .on = day,
        .total = {},
        .carbon_loss = {},
        .output_loss = {},
        .credit_loss = {},
        .input = {},
        .report = {},
        .names = {},
        .made_by_name = "",
        .created_at = {}};
    run.input.currency = ask.currency;
    run.input.scenario = {.price_path = ask.price_path,
        .days_without_output = ask.days_without_output,
        .sector = ask.sector,
        .sector_levels = ask.sector_levels,
        .loss_given_default = ppm_of(ask.loss_given_default),
        .defaults = default_rates(),
        .rules = warning_rules()};
    TRY(BookMaker(transaction, ask, day).make(run.input, run.names));
    if (run.input.borrowers.empty())
        return Error{Failure::conflict, "stress.no_loans", "There are no running loans in {currency} to strike.", {{"currency", ask.currency}}};
    if (!ask.sector.empty() && std::ranges::none_of(run.input.borrowers, [&](const StressBorrower& one) { return one.sector == ask.sector; }))
        return invalid({{"sector", "stress.sector_unknown", "No borrower works in {sector}; nothing would be struck.", {{"sector", ask.sector}}}});
    run.report = TRY(report_of(run.input));
    for (const auto& [money, minor] : {std::pair(&run.total, run.report.total), {&run.carbon_loss, run.report.carbon_loss},
             {&run.output_loss, run.report.output_loss}, {&run.credit_loss, run.report.credit_loss}})
        *money = {minor, ask.currency};
    run.calls = static_cast<std::int64_t>(run.report.calls.size());
    for (const StressLoanLoss& loan : run.report.loans) run.warnings += loan.after > loan.before;
    return run;
}

SampleStep stress_sample() {
    return {.load = [](Transaction& transaction, const SampleFiles&, Time now) -> Result<std::int64_t> {
                const bool there = !TRY(transaction.query("SELECT id FROM stress_run WHERE id = $1", {std::string(sample_id)})).empty();
                const bool island = !TRY(transaction.query("SELECT id FROM loan WHERE id = 'loan_sample_island' AND state = 'active'")).empty();
                if (there || !island) return std::int64_t{0};
                const StressAsk ask{.title = {"碳价下跌 30%，台风使风电停机一周", "Carbon price falls 30 %, a typhoon stops the wind for a week",
                                        "Цена углерода падает на 30 %, тайфун останавливает ветер на неделю"},
                    .price_path = {-3'000},
                    .days_without_output = 7,
                    .sector = "",
                    .project = Id<projects::Project>("project_sample_island_microgrid")};
                StressRun run = TRY(run_stress(transaction, ask, make_date(2026, 11, 28)));
                run.id = Id<StressRun>(std::string(sample_id));
                run.made_by_name = "风险专员（示例）/ Risk officer (sample) / Специалист по рискам (образец)";
                run.sample = true;
                run.created_at = now;
                TRY(transaction.insert(run));
                return std::int64_t{1};
            },
        .remove = [](Transaction& transaction, const SampleFiles&, Time) -> Result<std::int64_t> {
            return TRY(transaction.execute("DELETE FROM stress_run WHERE sample = true"));
        }};
}

std::vector<Endpoint> stress_endpoints() {
    return {
        // clang-format off
        {"stress_run_list", Method::get, "/stress-runs", "Stresses of the bank's book.", Mode::read, run_finance, call(stress_list)},
        {"stress_run_get", Method::get, "/stress-runs/{id}", "One stress with its book and what came of it.", Mode::read, run_finance, call(stress_get)},
        {"stress_run_input", Method::get, "/stress-runs/{id}/input", "Its book and scenario, as greenbank risk stress reads them.", Mode::read, run_finance, as_file("application/json", call(stress_input))},
        {"stress_run_create", Method::post, "/stress-runs", "Strike the bank's book: prices, weather, a sector.", Mode::write, run_finance, call(stress_create)},
        // clang-format on
    };
}

} // namespace greenbank::finance
