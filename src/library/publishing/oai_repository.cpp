// oai_repository.cpp — one ordered view over three tables and the tombstones.
#include "library/publishing/oai_repository.h"

#include <fmt/format.h>

#include "api/words.h"
#include "library/entries.h"
#include "oai/dublin_core.h"
#include "oai/tree.h"

namespace greenbank::library {

namespace {

constexpr Duration settling = seconds(10);

constexpr std::string_view entries =
    "(SELECT id, 'technology' AS kind, field, state, updated_at FROM technology WHERE state <> 'draft' AND peer IS NULL UNION ALL "
    "SELECT id, 'need', field, state, updated_at FROM need WHERE state <> 'draft' AND peer IS NULL UNION ALL "
    "SELECT id, 'capital_offer', NULL, state, updated_at FROM capital_offer WHERE state <> 'draft' AND peer IS NULL UNION ALL "
    "SELECT id, kind, field, 'withdrawn', updated_at FROM entry_tombstone WHERE NOT EXISTS (SELECT 1 FROM technology t WHERE t.id = "
    "entry_tombstone.id) AND NOT EXISTS (SELECT 1 FROM need n WHERE n.id = entry_tombstone.id) AND NOT EXISTS (SELECT 1 FROM "
    "capital_offer c WHERE c.id = entry_tombstone.id)) AS entry";

oai::DublinTexts in_languages(const Text& text) {
    oai::DublinTexts texts;
    for (const Language language : {Language::zh, Language::en, Language::ru})
        if (!text.in(language).empty()) texts.push_back({text.in(language), std::string(to_text(language))});
    return texts;
}

void add_names(oai::DublinTexts& texts, const Vocabulary& vocabulary, const std::vector<std::string>& codes) {
    for (const std::string& code : codes)
        if (const Term* term = vocabulary.find(code)) {
            const auto names = in_languages(term->name);
            texts.insert(texts.end(), names.begin(), names.end());
        }
}

oai::DublinTexts languages_of(const Text& text) {
    oai::DublinTexts texts;
    for (const auto& [language, code] : {std::pair(Language::zh, "zho"), {Language::en, "eng"}, {Language::ru, "rus"}})
        if (!text.in(language).empty()) texts.push_back({code});
    return texts;
}

template <class T> oai::DublinCore dublin_core(const T& entry, const std::string& page, const std::optional<Organisation>& owner) {
    oai::DublinCore record;
    record.titles = in_languages(entry.title);
    record.descriptions = in_languages(entry.summary);
    if (owner) record.creators = in_languages(owner->name);
    record.dates = {{to_text(date_of(entry.updated_at))}};
    record.types = {{std::string(record_of<T>().name)}};
    record.formats = {{"text/html"}};
    record.identifiers = {{page}};
    record.languages = languages_of(entry.title);
    if constexpr (std::is_same_v<T, CapitalOffer>) {
        for (const TechnologyField field : entry.fields)
            if (const Text* name = find_word(fmt::format("choice.technology_field.{}", name_of(field))))
                for (auto& text : in_languages(*name)) record.subjects.push_back(std::move(text));
        add_names(record.coverages, reference().countries, entry.countries);
    } else {
        if (const Text* name = find_word(fmt::format("choice.technology_field.{}", name_of(entry.field)))) record.subjects = in_languages(*name);
        for (const auto& [language, words] : {std::pair("zh", &entry.keywords.zh), {"en", &entry.keywords.en}, {"ru", &entry.keywords.ru}})
            for (const std::string& word : *words) record.subjects.push_back({word, language});
        if constexpr (std::is_same_v<T, Technology>) add_names(record.coverages, reference().countries, entry.territories);
        else add_names(record.coverages, reference().countries, {entry.country});
    }
    add_names(record.subjects, reference().classes, entry.classes);
    return record;
}

template <class T> Result<std::string> metadata_of(Transaction& transaction, const std::string& id, std::string_view page, std::string_view format) {
    const T entry = teaser(TRY(transaction.get(Id<T>(id))));
    std::optional<Organisation> owner;
    if (const auto& held = owner_of(entry)) owner = TRY(transaction.find_one<Organisation>("id = $1", {held->text}));
    if (format == full_format_prefix) {
        oai::Tree tree = oai::tree_of(entry);
        tree.children.push_back(oai::Tree::text(std::string(page_member), std::string(page) + id));
        if (owner) { // elsewhere its id means nothing
            oai::Tree name = oai::Tree::object(std::string(holder_name_member));
            for (const oai::DublinText& text : in_languages(owner->name)) name.children.push_back(oai::Tree::text(text.language, text.text));
            tree.children.push_back(std::move(name));
        }
        return oai::write_tree(tree, record_of<T>().name, full_format_space);
    }
    return oai::write_dublin_core(dublin_core(entry, std::string(page) + id, owner));
}

} // namespace

Time OaiRepository::as_of() const { return now_ - settling; }

Result<oai::Identity> OaiRepository::identify() const {
    oai::Identity identity{.name = "Greenbank",
        .admin_emails = {address_.contact.empty() ? "postmaster@" + address_.host() : address_.contact},
        .earliest = {},
        .host = address_.host(),
        .sample_identifier = oai::make_identifier(address_.host(), "tech_example")}; // an empty bank tells its home, too
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        const auto centre = TRY(transaction.find_one<Organisation>("kind = 'centre' ORDER BY id LIMIT 1", {}));
        if (centre) identity.name = centre->name.best(Language::en);
        const Rows earliest = TRY(transaction.query(fmt::format("SELECT MIN(updated_at) FROM {}", entries)));
        identity.earliest = is_null(earliest.single()) ? as_of() : Time{};
        // The first entry's birth: no change can be older.
        const Rows born =
            TRY(transaction.query("SELECT MIN(created_at) FROM (SELECT created_at FROM technology WHERE peer IS NULL UNION ALL SELECT created_at FROM need "
                                  "WHERE peer IS NULL UNION ALL SELECT created_at FROM capital_offer WHERE peer IS NULL) AS entry"));
        if (!is_null(born.single())) identity.earliest = Time{std::min(as_integer(born.single()), as_integer(earliest.single()))};
        const Rows sample = TRY(transaction.query(fmt::format("SELECT id FROM {} WHERE state = 'published' LIMIT 1", entries)));
        if (!sample.empty()) identity.sample_identifier = oai::make_identifier(address_.host(), as_text(sample.single()));
        return Done{};
    }));
    return identity;
}

Result<std::vector<oai::Format>> OaiRepository::formats() const {
    return std::vector<oai::Format>{
        oai::dublin_core_format(), {std::string(full_format_prefix), address_.base + "/oai/greenbank.xsd", std::string(full_format_space)}};
}

Result<std::vector<oai::Set>> OaiRepository::sets() const {
    std::vector<oai::Set> sets;
    for (const auto& [kind, by_field] : {std::pair("technology", true), {"need", true}, {"capital_offer", false}}) {
        sets.push_back({kind, word(fmt::format("record.{}", kind), Language::en)});
        if (!by_field) continue;
        for (const std::string_view field : Choices<TechnologyField>::values)
            sets.push_back({fmt::format("{}:{}", kind, field), fmt::format("{}: {}", word(fmt::format("record.{}", kind), Language::en),
                                                                   word(fmt::format("choice.technology_field.{}", field), Language::en))});
    }
    return sets;
}

OaiRepository::Selected OaiRepository::selected(const oai::Selection& selection) const {
    Selected made;
    const auto bind = [&](Value value) {
        made.parameters.push_back(std::move(value));
        return fmt::format("${}", made.parameters.size());
    };
    made.sql = fmt::format(" FROM {} WHERE updated_at < {}", entries, bind(as_of().microseconds));
    if (selection.from) made.sql += fmt::format(" AND updated_at >= {}", bind(selection.from->microseconds));
    if (selection.before) made.sql += fmt::format(" AND updated_at < {}", bind(selection.before->microseconds));
    if (!selection.set.empty()) {
        const std::size_t colon = selection.set.find(':');
        made.sql += fmt::format(" AND kind = {}", bind(selection.set.substr(0, colon)));
        if (colon != std::string::npos) made.sql += fmt::format(" AND field = {}", bind(selection.set.substr(colon + 1)));
    }
    return made;
}

Result<std::string> OaiRepository::metadata(Transaction& transaction, const std::string& kind, const std::string& id, std::string_view format) const {
    if (kind == "technology") return metadata_of<Technology>(transaction, id, address_.base + "/library/technologies/", format);
    if (kind == "need") return metadata_of<Need>(transaction, id, address_.base + "/needs/", format);
    return metadata_of<CapitalOffer>(transaction, id, address_.base + "/capital/", format);
}

Result<oai::Item> OaiRepository::item(Transaction& transaction, const std::vector<Value>& row, std::string_view format) const {
    const std::string &id = as_text(row[0]), &kind = as_text(row[1]), &field = as_text(row[2]);
    oai::Item item{{oai::make_identifier(address_.host(), id), Time{as_integer(row[4])}, as_text(row[3]) != "published", {kind}}, {}};
    if (!field.empty()) item.header.sets.push_back(fmt::format("{}:{}", kind, field));
    if (!item.header.deleted && !format.empty()) item.metadata = TRY(metadata(transaction, kind, id, format));
    return item;
}

Result<std::vector<oai::Item>> OaiRepository::find(
    const oai::Selection& selection, const std::optional<oai::Position>& after, std::size_t limit, std::string_view format) const {
    Selected query = selected(selection);
    if (after) {
        query.parameters.emplace_back(after->datestamp.microseconds);
        const std::size_t at = query.parameters.size();
        query.parameters.emplace_back(oai::id_of_identifier(after->identifier, address_.host()).value_or(""));
        query.sql += fmt::format(" AND (updated_at > ${0} OR (updated_at = ${0} AND id COLLATE \"C\" > ${1}))", at, at + 1);
    }
    std::vector<oai::Item> items;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        items.clear();
        const Rows rows = TRY(transaction.query(
            fmt::format("SELECT id, kind, field, state, updated_at{} ORDER BY updated_at, id COLLATE \"C\" LIMIT {}", query.sql, limit), query.parameters));
        for (const auto& row : rows.rows) items.push_back(TRY(item(transaction, row, format)));
        return Done{};
    }));
    return items;
}

Result<std::int64_t> OaiRepository::count(const oai::Selection& selection) const {
    const Selected query = selected(selection);
    std::int64_t counted = 0;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        counted = as_integer(TRY(transaction.query("SELECT COUNT(*)" + query.sql, query.parameters)).single());
        return Done{};
    }));
    return counted;
}

Result<std::optional<oai::Item>> OaiRepository::get(std::string_view identifier, std::string_view format) const {
    std::optional<oai::Item> found;
    const auto id = oai::id_of_identifier(identifier, address_.host());
    if (!id) return found;
    TRY(store_.read([&](Transaction& transaction) -> Result<Done> {
        const Rows rows = TRY(transaction.query(fmt::format("SELECT id, kind, field, state, updated_at FROM {} WHERE id = $1", entries), {*id}));
        if (!rows.empty()) found = TRY(item(transaction, rows.rows[0], format));
        return Done{};
    }));
    return found;
}

} // namespace greenbank::library
