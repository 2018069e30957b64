// thesaurus_exchange.cpp — SKOS out of the store, and a SKOS file against it.
#include "library/thesaurus/thesaurus_exchange.h"

#include <filesystem>

#include <fmt/format.h>

#include "api/call.h"
#include "api/files.h"
#include "api/jobs.h"
#include "api/kept_files.h"
#include "library/thesaurus/thesaurus_plan.h"
#include "parties/secrets.h"
#include "rdf/json_ld.h"
#include "rdf/rdf_xml.h"
#include "rdf/skos.h"
#include "rdf/turtle.h"
#include "search/folding.h"
#include "json/json.h"

namespace greenbank::library {

namespace {

namespace skos = rdf::skos;

constexpr std::int64_t file_bytes_max = 16 << 20;
skos::Labels labels_of(const Text& text) {
    skos::Labels labels;
    for (std::size_t i = 0; i < std::size(thesaurus_languages); ++i)
        if (!text.in(thesaurus_languages[i]).empty()) labels.push_back({text.in(thesaurus_languages[i]), std::string(thesaurus_language_codes[i])});
    return labels;
}
skos::Labels labels_of(const Keywords& words) {
    skos::Labels labels;
    for (std::size_t i = 0; i < std::size(thesaurus_languages); ++i)
        for (const std::string& one : list_in(words, thesaurus_languages[i])) labels.push_back({one, std::string(thesaurus_language_codes[i])});
    return labels;
}

std::string fingerprint_of(const std::string& bytes, const std::vector<ThesaurusConcept>& stored) {
    std::string versions;
    for (const ThesaurusConcept& one : stored) versions += fmt::format("{} {}\n", one.id.text, one.version);
    return parties::token_hash(parties::token_hash(bytes) + versions);
}

/// The bytes of a kept file.
Result<std::string> bytes_of(Store& store, const KeptFile& file) {
    if (file.bytes > file_bytes_max)
        return Error{Failure::too_large, "rdf.too_large", "The file is larger than {limit} bytes.", {{"limit", std::to_string(file_bytes_max)}}};
    struct Scratch {
        std::string path;
        ~Scratch() {
            std::error_code none;
            std::filesystem::remove(path, none);
        }
    } scratch{(std::filesystem::temp_directory_path() / fmt::format("greenbank-thesaurus-{}-{:x}", file.id.text, parties::random_number())).string()};
    TRY(spool_file(store, file.id, scratch.path));
    return read_file(scratch.path);
}

struct FileKey {
    Id<KeptFile> file;
};
Record describe(const FileKey*) { return {"thesaurus_file", "A SKOS file that was sent.", {field<&FileKey::file>("file", "Its id.")}}; }

struct Taking {
    Id<KeptFile> file;
    std::string fingerprint;
    bool publish = true;
    std::optional<std::string> language;
};
Record describe(const Taking*) {
    return {"thesaurus_import_request", "Takes a SKOS file into the thesaurus.",
        {field<&Taking::file>("file", "The file that was sent."),
            field<&Taking::fingerprint>("fingerprint", "As thesaurus_check gave it: what is taken is what was shown.", {.min = 1, .max = 100}),
            field<&Taking::publish>("publish", "New concepts come into force at once; else they are drafts.", {.defaulted = true}),
            field<&Taking::language>("language", "In which problems are told.", {.max = 2})}};
}

Result<ThesaurusDifference> thesaurus_check(const PublicAddress& address, Store& store, const Caller& caller, const FileKey& key) {
    KeptFile file;
    std::vector<ThesaurusConcept> stored;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        file = TRY(own_file(transaction, caller, key.file));
        stored = TRY(all_concepts(transaction));
        return Done{};
    }));
    const std::string bytes = TRY(bytes_of(store, file));
    const std::string fingerprint = fingerprint_of(bytes, stored);
    ThesaurusPlan plan = TRY(plan_thesaurus(TRY(read_graph_file(bytes, file.name)), std::move(stored), address, caller.language));
    plan.difference.fingerprint = fingerprint;
    return std::move(plan.difference);
}

Result<Job> thesaurus_import(Transaction& transaction, const Caller& caller, const Taking& request) {
    TRY(own_file(transaction, caller, request.file));
    Taking asked = request;
    asked.language = std::string(thesaurus_language_codes[static_cast<std::size_t>(caller.language)]);
    return start_job(transaction, caller, "thesaurus_import", to_json(asked));
}

Result<std::string> take(JobRun& run, const PublicAddress& address) {
    const Taking asked = TRY(from_json<Taking>(run.request()));
    KeptFile file;
    TRY(run.store().read([&](Transaction& transaction) -> Result<Done> { return file = TRY(own_file(transaction, run.caller(), asked.file)), Done{}; }));
    const std::string bytes = TRY(bytes_of(run.store(), file));
    const rdf::Graph graph = TRY(read_graph_file(bytes, file.name));
    run.report(0, 1);
    ThesaurusDifference difference;
    TRY(run.store().write([&](Transaction& transaction) -> Result<Done> {
        const Caller& caller = run.caller();
        auto stored = TRY(all_concepts(transaction));
        if (fingerprint_of(bytes, stored) != asked.fingerprint)
            return Error{Failure::conflict, "concept.changed_since", "The thesaurus or the file has changed since the difference was shown; look at it again."};
        ThesaurusPlan plan = TRY(plan_thesaurus(graph, std::move(stored), address, Language::en));
        std::string last;
        for (ThesaurusPlan::Step& step : plan.steps) {
            ThesaurusConcept& entry = step.after;
            entry.updated_at = caller.now;
            if (step.before) {
                TRY(keep_found(transaction, caller, face_of(*step.before)));
                TRY(transaction.update(entry));
            } else {
                entry.state = asked.publish ? State::published : State::draft;
                entry.created_at = caller.now;
                TRY(transaction.insert(entry));
            }
            TRY(keep_version(transaction, caller, face_of(entry), "import"));
            last = entry.id.text;
        }
        difference = std::move(plan.difference);
        return last.empty() ? Result<Done>(Done{}) : transaction.announce(std::string(concept_record), last, false); // who hears one reads all
    }));
    run.report(1, 1);
    return fmt::format(
        R"({{"added":{},"changed":{},"unchanged":{},"faulty":{}}})", difference.added, difference.changed, difference.unchanged, difference.faulty);
}

} // namespace

Result<rdf::Graph> thesaurus_graph(Store& store, const PublicAddress& address) {
    std::vector<ThesaurusConcept> concepts;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> { return concepts = TRY(all_concepts(transaction)), Done{}; }));
    std::erase_if(concepts, [](const ThesaurusConcept& one) { return one.state != State::published; });
    skos::ConceptScheme scheme{
        .iri = scheme_iri(address), .titles = {{"绿色技术叙词表", "zh"}, {"Thesaurus of green technology", "en"}, {"Тезаурус зелёных технологий", "ru"}}};
    std::map<std::string, std::string> iris; // by id
    for (const ThesaurusConcept& one : concepts) {
        iris.emplace(one.id.text, fmt::format("{}/{}", scheme.iri, one.code));
        if (!scheme.modified || one.updated_at > *scheme.modified) scheme.modified = one.updated_at;
    }
    for (const ThesaurusConcept& one : concepts) {
        skos::Concept made{.iri = iris.at(one.id.text),
            .notations = {one.code},
            .preferred = labels_of(one.name),
            .alternative = labels_of(one.alternative),
            .hidden = labels_of(one.hidden),
            .definitions = {},
            .scope_notes = labels_of(one.scope_note)};
        for (const auto& [from, to] : {std::pair(&one.broader, &made.broader), {&one.related, &made.related}})
            for (const auto& id : *from)
                if (const auto found = iris.find(id.text); found != iris.end()) to->push_back(found->second);
        scheme.concepts.push_back(std::move(made));
    }
    return skos::graph_of(scheme);
}

Result<rdf::Graph> read_graph_file(std::string_view bytes, std::string_view name) {
    const auto ends = [&](std::string_view end) { return name.size() > end.size() && search::fold(name).ends_with(end); };
    const std::string_view begin = trim(bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3, 200) : bytes.substr(0, 200));
    const rdf::ReadLimits limits{.bytes_max = static_cast<std::size_t>(file_bytes_max), .triples_max = 400'000, .terms_bytes_max = 64 << 20};
    if (ends(".jsonld") || ends(".json") || (!ends(".ttl") && (begin.starts_with('{') || begin.starts_with('[')))) return rdf::read_json_ld(bytes, "", limits);
    if (ends(".rdf") || ends(".xml") || ends(".owl") || (!ends(".ttl") && (begin.starts_with("<?xml") || begin.starts_with("<rdf:"))))
        return rdf::read_rdf_xml(bytes, "", limits);
    return rdf::read_turtle(bytes, "", limits);
}

std::vector<Endpoint> thesaurus_exchange_endpoints(const PublicAddress& address) {
    return {
        // clang-format off
        {"thesaurus_check", Method::post, "/thesaurus-check", "What taking a SKOS file would do to the thesaurus; nothing is stored.", Mode::compute, edit_thesaurus,
         call(address, thesaurus_check)},
        {"thesaurus_import", Method::post, "/thesaurus-import", "Take a SKOS file into the thesaurus, as a job.", Mode::write, edit_thesaurus, call(thesaurus_import)},
        // clang-format on
    };
}

std::vector<JobKind> thesaurus_exchange_jobs(const PublicAddress& address) {
    return {{"thesaurus_import", "Takes a SKOS file into the thesaurus.", edit_thesaurus, [&address](JobRun& run) { return take(run, address); }}};
}

} // namespace greenbank::library
