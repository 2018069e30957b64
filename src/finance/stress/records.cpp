// records.cpp — descriptions of stresses, and the engine behind them.
#include "finance/stress/records.h"

namespace greenbank::finance {

namespace {

constexpr double amount_max = 9e15, tonnes_max = 1e9;

void check_ask(const void* value, Problems& problems) {
    const auto& ask = *static_cast<const StressAsk*>(value);
    if (ask.title.empty()) problems.push_back({"title", "finance.title", "Say in a few words what it is."});
    for (std::size_t i = 0; i < ask.price_path.size(); ++i)
        if (ask.price_path[i] < -10'000 || ask.price_path[i] > 100'000)
            problems.push_back(
                {"price_path[" + std::to_string(i) + "]", "stress.price", "A change lies between −10000 (worth nothing) and 100000 (eleven times as much)."});
    if (ask.price_path.empty() && ask.days_without_output == 0 && ask.sector_levels == 0)
        problems.push_back({"price_path", "stress.nothing", "Name a shock: prices, days without output, or a sector."});
    if ((ask.sector_levels > 0) == ask.sector.empty())
        problems.push_back({"sector", "stress.sector", "A sector and by how many levels its warnings rise belong together."});
}

} // namespace

Record describe(const WarningRule*) {
    return {"warning_rule", "From this value on the signal calls for that level.",
        {field<&WarningRule::signal>("signal", "Which signal.", {.min = 1, .max = 40}), field<&WarningRule::from>("from_value", "From which value on."),
            field<&WarningRule::level>("level", "Which level.")}};
}
Record describe(const CarbonCover*) {
    using Cover = CarbonCover;
    return {"carbon_cover", "Cover of a carbon price, amounts in minor units.",
        {field<&Cover::kind>("kind", "How it pays."), field<&Cover::strike>("strike", "The price that is promised.", {.min = 0, .max = amount_max}),
            field<&Cover::cap>("cap", "Of a collar: above it the insured gives back.", {.min = 0, .max = amount_max, .defaulted = true}),
            field<&Cover::tonnes>("tonnes", "How many.", {.min = 0, .max = tonnes_max}), field<&Cover::share>("share", "Which part.", {.min = 0, .max = 1}),
            field<&Cover::deductible>("deductible", "A tonne, borne by the insured.", {.min = 0, .max = amount_max, .defaulted = true}),
            field<&Cover::limit>("limit", "In all.", {.min = 0, .max = amount_max})}};
}
Record describe(const PerformanceCover*) {
    using Cover = PerformanceCover;
    return {"performance_cover", "Cover of an indicator, amounts in minor units.",
        {field<&Cover::promised>("promised", "Units in a period.", {.min = 0, .max = 1e12}),
            field<&Cover::trigger>("trigger", "It pays below this part.", {.min = 0, .max = 1}),
            field<&Cover::pay_a_point>("pay_a_point", "For each hundredth that is missing.", {.min = 0, .max = amount_max}),
            field<&Cover::repair_cost>("repair_cost", "Or for the repair; 0: none.", {.min = 0, .max = amount_max, .defaulted = true}),
            field<&Cover::limit>("limit", "In all.", {.min = 0, .max = amount_max})}};
}
Record describe(const StressScenario*) {
    using One = StressScenario;
    return {"stress_scenario", "What happens.",
        {field<&One::price_path>("price_path", "Of carbon, step by step: changes against today in hundredths of a percent.", {.max = 120}),
            field<&One::days_without_output>("days_without_output", "Of plants that hang on the weather.", {.unit = "d", .min = 0, .max = 366}),
            field<&One::sector>("sector", "A sector that is struck.", {.max = 100, .defaulted = true}),
            field<&One::sector_levels>("sector_levels", "By how many levels its warnings rise.", {.min = 0, .max = 4, .defaulted = true}),
            field<&One::loss_given_default>("loss_given_default", "Lost of a loan that fails, parts of a million.", {.min = 0, .max = 1'000'000}),
            field<&One::defaults>("defaults", "Loans that fail within a year at each level from none to red, parts of a million.", {.min = 5, .max = 5}),
            field<&One::rules>("rules", "Which signals warn.", {.max = 100})}};
}
Record describe(const StressPledge*) {
    using One = StressPledge;
    return {"stress_pledge", "Pledged tonnes.",
        {field<&One::id>("id", "Which.", {.max = 100}), field<&One::tonnes>("tonnes", "How many.", {.min = 0, .max = tonnes_max}),
            field<&One::price>("price", "Of a tonne, today.", {.min = 0, .max = 1e9}),
            field<&One::secured>("secured", "The debt behind them.", {.min = 0, .max = amount_max}),
            field<&One::call_basis_points>("call_basis_points", "Below which cover more is called.", {.min = 0, .max = 100'000})}};
}
Record describe(const StressHolding*) {
    using One = StressHolding;
    return {"stress_holding", "Tonnes that are held, pledged ones included.",
        {field<&One::tonnes>("tonnes", "How many.", {.min = 0, .max = tonnes_max}), field<&One::price>("price", "Of a tonne, today.", {.min = 0, .max = 1e9})}};
}
Record describe(const StressCarbonCover*) {
    using One = StressCarbonCover;
    return {"stress_carbon_cover", "A carbon price that is insured.",
        {field<&One::id>("id", "Which.", {.max = 100}), field<&One::insurer>("insurer", "Who pays.", {.max = 100}),
            field<&One::price>("price", "Of a tonne, today.", {.min = 0, .max = 1e9}), field<&One::terms>("terms", "What it pays.")}};
}
Record describe(const StressPlant*) {
    using One = StressPlant;
    return {"stress_plant", "Output that hangs on the weather.",
        {field<&One::id>("id", "Which.", {.max = 100}), field<&One::insurer>("insurer", "Who pays; empty: nobody.", {.max = 100, .defaulted = true}),
            field<&One::period_days>("period_days", "How long a period is.", {.unit = "d", .min = 1, .max = 366}),
            field<&One::unit_value>("unit_value", "What a unit is worth.", {.min = 0, .max = 1e12}),
            field<&One::terms>("terms", "What is promised, and what is paid.")}};
}
Record describe(const StressLoan*) {
    using One = StressLoan;
    return {"stress_loan", "A loan.",
        {field<&One::id>("id", "Which.", {.max = 100}), field<&One::lender>("lender", "Who lends.", {.max = 100}),
            field<&One::principal>("principal", "What is owed.", {.min = 0, .max = amount_max}),
            field<&One::next_payment>("next_payment", "What is due next, with what is late.", {.min = 0, .max = amount_max}),
            field<&One::pool>("pool", "Its pool's place, from 0; −1: none.", {.min = -1, .max = 10'000, .defaulted = true}),
            field<&One::level>("level", "Its warning today.", {.defaulted = true})}};
}
Record describe(const StressBorrower*) {
    using One = StressBorrower;
    return {"stress_borrower", "A borrower with all that is struck.",
        {field<&One::id>("id", "Who.", {.max = 100}), field<&One::sector>("sector", "In which sector.", {.max = 100, .defaulted = true}),
            field<&One::cash>("cash", "In the deposit.", {.min = -amount_max, .max = amount_max, .defaulted = true}),
            field<&One::holdings>("holdings", "Tonnes held.", {.max = 1000, .defaulted = true}),
            field<&One::pledges>("pledges", "Tonnes pledged.", {.max = 1000, .defaulted = true}),
            field<&One::carbon_covers>("carbon_covers", "Prices insured.", {.max = 1000, .defaulted = true}),
            field<&One::plants>("plants", "Plants.", {.max = 1000, .defaulted = true}),
            field<&One::loans>("loans", "Loans.", {.max = 10'000, .defaulted = true})}};
}
Record describe(const StressPart*) {
    return {"stress_part", "What one party bears, minor units; less than zero: it gains.",
        {field<&StressPart::party>("party", "Who."), field<&StressPart::amount>("amount", "How much.")}};
}
Record describe(const StressCall*) {
    using One = StressCall;
    return {"stress_call", "A margin call.",
        {field<&One::pledge>("pledge", "On which pledge."), field<&One::step>("step", "At which step of the path."),
            field<&One::price>("price", "Of a tonne then."), field<&One::value>("value", "Of all tonnes then."),
            field<&One::cover_basis_points>("cover_basis_points", "Value to debt, in hundredths of a percent."),
            field<&One::tonnes_wanted>("tonnes_wanted", "How many more.", {.unit = "t"}), field<&One::amount>("amount", "What these are worth.")}};
}
Record describe(const StressPayout*) {
    using One = StressPayout;
    return {"stress_payout", "What insurance pays.",
        {field<&One::cover>("cover", "On which cover."), field<&One::insurer>("insurer", "Who."), field<&One::lost>("lost", "What was lost before it."),
            field<&One::paid>("paid", "What it pays.")}};
}
Record describe(const StressLoanLoss*) {
    using One = StressLoanLoss;
    return {"stress_loan_loss", "What becomes of a loan.",
        {field<&One::loan>("loan", "Which."), field<&One::before>("before", "Its warning before."), field<&One::after>("after", "Its warning then."),
            field<&One::reasons>("reasons", "Why.", {.max = 20}), field<&One::expected_before>("expected_before", "Expected loss of a year before."),
            field<&One::expected_after>("expected_after", "Expected loss of a year then."), field<&One::parts>("parts", "Who bears that.", {.max = 20})}};
}
Record describe(const StressPoolParty*) {
    using One = StressPoolParty;
    return {"stress_pool_party", "A party of a pool.",
        {field<&One::party>("party", "Who.", {.max = 100, .defaulted = true}), field<&One::share>("share", "Parts of a million.", {.min = 0, .max = 1'000'000}),
            field<&One::cap>("cap", "At most so much in all.", {.min = 0, .max = amount_max}),
            field<&One::borne>("borne", "Borne so far.", {.min = 0, .max = amount_max, .defaulted = true})}};
}
Record describe(const StressPoolRow*) {
    using One = StressPoolRow;
    return {"stress_pool", "A pool that shares losses.",
        {field<&One::id>("id", "Which.", {.max = 100}), field<&One::parties>("parties", "Who bears which part.", {.min = 2, .max = 12}),
            field<&One::fund>("fund", "Which party is the fund, from 0.", {.min = 0, .max = 11}),
            field<&One::lender>("lender", "Which party is the lender, from 0.", {.min = 0, .max = 11}),
            field<&One::fund_holds>("fund_holds", "What the fund holds.", {.min = 0, .max = amount_max}),
            field<&One::lost>("lost", "Shared so far.", {.min = 0, .max = amount_max, .defaulted = true})}};
}
Record describe(const StressInput*) {
    using One = StressInput;
    return {"stress_input", "A book and what happens to it; amounts in minor units.",
        {field<&One::currency>("currency", "Of all amounts.", {.min = 3, .max = 3, .defaulted = true}), field<&One::scenario>("scenario", "What happens."),
            field<&One::borrowers>("borrowers", "Whom it strikes.", {.max = 100'000}),
            field<&One::pools>("pools", "Who shares losses.", {.max = 10'000, .defaulted = true})}};
}
Record describe(const StressReport*) {
    using One = StressReport;
    return {"stress_report", "What comes of it; amounts in minor units.",
        {field<&One::calls>("calls", "Margin calls.", {.max = 100'000}), field<&One::payouts>("payouts", "Insurance.", {.max = 100'000}),
            field<&One::loans>("loans", "Loans.", {.max = 100'000}), field<&One::losses>("losses", "By party; they add up to the total.", {.max = 100'000}),
            field<&One::carbon_loss>("carbon_loss", "Tonnes are worth less."), field<&One::output_loss>("output_loss", "Output that did not come."),
            field<&One::credit_loss>("credit_loss", "Expected of loans within a year."), field<&One::total>("total", "Together.")}};
}
Record describe(const StressName*) {
    return {"stress_name", "What an id is called.", {field<&StressName::id>("id", "The id."), field<&StressName::name>("name", "Its name.")}};
}
Record describe(const StressAsk*) {
    using One = StressAsk;
    return {"stress_request", "A stress of the bank's book.",
        {field<&One::title>("title", "What it is called."),
            field<&One::currency>("currency", "Loans in this currency.", {.min = 3, .max = 3, .defaulted = true}),
            field<&One::price_path>("price_path", "Carbon prices, step by step: changes against today in hundredths of a percent; −3000 is −30 %.",
                {.max = 120, .defaulted = true}),
            field<&One::days_without_output>(
                "days_without_output", "So many days plants that hang on the weather stand still.", {.unit = "d", .min = 0, .max = 366, .defaulted = true}),
            field<&One::sector>("sector", "A field whose borrowers are struck.", {.max = 100, .defaulted = true}),
            field<&One::sector_levels>("sector_levels", "By how many levels their warnings rise.", {.min = 0, .max = 4, .defaulted = true}),
            field<&One::loss_given_default>("loss_given_default", "Lost of a loan that fails.", {.unit = "%", .min = 0, .max = 100, .defaulted = true}),
            field<&One::project>("project", "Only loans of this project.")},
        check_ask};
}
Record describe(const StressRun*) {
    using One = StressRun;
    return {"stress_run", "A stress and what came of it.",
        {
            field<&One::id>("id", "Id."),
            field<&One::title>("title", "What it is called."),
            field<&One::currency>("currency", "Of all amounts.", {.filter = true}),
            field<&One::on>("on_day", "The day whose book it is.", {.sort = true}),
            field<&One::total>("total", "Lost in all."),
            field<&One::carbon_loss>("carbon_loss", "Tonnes are worth less."),
            field<&One::output_loss>("output_loss", "Output that did not come."),
            field<&One::credit_loss>("credit_loss", "Expected of loans within a year."),
            field<&One::calls>("calls", "Margin calls."),
            field<&One::warnings>("warnings", "Loans whose warning rises."),
            field<&One::input>("input", "The book and the scenario."),
            field<&One::report>("report", "What came of it."),
            field<&One::names>("names", "What ids are called.", {.max = 100'000}),
            field<&One::made_by_name>("made_by_name", "Who asked."),
            field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::created_at>("created_at", "When.", {.sort = true}),
        }};
}

Result<StressReport> report_of(const StressInput& input) {
    StressBook book{.borrowers = input.borrowers, .pools = {}};
    for (const StressPoolRow& row : input.pools) {
        StressPool pool;
        LossLayer layer;
        for (const StressPoolParty& party : row.parties) {
            pool.parties.push_back(party.party);
            layer.shares.push_back(party.share);
            pool.rules.caps.push_back(party.cap.value_or(-1));
            pool.state.borne.push_back(party.borne);
        }
        pool.rules.parties = row.parties.size();
        pool.rules.residual = static_cast<std::size_t>(row.lender);
        pool.rules.fund = static_cast<std::size_t>(row.fund);
        pool.rules.layers = {layer};
        pool.state.pool = row.fund_holds;
        pool.state.lost = row.lost;
        book.pools.push_back(std::move(pool));
    }
    switch (check(book, input.scenario)) {
    case StressFlaw::defaults: return invalid({{"scenario.defaults", "stress.defaults", "Five probabilities are needed, from no warning to red."}});
    case StressFlaw::pool_unknown: return invalid({{"borrowers", "stress.pool_unknown", "A loan names a pool that is not in the list."}});
    case StressFlaw::pool_rules:
        return invalid(
            {{"pools", "stress.pool_rules", "Shares of a pool add up to a million; its fund and its lender are two of its parties; the lender has no cap."}});
    case StressFlaw::none: break;
    }
    StressResult result = stress(book, input.scenario);
    return StressReport{.calls = std::move(result.calls),
        .payouts = std::move(result.payouts),
        .loans = std::move(result.loans),
        .losses = std::move(result.losses),
        .carbon_loss = result.carbon_loss,
        .output_loss = result.output_loss,
        .credit_loss = result.credit_loss,
        .total = result.total()};
}

} // namespace greenbank::finance
