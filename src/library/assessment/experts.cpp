// experts.cpp — experts: entered by the bank, kept up to date by themselves, public without what is private.
#include "library/assessment/experts.h"

#include <fmt/format.h>

#include "library/rules.h"

namespace greenbank::library {

static void check_expert(const void* value, Problems& problems) {
    const auto& expert = *static_cast<const Expert*>(value);
    check_codes(reference().classes, expert.classes, "classes", problems);
    check_country(expert.country, "country", problems);
    for (std::size_t i = 0; i < expert.languages.size(); ++i) {
        const std::string& one = expert.languages[i];
        if (one.size() != 2 || one[0] < 'a' || one[0] > 'z' || one[1] < 'a' || one[1] > 'z')
            problems.push_back({fmt::format("languages[{}]", i), "expert.language", "Write a language as its two letters: zh, en, ru."});
    }
    if (expert.available_from && expert.available_until && *expert.available_until < *expert.available_from)
        problems.push_back({"available_until", "expert.availability", "The last day must not come before the first."});
}

Record describe(const DeclaredInterest*) {
    return {"declared_interest", "An interest that an expert declares.",
        {field<&DeclaredInterest::organisation>("organisation", "In which organisation, where it is in the bank."),
            field<&DeclaredInterest::nature>("nature", "What kind of interest, and in whom.", {.min = 1, .max = 500})}};
}

Record describe(const Expert*) {
    return {"expert", "Somebody whose judgement the bank asks for.",
        {
            field<&Expert::id>("id", "Id.", {.read_only = true}),
            field<&Expert::name>("name", "The name in as many scripts as are in use.", {.min = 1, .max = 100, .sort = true}),
            field<&Expert::post>("post", "What the person is.", {.max = 200}),
            field<&Expert::organisation>("organisation", "For whom the person works, where that is in the bank.", {.filter = true}),
            field<&Expert::affiliation>("affiliation", "For whom the person works, where that is not in the bank.", {.max = 200}),
            field<&Expert::person>("person", "The account that accepts and scores; not public."),
            field<&Expert::about>("about", "What the person knows and has done.", {.max = 2000}),
            field<&Expert::fields>("fields", "Fields the person judges.", {.max = 6, .filter = true}),
            field<&Expert::classes>("classes", "Codes of the Green Bond Endorsed Projects Catalogue 2021.", {.max = 20, .filter = true}),
            field<&Expert::languages>("languages", "Languages the person works in: zh, en, ru.", {.max = 10, .filter = true}),
            field<&Expert::country>("country", "Where the person works.", {.min = 2, .max = 2, .filter = true, .sort = true}),
            field<&Expert::available_from>("available_from", "From when the person is free for panels."),
            field<&Expert::available_until>("available_until", "Until when.", {.sort = true}),
            field<&Expert::hours_a_month>("hours_a_month", "How many hours a month.", {.unit = "h", .min = 0, .max = 744}),
            field<&Expert::interests>("interests", "Interests declared; not public.", {.max = 50}),
            field<&Expert::keywords>("keywords", "Words a person would search for.", {.defaulted = true}),
            field<&Expert::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&Expert::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Expert::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true}),
            field<&Expert::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Expert::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_expert, true};
}

static bool is_self(const Caller& caller, const Expert& expert) {
    return expert.person && !caller.actor.person.empty() && expert.person->text == caller.actor.person;
}
bool knows_all(const Caller& caller, const Expert& expert) { return caller.actor.may(assess_entries) || is_self(caller, expert); }

Expert public_face(Expert expert) {
    expert.person.reset();
    expert.interests.clear();
    return expert;
}

/// Names an expert.
struct ExpertKey {
    Id<Expert> id;
};
Record describe(const ExpertKey*) { return {"expert_key", "Names an expert.", {field<&ExpertKey::id>("id", "Its id.")}}; }
struct ExpertWithdrawal {
    Id<Expert> id;
    std::optional<std::string> reason;
};
Record describe(const ExpertWithdrawal*) {
    return {"expert_withdrawal", "Takes an expert out of sight.",
        {field<&ExpertWithdrawal::id>("id", "Its id."), field<&ExpertWithdrawal::reason>("reason", "Why.", {.min = 1, .max = 500})}};
}

namespace {

Result<Expert> expert_get(Transaction& transaction, const Caller& caller, const ExpertKey& key) {
    std::optional<Expert> expert = TRY(transaction.find_one<Expert>("id = $1", {key.id.text}));
    if (!expert) return unseen(transaction, caller, record_of<Expert>(), key.id.text, nullptr);
    if (knows_all(caller, *expert)) return std::move(*expert);
    if (expert->state == State::published) return public_face(std::move(*expert));
    const EntryFace face = face_of(*expert);
    return unseen(transaction, caller, record_of<Expert>(), key.id.text, &face);
}

Result<Page<Expert>> expert_list(Transaction& transaction, const Caller& caller, const ListOf<Expert>& list) {
    if (caller.actor.may(assess_entries)) return list_page<Expert>(transaction, caller, list);
    Page<Expert> page = TRY(list_page<Expert>(transaction, caller, list, "state = 'published' OR person = $1", {caller.actor.person}));
    for (Expert& expert : page.items)
        if (!is_self(caller, expert)) expert = public_face(std::move(expert));
    return page;
}

/// The account and the organisation exist, and no two experts are one account.
Result<Done> check_account(Transaction& transaction, const Expert& expert) {
    if (expert.organisation) TRY(transaction.get(*expert.organisation));
    for (const DeclaredInterest& one : expert.interests)
        if (one.organisation) TRY(transaction.get(*one.organisation));
    if (!expert.person) return Done{};
    TRY(transaction.get(*expert.person));
    if (!TRY(transaction.query("SELECT id FROM expert WHERE person = $1 AND id <> $2", {expert.person->text, expert.id.text})).empty())
        return Error{Failure::conflict, "expert.account", "This account is an expert already."};
    return Done{};
}

Result<Reply<Expert>> expert_create(Transaction& transaction, const Caller& caller, const Expert& draft) {
    Expert expert = draft;
    expert.id = caller.new_id<Expert>();
    expert.state = State::draft;
    expert.created_at = expert.updated_at = caller.now;
    TRY(check_account(transaction, expert));
    TRY(transaction.insert(expert));
    TRY(keep_version(transaction, caller, face_of(expert), "create"));
    return Reply<Expert>{.body = std::move(expert), .status = 201};
}

/// Experts keep their own entry up to date; whose account it is and for whom they work, the bank says.
Result<Expert> expert_update(Transaction& transaction, const Caller& caller, const Patch<Expert>& patch) {
    const Expert before = TRY(expert_get(transaction, caller, {patch.id}));
    if (!knows_all(caller, before)) return Error{Failure::forbidden, "expert.not_yours", "Only the bank and the expert change this entry."};
    Expert expert = TRY(apply_patch(transaction, caller, patch));
    if (!caller.actor.may(assess_entries) && (expert.person != before.person || expert.organisation != before.organisation))
        return Error{Failure::forbidden, "expert.bank_only", "Account and organisation of an expert are changed by the bank."};
    TRY(check_account(transaction, expert));
    TRY(keep_found(transaction, caller, face_of(before)));
    expert.updated_at = caller.now;
    TRY(transaction.update(expert));
    TRY(keep_version(transaction, caller, face_of(expert), "update"));
    return expert;
}

Result<Expert> expert_publish(Transaction& transaction, const Caller& caller, const ExpertKey& key) {
    return entry_into<Expert>(transaction, caller, TRY(transaction.get(key.id)), State::published, "publish", {});
}
Result<Expert> expert_withdraw(Transaction& transaction, const Caller& caller, const ExpertWithdrawal& withdrawal) {
    return entry_into<Expert>(transaction, caller, TRY(transaction.get(withdrawal.id)), State::withdrawn, "withdraw", withdrawal.reason);
}

Result<Done> expert_delete(Transaction& transaction, const Caller& caller, const ExpertKey& key) {
    const Expert expert = TRY(transaction.get(key.id));
    if (expert.state == State::published)
        return Error{Failure::conflict, "library.published", "A published entry is withdrawn, not deleted, so that links to it still say what it was."};
    if (!TRY(transaction.query("SELECT id FROM panel_seat WHERE expert = $1 LIMIT 1", {key.id.text})).empty())
        return Error{Failure::conflict, "expert.on_panel", "This expert was invited to a panel; its result must still say by whom."};
    TRY(delete_versions(transaction, caller, face_of(expert)));
    return transaction.erase(key.id);
}

} // namespace

Result<Page<Expert>> experts_seen(Transaction& transaction, const Caller& caller, const ListOf<Expert>& list) { return expert_list(transaction, caller, list); }

std::vector<Endpoint> expert_endpoints() {
    return {
        // clang-format off
        {"expert_list", Method::get, "/experts", "Experts, without what is private.", Mode::read, open_to_all, call(expert_list)},
        {"expert_get", Method::get, "/experts/{id}", "One expert, without what is private.", Mode::read, open_to_all, call(expert_get)},
        {"expert_create", Method::post, "/experts", "Enter an expert as a draft.", Mode::write, assess_entries, call(expert_create)},
        {"expert_update", Method::patch, "/experts/{id}", "Change an expert: by the bank, or by the expert.", Mode::write, signed_in, call(expert_update)},
        {"expert_publish", Method::post, "/experts/{id}/publish", "Let everybody see an expert.", Mode::write, assess_entries, call(expert_publish)},
        {"expert_withdraw", Method::post, "/experts/{id}/withdraw", "Take an expert out of sight.", Mode::write, assess_entries, call(expert_withdraw)},
        {"expert_delete", Method::remove, "/experts/{id}", "Delete an expert that is not published.", Mode::write, assess_entries, call(expert_delete)},
        // clang-format on
    };
}

} // namespace greenbank::library
