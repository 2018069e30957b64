// paper.cpp — a settlement across a border on paper: who paid and gave what on balance, the statement, and where both ledgers' records can be checked.
#include <fmt/format.h>

#include "api/figures.h"
#include "api/wording.h"
#include "market/borders/settlements.h"
#include "paper/paper.h"

namespace greenbank::market {

namespace {

struct SettlementPaper {
    BorderSettlement settlement;
    Text arrangement;
    std::array<std::string, 2> currencies; // at home, abroad
    std::map<std::string, Text> names;     // of organisations and products, by id
};

Result<SettlementPaper> paper_of(Transaction& transaction, const Id<BorderSettlement>& id) {
    SettlementPaper of{.settlement = TRY(transaction.get(id)), .arrangement = {}, .currencies = {}, .names = {}};
    const BorderArrangement arrangement = TRY(transaction.get(of.settlement.arrangement));
    of.arrangement = arrangement.name;
    const auto abroad = TRY(transaction.get(arrangement.abroad)).currency;
    of.currencies = {TRY(transaction.get(arrangement.home)).currency, abroad};
    for (const SettledPosition& one : of.settlement.positions) of.names[one.organisation.text] = TRY(transaction.get(one.organisation)).name;
    for (const EligibleProduct& one : arrangement.products) of.names[one.product.text] = TRY(transaction.get(one.product)).name;
    for (const SettledUnits& one : of.settlement.units)
        if (!of.names.contains(one.product.text)) of.names[one.product.text] = TRY(transaction.get(one.product)).name;
    return of;
}

class SettlementWriter : public Wording {
public:
    SettlementWriter(const SettlementPaper& of, Language language) : Wording(language), of_(of), settled_(of.settlement), figures_(language) {}

    std::vector<paper::Block> blocks() {
        blocks_.emplace_back(paper::Paragraph{say("market.paper.settlement_lead")});
        add_facts();
        add_positions();
        add_units();
        add_statement();
        return std::move(blocks_);
    }

private:
    std::string title(std::string_view field) const { return label("border_settlement", field); }
    std::string name(const std::string& id) const { return std::string(of_.names.at(id).best(language_)); }
    std::string amount(const std::string& decimal, const std::string& currency) const {
        const auto money = parse_money(decimal, currency);
        return money ? figures_.money(*money) : decimal + " " + currency;
    }

    void add_facts() {
        paper::Facts facts{"", {{title("arrangement"), std::string(of_.arrangement.best(language_))}, {title("day"), to_text(settled_.day)},
                                   {title("deals"), figures_.number(static_cast<double>(settled_.deals))},
                                   {title("failed"), figures_.number(static_cast<double>(settled_.failed))},
                                   {title("rate"), fmt::format("1 {} = {} {}", of_.currencies[1], settled_.rate, of_.currencies[0]), settled_.rate_source}}};
        for (const auto& [field, value, side] :
            {std::tuple("gross_home", &settled_.gross_home, 0u), {"paid_home", &settled_.paid_home, 0u}, {"exchange_home", &settled_.exchange_home, 0u},
                {"gross_abroad", &settled_.gross_abroad, 1u}, {"paid_abroad", &settled_.paid_abroad, 1u}, {"exchange_abroad", &settled_.exchange_abroad, 1u}})
            facts.facts.push_back({title(field), amount(*value, of_.currencies[side])});
        facts.facts.push_back({title("made_by_name"), settled_.made_by_name});
        facts.facts.push_back({title("made_at"), Figures::moment(settled_.made_at)});
        blocks_.emplace_back(std::move(facts));
    }

    void add_positions() {
        paper::Table table{.title = title("positions"),
            .columns = {{label("border_position", "organisation")}, {label("border_position", "code")}, {of_.currencies[0], paper::Align::right},
                {of_.currencies[1], paper::Align::right}, {label("border_position", "settled"), paper::Align::right}},
            .rows = {}};
        for (const SettledPosition& one : settled_.positions)
            table.rows.push_back({{name(one.organisation.text), one.code, amount(one.net_home, of_.currencies[0]), amount(one.net_abroad, of_.currencies[1]),
                amount(one.settled, one.currency)}});
        blocks_.emplace_back(std::move(table));
    }

    void add_units() {
        if (settled_.units.empty()) return;
        paper::Table table{.title = title("units"),
            .columns = {{label("border_units", "code")}, {label("border_units", "product")}, {label("border_units", "tonnes"), paper::Align::right}},
            .rows = {}};
        for (const SettledUnits& one : settled_.units)
            table.rows.push_back({{one.code, name(one.product.text), figures_.quantity(static_cast<double>(one.tonnes), "t")}});
        blocks_.emplace_back(std::move(table));
        paper::Facts adjustments{.title = title("adjustments"), .facts = {}};
        for (const AdjustmentDue& one : settled_.adjustments)
            adjustments.facts.push_back({fmt::format("{} · {}", one.host_country, name(one.product.text)),
                fmt::format("{} · {}", figures_.quantity(static_cast<double>(one.tonnes), "t"), choice(one.adjustment))});
        if (!adjustments.facts.empty()) blocks_.emplace_back(std::move(adjustments));
    }

    void add_statement() {
        blocks_.emplace_back(paper::Heading{2, title("statement")});
        blocks_.emplace_back(paper::Paragraph{settled_.statement});
        paper::Facts facts{.title = "", .facts = {{title("statement_digest"), "SHA-256 " + settled_.statement_digest}}};
        if (settled_.other_log) facts.facts.push_back({title("other_log"), *settled_.other_log + " · " + settled_.other_proof.value_or("")});
        blocks_.emplace_back(std::move(facts));
    }

    const SettlementPaper& of_;
    const BorderSettlement& settled_;
    Figures figures_;
    std::vector<paper::Block> blocks_;
};

Result<Response> settlement_pdf(const std::string& address, Store& store, const Caller& caller, const KeyOf<BorderSettlement>& key) {
    std::optional<SettlementPaper> of;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        of = TRY(paper_of(transaction, key.id));
        return Done{};
    }));
    const Language language = caller.language;
    const BorderSettlement& settlement = of->settlement;
    paper::Document document{.front = {.title = word("market.paper.settlement", language),
                                 .subtitle = to_text(settlement.day),
                                 .organisation = word("ledger.paper.bank", language),
                                 .date = settlement.day,
                                 .language = language,
                                 .marks = {{word("market.paper.simulation", language), paper::Tone::warn}},
                                 .title_page = false,
                                 .numbered = false,
                                 .created_at = settlement.made_at},
        .blocks = SettlementWriter(*of, language).blocks()};
    if (settlement.sample) document.front.marks.push_back(paper::badge(paper::Status::sample, language));
    for (const auto& [code, currency] : {std::pair(&settlement.proof_home, &of->currencies[0]), {&settlement.proof_abroad, &of->currencies[1]}})
        document.blocks.push_back(paper::Proof{fmt::format("{} · {}", word("market.paper.proof", language), *currency), address + "/proof/" + *code});
    return inline_pdf(TRY(paper::to_pdf(document)), key.id.text);
}

} // namespace

std::vector<Endpoint> border_paper_endpoints(const std::string& address) {
    return {{"border_settlement_pdf", Method::get, "/border-settlements/{id}/pdf", "A settlement as PDF, with where both ledgers' records can be checked.",
        Mode::compute, open_to_all, as_file("application/pdf", call(address, settlement_pdf))}};
}

} // namespace greenbank::market
