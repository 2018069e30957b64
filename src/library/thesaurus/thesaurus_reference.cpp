// thesaurus_reference.cpp — a new edition of the reference data meets what the bank edited: base, mine and theirs.
#include <set>

#include <fmt/format.h>

#include "api/nobody.h"
#include "library/thesaurus/thesaurus.h"
#include "parties/secrets.h"

namespace greenbank::library {

namespace {

std::string edition_hash(const Thesaurus& concepts) {
    std::string all;
    for (const Concept& one : concepts) {
        all += one.code + '\n' + one.broader;
        for (const auto* words : {&one.zh, &one.en, &one.ru}) all += '\n' + join(*words, "|");
        all += '\0';
    }
    return parties::token_hash(all);
}

class Upgrade {
public:
    Upgrade(Transaction& transaction, const Caller& caller) : transaction_(transaction), caller_(caller) {}

    Result<Done> run() {
        for (ThesaurusConcept& one : TRY(transaction_.find<ThesaurusConcept>(""))) {
            codes_.emplace(one.id.text, one.code);
            stored_.emplace(one.code, std::move(one));
        }
        const bool first = stored_.empty();
        TRY(add_new());
        if (first) return Done{};
        std::set<std::string> known;
        for (const Concept& theirs : reference().thesaurus) {
            known.insert(theirs.code);
            if (const auto found = stored_.find(theirs.code); found != stored_.end()) TRY(meet(found->second, reference_form(theirs)));
        }
        for (auto& [code, entry] : stored_)
            if (entry.reference && !known.contains(code)) TRY(meet(entry, {"", {}, true}));
        // One is enough: whoever hears it reads all.
        return changed_ ? transaction_.announce(std::string(concept_record), stored_.begin()->second.id.text, false) : Result<Done>(Done{});
    }

private:
    std::optional<Id<ThesaurusConcept>> id_of(const std::string& code) const {
        if (code.empty()) return {};
        const auto found = stored_.find(code);
        return found == stored_.end() ? Id<ThesaurusConcept>(fmt::format("{}_{}", ThesaurusConcept::id_prefix, code)) : found->second.id;
    }

    Result<Done> add_new() {
        std::vector<ThesaurusConcept> fresh;
        for (const Concept& theirs : reference().thesaurus) {
            if (stored_.contains(theirs.code)) continue;
            ThesaurusConcept made{.id = Id<ThesaurusConcept>(fmt::format("{}_{}", ThesaurusConcept::id_prefix, theirs.code)), .code = theirs.code};
            made.state = State::published;
            made.reference = reference_form(theirs);
            take_reference(made, *made.reference, id_of(theirs.broader));
            made.created_at = made.updated_at = caller_.now;
            fresh.push_back(std::move(made));
        }
        std::vector<const void*> rows;
        for (const ThesaurusConcept& one : fresh) rows.push_back(&one);
        changed_ = !rows.empty();
        return transaction_.insert_many(record_of<ThesaurusConcept>(), rows);
    }

    ReferenceConcept mine(const ThesaurusConcept& entry) const {
        const auto above = entry.broader.empty() ? codes_.end() : codes_.find(entry.broader.front().text);
        ReferenceConcept form = reference_form(entry, above == codes_.end() ? "" : above->second);
        form.gone = entry.state == State::withdrawn;
        return form;
    }

    Result<Done> meet(ThesaurusConcept& entry, const ReferenceConcept& theirs) {
        const ReferenceConcept ours = mine(entry);
        const auto same = [](const ReferenceConcept& a, const ReferenceConcept& b) { return a == b || (a.gone && b.gone); };
        if (entry.reference && *entry.reference == theirs && !entry.conflicting) return Done{}; // nothing new
        if (entry.conflict && *entry.conflict == theirs) return Done{};
        const EntryFace found = face_of(entry);
        TRY(keep_found(transaction_, caller_, found));
        const bool untouched = entry.reference && same(*entry.reference, ours) && entry.state != State::draft;
        const bool agreed = same(theirs, ours) || (entry.reference && *entry.reference == theirs); // else an edition that differed is gone
        entry.conflict.reset();
        if (untouched && !agreed) {
            if (!theirs.gone) take_reference(entry, theirs, id_of(theirs.broader));
            entry.state = theirs.gone ? State::withdrawn : State::published;
            changed_ = true;
        }
        if (untouched || agreed) entry.reference = theirs;
        else entry.conflict = theirs;
        entry.conflicting = entry.conflict.has_value();
        entry.updated_at = caller_.now;
        TRY(transaction_.update(entry));
        return keep_version(transaction_, caller_, face_of(entry), "reference");
    }

    Transaction& transaction_;
    const Caller& caller_;
    std::map<std::string, ThesaurusConcept> stored_; // by code
    std::map<std::string, std::string> codes_;       // by id
    bool changed_ = false;
};

} // namespace

Result<Done> bring_in_reference(Store& store, Time now) {
    const std::string hash = edition_hash(reference().thesaurus);
    bool known = false;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        known = !TRY(transaction.query("SELECT hash FROM thesaurus_edition WHERE hash = $1", {hash})).empty();
        return Done{};
    }));
    if (known) return Done{};
    return store.write([&](Transaction& transaction) -> Result<Done> {
        // The row is the turnstile: another server that starts with us waits here, and then finds the edition known.
        if (TRY(transaction.execute(
                "INSERT INTO thesaurus_edition (hash, taken_at) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING", {hash, now.microseconds})) == 0)
            return Done{};
        const Caller caller = nobody(now, static_cast<std::uint64_t>(now.microseconds));
        transaction.capture_changes = false;
        return Upgrade(transaction, caller).run();
    });
}

} // namespace greenbank::library
