// sheet.cpp — a project on paper: facts, technologies, effects, budget, milestones, what it is worth. The figures are those of the page.
#include <cmath>

#include <fmt/format.h>

#include "api/figures.h"
#include "api/wording.h"
#include "library/publishing/publication.h"
#include "library/versions.h"
#include "paper/paper.h"
#include "projects/operations.h"

namespace greenbank::projects {

namespace {

/// What a sheet says, read in one snapshot.
struct Sheet {
    Project project;
    bool money = false;
    std::vector<Milestone> milestones;
    std::optional<ProjectAppraisal> appraisal;
    std::map<std::string, std::string> names; // of organisations, technologies and the need, by id
};

class SheetWriter : public Wording {
public:
    SheetWriter(const Sheet& sheet, Language language) : Wording(language), sheet_(sheet), figures_(language) {}

    std::vector<paper::Block> blocks() {
        add(paper::Paragraph{sheet_.project.summary.best(language_)});
        add_facts();
        add_technologies();
        add_effects();
        if (sheet_.money) add_budget();
        add_milestones();
        if (sheet_.money && sheet_.appraisal) add_appraisal(*sheet_.appraisal);
        return std::move(blocks_);
    }

private:
    void add(paper::Block block) { blocks_.push_back(std::move(block)); }
    std::string name(const std::string& id) const {
        const auto found = sheet_.names.find(id);
        return found == sheet_.names.end() ? id : found->second;
    }

    void add_facts() {
        const Project& project = sheet_.project;
        paper::Facts facts;
        const auto fact = [&](std::string_view field, std::string value) {
            if (!value.empty()) facts.facts.push_back({label("project", field), std::move(value)});
        };
        if (project.owner) fact("owner", name(project.owner->text));
        fact("field", choice(project.field));
        fact("stage", choice(project.stage));
        fact("progress", choice(project.progress));
        if (project.need) fact("need", name(project.need->text));
        const library::Term* country = library::reference().countries.find(project.country);
        const std::string place(project.place.best(language_));
        fact("place", (country ? std::string(country->name.best(language_)) : project.country) + (place.empty() ? "" : " · " + place));
        if (project.latitude && project.longitude) fact("coordinates", fmt::format("{:.4f}°, {:.4f}°", *project.latitude, *project.longitude));
        if (project.starts_on) fact("starts_on", to_text(*project.starts_on));
        if (project.runs_from) fact("runs_from", to_text(*project.runs_from));
        fact("life", figures_.quantity(static_cast<double>(project.life), "a"));
        if (project.budget) fact("budget", figures_.money(*project.budget));
        for (const Partner& partner : project.partners) facts.facts.push_back({choice(partner.role), name(partner.organisation.text)});
        add(std::move(facts));
    }

    void add_technologies() {
        if (sheet_.project.technologies.empty()) return;
        paper::Table table{.title = label("project", "technologies"),
            .columns = {{label("technology_use", "technology")}, {label("technology_use", "amount"), paper::Align::right}, {label("technology_use", "note")}},
            .rows = {}};
        for (const TechnologyUse& use : sheet_.project.technologies)
            table.rows.push_back({{name(use.technology.text), use.amount ? figures_.quantity(use.amount->value, use.amount->unit) : "",
                use.note ? std::string(use.note->best(language_)) : ""}});
        add(std::move(table));
    }

    void add_effects() {
        if (sheet_.project.effects.empty()) return;
        paper::Facts facts{.title = label("project", "effects"), .facts = {}};
        for (const Effect& effect : sheet_.project.effects)
            facts.facts.push_back({choice(effect.kind) + (effect.what ? " · " + std::string(effect.what->best(language_)) : ""),
                figures_.quantity(effect.value, effect.unit), effect.source, sheet_.project.sample ? std::optional(paper::Status::sample) : std::nullopt});
        add(std::move(facts));
    }

    void add_budget() {
        const Project& project = sheet_.project;
        if (project.budget_lines.empty()) return;
        paper::Table table{.title = label("project", "budget_lines"),
            .columns = {{label("budget_line", "name")}, {label("budget_line", "kind")}, {label("budget_line", "source")},
                {label("budget_line", "amount"), paper::Align::right}},
            .rows = {}};
        Money capital{0, project.budget ? project.budget->currency : "CNY"};
        for (const BudgetLine& line : project.budget_lines) {
            if (line.kind == BudgetKind::capital) capital.minor += line.amount.minor;
            table.rows.push_back(
                {{std::string(line.name.best(language_)), choice(line.kind), line.source ? choice(*line.source) : "", figures_.money(line.amount)}});
        }
        table.rows.push_back({{say("sheet.capital"), "", "", figures_.money(capital)}, true});
        add(std::move(table));
    }

    void add_milestones() {
        if (sheet_.milestones.empty()) return;
        paper::Table table{.title = say("sheet.milestones"),
            .columns = {{label("milestone", "number"), paper::Align::right}, {label("milestone", "title")}, {label("milestone", "due_on")},
                {label("milestone", "weight"), paper::Align::right}, {label("milestone", "amount"), paper::Align::right}, {label("milestone", "state")}},
            .rows = {}};
        for (const Milestone& one : sheet_.milestones)
            table.rows.push_back({{std::to_string(one.number), std::string(one.title.best(language_)), to_text(one.due_on),
                figures_.share(static_cast<double>(one.weight) / 100), one.amount && sheet_.money ? figures_.money(*one.amount) : "",
                choice(one.state) + (one.state == MilestoneState::accepted && one.decided_at ? " " + to_text(date_of(*one.decided_at)) : "")}});
        add(std::move(table));
    }

    void add_appraisal(const ProjectAppraisal& appraisal) {
        const AppraisalReport& report = appraisal.report;
        const auto years = [&](const std::optional<double>& value) {
            return value ? figures_.quantity(std::round(*value * 10) / 10, "a") : say("appraisal.never");
        };
        add(paper::Heading{2, say("record.project_appraisal") + " · " + std::string(appraisal.title.best(language_))});
        paper::Facts facts;
        const auto fact = [&](std::string_view key, std::string value) { facts.facts.push_back({say(fmt::format("appraisal.{}", key)), std::move(value)}); };
        fact("net_present_value", figures_.money(report.after_tax.net_present_value));
        fact("internal_rate", report.after_tax.internal_rate ? fmt::format("{:.2f} %", *report.after_tax.internal_rate) : say("appraisal.no_rate"));
        fact("payback", years(report.after_tax.payback_years));
        fact("discounted_payback", years(report.after_tax.discounted_payback_years));
        if (report.levelised_cost)
            fact("levelised_cost",
                fmt::format("{} {} / {}", figures_.number(*report.levelised_cost), appraisal.plan.currency, figures_.unit(*report.levelised_per)));
        fact("tonnes_avoided", figures_.quantity(report.tonnes_avoided, "tCO2e"));
        if (report.cost_per_tonne) fact("cost_per_tonne", figures_.money(*report.cost_per_tonne));
        fact("discount_rate", fmt::format("{:g} %", appraisal.plan.discount_rate));
        add(std::move(facts));
        paper::LineChart chart{
            .title = say("sheet.cumulative"), .unit = say("sheet.millions") + " " + appraisal.plan.currency, .places = {}, .series = {}, .decimals = 1};
        const double million = 1e6 * std::pow(10, decimals_of(appraisal.plan.currency).value_or(2));
        paper::Series cumulative{label("appraisal_flow", "cumulative"), {}};
        for (const FlowRow& flow : report.flows) {
            chart.places.push_back(std::to_string(flow.year));
            cumulative.values.push_back(static_cast<double>(flow.cumulative.minor) / million);
        }
        chart.series.push_back(std::move(cumulative));
        add(std::move(chart));
        paper::Table table{.title = fill_in(say("appraisal.sensitivity"), {{"change", fmt::format("{:g}", report.sensitivity)}}),
            .columns = {{label("appraisal_sensitivity", "driver")}, {label("appraisal_sensitivity", "npv_low"), paper::Align::right},
                {label("appraisal_sensitivity", "npv_high"), paper::Align::right}},
            .rows = {}};
        for (const SensitivityRow& row : report.sensitivities)
            table.rows.push_back({{choice(row.driver), figures_.money(row.npv_low), figures_.money(row.npv_high)}});
        add(std::move(table));
    }

    const Sheet& sheet_;
    Figures figures_;
    std::vector<paper::Block> blocks_;
};

Result<Done> find_names(Transaction& transaction, Sheet& sheet, Language language) {
    const auto name = [&](std::string_view table, std::string_view column, const std::string& id) -> Result<Done> {
        const Rows rows = TRY(transaction.query(fmt::format("SELECT {} FROM {} WHERE id = $1", column, table), {id}));
        Text text;
        if (!rows.empty()) TRY(read_json_value(as_text(rows.single()), TypeOf<Text>::type, &text));
        if (!text.empty()) sheet.names[id] = text.best(language);
        return Done{};
    };
    if (sheet.project.owner) TRY(name("organisation", "name", sheet.project.owner->text));
    if (sheet.project.need) TRY(name("need", "title", sheet.project.need->text));
    for (const Partner& partner : sheet.project.partners) TRY(name("organisation", "name", partner.organisation.text));
    for (const TechnologyUse& use : sheet.project.technologies) TRY(name("technology", "title", use.technology.text));
    return Done{};
}

Result<Response> project_pdf(
    Store& store, const Caller& caller, const library::PublicAddress& address, const parties::TransparencyLog& log, const ProjectKey& key) {
    Sheet sheet;
    library::DocumentStatement statement;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        caller.afterwards.clear();
        sheet = {};
        const Project stored = TRY(project_seen(transaction, caller, key.id));
        sheet.project = TRY(shown(transaction, caller, stored));
        sheet.money = TRY(sees_money(transaction, caller, stored));
        sheet.milestones = TRY(milestones_of(transaction, key.id));
        if (sheet.money) sheet.appraisal = TRY(last_appraisal(transaction, key.id));
        TRY(find_names(transaction, sheet, caller.language));
        // What everybody may see, as of technologies: no hash of what is shown to some only.
        const Project in_public = teaser(stored);
        statement = {"project", stored.id.text, stored.version, in_public.title, library::face_of(in_public).content};
        return Done{};
    }));
    paper::Document document{.front = library::front(caller, sheet.project.title.best(caller.language), sheet.project.sample),
        .blocks = SheetWriter(sheet, caller.language).blocks()};
    document.front.title_page = false;
    document.front.numbered = false;
    document.blocks.push_back(library::online(caller, address.base + "/projects/" + key.id.text));
    if (auto proof = library::proof_of(store, caller, address, log, statement, sheet.project.state == State::published))
        document.blocks.push_back(std::move(*proof));
    return inline_pdf(TRY(paper::to_pdf(document)), key.id.text);
}

} // namespace

std::vector<Endpoint> sheet_endpoints(const library::PublicAddress& address, const parties::TransparencyLog& log) {
    return {
        {"project_pdf", Method::get, "/projects/{id}/pdf", "A project as PDF.", Mode::compute, open_to_all,
            as_file("application/pdf", call([&address, &log](Store& store, const Caller& caller, const ProjectKey& key) -> Result<Response> {
                return project_pdf(store, caller, address, log, key);
            }))},
    };
}

} // namespace greenbank::projects
