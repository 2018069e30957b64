// import_kinds.cpp — the kinds, their places and what people call them.
#include "library/imports/import_kinds.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/words.h"
#include "library/assessment/experts.h"
#include "library/engine/concept_finder.h"
#include "library/entries.h"
#include "library/policies/policies.h"
#include "search/folding.h"

namespace greenbank::library {

namespace {

/// Of the thesaurus in force; made anew by whichever thread finds that it has changed.
const ConceptFinder& concept_finder() {
    thread_local std::shared_ptr<const Thesaurus> known;
    thread_local ConceptFinder finder;
    if (const auto now = thesaurus(); now != known) {
        finder = {};
        std::uint32_t number = 0;
        for (const Concept& each : *now) {
            ++number;
            for (const auto* words : {&each.zh, &each.en, &each.ru})
                for (const std::string& word : *words) finder.add(number, search::fold(word));
        }
        known = now;
    }
    return finder;
}

Likely likely_of(const std::string& owner, const Text& title) {
    Likely likely{.owner = owner, .titles = {}, .patents = {}, .concepts = {}};
    for (const Language language : {Language::zh, Language::en, Language::ru}) {
        if (title.in(language).empty()) continue;
        likely.titles.push_back(search::fold(title.in(language)));
        if (likely.concepts.empty()) likely.concepts = concept_finder().find(likely.titles.back());
    }
    return likely;
}

template <class T> struct Base : ImportKindRow {
    const Record& record() const override { return record_of<T>(); }
    std::shared_ptr<void> make() const override { return std::make_shared<T>(); }
    const std::string& id(const void* value) const override { return static_cast<const T*>(value)->id.text; }
    std::int64_t version(const void* value) const override { return static_cast<const T*>(value)->version; }
    void date(void* value, Time now) const override { static_cast<T*>(value)->created_at = static_cast<T*>(value)->updated_at = now; }
    Result<Done> for_all(Store& store, const std::function<Result<Done>(const void*)>& each) const override {
        std::string last;
        while (true) {
            std::vector<T> batch;
            TRY(store.read([&](Transaction& transaction) -> Result<Done> {
                batch = TRY(transaction.find<T>(fmt::format("id > $1{} ORDER BY id LIMIT 500", has_state() ? " AND state <> 'withdrawn'" : ""), {last}));
                return Done{};
            }));
            if (batch.empty()) return Done{};
            for (const T& one : batch) TRY(each(&one));
            last = batch.back().id.text;
        }
    }
};

template <class T> struct EntryKind : Base<T> {
    Right right() const override { return write_entries; }
    bool has_state() const override { return true; }
    std::string_view owner_path() const override { return owner_column<T>; }
    void stamp(void* value, const std::string& id, const ImportStamp& stamp, const std::optional<std::string>& owner) const override {
        T& entry = *static_cast<T*>(value);
        entry.id = Id<T>(id);
        owner_of(entry) = Id<Organisation>(owner.value_or(stamp.organisation));
        entry.state = stamp.publish ? State::published : State::draft;
        entry.created_at = entry.updated_at = stamp.now;
    }
    Likely likely(const void* value) const override {
        const T& entry = *static_cast<const T*>(value);
        const auto& owner = owner_of(entry);
        Likely made = likely_of(owner ? owner->text : "", entry.title);
        if constexpr (std::is_same_v<T, Technology>)
            for (const Evidence& evidence : entry.evidence)
                if (evidence.kind == EvidenceKind::patent && evidence.number) made.patents.push_back(patent_key(*evidence.number));
        return made;
    }
    Likely likely_stored(const void* value, const std::string& organisation) const override {
        const T& entry = *static_cast<const T*>(value);
        const auto& owner = owner_of(entry);
        if (owner && owner->text == organisation) return likely(value);
        const T seen = at_stage(entry, Disclosure::public_);
        return likely(&seen);
    }
    const Text& title(const void* value) const override { return static_cast<const T*>(value)->title; }
};

struct OrganisationKindRow : Base<Organisation> {
    Right right() const override { return Right{"bank.organisations"}; }
    bool has_state() const override { return false; }
    std::string_view owner_path() const override { return {}; }
    void stamp(void* value, const std::string& id, const ImportStamp& stamp, const std::optional<std::string>&) const override {
        Organisation& organisation = *static_cast<Organisation*>(value);
        organisation.id = Id<Organisation>(id);
        organisation.created_at = organisation.updated_at = stamp.now;
    }
    Likely likely(const void* value) const override {
        const Organisation& organisation = *static_cast<const Organisation*>(value);
        Likely made = likely_of(organisation.country, organisation.name);
        made.concepts.clear(); // two water works are two
        if (organisation.credit_code) made.patents.push_back("code " + *organisation.credit_code);
        return made;
    }
    Likely likely_stored(const void* value, const std::string&) const override { return likely(value); }
    const Text& title(const void* value) const override { return static_cast<const Organisation*>(value)->name; }
};

/// Entered by the bank, owned by nobody, published when it is right.
template <class T> struct BankKind : Base<T> {
    bool has_state() const override { return true; }
    std::string_view owner_path() const override { return {}; }
    void stamp(void* value, const std::string& id, const ImportStamp& stamp, const std::optional<std::string>&) const override {
        T& entry = *static_cast<T*>(value);
        entry.id = Id<T>(id);
        entry.state = stamp.publish ? State::published : State::draft;
        entry.created_at = entry.updated_at = stamp.now;
    }
    Likely likely_stored(const void* value, const std::string&) const override { return this->likely(value); }
};

struct ExpertKind : BankKind<Expert> {
    Right right() const override { return assess_entries; }
    Likely likely(const void* value) const override {
        const Expert& expert = *static_cast<const Expert*>(value);
        Likely made = likely_of(expert.country, expert.name);
        made.concepts.clear(); // people are not told apart by what they know
        return made;
    }
    const Text& title(const void* value) const override { return static_cast<const Expert*>(value)->name; }
};

struct PolicyKind : BankKind<Policy> {
    Right right() const override { return manage_library; }
    Likely likely(const void* value) const override {
        const Policy& policy = *static_cast<const Policy*>(value);
        Likely made = likely_of(policy.issuer.best(Language::zh), policy.title);
        made.concepts.clear();
        if (policy.number) made.patents.push_back("number " + *policy.number);
        return made;
    }
    const Text& title(const void* value) const override { return static_cast<const Policy*>(value)->title; }
};

const Field& owner_field(ImportKind kind) { return *import_kind(kind).record().find(import_kind(kind).owner_path()); }

Text joined(const std::vector<Text>& names) {
    Text label;
    for (const Text& name : names)
        for (const Language language : {Language::zh, Language::en, Language::ru}) {
            std::string& into = label.in(language);
            if (name.in(language).empty()) continue;
            if (!into.empty() && language != Language::zh) into += ' ';
            into += name.in(language);
        }
    return label;
}

/// What a heading adds to say which part of a field it holds.
struct PartWords {
    std::string_view part;
    std::vector<std::string_view> words;
};
const std::vector<PartWords>& part_words() {
    static const std::vector<PartWords> all = {{"zh", {"中文", "zh", "Chinese", "китайский"}}, {"en", {"英文", "en", "English", "английский"}},
        {"ru", {"俄文", "ru", "Russian", "русский"}}, {"amount", {"金额", "数额", "amount", "сумма"}}, {"currency", {"币种", "货币", "currency", "валюта"}},
        {"value", {"数值", "value", "значение"}}, {"unit", {"单位", "unit", "единица"}}};
    return all;
}

} // namespace

const ImportKindRow& import_kind(ImportKind kind) {
    static const EntryKind<Technology> technology;
    static const EntryKind<Need> need;
    static const EntryKind<CapitalOffer> capital_offer;
    static const OrganisationKindRow organisation;
    static const ExpertKind expert;
    static const PolicyKind policy;
    switch (kind) {
    case ImportKind::technology: return technology;
    case ImportKind::need: return need;
    case ImportKind::capital_offer: return capital_offer;
    case ImportKind::organisation: return organisation;
    case ImportKind::expert: return expert;
    case ImportKind::policy: return policy;
    }
    return technology;
}

std::vector<TablePlace> import_places(ImportKind kind, bool for_others) {
    std::vector<TablePlace> places = table_places(import_kind(kind).record());
    if (for_others && !import_kind(kind).owner_path().empty()) {
        const Field& owner = owner_field(kind);
        const Text* label = find_word(fmt::format("field.{}.{}", import_kind(kind).record().name, owner.name));
        places.push_back({std::string(owner.name), &owner, {}, {label ? *label : Text{}}, false});
    }
    if (kind == ImportKind::technology)
        places.push_back({std::string(patents_path), import_kind(kind).record().find("evidence"), {}, {*find_word("import.patents")}, false});
    return places;
}

std::vector<ColumnTarget> import_targets(ImportKind kind, bool for_others) {
    std::vector<ColumnTarget> targets;
    for (const TablePlace& place : import_places(kind, for_others)) {
        ColumnTarget target{place.path, {search::fold(place.path)}};
        if (place.item > 0) { // "figure_1_unit", "性能指标 1 单位": never without the number
            std::string snake = place.path;
            std::replace(snake.begin(), snake.end(), '.', '_');
            target.names.push_back(search::fold(snake));
            if (const std::size_t plural = snake.find(fmt::format("s_{}_", place.item)); plural != std::string::npos)
                target.names.push_back(search::fold(std::string(snake).erase(plural, 1)));
            for (const Language language : {Language::zh, Language::en, Language::ru}) target.names.push_back(search::fold(place_label(place, language)));
            targets.push_back(std::move(target));
            continue;
        }
        const Text label = joined(place.names), last = place.names.back();
        std::vector<std::string> bases;
        for (const Language language : {Language::zh, Language::en, Language::ru}) {
            // A heading in a language holds the text of that language: 技术名称 is the Chinese title.
            const bool own = place.part == to_text(language);
            if (place.part.empty() || own) target.names.push_back(search::fold(label.in(language)));
            if (own) target.names.push_back(search::fold(last.in(language)));
            bases.push_back(label.in(language));
            if (place.names.size() > 1) bases.push_back(last.in(language));
        }
        for (const PartWords& part : part_words()) {
            if (part.part != place.part) continue;
            for (const std::string& base : bases)
                for (const std::string_view word : part.words)
                    if (!base.empty()) target.names.push_back(search::fold(fmt::format("{} {}", base, word)));
        }
        if (place.path == "title.en" || place.path == "name.en")
            target.names.insert(target.names.end(), {"英文名称", "英文名", "english name", "english title"});
        if (place.path == "title.zh" || place.path == "name.zh") target.names.insert(target.names.end(), {"中文名称", "项目名称", "成果名称", "名称"});
        if (place.path == "title.ru" || place.path == "name.ru") target.names.insert(target.names.end(), {"俄文名称", "наименование"});
        if (place.path == "readiness.scale") target.names.insert(target.names.end(), {"成熟度标准", "成熟度等级标准", "readiness scale", "trl scale", "шкала"});
        if (place.path == "readiness.level") target.names.insert(target.names.end(), {"trl", "技术成熟度", "成熟度等级", "readiness", "уровень готовности"});
        std::erase(target.names, "");
        targets.push_back(std::move(target));
    }
    return targets;
}

std::string place_label(const TablePlace& place, Language language) {
    std::string label = joined(place.names).best(language);
    for (const PartWords& part : part_words())
        if (part.part == place.part) {
            const std::size_t word = language == Language::zh ? 0 : part.words.size() - (language == Language::ru ? 1 : 2);
            label += language == Language::zh ? fmt::format("（{}）", part.words[word]) : fmt::format(" ({})", part.words[word]);
        }
    return label;
}

CodeOf library_codes() {
    using ByName = std::map<std::string, std::string, std::less<>>;
    static const std::map<std::string, ByName, std::less<>> lists = [] {
        std::map<std::string, ByName, std::less<>> made;
        for (const Vocabulary* vocabulary : {&reference().classes, &reference().countries, &reference().traits, &reference().indicators})
            for (const Term& term : vocabulary->terms) {
                made[vocabulary->name].emplace(search::fold(term.code), term.code);
                for (const Language language : {Language::zh, Language::en, Language::ru})
                    if (!term.name.in(language).empty()) made[vocabulary->name].emplace(search::fold(term.name.in(language)), term.code);
            }
        return made;
    }();
    return [](std::string_view path, std::string_view text) -> std::optional<std::string> {
        std::string_view list;
        if (path == "origin" || path == "country" || path == "territories" || path == "countries") list = "countries";
        else if (path == "classes") list = "classes";
        else if (path == "traits" || path.ends_with("_traits")) list = "traits";
        else if (path.ends_with(".country")) list = "countries";
        else if (path.ends_with(".indicator")) list = "indicators";
        else if (path.ends_with(".unit")) return parse_any_unit(text);
        else return {};
        const auto names = lists.find(list);
        if (names == lists.end()) return {};
        const auto found = names->second.find(search::fold(text));
        return found == names->second.end() ? std::nullopt : std::optional(found->second);
    };
}

} // namespace greenbank::library
