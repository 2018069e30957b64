// paper.cpp — a contract as PDF: facts, clauses in one language or two, milestones, signatures.
#include <fmt/format.h>

#include "api/words.h"
#include "deals/contracts/clause_texts.h"
#include "paper/paper.h"

namespace greenbank::deals {

enum class PaperLayout { beside, after };
struct PaperRequest {
    Id<Contract> id;
    std::optional<TextLanguage> first, second;
    PaperLayout layout = PaperLayout::beside;
};
Record describe(const PaperRequest*);

} // namespace greenbank::deals

template <> struct greenbank::Choices<greenbank::deals::PaperLayout> {
    static constexpr std::string_view name = "paper_layout";
    static constexpr std::string_view values[] = {"beside", "after"};
};

namespace greenbank::deals {

Record describe(const PaperRequest*) {
    return {"contract_paper", "A contract on paper.",
        {field<&PaperRequest::id>("id", "The contract."), field<&PaperRequest::first>("first", "The first language; absent: the governing one."),
            field<&PaperRequest::second>("second", "The other; absent: as the contract says."),
            field<&PaperRequest::layout>("layout", "Two languages beside each other, or one after the other.", {.defaulted = true})}};
}

namespace {

Language language_of(TextLanguage language) { return static_cast<Language>(language); }

struct Sheet {
    Contract contract;
    std::vector<ClauseText> clauses;
    std::map<std::string, Text> names;
};

std::string label(std::string_view name, Language language) { return word(fmt::format("field.{}", name), language); }

paper::Facts facts(const Sheet& sheet, Language language) {
    const Contract& contract = sheet.contract;
    paper::Facts facts{"", {{label("contract.number", language), contract.number},
                               {label("contract.kind", language), word(fmt::format("choice.contract_kind.{}", name_of(contract.kind)), language)},
                               {label("contract.state", language), word(fmt::format("choice.contract_state.{}", name_of(contract.state)), language)}}};
    for (const ContractParty& party : contract.parties)
        facts.facts.push_back(
            {word(fmt::format("choice.party_role.{}", name_of(party.role)), language), sheet.names.at(party.organisation.text).best(language)});
    if (contract.amount.minor > 0) {
        facts.facts.push_back({label("contract.amount", language), money_text(contract.amount)});
        const Escrow escrow = escrow_of(contract);
        for (const auto& [name, minor] :
            {std::pair{"funded", escrow.funded}, {"released", escrow.released}, {"refunded", escrow.refunded}, {"left", escrow.left()}})
            facts.facts.push_back({label(fmt::format("escrow_view.{}", name), language), money_text({minor, contract.amount.currency})});
    }
    if (contract.starts_on) facts.facts.push_back({label("contract.starts_on", language), day_text(*contract.starts_on, language)});
    if (contract.ends_on) facts.facts.push_back({label("contract.ends_on", language), day_text(*contract.ends_on, language)});
    return facts;
}

paper::Table milestones(const Sheet& sheet, Language language) {
    paper::Table table{.title = label("contract.milestones", language),
        .columns = {{label("contract_milestone.number", language), paper::Align::right}, {label("contract_milestone.title", language), paper::Align::left},
            {label("contract_milestone.due", language)}, {label("milestone_part.organisation", language)},
            {label("milestone_part.amount", language), paper::Align::right}, {label("contract_milestone.state", language)}},
        .rows = {}};
    for (const ContractMilestone& milestone : sheet.contract.milestones)
        for (std::size_t i = 0; i < milestone.parts.size(); ++i)
            table.rows.push_back({{i ? "" : std::to_string(milestone.number), i ? "" : milestone.title.best(language),
                i ? "" : day_text(milestone.due, language), sheet.names.at(milestone.parts[i].organisation.text).best(language),
                money_text(milestone.parts[i].amount), i ? "" : word(fmt::format("choice.contract_milestone_state.{}", name_of(milestone.state)), language)}});
    return table;
}

paper::Table signatures(const Sheet& sheet, Language language) {
    paper::Table table{.title = word("deals.signatures", language),
        .columns = {{label("contract_party.organisation", language)}, {label("contract_party.signer", language)},
            {label("contract_party.signed_at", language)}},
        .rows = {}};
    for (const ContractParty& party : sheet.contract.parties)
        table.rows.push_back({{sheet.names.at(party.organisation.text).best(language), party.signer.value_or("—"),
            party.signed_at ? day_text(date_of(*party.signed_at), language) : "—"}});
    return table;
}

void add_clauses(paper::Document& document, const Sheet& sheet, Language language) {
    for (std::size_t i = 0; i < sheet.clauses.size(); ++i) {
        document.blocks.push_back(paper::Heading{2, fmt::format("{}. {}", i + 1, sheet.clauses[i].title.best(language))});
        document.blocks.push_back(paper::Paragraph{sheet.clauses[i].body.best(language)});
    }
}

paper::Table beside(const Sheet& sheet, Language first, Language second) {
    paper::Table table{.title = "",
        .columns = {{word(fmt::format("choice.text_language.{}", to_text(first)), first), paper::Align::left, 0.5},
            {word(fmt::format("choice.text_language.{}", to_text(second)), second), paper::Align::left, 0.5}},
        .rows = {}};
    for (std::size_t i = 0; i < sheet.clauses.size(); ++i) {
        const ClauseText& clause = sheet.clauses[i];
        // Title and text are one row, so that no page ends with a title.
        const auto text = [&](Language language) { return fmt::format("{}. {}\n{}", i + 1, clause.title.best(language), clause.body.best(language)); };
        table.rows.push_back({{text(first), text(second)}});
    }
    return table;
}

paper::Document document_of(const Sheet& sheet, Language first, std::optional<Language> second, PaperLayout layout) {
    const Contract& contract = sheet.contract;
    paper::Document document;
    document.front = {.title = contract.title.best(first),
        .subtitle = second ? contract.title.best(*second) : contract.number,
        .organisation = word("deals.paper_bank", first),
        .date = date_of(contract.signed_at.value_or(contract.since)),
        .language = first,
        .title_page = false,
        .numbered = false,
        .created_at = contract.updated_at};
    if (contract.sample) document.front.marks.push_back(paper::badge(paper::Status::sample, first));
    document.blocks.push_back(paper::Paragraph{word("deals.clauses_are_samples", first) + (second ? "\n" + word("deals.clauses_are_samples", *second) : "")});
    document.blocks.push_back(facts(sheet, first));
    if (second && layout == PaperLayout::beside) document.blocks.push_back(beside(sheet, first, *second));
    else {
        add_clauses(document, sheet, first);
        if (second) {
            document.blocks.push_back(paper::PageBreak{});
            document.blocks.push_back(paper::Heading{1, contract.title.best(*second)});
            document.blocks.push_back(facts(sheet, *second));
            add_clauses(document, sheet, *second);
        }
    }
    if (!contract.milestones.empty()) document.blocks.push_back(milestones(sheet, first));
    document.blocks.push_back(signatures(sheet, first));
    return document;
}

Result<Response> contract_pdf(Store& store, const Caller& caller, const PaperRequest& asked) {
    Sheet sheet;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        sheet.contract = TRY(own_contract(transaction, caller, asked.id));
        sheet.clauses = TRY(clause_texts(transaction, sheet.contract));
        for (const ContractParty& party : sheet.contract.parties) sheet.names[party.organisation.text] = TRY(transaction.get(party.organisation)).name;
        return Done{};
    }));
    const Contract& contract = sheet.contract;
    const Language first = language_of(asked.first.value_or(contract.governing_language));
    std::optional<Language> second;
    if (asked.second) second = language_of(*asked.second);
    else if (!asked.first && contract.second_language) second = language_of(*contract.second_language);
    if (second == first) second.reset();
    std::string pdf = TRY(paper::to_pdf(document_of(sheet, first, second, asked.layout)));
    return inline_pdf(std::move(pdf), contract.id.text);
}

} // namespace

std::vector<Endpoint> paper_endpoints() {
    return {
        // clang-format off
        {"contract_pdf", Method::get, "/contracts/{id}/pdf", "A contract as PDF, in one language or two.", Mode::compute, signed_in, as_file("application/pdf", call(contract_pdf))},
        // clang-format on
    };
}

} // namespace greenbank::deals
