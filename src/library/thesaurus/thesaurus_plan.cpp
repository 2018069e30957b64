// thesaurus_plan.cpp — codes for concepts, their labels and links by language, clashes, and what differs.
#include "library/thesaurus/thesaurus_plan.h"

#include <set>

#include <fmt/format.h>

#include "api/words.h"
#include "library/engine/difference.h"
#include "rdf/skos.h"
#include "search/folding.h"
#include "search/reading.h"
#include "json/value_tree.h"

namespace greenbank::library {

namespace {

namespace skos = rdf::skos;

/// Ours by "zh-Hans", "en-GB"; a label without a language by its script.
std::optional<Language> language_of(const skos::Label& label) {
    if (label.language.empty()) return search::language_of(label.text);
    const std::string_view primary = std::string_view(label.language).substr(0, label.language.find('-'));
    for (std::size_t i = 0; i < std::size(thesaurus_languages); ++i)
        if (primary == thesaurus_language_codes[i]) return thesaurus_languages[i];
    return {};
}

class Planner {
public:
    Planner(std::vector<ThesaurusConcept> stored, const PublicAddress& address, Language language) :
        stored_(std::move(stored)), address_(address), language_(language) {
        for (const ThesaurusConcept& one : stored_) by_code_.emplace(one.code, &one);
    }

    Result<ThesaurusPlan> run(const rdf::Graph& graph) {
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
        for (ThesaurusPlan::Step& step : plan_.steps) compare(step);
        std::erase_if(plan_.steps, [](const ThesaurusPlan::Step& step) { return step.before && step.before->version == 0; });
        plan_.difference.faulty = static_cast<std::int64_t>(faulty_.size());
        return std::move(plan_);
    }

private:
    void tell(const std::string& entry, const Problem& problem) {
        faulty_.insert(entry);
        if (plan_.difference.problems.size() < thesaurus_items_max)
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
        ThesaurusPlan::Step step;
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
        for (const Language language : thesaurus_languages)
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
        for (const ThesaurusPlan::Step& step : plan_.steps) in_plan.insert(step.after.code);
        const auto learn = [&](const ThesaurusConcept& one) -> std::string {
            for (const Language language : thesaurus_languages) {
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
        for (const ThesaurusPlan::Step& step : plan_.steps) above[step.after.id.text] = step.after.broader;
        std::vector<ThesaurusPlan::Step> kept;
        for (std::size_t i = 0; i < plan_.steps.size(); ++i) {
            ThesaurusPlan::Step& step = plan_.steps[i];
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
        for (const ThesaurusPlan::Step& step : plan_.steps) there.insert(step.after.id.text);
        for (ThesaurusPlan::Step& step : plan_.steps)
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

    void compare(ThesaurusPlan::Step& step) {
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
        else if (difference.items.size() < thesaurus_items_max) difference.items.push_back(std::move(item));
    }

    std::vector<ThesaurusConcept> stored_;
    const PublicAddress& address_;
    Language language_;
    std::map<std::string, const ThesaurusConcept*> by_code_;
    std::map<std::string, std::string> codes_; // by IRI
    std::set<std::string> taken_, faulty_;
    std::vector<std::string> iris_; // of the steps
    ThesaurusPlan plan_;
};

} // namespace

Result<ThesaurusPlan> plan_thesaurus(const rdf::Graph& graph, std::vector<ThesaurusConcept> stored, const PublicAddress& address, Language language) {
    return Planner(std::move(stored), address, language).run(graph);
}

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

} // namespace greenbank::library
