// obligations.cpp — what an emergency plan makes zones owe each other: logged from the case, accepted by both sides, paid by the ledger.
// Two people of the side that owes see to it: one accepts, another one pays.
#include <cmath>

#include "api/check.h"
#include "api/list.h"
#include "ledger/book.h"
#include "ledger/decimals.h"
#include "ledger/rates.h"
#include "ledger/transfers.h"
#include "planning/sharing/operations.h"
#include "projects/access.h"

namespace greenbank::planning {

struct ObligationKey {
    Id<EnergyObligation> id;
};
Record describe(const ObligationKey*) { return {"energy_obligation_key", "Names an obligation.", {field<&ObligationKey::id>("id", "Its id.")}}; }
struct ObligationRefusal {
    Id<EnergyObligation> id;
    std::string reason;
};
Record describe(const ObligationRefusal*) {
    return {"energy_obligation_refusal", "Refuses an obligation.",
        {field<&ObligationRefusal::id>("id", "Its id."),
            field<&ObligationRefusal::reason>("reason", "Why; the other side reads this.", {.min = 1, .max = 1000})}};
}
struct ObligationsLogged {
    std::vector<EnergyObligation> items;
};
Record describe(const ObligationsLogged*) {
    return {"energy_obligations_logged", "What was logged.", {field<&ObligationsLogged::items>("items", "One for each pair of zones.")}};
}

namespace {

Result<Page<EnergyObligation>> obligation_list(Transaction& transaction, const Caller& caller, const ListOf<EnergyObligation>& list) {
    if (caller.actor.may(help_plans)) return list_page<EnergyObligation>(transaction, caller, list);
    return list_page<EnergyObligation>(transaction, caller, list,
        "$1 <> '' AND (giver = $1 OR taker = $1 OR sample = true OR study IN (SELECT id FROM cross_border_study WHERE organisation = $1))",
        {caller.actor.organisation});
}

Result<EnergyObligation> obligation_seen(Transaction& transaction, const Caller& caller, const Id<EnergyObligation>& id) {
    EnergyObligation one = TRY(transaction.get(id));
    const std::string& own = caller.actor.organisation;
    if (one.sample || caller.actor.may(help_plans) || (!own.empty() && (own == one.giver.text || own == one.taker.text))) return one;
    const auto study = TRY(transaction.find_one<CrossBorderStudy>("id = $1", {one.study.text}));
    if (study && plans_for(caller, study->organisation)) return one;
    return not_found(record_of<EnergyObligation>(), id.text);
}

Result<EnergyObligation> obligation_get(Transaction& transaction, const Caller& caller, const ObligationKey& key) {
    return obligation_seen(transaction, caller, key.id);
}

/// Seen, unchanged since the caller saw it, and in that state.
Result<EnergyObligation> in_state(Transaction& transaction, const Caller& caller, const Id<EnergyObligation>& id, ObligationState state) {
    EnergyObligation one = TRY(obligation_seen(transaction, caller, id));
    TRY(check_expected(caller, one));
    if (one.state != state) return Error{Failure::conflict, "planning.obligation_state", "This obligation is not in the state for that; load it again."};
    return one;
}

Error not_a_side() { return {Failure::forbidden, "planning.not_a_side", "This is for the organisations of the two zones."}; }

Result<Reply<ObligationsLogged>> obligations_log(Transaction& transaction, const Caller& caller, const CrossBorderKey& key) {
    const CrossBorderStudy study = TRY(case_to_change(transaction, caller, key.id));
    if (!study.result || !study.result->emergency || study.result->emergency->obligations.empty())
        return Error{Failure::conflict, "planning.nothing_owed", "By this case nobody owes anything."};
    if (TRY(transaction.find_one<EnergyObligation>("study = $1 AND state IN ('logged', 'accepted', 'paid') LIMIT 1", {study.id.text})))
        return Error{Failure::conflict, "planning.obligations_logged", "What is owed by this case is logged already; withdraw it first."};
    const auto members = TRY(members_of(transaction, study.id));
    const auto places = decimals_of(study.currency).value_or(2);
    const auto money = [&](double amount) { return Money{std::llround(amount * std::pow(10.0, places)), study.currency}; };
    const auto member_of = [&](const std::string& zone) -> Result<ZoneMember> {
        for (const ZoneMember& one : members)
            if (one.zone == zone) return one;
        return Error{Failure::conflict, "planning.zone_without", "{zone} belongs to no organisation yet; nobody could owe for it.", {{"zone", zone}}};
    };
    ObligationsLogged logged;
    for (const sharing::Obligation& owed : study.result->emergency->obligations) {
        const Money amount = money(owed.amount);
        if (amount.minor <= 0) continue;
        const ZoneMember giver = TRY(member_of(owed.giver)), taker = TRY(member_of(owed.taker));
        if (giver.organisation == taker.organisation) continue; // one's own zones owe nothing to each other
        auto made_by_name = TRY(projects::person_name(transaction, caller));
        EnergyObligation one{.id = caller.new_id<EnergyObligation>(),
            .study = study.id,
            .study_title = study.title,
            .study_version = study.version,
            .giver_zone = owed.giver,
            .taker_zone = owed.taker,
            .giver = giver.organisation,
            .taker = taker.organisation,
            .giver_name = giver.organisation_name,
            .taker_name = taker.organisation_name,
            .energy = owed.energy,
            .price = money(study.sharing.compensation_price),
            .amount = amount,
            .giver_accepted_by = {},
            .giver_accepted_name = {},
            .taker_accepted_by = {},
            .taker_accepted_name = {},
            .giver_accepted_at = {},
            .taker_accepted_at = {},
            .reason = {},
            .paid_by_name = {},
            .transfer = {},
            .paid_at = {},
            .made_by_name = std::move(made_by_name),
            .created_at = caller.now,
            .updated_at = caller.now};
        TRY(transaction.insert(one));
        logged.items.push_back(std::move(one));
    }
    if (logged.items.empty()) return Error{Failure::conflict, "planning.nothing_owed", "By this case nobody owes anything."};
    return Reply<ObligationsLogged>{.body = std::move(logged), .status = 201};
}

Result<EnergyObligation> obligation_accept(Transaction& transaction, const Caller& caller, const ObligationKey& key) {
    EnergyObligation one = TRY(in_state(transaction, caller, key.id, ObligationState::logged));
    const std::string& own = caller.actor.organisation;
    if (own != one.giver.text && own != one.taker.text) return not_a_side();
    const bool giver = own == one.giver.text;
    if (giver ? one.giver_accepted_by.has_value() : one.taker_accepted_by.has_value())
        return Error{Failure::conflict, "planning.accepted_already", "Your organisation has accepted this already."};
    (giver ? one.giver_accepted_by : one.taker_accepted_by) = caller.actor.person;
    (giver ? one.giver_accepted_name : one.taker_accepted_name) = TRY(projects::person_name(transaction, caller));
    (giver ? one.giver_accepted_at : one.taker_accepted_at) = caller.now;
    if (one.giver_accepted_by && one.taker_accepted_by) one.state = ObligationState::accepted;
    one.updated_at = caller.now;
    TRY(transaction.update(one));
    return one;
}

Result<EnergyObligation> obligation_refuse(Transaction& transaction, const Caller& caller, const ObligationRefusal& refusal) {
    EnergyObligation one = TRY(in_state(transaction, caller, refusal.id, ObligationState::logged));
    if (caller.actor.organisation != one.giver.text && caller.actor.organisation != one.taker.text) return not_a_side();
    one.state = ObligationState::refused, one.reason = refusal.reason;
    one.updated_at = caller.now;
    TRY(transaction.update(one));
    return one;
}

Result<EnergyObligation> obligation_withdraw(Transaction& transaction, const Caller& caller, const ObligationKey& key) {
    EnergyObligation one = TRY(in_state(transaction, caller, key.id, ObligationState::logged));
    const auto study = TRY(transaction.find_one<CrossBorderStudy>("id = $1", {one.study.text}));
    if (!study || !plans_for(caller, study->organisation)) return study_not_yours();
    one.state = ObligationState::withdrawn;
    one.updated_at = caller.now;
    TRY(transaction.update(one));
    return one;
}

Result<ledger::LedgerAccount> deposit_of(
    Transaction& transaction, const Caller& caller, const Id<Organisation>& organisation, const Text& name, const std::string& currency) {
    auto found = TRY(ledger::deposit_of(transaction, organisation, currency));
    if (!found)
        return Error{Failure::conflict, "planning.no_deposit", "{organisation} has no deposit in {currency} at the bank; open one first.",
            {{"organisation", name.best(caller.language)}, {"currency", currency}}};
    return std::move(*found);
}

/// From the deposit of who owes to that of who is owed, by somebody else than who accepted.
Result<EnergyObligation> obligation_pay(ledger::Book& book, Transaction& transaction, const Caller& caller, const ObligationKey& key) {
    EnergyObligation one = TRY(in_state(transaction, caller, key.id, ObligationState::accepted));
    if (caller.actor.organisation != one.taker.text) return Error{Failure::forbidden, "planning.not_the_taker", "This is for the organisation that owes."};
    if (one.taker_accepted_by == caller.actor.person)
        return Error{Failure::forbidden, "planning.four_eyes", "You accepted this; another person of your organisation pays it."};
    const auto from = TRY(deposit_of(transaction, caller, one.taker, one.taker_name, one.amount.currency)),
               to = TRY(deposit_of(transaction, caller, one.giver, one.giver_name, one.amount.currency));
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        const ledger::AccountNumber debit = turn.account(from.id.text);
        const auto amount = ledger::parse_decimal(amount_text(one.amount), turn.scale(debit));
        if (!amount)
            return Error{Failure::conflict, "planning.places", "The ledger keeps {currency} with fewer places than this amount has.",
                {{"currency", one.amount.currency}}};
        one.transfer = make_id(ledger::TransferName::id_prefix, caller.now, caller.random);
        TRY(ledger::post_one(turn, {.transfer = {.id = *ledger::parse_transfer_id(*one.transfer),
                                        .amount = static_cast<ledger::Amount>(*amount),
                                        .debit = debit,
                                        .credit = turn.account(to.id.text),
                                        .at = caller.now},
                                       .note = "emergency · " + one.id.text}));
    }
    one.state = ObligationState::paid;
    one.paid_by_name = TRY(projects::person_name(transaction, caller));
    one.paid_at = one.updated_at = caller.now;
    TRY(transaction.update(one));
    return one;
}

/// What is paid here is what the ledger moved: the same amount, between deposits of those two.
Result<std::int64_t> compare_with_ledger(Transaction& transaction, CheckRun& run) {
    std::int64_t looked = 0;
    for (const EnergyObligation& one : TRY(transaction.find<EnergyObligation>("state = 'paid' ORDER BY id"))) {
        ++looked;
        const Rows rows = TRY(transaction.query("SELECT l.amount, d.owner, c.owner, d.scale FROM journal_line l JOIN account_view d ON d.number = l.debit "
                                                "JOIN account_view c ON c.number = l.credit WHERE l.id = $1",
            {one.transfer.value_or("")}));
        if (rows.empty()) {
            run.found({"energy_obligation/" + one.id.text, "planning.no_transfer", "What is paid has no transfer in the ledger."});
            continue;
        }
        const auto& row = rows.rows[0];
        const auto owed = ledger::parse_decimal(amount_text(one.amount), static_cast<int>(as_integer(row[3])));
        const auto moved = ledger::parse_amount(as_text(row[0]));
        if (!owed || !moved || static_cast<ledger::Amount>(*owed) != *moved || as_text(row[1]) != one.taker.text || as_text(row[2]) != one.giver.text)
            run.found({"energy_obligation/" + one.id.text, "planning.transfer_differs", "The ledger moved another amount, or between others, than is owed."});
    }
    return looked;
}

} // namespace

std::vector<Endpoint> obligation_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"energy_obligation_list", Method::get, "/energy-obligations", "What emergencies made zones owe each other: one's own and those of one's cases.", Mode::read, signed_in, call(obligation_list)},
        {"energy_obligation_get", Method::get, "/energy-obligations/{id}", "One obligation.", Mode::read, signed_in, call(obligation_get)},
        {"cross_border_obligations", Method::post, "/cross-border-studies/{id}/obligations", "Log what the emergency plan makes zones owe.", Mode::write, write_plans, call(obligations_log)},
        {"energy_obligation_accept", Method::post, "/energy-obligations/{id}/accept", "Accept for one's side.", Mode::write, sign_obligations, call(obligation_accept)},
        {"energy_obligation_refuse", Method::post, "/energy-obligations/{id}/refuse", "Refuse for one's side, with a reason.", Mode::write, sign_obligations, call(obligation_refuse)},
        {"energy_obligation_withdraw", Method::post, "/energy-obligations/{id}/withdraw", "Withdraw what one logged, before both sides have accepted.", Mode::write, write_plans, call(obligation_withdraw)},
        {"energy_obligation_pay", Method::post, "/energy-obligations/{id}/pay", "Pay what both sides accepted, by the ledger.", Mode::write, sign_obligations, call(book, obligation_pay)},
        // clang-format on
    };
}

Check obligations_check() { return {"energy_obligations", "Obligations that are paid stand in the ledger, to the same amount.", compare_with_ledger}; }

} // namespace greenbank::planning
