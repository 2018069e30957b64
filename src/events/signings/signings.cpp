// signings.cpp — planning a signature, putting it, taking it back; the steps that follow it.
#include "events/signings/signings.h"

#include <algorithm>

#include <fmt/format.h>

#include "events/signings/links.h"

namespace greenbank::events {

void Amounts::add(const Money& amount) {
    for (Money& sum : sums_)
        if (sum.currency == amount.currency) {
            sum.minor += amount.minor;
            return;
        }
    sums_.push_back(amount);
}

std::vector<Money> Amounts::all() const {
    std::vector<Money> sorted = sums_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Money& a, const Money& b) { return a.minor > b.minor; });
    return sorted;
}

Result<Done> check_part(Transaction& transaction, const Caller& caller, const Event& event, Signing& signing) {
    Problems problems;
    TRY(check_of_event(transaction, event, signing.sub_event, "sub_event", problems));
    for (std::size_t i = 0; i < signing.parties.size(); ++i)
        TRY(check_there(transaction, signing.parties[i].organisation, fmt::format("parties[{}].organisation", i), problems));
    TRY(take_over(transaction, caller, signing, problems));
    return none_of(std::move(problems));
}

Result<Done> before_removal(Transaction& transaction, const Signing& signing) {
    if (signing.state == SigningState::signed_)
        return Error{Failure::conflict, "signing.signed", "What was signed is withdrawn, not deleted, so that the record of the event stays true."};
    return check_unused(transaction, "promise_step", "signing", signing.id.text);
}

namespace {

struct SigningSign {
    Id<Signing> id;
    std::optional<Time> signed_at;
};
Record describe(const SigningSign*) {
    return {"signing_sign", "Says that something was signed.",
        {field<&SigningSign::id>("id", "What."), field<&SigningSign::signed_at>("signed_at", "When; absent: now.")}};
}

Result<Signing> signing_sign(Transaction& transaction, const Caller& caller, const SigningSign& ask) {
    Signing signing = TRY(part_get<Signing>(transaction, caller, {ask.id}));
    const Event event = TRY(event_to_change(transaction, caller, signing.event));
    if (event.state == EventState::draft) return Error{Failure::conflict, "signing.draft", "Publish the event first; nothing is signed at a draft."};
    if (signing.state != SigningState::planned) return Error{Failure::conflict, "signing.state", "Only what is planned can be signed."};
    if (signing.parties.size() < 2) return invalid({{"parties", "signing.parties", "Two parties sign at least; enter them first."}});
    TRY(check_signed(transaction, signing));
    if (ask.signed_at && *ask.signed_at > caller.now + days(1)) return invalid({{"signed_at", "signing.future", "This moment has not come yet."}});
    signing.state = SigningState::signed_;
    signing.signed_at = ask.signed_at.value_or(caller.now);
    signing.updated_at = caller.now;
    TRY(transaction.update(signing));
    return signing;
}

Result<Signing> signing_withdraw(Transaction& transaction, const Caller& caller, const PartKey<Signing>& key) {
    Signing signing = TRY(part_get<Signing>(transaction, caller, key));
    TRY(event_to_change(transaction, caller, signing.event));
    if (signing.state == SigningState::withdrawn) return signing;
    signing.state = SigningState::withdrawn;
    signing.updated_at = caller.now;
    TRY(transaction.update(signing));
    return signing;
}

// ---- what followed ----------------------------------------------------------------------------------------------

Result<Page<PromiseStep>> step_list(Transaction& transaction, const Caller& caller, const ListOf<PromiseStep>& list) {
    std::vector<Value> parameters;
    const std::string where = seen_events(caller, "event", parameters);
    return list_page<PromiseStep>(transaction, caller, list, where, std::move(parameters));
}

Result<PromiseStep> step_get(Transaction& transaction, const Caller& caller, const PartKey<PromiseStep>& key) {
    return part_get<PromiseStep>(transaction, caller, key);
}

/// Stages come one after the other: no more is invested than was contracted, and no more runs than was invested.
Result<Done> check_step(Transaction& transaction, const Caller& caller, const Signing& signing, const PromiseStep& step) {
    Problems problems;
    if (!signing.amount) problems.push_back({"signing", "promise.no_amount", "Nothing was signed for an amount that could be planned."});
    else if (signing.amount->currency != step.amount.currency)
        problems.push_back(
            {"amount", "promise.currency", "Promises are kept in the currency that was signed, {currency}.", {{"currency", signing.amount->currency}}});
    if (step.happened_on > date_of(caller.now + hours(14)))
        problems.push_back({"happened_on", "promise.future", "This day has not come yet; enter what has happened."});
    if (signing.signed_at && step.happened_on.days < date_of(*signing.signed_at).days - 1)
        problems.push_back({"happened_on", "promise.before", "Nothing follows a signature before it is put."});
    Promise promise;
    for (const PromiseStep& other : TRY(transaction.find<PromiseStep>("signing = $1 AND id <> $2", {signing.id.text, step.id.text})))
        promise.steps.push_back({other.stage, other.amount.minor, other.happened_on});
    for (const PromiseStep& other : TRY(steps_of_links(transaction, signing))) promise.steps.push_back({other.stage, other.amount.minor, other.happened_on});
    promise.steps.push_back({step.stage, step.amount.minor, step.happened_on});
    if (problems.empty() && out_of_order(promise) < promise_stages)
        problems.push_back(
            {"amount", "promise.order", "More would be entered here than at the stage before; enter that one first: contracted, then invested, then running."});
    return none_of(std::move(problems));
}

Result<Signing> signed_for(Transaction& transaction, const Caller& caller, const Id<Signing>& id) {
    Signing signing = TRY(part_get<Signing>(transaction, caller, {id}));
    TRY(event_to_run(transaction, caller, signing.event)); // promises are followed long after the event was archived
    if (signing.state != SigningState::signed_) return Error{Failure::conflict, "promise.not_signed", "Nothing was signed here yet that could be followed."};
    return signing;
}

Result<Reply<PromiseStep>> step_create(Transaction& transaction, const Caller& caller, const PromiseStep& draft) {
    const Signing signing = TRY(signed_for(transaction, caller, draft.signing));
    PromiseStep step = draft;
    step.id = caller.new_id<PromiseStep>();
    step.event = signing.event;
    step.entered_by = caller.actor.person;
    step.created_at = caller.now;
    TRY(check_step(transaction, caller, signing, step));
    TRY(transaction.insert(step));
    return Reply<PromiseStep>{.body = std::move(step), .status = 201};
}

Result<PromiseStep> step_update(Transaction& transaction, const Caller& caller, const Patch<PromiseStep>& patch) {
    const PromiseStep before = TRY(transaction.get(patch.id));
    const Signing signing = TRY(signed_for(transaction, caller, before.signing));
    PromiseStep step = TRY(apply_patch(transaction, caller, patch));
    if (step.signing != before.signing) return invalid({{"signing", "event.part_moves", "A part stays with its event; enter it anew at the other one."}});
    TRY(check_step(transaction, caller, signing, step));
    TRY(transaction.update(step));
    return step;
}

Result<Done> step_delete(Transaction& transaction, const Caller& caller, const PartKey<PromiseStep>& key) {
    const PromiseStep step = TRY(part_get<PromiseStep>(transaction, caller, key));
    const Signing signing = TRY(signed_for(transaction, caller, step.signing));
    Promise promise;
    for (const PromiseStep& other : TRY(transaction.find<PromiseStep>("signing = $1 AND id <> $2", {signing.id.text, step.id.text})))
        promise.steps.push_back({other.stage, other.amount.minor, other.happened_on});
    if (out_of_order(promise) < promise_stages) return Error{Failure::conflict, "promise.needed", "A later stage rests on this step; delete that one first."};
    return transaction.erase(step.id);
}

} // namespace

std::vector<Endpoint> signing_endpoints() {
    std::vector<Endpoint> rows;
    // clang-format off
    add_part<Signing>(rows, {"/signings", "What is signed at events.", "One signing.", "Plan a signing.", "Change a signing.", "Delete a signing that was only planned."});
    for (Endpoint& row : std::vector<Endpoint>{
        {"signing_sign", Method::post, "/signings/{id}/sign", "Say that it was signed.", Mode::write, organise_events, call(signing_sign)},
        {"signing_withdraw", Method::post, "/signings/{id}/withdraw", "Take a signing off the board.", Mode::write, organise_events, call(signing_withdraw)},
        {"promise_step_list", Method::get, "/promise-steps", "What followed what was signed.", Mode::read, open_to_all, call(step_list)},
        {"promise_step_get", Method::get, "/promise-steps/{id}", "One step.", Mode::read, open_to_all, call(step_get)},
        {"promise_step_create", Method::post, "/promise-steps", "Enter a step, with its evidence and source.", Mode::write, organise_events, call(step_create)},
        {"promise_step_update", Method::patch, "/promise-steps/{id}", "Change a step.", Mode::write, organise_events, call(step_update)},
        {"promise_step_delete", Method::remove, "/promise-steps/{id}", "Delete a step on which no later one rests.", Mode::write, organise_events, call(step_delete)}})
        rows.push_back(std::move(row));
    // clang-format on
    return rows;
}

} // namespace greenbank::events
