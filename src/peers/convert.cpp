// convert.cpp — trees and Dublin Core into described records.
#include "peers/convert.h"

#include <charconv>

#include <fmt/format.h>

#include "api/words.h"
#include "library/publishing/oai_repository.h"
#include "library/rules.h"
#include "peers/engine/scripts.h"
#include "search/folding.h"
#include "json/json.h"

namespace greenbank::peers {

namespace {

using library::CapitalOffer;
using library::Need;
using library::Provenance;
using library::Technology;

constexpr std::size_t title_characters_max = 300, summary_characters_max = 1000, description_characters_max = 10'000, keywords_max = 20,
                      keyword_characters_max = 60;

bool is_link(std::string_view text) {
    Problems problems;
    library::check_link(std::string(text), "page", problems);
    return problems.empty() && text.size() <= 2000;
}

// ---- whole entries ----------------------------------------------------------------------------------------------

Text text_of(const oai::Tree& tree) {
    Text text;
    for (const oai::Tree& part : tree.children)
        if (const auto language = parse_language(part.name); language && part.kind == oai::Tree::Kind::text)
            text.in(*language) = shortened(part.value, title_characters_max);
    return text;
}

/// Only what a person may enter is taken; what the home set itself is told by the provenance, and what we do not know is passed over:
/// the peer may be a newer edition.
template <class T> Result<Entry> whole(const oai::Tree& tree, Provenance provenance) {
    const Record& record = record_of<T>();
    oai::Tree kept = oai::Tree::object({});
    for (const oai::Tree& member : tree.children)
        // Stages of disclosure are its home's business: what came by OAI-PMH is public.
        if (const Field* field = record.find(member.name); field && !field->traits.read_only && member.name != "disclosure") kept.children.push_back(member);
    T entry = TRY(from_json<T>(oai::json_of(kept)));
    const oai::Tree *sample = tree.find("sample"), *page = tree.find(library::page_member), *holder = tree.find(library::holder_name_member);
    entry.sample = sample && sample->kind == oai::Tree::Kind::boolean && sample->value == "true";
    if (page && page->kind == oai::Tree::Kind::text && is_link(page->value)) provenance.page = page->value;
    if (holder && holder->kind == oai::Tree::Kind::object) provenance.holder_name = text_of(*holder);
    entry.peer = provenance.peer;
    entry.provenance = std::move(provenance);
    return Entry{std::move(entry)};
}

// ---- poor entries -----------------------------------------------------------------------------------------------

Language language_of(const oai::DublinText& text) {
    if (const auto named = parse_language(text.language)) return *named;
    return language_by_letters(text.text);
}

/// The first text of each language.
Text first_of_each(const oai::DublinTexts& texts, std::size_t characters_max) {
    Text all;
    for (const oai::DublinText& text : texts)
        if (std::string& into = all.in(language_of(text)); into.empty()) into = shortened(text.text, characters_max);
    return all;
}

std::optional<TechnologyField> field_named_in(const oai::DublinTexts& subjects) {
    for (const oai::DublinText& subject : subjects) {
        const std::string said = search::fold(subject.text);
        for (const std::string_view field : Choices<TechnologyField>::values) {
            const Text* name = find_word(fmt::format("choice.technology_field.{}", field));
            if (said == search::fold(field) || (name && (said == search::fold(name->zh) || said == search::fold(name->en) || said == search::fold(name->ru))))
                return parse_choice<TechnologyField>(field);
        }
    }
    return {};
}

Result<Entry> poor(const oai::DublinCore& record, const Peer& peer, Provenance provenance) {
    Technology entry;
    entry.title = first_of_each(record.titles, title_characters_max);
    if (entry.title.empty()) return Error{Failure::invalid, "peer.no_title", "The record has no title."};
    entry.summary = first_of_each(record.descriptions, summary_characters_max);
    if (entry.summary.empty()) entry.summary = entry.title;
    entry.description = first_of_each(record.descriptions, description_characters_max);
    const auto field = field_named_in(record.subjects);
    if (!field && !peer.field)
        return Error{
            Failure::invalid, "peer.no_field", "None of the record's subjects names one of the six fields, and the peer has no field for such records."};
    entry.field = field.value_or(peer.field.value_or(TechnologyField::water));
    for (const oai::DublinText& subject : record.subjects) {
        const Language language = language_of(subject);
        auto& words = language == Language::zh ? entry.keywords.zh : language == Language::ru ? entry.keywords.ru : entry.keywords.en;
        if (words.size() < keywords_max && length_in_characters(subject.text) <= keyword_characters_max) words.push_back(subject.text);
    }
    entry.origin = peer.country;
    entry.territories = {peer.country};
    for (const auto* texts : {&record.identifiers, &record.relations})
        for (const oai::DublinText& text : *texts)
            if (!provenance.page && is_link(text.text)) provenance.page = text.text;
    provenance.holder_name = first_of_each(record.creators.empty() ? record.publishers : record.creators, title_characters_max);
    provenance.poor = true;
    entry.peer = provenance.peer;
    entry.provenance = std::move(provenance);
    TRY(validate(entry));
    return Entry{std::move(entry)};
}

} // namespace

std::optional<std::int64_t> number_of(const oai::HarvestedRecord& record) {
    const oai::Tree* version = record.full ? record.full->find("version") : nullptr;
    if (!version || version->kind != oai::Tree::Kind::number) return {};
    std::int64_t number = 0;
    const char* const end = version->value.data() + version->value.size();
    const auto [last, failure] = std::from_chars(version->value.data(), end, number);
    return failure == std::errc{} && last == end && number >= 1 ? std::optional(number) : std::nullopt;
}

Result<Entry> entry_of(const oai::HarvestedRecord& record, const Peer& peer, Time now) {
    Provenance provenance{.peer = peer.id.text,
        .peer_name = peer.name,
        .country = peer.country,
        .identifier = record.header.identifier,
        .page = {},
        .holder_name = {},
        .number = number_of(record),
        .changed_at = record.header.datestamp,
        .harvested_at = now};
    if (record.full) {
        if (record.full->name == record_of<Technology>().name) return whole<Technology>(*record.full, std::move(provenance));
        if (record.full->name == record_of<Need>().name) return whole<Need>(*record.full, std::move(provenance));
        if (record.full->name == record_of<CapitalOffer>().name) return whole<CapitalOffer>(*record.full, std::move(provenance));
        return Error{Failure::invalid, "peer.kind", "A record of the kind {kind} is not known here.", {{"kind", record.full->name.substr(0, 60)}}};
    }
    if (record.dublin_core) return poor(*record.dublin_core, peer, std::move(provenance));
    return Error{Failure::invalid, "peer.format", "The record is in none of the formats that are read here."};
}

} // namespace greenbank::peers
