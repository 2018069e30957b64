// paper.cpp — a stress on paper: the same figures as in its record.
#include <fmt/format.h>

#include "api/figures.h"
#include "api/wording.h"
#include "finance/stress/stress_runs.h"
#include "library/publishing/documents.h"
#include "library/publishing/publication.h"
#include "json/json.h"

namespace greenbank::finance {

namespace {

class Writer : public Wording {
public:
    Writer(const StressRun& run, Language language) : Wording(language), run_(run), figures_(language) {}

    std::vector<paper::Block> blocks() {
        add_facts();
        add_losses();
        add_calls();
        add_payouts();
        add_loans();
        return std::move(blocks_);
    }

private:
    std::string level(WarningLevel value) const { return say(fmt::format("choice.{}.{}", Choices<WarningLevel>::name, name_of(value))); }
    std::string money(std::int64_t minor) const { return figures_.money({minor, run_.currency}); }
    std::string name(const std::string& id) const {
        for (const StressName& one : run_.names)
            if (one.id == id) return one.name.best(language_);
        return id;
    }

    void add_facts() {
        const StressScenario& scenario = run_.input.scenario;
        paper::Facts facts;
        facts.facts.push_back({label("stress_run", "on_day"), to_text(run_.on)});
        std::string path;
        for (const std::int64_t change : scenario.price_path) path += fmt::format("{}{:+g} %", path.empty() ? "" : ", ", static_cast<double>(change) / 100);
        if (!path.empty()) facts.facts.push_back({label("stress_scenario", "price_path"), path});
        if (scenario.days_without_output > 0)
            facts.facts.push_back({label("stress_scenario", "days_without_output"), figures_.quantity(static_cast<double>(scenario.days_without_output), "d")});
        facts.facts.push_back({label("stress_scenario", "loss_given_default"), figures_.share(static_cast<double>(scenario.loss_given_default) / 1e6), "",
            paper::Status::sample});
        for (const auto& [field, minor] : {std::pair("carbon_loss", run_.carbon_loss.minor), {"output_loss", run_.output_loss.minor},
                 {"credit_loss", run_.credit_loss.minor}, {"total", run_.total.minor}})
            facts.facts.push_back({label("stress_run", field), money(minor)});
        blocks_.push_back(std::move(facts));
    }
    void add_losses() {
        paper::Table table{.title = label("stress_report", "losses"),
            .columns = {{label("stress_part", "party")}, {label("stress_part", "amount"), paper::Align::right}},
            .rows = {}};
        for (const StressPart& part : run_.report.losses) table.rows.push_back({{name(part.party), money(part.amount)}});
        table.rows.push_back({{label("stress_report", "total"), money(run_.report.total)}, true});
        blocks_.push_back(std::move(table));
    }
    void add_calls() {
        paper::Table table{.title = label("stress_report", "calls"),
            .columns = {{label("stress_call", "pledge")}, {label("stress_call", "value"), paper::Align::right},
                {label("stress_call", "cover_basis_points"), paper::Align::right}, {label("stress_call", "tonnes_wanted"), paper::Align::right},
                {label("stress_call", "amount"), paper::Align::right}},
            .rows = {}};
        for (const StressCall& one : run_.report.calls)
            table.rows.push_back({{name(one.pledge), money(one.value), figures_.share(static_cast<double>(one.cover_basis_points) / 1e4),
                figures_.quantity(static_cast<double>(one.tonnes_wanted), "t"), money(one.amount)}});
        if (!table.rows.empty()) blocks_.push_back(std::move(table));
    }
    void add_payouts() {
        paper::Table table{.title = label("stress_report", "payouts"),
            .columns = {{label("stress_payout", "cover")}, {label("stress_payout", "insurer")}, {label("stress_payout", "lost"), paper::Align::right},
                {label("stress_payout", "paid"), paper::Align::right}},
            .rows = {}};
        for (const StressPayout& one : run_.report.payouts)
            table.rows.push_back({{name(one.cover), name(one.insurer), one.lost > 0 ? money(one.lost) : "", money(one.paid)}});
        if (!table.rows.empty()) blocks_.push_back(std::move(table));
    }
    void add_loans() {
        paper::Table table{.title = label("stress_report", "loans"),
            .columns = {{label("stress_loan_loss", "loan")}, {label("stress_loan_loss", "before")}, {label("stress_loan_loss", "after")},
                {label("stress_loan_loss", "expected_before"), paper::Align::right}, {label("stress_loan_loss", "expected_after"), paper::Align::right}},
            .rows = {}};
        for (const StressLoanLoss& one : run_.report.loans) {
            if (table.rows.size() == 500) break;
            table.rows.push_back({{name(one.loan), level(one.before), level(one.after), money(one.expected_before), money(one.expected_after)}});
        }
        blocks_.push_back(std::move(table));
    }

    const StressRun& run_;
    Figures figures_;
    std::vector<paper::Block> blocks_;
};

Result<Response> stress_pdf(
    Store& store, const Caller& caller, const library::PublicAddress& address, const parties::TransparencyLog& log, const ById<StressRun>& key) {
    StressRun run;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        run = TRY(transaction.get(key.id));
        return Done{};
    }));
    paper::Document document{.front = library::front(caller, run.title.best(caller.language), run.sample), .blocks = Writer(run, caller.language).blocks()};
    document.front.subtitle = word("record.stress_run", caller.language);
    document.front.title_page = false;
    document.front.numbered = false;
    document.blocks.push_back(library::online(caller, address.base + "/finance/stress/" + key.id.text));
    if (auto proof = library::proof_of(store, caller, address, log, {"stress_run", key.id.text, 1, run.title, to_json(run.report)}, false))
        document.blocks.push_back(std::move(*proof));
    return inline_pdf(TRY(paper::to_pdf(document)), key.id.text);
}

} // namespace

std::vector<Endpoint> stress_paper_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log) {
    return {
        {"stress_run_pdf", Method::get, "/stress-runs/{id}/pdf", "A stress as PDF.", Mode::compute, run_finance,
            as_file("application/pdf", call([&address, &log](Store& store, const Caller& caller, const ById<StressRun>& key) -> Result<Response> {
                return stress_pdf(store, caller, address, log, key);
            }))},
    };
}

} // namespace greenbank::finance
