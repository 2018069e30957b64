// thesaurus_exchange.cpp — SKOS out of the store, and a SKOS file against it.
#include "library/thesaurus_exchange.h"

#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "api/call.h"
#include "api/files.h"
#include "api/jobs.h"
#include "api/kept_files.h"
#include "api/words.h"
#include "library/engine/difference.h"
#include "parties/secrets.h"
#include "rdf/json_ld.h"
#include "rdf/rdf_xml.h"
#include "rdf/skos.h"
#include "rdf/turtle.h"
#include "search/folding.h"
#include "search/reading.h"
#include "json/value_tree.h"

namespace greenbank::library {

namespace {

namespace skos = rdf::skos;

constexpr std::int64_t file_bytes_max = 16 << 20;
constexpr std::size_t items_max = 500;

constexpr Language languages[] = {Language::zh, Language::en, Language::ru};
constexpr std::string_view codes[] = {"zh", "en", "ru"};

std::vector<std::string>& list_in(Keywords& words, Language language) {
    return language == Language::zh ? words.zh : language == Language::en ? words.en : words.ru;
}
const std::vector<std::string>& list_in(const Keywords& words, Language language) { return list_in(const_cast<Keywords&>(words), language); }

skos::Labels labels_of(const Text& text) {
    skos::Labels labels;
    for (std::size_t i = 0; i < std::size(languages); ++i)
        if (!text.in(languages[i]).empty()) labels.push_back({text.in(languages[i]), std::string(codes[i])});
    return labels;
}
skos::Labels labels_of(const Keywords& words) {
    skos::Labels labels;
    for (std::size_t i = 0; i < std::size(languages); ++i)
        for (const std::string& one : list_in(words, languages[i])) labels.push_back({one, std::string(codes[i])});
    return labels;
}

std::string scheme_iri(const PublicAddress& address) { return address.base + "/thesaurus"; }

/// Ours by "zh-Hans", "en-GB"; a label without a language by its script.
std::optional<Language> language_of(const skos::Label& label) {
    if (label.language.empty()) return search::language_of(label.text);
    const std::string_view primary = std::string_view(label.language).substr(0, label.language.find('-'));
    for (std::size_t i = 0; i < std::size(languages); ++i)
        if (primary == codes[i]) return languages[i];
    return {};
}

/// What a file would make of the thesaurus.
struct Plan {
    struct Step {
        std::optional<ThesaurusConcept> before;
        ThesaurusConcept after;
    };
    std::vector<Step> steps;
    ThesaurusDifference difference;
};

class Planner {
public:
    Planner(std::vector<ThesaurusConcept> stored, const PublicAddress& address, Language language) :
        stored_(std::move(stored)), address_(address), language_(language) {
        for (const ThesaurusConcept& one : stored_) by_code_.emplace(one.code, &one);
    }

    Result<Plan> run(const rdf::Graph& graph) {
        Problems problems;
        const skos::ConceptScheme scheme = TRY(skos::read_concept_scheme(graph, "", &problems));
        if (problems.size() >= skos::problems_max) return invalid(std::move(problems)); // more may be faulty than were told
        if (scheme.concepts.size() + stored_.size() > concepts_max)
            return Error{Failure::too_large, "concept.too_many", "A thesaurus has at most {limit} concepts.", {{"limit", std::to_string(concepts_max)}}};
        std::set<std::string> faulty;
        for (const Problem& one : problems) faulty.insert(one.field), tell(one.field, one);
        for (const skos::Concept& one : scheme.concepts)
            if (!faulty.contains(one.iri)) give_code(one);
        for (const skos::Concept& one : scheme.concepts)
            if (codes_.contains(one.iri)) take(one);
        drop_what_clashes();
        for (Plan::Step& step : plan_.steps) compare(step);
        std::erase_if(plan_.steps, [](const Plan::Step& step) { return step.before && step.before->version == 0; });
        plan_.difference.faulty = static_cast<std::int64_t>(faulty_.size());
        return std::move(plan_);
    }

private:
    void tell(const std::string& entry, const Problem& problem) {
        faulty_.insert(entry);
        if (plan_.difference.problems.size() < items_max)
            plan_.difference.problems.push_back({entry, sentence(problem.code, problem.message, problem.parameters, language_)});
    }

    /// Our own IRI, a notation that is one of our codes or could be, the English label, the end of the IRI.
    void give_code(const skos::Concept& one) {
        std::string code;
        const std::string ours = scheme_iri(address_) + "/";
        if (one.iri.starts_with(ours)) code = one.iri.substr(ours.size());
        for (const std::string& notation : one.notations)
            if (code.empty() && code_from(notation) == notation && notation.find_first_not_of("0123456789") != std::string::npos) code = notation;
        for (const skos::Label& label : one.preferred)
            if (code.empty() && language_of(label) == Language::en) code = code_from(label.text);
        if (code.empty()) code = "c_" + code_from(std::string_view(one.iri).substr(one.iri.find_last_of("/#") + 1));
        if (!taken_.insert(code).second)
            return tell(one.iri, {"", "concept.code_twice", "Two concepts of the file come to the code {code}.", {{"code", code}}});
        codes_.emplace(one.iri, code);
    }

    std::optional<Id<ThesaurusConcept>> id_of(const std::string& iri) const {
        const auto code = codes_.find(iri);
        if (code == codes_.end()) return {};
        const auto known = by_code_.find(code->second);
        return known != by_code_.end() ? known->second->id : Id<ThesaurusConcept>(fmt::format("{}_{}", ThesaurusConcept::id_prefix, code->second));
    }

    void take(const skos::Concept& one) {
        const std::string& code = codes_.at(one.iri);
        const auto known = by_code_.find(code);
        Plan::Step step;
        if (known != by_code_.end()) step.before = *known->second, step.after = *known->second;
        ThesaurusConcept& entry = step.after;
        entry.code = code;
        entry.id = *id_of(one.iri);
        Text name, note;
        Keywords alternative, hidden;
        std::set<Language> spoken;
        const auto each = [&](const skos::Labels& labels, auto put) {
            for (const skos::Label& label : labels) {
                const auto language = language_of(label);
                if (!language) ++plan_.difference.labels_passed_over;
                else spoken.insert(*language), put(*language, std::string(trim(label.text)));
            }
        };
        const auto put_alternative = [&](Language language, std::string text) {
            auto& list = list_in(alternative, language);
            if (text != name.in(language) && std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
        };
        each(one.preferred, [&](Language language, std::string text) {
            if (name.in(language).empty()) name.in(language) = std::move(text);
            else put_alternative(language, std::move(text)); // zh-Hans and zh-Hant
        });
        each(one.alternative, put_alternative);
        each(one.hidden, [&](Language language, std::string text) { list_in(hidden, language).push_back(std::move(text)); });
        for (const skos::Labels* notes : {&one.scope_notes, &one.definitions})
            for (const skos::Label& label : *notes)
                if (const auto language = language_of(label); language && note.in(*language).empty()) note.in(*language) = label.text;
        for (const Language language : spoken) { // a language that the file does not speak stays as it is
            entry.name.in(language) = name.in(language);
            list_in(entry.alternative, language) = in_old_order(list_in(entry.alternative, language), list_in(alternative, language));
            list_in(entry.hidden, language) = in_old_order(list_in(entry.hidden, language), list_in(hidden, language));
        }
        for (const Language language : languages)
            if (!note.in(language).empty()) entry.scope_note.in(language) = note.in(language);
        entry.broader = links(one.broader, entry.broader);
        entry.related = links(one.related, entry.related);
        Problems problems;
        validate(record_of<ThesaurusConcept>(), &entry, problems);
        for (const Problem& problem : problems) tell(one.iri, problem);
        if (problems.empty()) plan_.steps.push_back(std::move(step)), iris_.push_back(one.iri);
    }

    /// A graph has no order: what was there keeps its place, so that a file that we wrote changes nothing.
    template <class T> static std::vector<T> in_old_order(const std::vector<T>& old, std::vector<T> now) {
        std::vector<T> made;
        for (const T& one : old)
            if (const auto found = std::find(now.begin(), now.end(), one); found != now.end()) made.push_back(one), now.erase(found);
        made.insert(made.end(), now.begin(), now.end());
        return made;
    }
    std::vector<Id<ThesaurusConcept>> links(const std::vector<std::string>& iris, const std::vector<Id<ThesaurusConcept>>& old) const {
        std::vector<Id<ThesaurusConcept>> made;
        for (const std::string& iri : iris)
            if (const auto id = id_of(iri); id && std::find(made.begin(), made.end(), *id) == made.end()) made.push_back(*id);
        return in_old_order(old, std::move(made));
    }

    /// Preferred labels that two concepts would have, links to what is not there, circles over file and store.
    void drop_what_clashes() {
        std::map<std::string, std::vector<Id<ThesaurusConcept>>> above; // by id
        std::map<std::pair<int, std::string>, std::string> labels;      // language and folded label to code
        std::set<std::string> in_plan;
        for (const Plan::Step& step : plan_.steps) in_plan.insert(step.after.code);
        const auto learn = [&](const ThesaurusConcept& one) -> std::string {
            for (const Language language : languages) {
                const std::string label = search::fold(trim(one.name.in(language)));
                if (label.empty()) continue;
                const auto [found, fresh] = labels.try_emplace({static_cast<int>(language), label}, one.code);
                if (!fresh && found->second != one.code) return found->second;
            }
            return "";
        };
        for (const ThesaurusConcept& one : stored_) {
            above[one.id.text] = one.broader;
            if (one.state != State::withdrawn && !in_plan.contains(one.code)) learn(one);
        }
        for (const Plan::Step& step : plan_.steps) above[step.after.id.text] = step.after.broader;
        std::vector<Plan::Step> kept;
        for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
            Plan::Step& step = plan_.steps[i];
            if (const std::string other = learn(step.after); !other.empty()) {
                tell(iris_[i], {"", "concept.label_taken", "The concept {code} has this preferred label.", {{"code", other}}});
                continue;
            }
            if (is_in_circle(step.after, above)) {
                tell(iris_[i], {"", "concept.circle", "A concept cannot stand above itself; one of these stands below it."});
                continue;
            }
            kept.push_back(std::move(step));
        }
        plan_.steps = std::move(kept);
        // Links to concepts that were left out end here.
        std::set<std::string> there;
        for (const ThesaurusConcept& one : stored_) there.insert(one.id.text);
        for (const Plan::Step& step : plan_.steps) there.insert(step.after.id.text);
        for (Plan::Step& step : plan_.steps)
            for (auto* links : {&step.after.broader, &step.after.related})
                std::erase_if(*links, [&](const Id<ThesaurusConcept>& one) { return !there.contains(one.text); });
    }

    static bool is_in_circle(const ThesaurusConcept& entry, const std::map<std::string, std::vector<Id<ThesaurusConcept>>>& above) {
        std::vector<std::string> way;
        std::set<std::string> seen;
        for (const auto& one : entry.broader) way.push_back(one.text);
        while (!way.empty()) {
            const std::string at = std::move(way.back());
            way.pop_back();
            if (at == entry.id.text) return true;
            if (!seen.insert(at).second) continue;
            if (const auto found = above.find(at); found != above.end())
                for (const auto& one : found->second) way.push_back(one.text);
        }
        return false;
    }

    void compare(Plan::Step& step) {
        ThesaurusDifference& difference = plan_.difference;
        const auto tree_of = [](const ThesaurusConcept& one) {
            ValueTree tree = read_value_tree(to_json(one)).value();
            std::erase_if(tree.members, [](const auto& member) {
                static const std::set<std::string, std::less<>> shown = {"name", "alternative", "hidden", "scope_note", "broader", "related"};
                return !shown.contains(member.first);
            });
            return tree;
        };
        ThesaurusChange item{step.after.code, step.after.name, ThesaurusAction::added, {}};
        if (step.before) {
            for (const Difference& one : greenbank::library::difference(tree_of(*step.before), tree_of(step.after))) {
                DifferenceItem made{one.path, {}, {}};
                if (one.before) made.before = to_json(*one.before);
                if (one.after) made.after = to_json(*one.after);
                item.changes.push_back(std::move(made));
            }
            item.action = item.changes.empty() ? ThesaurusAction::unchanged : ThesaurusAction::changed;
        }
        ++(item.action == ThesaurusAction::added ? difference.added : item.action == ThesaurusAction::changed ? difference.changed : difference.unchanged);
        if (item.action == ThesaurusAction::unchanged) step.before->version = 0; // nothing to do
        else if (difference.items.size() < items_max) difference.items.push_back(std::move(item));
    }

    std::vector<ThesaurusConcept> stored_;
    const PublicAddress& address_;
    Language language_;
    std::map<std::string, const ThesaurusConcept*> by_code_;
    std::map<std::string, std::string> codes_; // by IRI
    std::set<std::string> taken_, faulty_;
    std::vector<std::string> iris_; // of the steps
    Plan plan_;
};

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

Result<ThesaurusDifference> thesaurus_check(Store& store, const Caller& caller, const PublicAddress& address, const FileKey& key) {
    KeptFile file;
    std::vector<ThesaurusConcept> stored;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        file = TRY(own_file(transaction, caller, key.file));
        stored = TRY(all_concepts(transaction));
        return Done{};
    }));
    const std::string bytes = TRY(bytes_of(store, file));
    const std::string fingerprint = fingerprint_of(bytes, stored);
    Plan plan = TRY(Planner(std::move(stored), address, caller.language).run(TRY(read_graph_file(bytes, file.name))));
    plan.difference.fingerprint = fingerprint;
    return std::move(plan.difference);
}

Result<Job> thesaurus_import(Transaction& transaction, const Caller& caller, const Taking& request) {
    TRY(own_file(transaction, caller, request.file));
    Taking asked = request;
    asked.language = std::string(codes[static_cast<std::size_t>(caller.language)]);
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
        Plan plan = TRY(Planner(std::move(stored), address, Language::en).run(graph));
        std::string last;
        for (Plan::Step& step : plan.steps) {
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

Record describe(const ThesaurusChange*) {
    return {"thesaurus_change", "What taking a file would do to one concept.",
        {field<&ThesaurusChange::code>("code", "Its code."), field<&ThesaurusChange::name>("name", "Its preferred label."),
            field<&ThesaurusChange::action>("action", "Added or changed."), field<&ThesaurusChange::changes>("changes", "What differs.", {.max = 1000})}};
}
Record describe(const ThesaurusProblem*) {
    return {"thesaurus_problem", "A concept of the file that is left out.",
        {field<&ThesaurusProblem::entry>("entry", "Its IRI."), field<&ThesaurusProblem::sentence>("sentence", "What is wrong.")}};
}
Record describe(const ThesaurusDifference*) {
    return {"thesaurus_difference", "What taking a file would do to the thesaurus.",
        {field<&ThesaurusDifference::added>("added", "Concepts that are new."), field<&ThesaurusDifference::changed>("changed", "Concepts that change."),
            field<&ThesaurusDifference::unchanged>("unchanged", "Concepts that are so already."),
            field<&ThesaurusDifference::faulty>("faulty", "Concepts that are left out."),
            field<&ThesaurusDifference::labels_passed_over>("labels_passed_over", "Labels in other languages than ours."),
            field<&ThesaurusDifference::items>("items", "The first ones that are new or change.", {.max = 1000}),
            field<&ThesaurusDifference::problems>("problems", "Why concepts are left out.", {.max = 1000}),
            field<&ThesaurusDifference::fingerprint>("fingerprint", "Names this difference when the file is taken.")}};
}

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
         call([&address](Store& store, const Caller& caller, const FileKey& key) -> Result<ThesaurusDifference> { return thesaurus_check(store, caller, address, key); })},
        {"thesaurus_import", Method::post, "/thesaurus-import", "Take a SKOS file into the thesaurus, as a job.", Mode::write, edit_thesaurus, call(thesaurus_import)},
        // clang-format on
    };
}

std::vector<JobKind> thesaurus_exchange_jobs(const PublicAddress& address) {
    return {{"thesaurus_import", "Takes a SKOS file into the thesaurus.", edit_thesaurus, [&address](JobRun& run) { return take(run, address); }}};
}

} // namespace greenbank::library
