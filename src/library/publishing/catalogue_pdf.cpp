// catalogue_pdf.cpp — entries as blocks of a document.
#include "library/publishing/catalogue_pdf.h"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "api/call.h"
#include "api/figures.h"
#include "api/kept_files.h"
#include "api/words.h"
#include "library/assessment/assessment_records.h"
#include "library/entries.h"
#include "library/publishing/publication.h"
#include "library/versions.h"
#include "paper/paper.h"
#include "json/json.h"

namespace greenbank::library {

namespace {

struct CatalogueKey {
    Id<Edition> id;
};
Record describe(const CatalogueKey*) { return {"catalogue_key", "Names an edition of the catalogue.", {field<&CatalogueKey::id>("id", "Its id.")}}; }

std::string choice_word(std::string_view choice, std::string_view code, Language language) { return word(fmt::format("choice.{}.{}", choice, code), language); }
std::string label(std::string_view field, Language language) { return word(fmt::format("field.technology.{}", field), language); }

std::string names_of(const Vocabulary& vocabulary, const std::vector<std::string>& codes, Language language) {
    std::string all;
    for (const std::string& code : codes) {
        const Term* term = vocabulary.find(code);
        if (!all.empty()) all += language == Language::zh ? "、" : ", ";
        all += term ? term->name.best(language) : code;
    }
    return all;
}

/// Public knowledge has its source beneath it and needs no badge; it is nobody's official figure.
std::optional<paper::Status> status_of(FigureStatus status) {
    if (status == FigureStatus::public_) return {};
    return status == FigureStatus::sample ? paper::Status::sample : paper::Status::unconfirmed;
}

/// One technology under a heading of that level.
std::vector<paper::Block> blocks_of(const Technology& entry, const std::string& holder, Language language, int level) {
    std::vector<paper::Block> blocks;
    blocks.push_back(paper::Heading{level, entry.title.best(language)});
    blocks.push_back(paper::Paragraph{entry.summary.best(language)});
    paper::Facts facts;
    const auto add = [&](std::string_view name, std::string value) {
        if (!value.empty()) facts.facts.push_back({label(name, language), std::move(value)});
    };
    add("holder", entry.provenance && holder.empty() ? entry.provenance->holder_name.best(language) : holder);
    if (entry.provenance) add("provenance", fmt::format("{} · {}", entry.provenance->peer_name, entry.provenance->identifier));
    add("field", choice_word("technology_field", name_of(entry.field), language));
    add("classes", names_of(reference().classes, entry.classes, language));
    add("readiness", fmt::format("{} · {}", choice_word("readiness_scale", name_of(entry.readiness.scale), language), entry.readiness.level));
    const Figures written(language);
    const auto add_cost = [&](std::string_view name, const std::optional<Money>& cost, const std::optional<std::string>& per) {
        if (cost) add(name, per ? fmt::format("{} / {}", written.money(*cost), written.unit(*per)) : written.money(*cost));
    };
    if (entry.capacity_min) add("capacity_min", written.quantity(entry.capacity_min->value, entry.capacity_min->unit));
    if (entry.capacity_max) add("capacity_max", written.quantity(entry.capacity_max->value, entry.capacity_max->unit));
    add_cost("capital_cost", entry.capital_cost, entry.capital_cost_per);
    add_cost("operating_cost", entry.operating_cost, entry.operating_cost_per);
    add("territories", names_of(reference().countries, entry.territories, language));
    std::string cooperation;
    for (const Cooperation each : entry.cooperation)
        (cooperation += cooperation.empty() ? "" : language == Language::zh ? "、" : ", ") += choice_word("cooperation", name_of(each), language);
    add("cooperation", cooperation);
    add("origin", names_of(reference().countries, {entry.origin}, language));
    blocks.push_back(std::move(facts));
    if (!entry.figures.empty()) {
        paper::Facts figures{.title = label("figures", language), .facts = {}};
        for (const Figure& figure : entry.figures) {
            const Term* indicator = reference().indicators.find(figure.indicator);
            figures.facts.push_back({indicator ? indicator->name.best(language) : figure.indicator,
                written.range(figure.low, figure.high.value_or(figure.low), figure.unit), figure.source, status_of(figure.status)});
        }
        blocks.push_back(std::move(figures));
    }
    if (!entry.description.empty()) blocks.push_back(paper::Paragraph{entry.description.best(language)});
    if (!entry.evidence.empty()) {
        paper::Table evidence{.title = label("evidence", language),
            .columns = {{word("field.evidence.kind", language)}, {word("field.evidence.title", language)},
                {word("field.evidence.year", language), paper::Align::right}, {word("field.evidence.country", language)}},
            .rows = {}};
        for (const Evidence& each : entry.evidence)
            evidence.rows.push_back({{choice_word("evidence_kind", name_of(each.kind), language), each.title.best(language), std::to_string(each.year),
                names_of(reference().countries, {each.country}, language)}});
        blocks.push_back(std::move(evidence));
    }
    return blocks;
}

Result<std::string> holder_name(Transaction& transaction, const Technology& entry, Language language) {
    if (!entry.holder) return std::string();
    const auto holder = TRY(transaction.find_one<Organisation>("id = $1", {entry.holder->text}));
    return holder ? holder->name.best(language) : std::string();
}

Result<Response> technology_pdf(
    Store& store, const Caller& caller, const PublicAddress& address, const parties::TransparencyLog& log, const Key<Technology>& key) {
    paper::Document document;
    DocumentStatement statement;
    bool is_public = false;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        caller.afterwards.clear();
        const Technology entry = TRY(entry_get(transaction, caller, key));
        document.front = front(caller, entry.title.best(caller.language), entry.sample);
        document.front.title_page = false;
        document.front.numbered = false;
        document.blocks = blocks_of(entry, TRY(holder_name(transaction, entry, caller.language)), caller.language, 2);
        document.blocks.erase(document.blocks.begin()); // the title stands above already
        document.blocks.push_back(online(caller, address.base + "/library/technologies/" + entry.id.text));
        // What everybody may see: the same for all who print it, and no hash of what is shown to some only, which could be guessed at.
        const Technology in_public = at_stage(TRY(transaction.get(key.id)), Disclosure::public_);
        statement = {"technology", entry.id.text, entry.version, in_public.title, face_of(in_public).content};
        is_public = entry.state == State::published;
        return Done{};
    }));
    if (auto proof = proof_of(store, caller, address, log, statement, is_public)) document.blocks.push_back(std::move(*proof));
    std::string pdf = TRY(paper::to_pdf(document));
    return inline_pdf(std::move(pdf), key.id.text);
}

/// The published technologies of an edition, by field, each field a chapter. The text goes through twice: measured, then drawn.
Result<Response> catalogue_pdf(Store& store, const Caller& caller, const PublicAddress& address, const parties::TransparencyLog& log, const CatalogueKey& key) {
    DocumentStatement statement;
    Edition edition;
    std::vector<std::string> ids[std::size(Choices<TechnologyField>::values)];
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        edition = TRY(transaction.get(key.id));
        if (edition.state == EditionState::draft && !caller.actor.may(manage_library)) return not_found(record_of<Edition>(), key.id.text);
        JsonWriter entries; // all that the catalogue prints, by version
        entries.begin_list();
        for (std::size_t field = 0; field < std::size(ids); ++field) {
            ids[field].clear();
            const Rows rows = TRY(transaction.query(
                "SELECT a.technology, t.version FROM admission a JOIN technology t ON t.id = a.technology WHERE a.edition = $1 AND a.state = 'published' AND "
                "a.field = $2 AND t.state = 'published' ORDER BY a.technology",
                {key.id.text, std::string(Choices<TechnologyField>::values[field])}));
            for (const auto& row : rows.rows) {
                ids[field].push_back(as_text(row[0]));
                entries.begin_list().text(as_text(row[0])).integer(as_integer(row[1])).end_list();
            }
        }
        statement = {"edition", edition.id.text, edition.version, edition.title, entries.end_list().take()};
        return Done{};
    }));
    std::optional<paper::Block> proof = proof_of(store, caller, address, log, statement, edition.state != EditionState::draft);
    paper::Front cover = front(caller, edition.title.best(caller.language), edition.sample);
    cover.subtitle = edition.summary.best(caller.language);
    cover.edition = fill_in(word("document.edition", caller.language), {{"number", std::to_string(edition.number)}});
    const std::string path = (std::filesystem::temp_directory_path() / fmt::format("greenbank-catalogue-{:016x}.pdf", caller.random.next())).string();
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    auto writer = TRY(paper::PdfWriter::open(cover, [&out](std::string_view bytes) -> Result<Done> {
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        return Done{};
    }));
    const auto pass = [&](auto take) -> Result<Done> {
        for (std::size_t field = 0; field < std::size(ids); ++field) {
            if (ids[field].empty()) continue;
            const paper::Block chapter[] = {paper::Heading{1, choice_word("technology_field", Choices<TechnologyField>::values[field], caller.language)}};
            TRY(take(chapter));
            for (const std::string& id : ids[field]) {
                std::vector<paper::Block> blocks;
                TRY(store.read([&](Transaction& transaction) -> Result<Done> {
                    const Technology entry = teaser(TRY(transaction.get(Id<Technology>(id))));
                    blocks = blocks_of(entry, TRY(holder_name(transaction, entry, caller.language)), caller.language, 2);
                    return Done{};
                }));
                TRY(take(blocks));
            }
        }
        return proof ? take(std::span(&*proof, 1)) : Done{};
    };
    TRY(pass([&](std::span<const paper::Block> blocks) { return writer.measure(blocks); }));
    TRY(pass([&](std::span<const paper::Block> blocks) { return writer.write(blocks); }));
    TRY(writer.finish());
    out.close();
    if (!out) return Error{Failure::storage_full, "file.unwritable", "The file {path} cannot be written.", {{"path", path}}};
    return file_response(path, fmt::format("{}.pdf", edition.title.best(caller.language)), "application/pdf");
}

} // namespace

std::vector<Endpoint> paper_endpoints(const PublicAddress& address, const parties::TransparencyLog& log) {
    return {
        // clang-format off
        {"technology_pdf", Method::get, "/technologies/{id}/pdf", "A technology as PDF.", Mode::compute, open_to_all,
         as_file("application/pdf", call([&address, &log](Store& store, const Caller& caller, const Key<Technology>& key) -> Result<Response> { return technology_pdf(store, caller, address, log, key); }))},
        {"edition_pdf", Method::get, "/editions/{id}/pdf", "A catalogue's edition as PDF, with a contents page.", Mode::compute, open_to_all,
         as_file("application/pdf", call([&address, &log](Store& store, const Caller& caller, const CatalogueKey& key) -> Result<Response> { return catalogue_pdf(store, caller, address, log, key); }))},
        // clang-format on
    };
}

} // namespace greenbank::library
