// thesaurus_endpoints.cpp — the librarian's operations: reading the tree, editing, merging, settling conflicts, usage.
#include <set>

#include <fmt/format.h>

#include "api/call.h"
#include "library/assessment/steps.h"
#include "library/thesaurus/thesaurus.h"
#include "search/folding.h"
#include "search/search.h"

namespace greenbank::library {

struct ConceptKey {
    Id<ThesaurusConcept> id;
};
Record describe(const ConceptKey*) { return {"concept_key", "Names a concept.", {field<&ConceptKey::id>("id", "Its id.")}}; }

struct ConceptWithdrawal {
    Id<ThesaurusConcept> id;
    std::optional<std::string> reason;
};
Record describe(const ConceptWithdrawal*) {
    return {"concept_withdrawal", "Takes a concept out of force.",
        {field<&ConceptWithdrawal::id>("id", "Its id."), field<&ConceptWithdrawal::reason>("reason", "Why.", {.min = 1, .max = 500})}};
}

struct ConceptMerge {
    Id<ThesaurusConcept> id, into;
};
Record describe(const ConceptMerge*) {
    return {"concept_merge_request", "Makes one concept of two.",
        {field<&ConceptMerge::id>("id", "The concept that goes; its labels and what stands below it go over."),
            field<&ConceptMerge::into>("into", "The concept that stays.")}};
}

struct ConceptChoice {
    Id<ThesaurusConcept> id;
    bool take_reference = false;
};
Record describe(const ConceptChoice*) {
    return {"concept_choice", "Settles a conflict with the reference data.",
        {field<&ConceptChoice::id>("id", "The concept."),
            field<&ConceptChoice::take_reference>("take_reference", "Take what the reference says; else what the bank edited stays.")}};
}

struct TreeRequest {
    std::optional<Id<ThesaurusConcept>> below;
    std::string text;
    std::optional<State> state;
    bool conflicting = false;
    std::int64_t limit = 200;
};
Record describe(const TreeRequest*) {
    return {"concept_tree_request", "Which part of the tree.",
        {field<&TreeRequest::below>("below", "Those directly below this one; left out: those at the top."),
            field<&TreeRequest::text>("text", "Those with a label that holds this, anywhere in the tree.", {.max = 100, .defaulted = true}),
            field<&TreeRequest::state>("state", "Those in this state, anywhere."),
            field<&TreeRequest::conflicting>("conflicting", "Those that differ from the reference data, anywhere.", {.defaulted = true}),
            field<&TreeRequest::limit>("limit", "How many at most.", {.min = 1, .max = 1000, .defaulted = true})}};
}

struct ConceptPlace {
    Id<ThesaurusConcept> id;
    Text name;
};
Record describe(const ConceptPlace*) {
    return {
        "concept_place", "A concept on the way down.", {field<&ConceptPlace::id>("id", "Its id."), field<&ConceptPlace::name>("name", "Its preferred label.")}};
}

struct ConceptNode {
    Id<ThesaurusConcept> id;
    std::string code;
    Text name;
    State state = State::draft;
    bool conflicting = false;
    std::int64_t narrower = 0, labels = 0;
    std::optional<std::string> label;
    std::vector<ConceptPlace> way;
};
Record describe(const ConceptNode*) {
    return {"concept_node", "A concept in the tree.",
        {field<&ConceptNode::id>("id", "Its id."), field<&ConceptNode::code>("code", "Its code."), field<&ConceptNode::name>("name", "Its preferred label."),
            field<&ConceptNode::state>("state", "Draft, published or withdrawn."),
            field<&ConceptNode::conflicting>("conflicting", "Differs from the reference data."),
            field<&ConceptNode::narrower>("narrower", "How many stand directly below it."), field<&ConceptNode::labels>("labels", "How many labels it has."),
            field<&ConceptNode::label>("label", "The label that was found, where it is not the preferred one."),
            field<&ConceptNode::way>("way", "The way to it from the top.")}};
}

struct LabelUsage {
    std::string label, language, kind;
    std::int64_t entries = 0;
};
Record describe(const LabelUsage*) {
    return {"label_usage", "How often a label stands in published entries.",
        {field<&LabelUsage::label>("label", "The label."), field<&LabelUsage::language>("language", "zh, en or ru."),
            field<&LabelUsage::kind>("kind", "preferred, alternative or hidden."),
            field<&LabelUsage::entries>("entries", "Entries that hold exactly this text.")}};
}

struct ConceptUsage {
    std::int64_t entries = 0, narrower = 0;
    std::vector<LabelUsage> labels;
};
Record describe(const ConceptUsage*) {
    return {"concept_usage", "What a concept is used for.",
        {field<&ConceptUsage::entries>("entries", "Published entries that a search for it finds, by any of its labels."),
            field<&ConceptUsage::narrower>("narrower", "Concepts below it, at any depth."), field<&ConceptUsage::labels>("labels", "Label by label.")}};
}

namespace {

std::vector<std::tuple<std::string, std::string_view, std::string_view>> labels_of(const ThesaurusConcept& entry) {
    std::vector<std::tuple<std::string, std::string_view, std::string_view>> all;
    for (const auto& [language, preferred, alternative, hidden] : {std::tuple("zh", &entry.name.zh, &entry.alternative.zh, &entry.hidden.zh),
             {"en", &entry.name.en, &entry.alternative.en, &entry.hidden.en}, {"ru", &entry.name.ru, &entry.alternative.ru, &entry.hidden.ru}}) {
        if (!preferred->empty()) all.emplace_back(*preferred, language, "preferred");
        for (const std::string& one : *alternative) all.emplace_back(one, language, "alternative");
        for (const std::string& one : *hidden) all.emplace_back(one, language, "hidden");
    }
    return all;
}

bool is_librarian(const Caller& caller) { return caller.actor.may(edit_thesaurus); }

Result<ThesaurusConcept> concept_get(Transaction& transaction, const Caller& caller, const ConceptKey& key) {
    auto entry = TRY(transaction.find_one<ThesaurusConcept>("id = $1", {key.id.text}));
    if (!entry) return unseen(transaction, caller, record_of<ThesaurusConcept>(), key.id.text, nullptr);
    if (entry->state == State::published || is_librarian(caller)) return std::move(*entry);
    const EntryFace face = face_of(*entry);
    return unseen(transaction, caller, record_of<ThesaurusConcept>(), key.id.text, &face);
}

Result<Page<ThesaurusConcept>> concept_list(Transaction& transaction, const Caller& caller, const ListOf<ThesaurusConcept>& list) {
    return list_page<ThesaurusConcept>(transaction, caller, list, is_librarian(caller) ? "" : "state = 'published'");
}

Result<Page<ConceptNode>> concept_tree(Transaction& transaction, const Caller& caller, const TreeRequest& request) {
    auto concepts = TRY(all_concepts(transaction));
    if (!is_librarian(caller)) std::erase_if(concepts, [](const ThesaurusConcept& one) { return one.state != State::published; });
    std::map<std::string, const ThesaurusConcept*> by_id;
    for (const ThesaurusConcept& one : concepts) by_id.emplace(one.id.text, &one);
    std::map<std::string, std::int64_t> narrower;
    for (const ThesaurusConcept& one : concepts)
        if (one.state != State::withdrawn)
            for (const auto& above : one.broader) ++narrower[above.text];
    const std::string wanted = search::fold(trim(request.text));
    const bool anywhere = !wanted.empty() || request.state || request.conflicting;
    Page<ConceptNode> page;
    for (const ThesaurusConcept& one : concepts) {
        if (request.state && one.state != *request.state) continue;
        if (!request.state && one.state == State::withdrawn && wanted.empty() && !request.conflicting) continue;
        if (request.conflicting && !one.conflicting) continue;
        const auto is_there = [&](const Id<ThesaurusConcept>& above) { return by_id.contains(above.text); };
        if (!anywhere && request.below && std::find(one.broader.begin(), one.broader.end(), *request.below) == one.broader.end()) continue;
        if (!anywhere && !request.below && std::any_of(one.broader.begin(), one.broader.end(), is_there)) continue;
        const auto labels = labels_of(one);
        ConceptNode node{one.id, one.code, one.name, one.state, one.conflicting, narrower[one.id.text], static_cast<std::int64_t>(labels.size()), {}, {}};
        if (!wanted.empty()) {
            const auto holds = [&](const auto& label) { return search::fold(std::get<0>(label)).find(wanted) != std::string::npos; };
            const auto found = std::find_if(labels.begin(), labels.end(), holds);
            if (found == labels.end() && one.code.find(wanted) == std::string::npos) continue;
            if (found != labels.end() && std::get<0>(*found) != one.name.best(caller.language)) node.label = std::get<0>(*found);
        }
        ++page.total;
        if (page.items.size() >= static_cast<std::size_t>(request.limit)) continue;
        if (anywhere)
            for (const ThesaurusConcept* at = &one; !at->broader.empty() && node.way.size() < 10;) {
                const auto above = by_id.find(at->broader.front().text);
                if (above == by_id.end()) break;
                at = above->second;
                node.way.insert(node.way.begin(), {at->id, at->name});
            }
        page.items.push_back(std::move(node));
    }
    return page;
}

Result<Reply<ThesaurusConcept>> concept_create(Transaction& transaction, const Caller& caller, const ThesaurusConcept& draft) {
    ThesaurusConcept entry = draft;
    entry.id = caller.new_id<ThesaurusConcept>();
    if (entry.code.empty()) {
        const std::string stem = code_from(entry.name.en);
        entry.code = stem.empty() ? entry.id.text : stem;
        for (int n = 2; !TRY(transaction.query("SELECT id FROM concept WHERE code = $1", {entry.code})).empty(); ++n)
            entry.code = fmt::format("{}_{}", stem, n);
    } else if (!TRY(transaction.query("SELECT id FROM concept WHERE code = $1", {entry.code})).empty()) {
        return invalid({{"code", "concept.code_taken", "Another concept has this code."}});
    }
    entry.state = State::draft;
    entry.created_at = entry.updated_at = caller.now;
    TRY(check_concept(transaction, entry));
    TRY(transaction.insert(entry));
    TRY(concept_changed(transaction, caller, entry, "create"));
    return Reply<ThesaurusConcept>{.body = std::move(entry), .status = 201};
}

Result<ThesaurusConcept> save(
    Transaction& transaction, const Caller& caller, ThesaurusConcept entry, std::string_view action, const std::optional<std::string>& reason = {}) {
    entry.updated_at = caller.now;
    TRY(transaction.update(entry));
    TRY(concept_changed(transaction, caller, entry, action, reason));
    return entry;
}

Result<ThesaurusConcept> concept_update(Transaction& transaction, const Caller& caller, const Patch<ThesaurusConcept>& patch) {
    const ThesaurusConcept before = TRY(transaction.get(patch.id));
    TRY(keep_found(transaction, caller, face_of(before)));
    ThesaurusConcept entry = TRY(apply_patch(transaction, caller, patch));
    if (entry.code != before.code) return invalid({{"code", "concept.code_fixed", "The code of a concept stays; others hold it in their addresses."}});
    TRY(check_concept(transaction, entry));
    return save(transaction, caller, std::move(entry), "update");
}

Result<ThesaurusConcept> into_state(Transaction& transaction, const Caller& caller, ThesaurusConcept entry, State state, std::string_view action,
    const std::optional<std::string>& reason = {}) {
    TRY(check_expected(caller, entry));
    if (entry.state == state) return Error{Failure::conflict, "library.same_state", "The entry is already in this state."};
    if (state == State::withdrawn && entry.state == State::draft)
        return Error{Failure::conflict, "library.draft", "A draft was never published; delete it instead."};
    TRY(keep_found(transaction, caller, face_of(entry)));
    entry.state = state;
    if (state == State::published) {
        entry.merged_into.reset();
        TRY(check_concept(transaction, entry));
    }
    return save(transaction, caller, std::move(entry), action, reason);
}
Result<ThesaurusConcept> concept_publish(Transaction& transaction, const Caller& caller, const ConceptKey& key) {
    return into_state(transaction, caller, TRY(transaction.get(key.id)), State::published, "publish");
}
Result<ThesaurusConcept> concept_withdraw(Transaction& transaction, const Caller& caller, const ConceptWithdrawal& request) {
    return into_state(transaction, caller, TRY(transaction.get(request.id)), State::withdrawn, "withdraw", request.reason);
}

Result<Done> concept_delete(Transaction& transaction, const Caller& caller, const ConceptKey& key) {
    const ThesaurusConcept entry = TRY(transaction.get(key.id));
    if (entry.state != State::draft || entry.reference)
        return Error{Failure::conflict, "concept.not_deleted", "Only a draft of the bank's own is deleted; withdraw this concept instead."};
    for (const ThesaurusConcept& one : TRY(all_concepts(transaction)))
        for (const auto* links : {&one.broader, &one.related})
            if (std::find(links->begin(), links->end(), entry.id) != links->end())
                return Error{Failure::conflict, "concept.linked", "The concept {code} is linked to this one.", {{"code", one.code}}};
    TRY(delete_versions(transaction, caller, face_of(entry)));
    TRY(transaction.erase(key.id));
    return transaction.announce(std::string(concept_record), key.id.text, true);
}

/// Labels that are not there yet go over.
Result<Done> take_labels(ThesaurusConcept& into, const ThesaurusConcept& from) {
    constexpr std::size_t labels_max = 30; // of a language, as described
    for (const Language language : {Language::zh, Language::en, Language::ru}) {
        const auto list = [&](Keywords& words) -> std::vector<std::string>& {
            return language == Language::zh ? words.zh : language == Language::en ? words.en : words.ru;
        };
        std::set<std::string> known;
        if (!into.name.in(language).empty()) known.insert(search::fold(into.name.in(language)));
        for (Keywords* words : {&into.alternative, &into.hidden})
            for (const std::string& one : list(*words)) known.insert(search::fold(one));
        Keywords alternative = from.alternative, hidden = from.hidden;
        if (!from.name.in(language).empty()) {
            if (into.name.in(language).empty()) into.name.in(language) = from.name.in(language), known.insert(search::fold(from.name.in(language)));
            else list(alternative).insert(list(alternative).begin(), from.name.in(language));
        }
        for (const auto& [source, target] : {std::pair(&alternative, &into.alternative), {&hidden, &into.hidden}})
            for (const std::string& one : list(*source))
                if (known.insert(search::fold(one)).second) list(*target).push_back(one);
        if (list(into.alternative).size() > labels_max || list(into.hidden).size() > labels_max)
            return Error{Failure::conflict, "concept.labels_full", "Together they would have more than {limit} labels in one language; remove some first.",
                {{"limit", std::to_string(labels_max)}}};
    }
    return Done{};
}

/// `from` in a list of links becomes `into`, which stands there once and never in its own list.
bool relink(std::vector<Id<ThesaurusConcept>>& links, const Id<ThesaurusConcept>& from, const Id<ThesaurusConcept>& into, const Id<ThesaurusConcept>& own) {
    const auto found = std::find(links.begin(), links.end(), from);
    if (found == links.end()) return false;
    *found = into;
    std::vector<Id<ThesaurusConcept>> once;
    for (const auto& one : links)
        if (one != own && std::find(once.begin(), once.end(), one) == once.end()) once.push_back(one);
    links = std::move(once);
    return true;
}

Result<ThesaurusConcept> concept_merge(Transaction& transaction, const Caller& caller, const ConceptMerge& request) {
    if (request.id == request.into) return invalid({{"into", "concept.itself", "A concept cannot be linked to itself."}});
    ThesaurusConcept from = TRY(transaction.get(request.id)), into = TRY(transaction.get(request.into));
    TRY(check_expected(caller, from));
    for (const ThesaurusConcept* one : {&from, &into})
        if (one->state != State::published) return Error{Failure::conflict, "concept.not_in_force", "Both concepts must be published before they are merged."};
    TRY(keep_found(transaction, caller, face_of(from)));
    TRY(keep_found(transaction, caller, face_of(into)));
    TRY(take_labels(into, from));
    if (const auto above = std::find(into.broader.begin(), into.broader.end(), from.id); above != into.broader.end()) {
        into.broader.erase(above); // it stood below; now it stands where the other stood
        for (const auto& one : from.broader)
            if (one != into.id && std::find(into.broader.begin(), into.broader.end(), one) == into.broader.end() && into.broader.size() < 5)
                into.broader.push_back(one);
    }
    relink(into.related, from.id, into.id, into.id);
    from.state = State::withdrawn;
    from.merged_into = into.id;
    from.broader.erase(std::remove(from.broader.begin(), from.broader.end(), into.id), from.broader.end());
    TRY(save(transaction, caller, from, "merge"));
    for (ThesaurusConcept& one : TRY(all_concepts(transaction))) {
        if (one.id == from.id || one.id == into.id) continue;
        const ThesaurusConcept before = one;
        const bool above = relink(one.broader, from.id, into.id, one.id), beside = relink(one.related, from.id, into.id, one.id);
        if (!above && !beside) continue;
        TRY(keep_found(transaction, caller, face_of(before)));
        TRY(save(transaction, caller, std::move(one), "merge"));
    }
    TRY(check_concept(transaction, into));
    return save(transaction, caller, std::move(into), "merge");
}

Result<ThesaurusConcept> concept_resolve(Transaction& transaction, const Caller& caller, const ConceptChoice& request) {
    ThesaurusConcept entry = TRY(transaction.get(request.id));
    TRY(check_expected(caller, entry));
    if (!entry.conflict) return Error{Failure::conflict, "concept.no_conflict", "The concept does not differ from the reference data."};
    TRY(keep_found(transaction, caller, face_of(entry)));
    entry.reference = std::exchange(entry.conflict, {});
    entry.conflicting = false;
    if (request.take_reference && entry.reference->gone) {
        entry.state = State::withdrawn;
    } else if (request.take_reference) {
        const auto above = TRY(transaction.find_one<ThesaurusConcept>("code = $1", {entry.reference->broader}));
        take_reference(entry, *entry.reference, above ? std::optional(above->id) : std::nullopt);
        const auto is_taken = [](const Keywords& words, const std::string& label) {
            for (const auto* list : {&words.zh, &words.en, &words.ru})
                if (std::find(list->begin(), list->end(), label) != list->end()) return true;
            return false;
        };
        for (auto* list : {&entry.hidden.zh, &entry.hidden.en, &entry.hidden.ru}) // what was hidden may be a label of the reference now
            std::erase_if(*list, [&](const std::string& label) { return is_taken(entry.reference->words, label); });
        entry.state = State::published;
        TRY(check_concept(transaction, entry));
    }
    return save(transaction, caller, std::move(entry), "resolve");
}

Result<ConceptUsage> concept_usage(search::Index& index, Store& store, const Caller& caller, const ConceptKey& key) {
    ThesaurusConcept entry;
    ConceptUsage usage;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        entry = TRY(concept_get(transaction, caller, key));
        std::set<std::string> below{entry.id.text};
        const auto concepts = TRY(all_concepts(transaction));
        for (bool grown = true; grown;) {
            grown = false;
            for (const ThesaurusConcept& one : concepts)
                for (const auto& above : one.broader)
                    if (one.state != State::withdrawn && below.contains(above.text)) grown = below.insert(one.id.text).second || grown;
        }
        usage.narrower = static_cast<std::int64_t>(below.size()) - 1;
        return Done{};
    }));
    const auto count = [&](const std::string& text) -> Result<std::int64_t> {
        return TRY(index.search({.text = text, .visible = {"public"}, .limit = 1})).total;
    };
    for (const auto& [label, language, kind] : labels_of(entry)) {
        std::string literal = label;
        std::erase_if(literal, [](char c) { return c == '"'; });
        const auto times = TRY(count('"' + literal + '"'));
        usage.labels.push_back({label, std::string(language), std::string(kind), times});
    }
    if (!entry.name.empty()) usage.entries = TRY(count(entry.name.best(caller.language) + ' ')); // a blank: the last word is whole
    return usage;
}

} // namespace

std::vector<Endpoint> thesaurus_endpoints(search::Index& index) {
    return {
        // clang-format off
        {"concept_list", Method::get, "/concepts", "Concepts of the thesaurus.", Mode::read, open_to_all, call(concept_list)},
        {"concept_tree", Method::get, "/concept-tree", "The thesaurus by levels, or what a text finds in it.", Mode::read, open_to_all, call(concept_tree)},
        {"concept_get", Method::get, "/concepts/{id}", "One concept.", Mode::read, open_to_all, call(concept_get)},
        {"concept_usage", Method::get, "/concepts/{id}/usage", "How often a concept and its labels stand in published entries.", Mode::compute, open_to_all,
         call(index, concept_usage)},
        {"concept_create", Method::post, "/concepts", "Enter a concept as a draft.", Mode::write, edit_thesaurus, call(concept_create)},
        {"concept_update", Method::patch, "/concepts/{id}", "Change a concept.", Mode::write, edit_thesaurus, call(concept_update)},
        {"concept_publish", Method::post, "/concepts/{id}/publish", "Put a concept into force.", Mode::write, edit_thesaurus, call(concept_publish)},
        {"concept_withdraw", Method::post, "/concepts/{id}/withdraw", "Take a concept out of force.", Mode::write, edit_thesaurus, call(concept_withdraw)},
        {"concept_delete", Method::remove, "/concepts/{id}", "Delete a draft of a concept.", Mode::write, edit_thesaurus, call(concept_delete)},
        {"concept_merge", Method::post, "/concepts/{id}/merge", "Make one concept of two.", Mode::write, edit_thesaurus, call(concept_merge)},
        {"concept_resolve", Method::post, "/concepts/{id}/resolve", "Keep what the bank edited, or take what the reference data says.", Mode::write, edit_thesaurus, call(concept_resolve)},
        // clang-format on
    };
}

} // namespace greenbank::library
