// paper.cpp — the monitoring report of a period on paper and as a workbook: what went in, what came out, every gap and every deduction.
#include <filesystem>

#include <fmt/format.h>

#include "api/figures.h"
#include "api/wording.h"
#include "api/words.h"
#include "carbon/reductions/reductions.h"
#include "library/publishing/documents.h"
#include "library/publishing/publication.h"
#include "paper/paper.h"
#include "sheets/sheets.h"
#include "json/json.h"

namespace greenbank::carbon {

namespace {

struct PeriodPaper {
    ReductionProject project;
    MonitoringPeriod period;
    Methodology methodology;
    ReductionResult report;
    std::optional<VerifiedReduction> verified;
    std::map<std::string, std::string> names; // of organisations and the spine's project
};

Result<PeriodPaper> read(Transaction& transaction, const Caller& caller, const Id<MonitoringPeriod>& id) {
    PeriodPaper paper;
    paper.period = TRY(period_seen(transaction, caller, id));
    paper.project = TRY(transaction.get(paper.period.reduction));
    paper.methodology = TRY(methodology_of(paper.project.methodology));
    paper.report = paper.period.report ? *paper.period.report : TRY(report_of(transaction, paper.project, paper.period));
    if (paper.period.verified) paper.verified = TRY(transaction.find_one<VerifiedReduction>("id = $1", {paper.period.verified->text}));
    for (const std::string& organisation : {paper.project.owner, paper.project.assessor ? paper.project.assessor->text : std::string()})
        if (const auto found = TRY(transaction.find_one<Organisation>("id = $1", {organisation})))
            paper.names[organisation] = found->name.best(caller.language);
    if (const auto spine = TRY(transaction.find_one<projects::Project>("id = $1", {paper.project.project.text})))
        paper.names[spine->id.text] = spine->title.best(caller.language);
    return paper;
}

class Writer : public Wording {
public:
    Writer(const PeriodPaper& of, Language language) : Wording(language), of_(of), figures_(language) {}

    std::vector<paper::Block> blocks() {
        add(paper::Paragraph{of_.project.summary.best(language_)});
        add_facts();
        add_way_down();
        add_parameters();
        add_gaps();
        add_meters();
        add_equations();
        return std::move(blocks_);
    }

    std::string tonnes(std::int64_t kg) const { return figures_.quantity(static_cast<double>(kg) / 1000, "tCO2e"); }
    std::string title_of(const std::string& code) const {
        if (const MethodologyParameter* parameter = of_.methodology.find(code)) return fmt::format("{} ({})", parameter->title.best(language_), code);
        for (const MethodologyEquation& one : of_.methodology.equations)
            if (one.code == code) return fmt::format("{} ({})", one.title.best(language_), code);
        return code;
    }

private:
    void add(paper::Block block) { blocks_.push_back(std::move(block)); }
    std::string name(const std::string& id) const {
        const auto found = of_.names.find(id);
        return found == of_.names.end() ? id : found->second;
    }
    paper::Status status(FactorStatus of) const {
        return of == FactorStatus::official ? paper::Status::official : of == FactorStatus::unconfirmed ? paper::Status::unconfirmed : paper::Status::sample;
    }

    void add_facts() {
        paper::Facts facts;
        const auto fact = [&](std::string title, std::string value) {
            if (!value.empty()) facts.facts.push_back({std::move(title), std::move(value)});
        };
        fact(label("reduction_project", "project"), name(of_.project.project.text));
        fact(label("reduction_project", "owner"), name(of_.project.owner));
        if (of_.project.assessor) fact(label("reduction_project", "assessor"), name(of_.project.assessor->text));
        facts.facts.push_back({label("reduction_project", "methodology"), fmt::format("{}, {}", of_.methodology.title.best(language_), of_.methodology.edition),
            of_.methodology.source, status(of_.methodology.status)});
        fact(say("record.monitoring_period"), fmt::format("{} – {}", to_text(of_.period.from), to_text(of_.period.until)));
        fact(label("monitoring_period", "state"), choice(of_.period.state));
        for (const ReadingsSource& one : of_.period.sources) fact(title_of(one.parameter), one.source);
        add(std::move(facts));
    }

    void add_way_down() {
        paper::Table table{.title = say("reduction.way_down"), .columns = {{""}, {"tCO2e", paper::Align::right}}, .rows = {}};
        const auto row = [&](std::string title, std::int64_t kg, bool strong = false) {
            table.rows.push_back({{std::move(title), figures_.number(static_cast<double>(kg) / 1000)}, strong});
        };
        const ReductionResult& report = of_.report;
        row(label("reduction_report", "estimate_kg"), report.estimate_kg);
        row(say("reduction.lost_to_gaps"), report.measured_kg - report.estimate_kg);
        row(label("reduction_report", "measured_kg"), report.measured_kg, true);
        row(say("reduction.lost_to_calibration"), report.calibrated_kg - report.measured_kg);
        row(say("reduction.lost_to_uncertainty"), report.claimed_kg - report.calibrated_kg);
        row(label("reduction_report", "claimed_kg"), report.claimed_kg, true);
        if (of_.period.correction_kg > 0) row(label("monitoring_period", "correction_kg"), -of_.period.correction_kg);
        if (of_.period.verified_kg) row(label("monitoring_period", "verified_kg"), *of_.period.verified_kg, true);
        add(std::move(table));
        add(paper::Paragraph{fill_in(say("reduction.uncertainty_text"),
            {{"uncertainty", fmt::format("{:.2f}", report.uncertainty_percent)}, {"free", fmt::format("{:g}", of_.methodology.deduction.free_percent)},
                {"whole", fmt::format("{:g}", of_.methodology.deduction.whole_percent)}, {"deduction", fmt::format("{:.2f}", report.deduction_percent)}})});
        if (of_.period.correction_reason) add(paper::Paragraph{*of_.period.correction_reason});
        if (!of_.period.opinion.empty()) add(paper::Paragraph{of_.period.opinion.best(language_)});
    }

    void add_parameters() {
        paper::Table table{.title = label("methodology", "parameters"),
            .columns = {{label("methodology_parameter", "title")}, {label("parameter_result", "kind")},
                {label("parameter_result", "value"), paper::Align::right}, {label("parameter_result", "uncertainty_percent"), paper::Align::right},
                {label("monitored_value", "present"), paper::Align::right}},
            .rows = {}};
        for (const ParameterResult& one : of_.report.parameters)
            table.rows.push_back(
                {{paper::Cell(title_of(one.code)), paper::Cell(choice(one.kind)), paper::Cell(figures_.quantity(one.value, one.unit), one.source),
                    paper::Cell(one.uncertainty_percent > 0 ? fmt::format("± {:.2f} %", one.uncertainty_percent) : ""),
                    paper::Cell(one.kind == ParameterKind::monitored ? fmt::format("{} / {}", one.readings.present, one.readings.expected) : "")}});
        add(std::move(table));
    }

    void add_gaps() {
        paper::Table table{.title = label("monitored_value", "gaps"),
            .columns = {{label("methodology_parameter", "code")}, {label("monitoring_gap", "from_time")}, {label("monitoring_gap", "until_time")},
                {label("monitoring_gap", "readings"), paper::Align::right}, {say("reduction.treatment")}},
            .rows = {}};
        for (const ParameterResult& one : of_.report.parameters)
            for (const Gap& gap : one.readings.gaps) {
                if (table.rows.size() == 200) break;
                table.rows.push_back({{one.code, to_text(gap.from), to_text(gap.until), std::to_string(gap.readings),
                    say(gap.bridged ? "reduction.bridged" : "reduction.filled_cautious")}});
            }
        if (!table.rows.empty()) add(std::move(table));
    }

    void add_meters() {
        paper::Table table{.title = label("reduction_project", "meters"),
            .columns = {{label("methodology_parameter", "code")}, {label("meter_stretch", "from_day")}, {label("meter_stretch", "until_day")},
                {label("meter_stretch", "state")}, {label("meter_stretch", "certificate")}, {label("meter_stretch", "shift_percent"), paper::Align::right}},
            .rows = {}};
        for (const ParameterResult& one : of_.report.parameters)
            for (const MeterStretch& stretch : one.readings.stretches)
                table.rows.push_back({{one.code, to_text(stretch.from), to_text(stretch.until), choice(stretch.state), stretch.certificate,
                    stretch.shift_percent > 0 ? fmt::format("{:g} %", stretch.shift_percent) : ""}});
        if (!table.rows.empty()) add(std::move(table));
    }

    void add_equations() {
        paper::Table table{.title = label("methodology", "equations"),
            .columns = {{label("methodology_equation", "title")}, {label("methodology_equation", "formula")},
                {label("equation_result", "value"), paper::Align::right}},
            .rows = {}};
        for (const EquationResult& one : of_.report.equations)
            for (const MethodologyEquation& equation : of_.methodology.equations)
                if (equation.code == one.code)
                    table.rows.push_back(
                        {{title_of(one.code), equation.formula, figures_.quantity(one.value, one.unit)}, one.role != EquationRole::intermediate});
        add(std::move(table));
    }

    const PeriodPaper& of_;
    Figures figures_;
    std::vector<paper::Block> blocks_;
};

Result<Response> monitoring_pdf(
    Store& store, const Caller& caller, const library::PublicAddress& address, const parties::TransparencyLog& log, const CarbonKey<MonitoringPeriod>& key) {
    PeriodPaper of;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        of = TRY(read(transaction, caller, key.id));
        return Done{};
    }));
    paper::Document document{
        .front = library::front(caller, of.project.title.best(caller.language), of.period.sample), .blocks = Writer(of, caller.language).blocks()};
    document.front.subtitle = word("reduction.report", caller.language);
    document.front.title_page = false;
    document.front.numbered = false;
    document.blocks.push_back(library::online(caller, address.base + "/carbon/monitoring/" + key.id.text));
    const library::DocumentStatement statement{"monitoring_report", key.id.text, of.period.version, of.project.title, to_json(of.report)};
    if (of.verified) document.blocks.push_back(paper::Proof{word("document.proof", caller.language), address.base + "/proof/" + of.verified->proof_code});
    else if (auto proof = library::proof_of(store, caller, address, log, statement, false)) document.blocks.push_back(std::move(*proof));
    return inline_pdf(TRY(paper::to_pdf(document)), key.id.text);
}

constexpr std::string_view xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

Result<Raw> monitoring_xlsx(Transaction& transaction, const Caller& caller, const CarbonKey<MonitoringPeriod>& key) {
    const PeriodPaper of = TRY(read(transaction, caller, key.id));
    const Writer words(of, caller.language);
    std::string bytes;
    auto table = TRY(sheets::make_table(
        [&](std::string_view piece) -> Result<Done> {
            bytes += piece;
            return Done{};
        },
        sheets::Format::xlsx, {.created = caller.now}));
    const sheets::Column summary[] = {{.title = words.say("reduction.way_down")}, {.title = "kgCO2e"}};
    TRY(table->sheet(words.say("reduction.report"), summary));
    const auto line = [&](std::string title, std::int64_t kg) -> Result<Done> {
        sheets::CellRow row;
        row.text(title).integer(kg);
        return table->row(row);
    };
    for (const auto& [field, kg] : {std::pair("estimate_kg", of.report.estimate_kg), {"measured_kg", of.report.measured_kg},
             {"calibrated_kg", of.report.calibrated_kg}, {"claimed_kg", of.report.claimed_kg}})
        TRY(line(words.label("reduction_report", field), kg));
    TRY(line(words.label("monitoring_period", "correction_kg"), of.period.correction_kg));
    if (of.period.verified_kg) TRY(line(words.label("monitoring_period", "verified_kg"), *of.period.verified_kg));
    const sheets::Column parameters[] = {{.title = words.label("methodology_parameter", "code")}, {.title = words.label("methodology_parameter", "title")},
        {.title = words.label("parameter_result", "value")}, {.title = words.label("methodology_parameter", "unit")},
        {.title = words.label("parameter_result", "uncertainty_percent")}, {.title = words.label("monitored_value", "expected")},
        {.title = words.label("monitored_value", "present")}, {.title = words.label("monitored_value", "bridged")},
        {.title = words.label("monitored_value", "filled")}, {.title = words.label("parameter_result", "source")}};
    TRY(table->sheet(words.label("methodology", "parameters"), parameters));
    for (const ParameterResult& one : of.report.parameters) {
        sheets::CellRow row;
        row.text(one.code).text(words.title_of(one.code)).number(one.value).text(one.unit).number(one.uncertainty_percent);
        row.integer(one.readings.expected).integer(one.readings.present).integer(one.readings.bridged).integer(one.readings.filled).text(one.source);
        TRY(table->row(row));
    }
    TRY(table->finish());
    return Raw{std::string(xlsx_type), std::move(bytes), {{"Content-Disposition", fmt::format("attachment; filename=\"{}.xlsx\"", key.id.text)}}};
}

} // namespace

std::vector<Endpoint> monitoring_paper_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log) {
    return {
        {"monitoring_pdf", Method::get, "/monitoring-periods/{id}/pdf", "The monitoring report as PDF.", Mode::compute, signed_in,
            as_file("application/pdf", call([&address, &log](Store& store, const Caller& caller, const CarbonKey<MonitoringPeriod>& key) -> Result<Response> {
                return monitoring_pdf(store, caller, address, log, key);
            }))},
        {"monitoring_xlsx", Method::get, "/monitoring-periods/{id}/xlsx", "The monitoring report as a workbook.", Mode::read, signed_in,
            as_file(xlsx_type, call(monitoring_xlsx))},
    };
}

} // namespace greenbank::carbon
