// reference.cpp — CSV files into vocabularies.
#include "library/reference.h"

#include <mutex>

#include "kernel/csv.h"

namespace greenbank::library {

namespace {

const Reference* current = nullptr;
std::mutex thesaurus_guard;
std::shared_ptr<const Thesaurus> thesaurus_set; // null: the reference's

Result<Done> read_vocabulary(const std::map<std::string, std::string_view>& files, const std::string& file, Vocabulary& vocabulary) {
    const Csv csv = TRY(read_reference_csv(files, file));
    const auto cell = [&](const std::vector<std::string>& row, std::string_view name) -> std::optional<std::string> {
        const int column = csv.column(name);
        if (column < 0 || row[static_cast<std::size_t>(column)].empty()) return {};
        return row[static_cast<std::size_t>(column)];
    };
    for (const auto& row : csv.rows) {
        const auto code = cell(row, csv.column("code") >= 0 ? "code" : "unit");
        if (!code) continue;
        vocabulary.add({*code, cell(row, "parent"), {cell(row, "zh").value_or(""), cell(row, "en").value_or(""), cell(row, "ru").value_or("")},
            csv.column("code") >= 0 ? cell(row, "unit") : std::nullopt, cell(row, "better"), cell(row, "status")});
    }
    return Done{};
}

Result<DisclosureLaw> read_disclosure(const std::map<std::string, std::string_view>& files) {
    const Csv csv = TRY(read_reference_csv(files, "disclosure.csv"));
    const int record = csv.column("record"), field = csv.column("field"), stage = csv.column("stage"), movable = csv.column("owner_may_raise"),
              follows = csv.column("follows");
    if (record < 0 || field < 0 || stage < 0 || movable < 0 || follows < 0)
        return Error{Failure::invalid, "reference.columns", "disclosure.csv needs the columns record, field, stage, owner_may_raise, follows."};
    std::vector<FieldRule> rules;
    for (const auto& row : csv.rows) {
        const auto cell = [&](int column) -> const std::string& { return row[static_cast<std::size_t>(column)]; };
        const auto known = parse_choice<Disclosure>(cell(stage));
        if (!known || (cell(movable) != "yes" && cell(movable) != "no"))
            return Error{Failure::invalid, "reference.disclosure", "disclosure.csv: the row of {field} is not right.", {{"field", cell(field)}}};
        rules.push_back({cell(record), cell(field), *known, cell(movable) == "yes", cell(follows)});
    }
    return DisclosureLaw(std::move(rules));
}

} // namespace

Result<Csv> read_reference_csv(const std::map<std::string, std::string_view>& files, const std::string& name) {
    const auto file = files.find(name);
    if (file == files.end()) return Error{Failure::not_found, "reference.missing", "The file {name} is missing.", {{"name", name}}};
    auto csv = parse_csv(file->second);
    if (!csv) csv.error().message = name + ": " + csv.error().message;
    return csv;
}

Record describe(const Term*) {
    return {"term", "An entry of a shared vocabulary.",
        {field<&Term::code>("code", "Its code."), field<&Term::parent>("parent", "The entry above it."), field<&Term::name>("name", "Its name."),
            field<&Term::unit>("unit", "The usual unit."), field<&Term::better>("better", "Whether lower or higher is better."),
            field<&Term::status>("status", "How sure the name is.")}};
}

const Term* Vocabulary::find(std::string_view code) const {
    const auto found = by_code_.find(code);
    return found == by_code_.end() ? nullptr : &terms[found->second];
}

void Vocabulary::add(Term term) {
    if (!by_code_.emplace(term.code, terms.size()).second) return;
    terms.push_back(std::move(term));
}

const Vocabulary* Reference::find(std::string_view name) const {
    for (const Vocabulary* vocabulary : {&classes, &indicators, &countries, &traits, &units})
        if (vocabulary->name == name) return vocabulary;
    return nullptr;
}

Result<Reference> read_reference(const std::map<std::string, std::string_view>& files) {
    Reference reference;
    reference.classes = Vocabulary{"classes", "2021", "Green Bond Endorsed Projects Catalogue (2021 edition), Yinfa [2021] 96"};
    reference.indicators = Vocabulary{"indicators", "1", "written for Greenbank"};
    reference.countries = Vocabulary{"countries", "2026", "ISO 3166-1 alpha-2"};
    reference.traits = Vocabulary{"traits", "1", "written for Greenbank"};
    reference.units = Vocabulary{"units", "1", "SI and units in use with it"};
    TRY(read_vocabulary(files, "gbepc2021.csv", reference.classes));
    TRY(read_vocabulary(files, "indicators.csv", reference.indicators));
    TRY(read_vocabulary(files, "countries.csv", reference.countries));
    TRY(read_vocabulary(files, "traits.csv", reference.traits));
    TRY(read_vocabulary(files, "units.csv", reference.units));
    for (const Term& term : reference.indicators.terms)
        if (!term.unit || !parse_unit(*term.unit))
            return Error{Failure::invalid, "reference.unit", "indicators.csv: {code} has no unit that we know.", {{"code", term.code}}};

    const Csv csv = TRY(read_reference_csv(files, "thesaurus.csv"));
    const int concept_ = csv.column("concept"), broader = csv.column("broader"), zh = csv.column("zh"), en = csv.column("en"), ru = csv.column("ru");
    if (concept_ < 0 || broader < 0 || zh < 0 || en < 0 || ru < 0)
        return Error{Failure::invalid, "reference.columns", "thesaurus.csv needs the columns concept, broader, zh, en, ru."};
    for (const auto& row : csv.rows) {
        const auto words = [&](int column) {
            std::vector<std::string> list;
            for (const std::string_view word : split(row[static_cast<std::size_t>(column)], '|'))
                if (!trim(word).empty()) list.emplace_back(trim(word));
            return list;
        };
        reference.thesaurus.push_back({row[static_cast<std::size_t>(concept_)], row[static_cast<std::size_t>(broader)], words(zh), words(en), words(ru)});
    }
    reference.classification = TRY(read_classes(files));
    reference.assessment = TRY(read_assessment_reference(files));
    reference.disclosure = TRY(read_disclosure(files));
    return reference;
}

void set_reference(const Reference* reference) {
    const std::lock_guard lock(thesaurus_guard);
    current = reference;
    thesaurus_set.reset();
}

const Reference& reference() {
    require(current != nullptr, "the reference data was not loaded");
    return *current;
}

std::shared_ptr<const Thesaurus> thesaurus() {
    const std::lock_guard lock(thesaurus_guard);
    if (!thesaurus_set) thesaurus_set = std::make_shared<const Thesaurus>(reference().thesaurus);
    return thesaurus_set;
}

void set_thesaurus(Thesaurus concepts) {
    auto made = std::make_shared<const Thesaurus>(std::move(concepts));
    const std::lock_guard lock(thesaurus_guard);
    thesaurus_set = std::move(made);
}

Text preferred_name(const Concept& entry) {
    const auto first = [](const std::vector<std::string>& words) { return words.empty() ? std::string() : words.front(); };
    return {first(entry.zh), first(entry.en), first(entry.ru)};
}

} // namespace greenbank::library
