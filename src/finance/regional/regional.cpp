// regional.cpp — the finance of a city or a park: which instruments serve which stage of its projects, what is missing, how far the money is.
#include "finance/engine/regional.h"

#include <algorithm>

#include "finance/bonds/records.h"
#include "finance/contracts/records.h"
#include "finance/funds/records.h"
#include "finance/insurance/records.h"
#include "finance/operations.h"

namespace greenbank {
template <> struct Choices<finance::RegionalInstrument> {
    static constexpr std::string_view name = "regional_instrument";
    static constexpr std::string_view values[] = {"venture", "equity", "industry_fund", "leasing", "insurance", "guarantee", "credit", "investment_banking"};
};
} // namespace greenbank

namespace greenbank::finance {

struct RegionalAsk {
    std::string country;
    std::optional<std::string> place;
    std::string currency = "CNY";
};
Record describe(const RegionalAsk*) {
    using One = RegionalAsk;
    return {"regional_question", "Which region, in which currency.",
        {field<&One::country>("country", "The country.", {.min = 2, .max = 2}),
            field<&One::place>("place", "The city, district or park, as projects name it in any language; absent: the whole country.", {.min = 1, .max = 100}),
            field<&One::currency>("currency", "Amounts in this currency only.", {.min = 3, .max = 3, .defaulted = true})}};
}
struct RegionalRow {
    RegionalInstrument instrument = RegionalInstrument::credit;
    library::Stage stage = library::Stage::research;
    std::int64_t projects = 0, served = 0, shelf = 0;
    Money promised, contracted, drawn;
    bool missing = false;
};
Record describe(const RegionalRow*) {
    using One = RegionalRow;
    return {"regional_cell", "One instrument at one stage.",
        {field<&One::instrument>("instrument", "Which instrument."), field<&One::stage>("stage", "Which stage."),
            field<&One::projects>("projects", "Projects of the stage."), field<&One::served>("served", "Of these with an offer or a contract."),
            field<&One::shelf>("shelf", "Offers on the shelf for that stage."), field<&One::promised>("promised", "Promised."),
            field<&One::contracted>("contracted", "Of it contracted."), field<&One::drawn>("drawn", "Of that drawn or paid."),
            field<&One::missing>("missing", "There are projects, and nobody serves or offers.")}};
}
struct RegionalProjectRow {
    std::string id;
    Text title;
    library::Stage stage = library::Stage::research;
    std::optional<Money> budget;
    Money promised, contracted, drawn;
};
Record describe(const RegionalProjectRow*) {
    using One = RegionalProjectRow;
    return {"regional_project", "A project of the region.",
        {field<&One::id>("id", "Which."), field<&One::title>("title", "What it is called."), field<&One::stage>("stage", "How far it is."),
            field<&One::budget>("budget", "What it needs in all."), field<&One::promised>("promised", "Promised to it."),
            field<&One::contracted>("contracted", "Of it contracted."), field<&One::drawn>("drawn", "Of that drawn or paid.")}};
}
struct RegionalView {
    std::vector<RegionalRow> cells;
    std::vector<RegionalProjectRow> projects;
    Money budget, promised, contracted, drawn;
    std::int64_t missing = 0;
};
Record describe(const RegionalView*) {
    using One = RegionalView;
    return {"regional_view", "The finance of a region.",
        {field<&One::cells>("cells", "Instrument by instrument, stage by stage.", {.max = 32}),
            field<&One::projects>("projects", "Its projects.", {.max = 500}), field<&One::budget>("budget", "What its projects need in all."),
            field<&One::promised>("promised", "Promised."), field<&One::contracted>("contracted", "Of it contracted."),
            field<&One::drawn>("drawn", "Of that drawn or paid."), field<&One::missing>("missing", "Cells in which nobody serves or offers.")}};
}

namespace {

bool lies_in(const Text& place, std::string_view wanted) {
    const auto alike = [](char a, char b) { return a == b || ((a ^ b) == 0x20 && ((a | 0x20) >= 'a' && (a | 0x20) <= 'z')); };
    for (const std::string* one : {&place.zh, &place.en, &place.ru})
        if (std::search(one->begin(), one->end(), wanted.begin(), wanted.end(), alike) != one->end()) return true;
    return false;
}

RegionalInstrument instrument_of(FundKind kind) {
    return kind == FundKind::venture ? RegionalInstrument::venture : kind == FundKind::equity ? RegionalInstrument::equity : RegionalInstrument::industry_fund;
}
std::optional<RegionalInstrument> instrument_of(library::CapitalKind kind) {
    switch (kind) {
    case library::CapitalKind::loan:
    case library::CapitalKind::carbon_loan: return RegionalInstrument::credit;
    case library::CapitalKind::lease: return RegionalInstrument::leasing;
    case library::CapitalKind::equity: return RegionalInstrument::equity;
    case library::CapitalKind::guarantee: return RegionalInstrument::guarantee;
    case library::CapitalKind::insurance: return RegionalInstrument::insurance;
    case library::CapitalKind::bond: return RegionalInstrument::investment_banking;
    case library::CapitalKind::grant: break;
    }
    return {};
}

/// What is offered, contracted and paid for one project, in that currency.
Result<Done> add_money(Transaction& transaction, const std::string& project, const std::string& currency, std::vector<RegionalMoney>& money) {
    const auto add = [&](RegionalInstrument instrument, std::int64_t promised, std::int64_t contracted, std::int64_t drawn) {
        money.push_back({project, instrument, promised, contracted, drawn});
    };
    for (const FinancingOffer& one : TRY(transaction.find<FinancingOffer>(
             "state IN ('talking', 'queued') AND amount_currency = $2 AND request IN (SELECT id FROM financing_request WHERE project = $1 AND state = 'open')",
             {project, currency})))
        add(RegionalInstrument::credit, one.amount.minor, 0, 0);
    for (const Loan& one : TRY(transaction.find<Loan>("project = $1 AND amount_currency = $2", {project, currency})))
        add(RegionalInstrument::credit, one.amount.minor, one.amount.minor, one.drawn.minor);
    for (const FinanceLease& one : TRY(transaction.find<FinanceLease>("project = $1 AND cost_currency = $2 AND state <> 'withdrawn'", {project, currency}))) {
        const std::int64_t taken = one.state == ContractState::offered ? 0 : one.cost.minor;
        add(RegionalInstrument::leasing, one.cost.minor, taken, taken);
    }
    for (const InsuranceCover& one :
        TRY(transaction.find<InsuranceCover>("project = $1 AND limit_currency = $2 AND state <> 'withdrawn'", {project, currency})))
        add(RegionalInstrument::insurance, one.limit.minor, one.state == CoverState::active ? one.limit.minor : 0, one.paid.minor);
    for (const Guarantee& one : TRY(transaction.find<Guarantee>(
             "limit_currency = $2 AND state <> 'withdrawn' AND primary_guarantee IS NULL AND loan IN (SELECT id FROM loan WHERE project = $1)",
             {project, currency})))
        add(RegionalInstrument::guarantee, one.limit.minor, one.state == ContractState::offered ? 0 : one.limit.minor, one.called.minor);
    for (const FundHolding& one : TRY(transaction.find<FundHolding>("project = $1 AND invested_currency = $2", {project, currency})))
        add(instrument_of(TRY(transaction.get(one.fund)).kind), one.invested.minor, one.invested.minor, one.invested.minor);
    for (const GreenBond& one : TRY(transaction.find<GreenBond>("amount_currency = $1", {currency})))
        for (const BondAllocation& part : one.allocations)
            if (part.project.text == project) add(RegionalInstrument::investment_banking, part.amount.minor, part.amount.minor, part.amount.minor);
    return Done{};
}

Result<RegionalView> regional_finance(Transaction& transaction, const Caller&, const RegionalAsk& ask) {
    std::vector<projects::Project> found =
        TRY(transaction.find<projects::Project>("state = 'published' AND country = $1 ORDER BY id LIMIT 5000", {ask.country}));
    if (ask.place) std::erase_if(found, [&](const projects::Project& one) { return !lies_in(one.place, *ask.place); });
    if (found.size() > 500) return invalid({{"place", "regional.too_large", "This region has more than five hundred projects; name a smaller one."}});
    std::vector<RegionalProject> list;
    std::vector<RegionalMoney> money;
    const auto amount = [&](std::int64_t minor) { return Money{minor, ask.currency}; };
    RegionalView view{.cells = {}, .projects = {}, .budget = amount(0), .promised = amount(0), .contracted = amount(0), .drawn = amount(0)};
    for (const projects::Project& one : found) {
        list.push_back({one.id.text, static_cast<std::size_t>(one.stage)});
        const std::size_t before = money.size();
        TRY(add_money(transaction, one.id.text, ask.currency, money));
        RegionalProjectRow row{one.id.text, one.title, one.stage, one.budget, amount(0), amount(0), amount(0)};
        for (std::size_t i = before; i < money.size(); ++i) {
            row.promised.minor += money[i].promised;
            row.contracted.minor += money[i].contracted;
            row.drawn.minor += money[i].drawn;
        }
        if (one.budget && one.budget->currency == ask.currency) view.budget.minor += one.budget->minor;
        view.projects.push_back(std::move(row));
    }
    std::vector<RegionalShelf> shelf;
    for (const library::CapitalOffer& one : TRY(transaction.find<library::CapitalOffer>("state = 'published'", {}))) {
        const auto instrument = instrument_of(one.kind);
        if (!instrument || (!one.countries.empty() && std::find(one.countries.begin(), one.countries.end(), ask.country) == one.countries.end())) continue;
        for (const library::Stage stage : one.stages) {
            const bool young = stage == library::Stage::research || stage == library::Stage::pilot;
            shelf.push_back({*instrument == RegionalInstrument::equity && young ? RegionalInstrument::venture : *instrument, static_cast<std::size_t>(stage)});
        }
    }
    const auto cells = regional_view(list, money, shelf);
    for (std::size_t i = 0; i < regional_instruments; ++i)
        for (std::size_t stage = 0; stage < regional_stages; ++stage) {
            const RegionalCell& one = cells[i][stage];
            view.cells.push_back({static_cast<RegionalInstrument>(i), static_cast<library::Stage>(stage), one.projects, one.served, one.shelf,
                amount(one.promised), amount(one.contracted), amount(one.drawn), one.missing});
            view.promised.minor += one.promised;
            view.contracted.minor += one.contracted;
            view.drawn.minor += one.drawn;
            view.missing += one.missing;
        }
    return view;
}

} // namespace

std::vector<Endpoint> regional_endpoints() {
    return {
        // clang-format off
        {"regional_finance_get", Method::get, "/regional-finance", "The finance of a city or a park: instruments by project stage, what is missing, promised, contracted, drawn.", Mode::read, run_finance, call(regional_finance)},
        // clang-format on
    };
}

} // namespace greenbank::finance
