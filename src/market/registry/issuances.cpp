// issuances.cpp — tonnes come into being: asked for by one person, issued by another, looked up in other registries' lists first.
#include <fmt/format.h>

#include "carbon/carbon.h"
#include "market/registry/registry.h"

namespace greenbank::market {

Record describe(const KeyOf<Issuance>*) { return {"issuance_key", "Names an issuance.", {field<&KeyOf<Issuance>::id>("id", "Its id.")}}; }

struct IssuanceRefusal {
    Id<Issuance> id;
    std::string reason;
};
Record describe(const IssuanceRefusal*) {
    return {"issuance_refusal", "Refuses an issuance.",
        {field<&IssuanceRefusal::id>("id", "Which."), field<&IssuanceRefusal::reason>("reason", "Why; who asked reads this.", {.min = 1, .max = 500})}};
}

namespace {

Result<Page<Issuance>> issuance_list(Transaction& transaction, const Caller& caller, const ListOf<Issuance>& list) {
    if (caller.actor.may(issue_carbon) || caller.actor.may(keep_registry)) return list_page<Issuance>(transaction, caller, list);
    return list_page<Issuance>(transaction, caller, list, "$1 <> '' AND organisation = $1", {caller.actor.organisation});
}
Result<Issuance> issuance_get(Transaction& transaction, const Caller& caller, const KeyOf<Issuance>& key) {
    Issuance issuance = TRY(transaction.get(key.id));
    if (issuance.organisation.text != caller.actor.organisation && !caller.actor.may(issue_carbon) && !caller.actor.may(keep_registry))
        return not_found(record_of<Issuance>(), key.id.text);
    return issuance;
}

/// A verified reduction stands behind the issuance: of its owner, its year and period, and not for more than was verified.
Result<Done> check_reduction(Transaction& transaction, const CarbonProduct& product, const Issuance& issuance) {
    if (!issuance.reduction) return Done{};
    const carbon::VerifiedReduction verified = TRY(carbon::reduction_ready(transaction, Id<carbon::VerifiedReduction>(*issuance.reduction)));
    if (verified.owner != issuance.organisation.text)
        return Error{Failure::conflict, "issuance.reduction_owner", "This reduction belongs to another organisation; tonnes are issued to its owner."};
    if (verified.vintage != product.vintage || (product.project && product.project->text != verified.project.text))
        return Error{Failure::conflict, "issuance.reduction_product",
            "This reduction is of another project or year than the product; choose the product of {year}.", {{"year", std::to_string(verified.vintage)}}};
    if (issuance.period_from < verified.from || issuance.period_to > verified.until)
        return Error{Failure::conflict, "issuance.reduction_period", "The reduction was verified from {from} to {until}; choose days within.",
            {{"from", to_text(verified.from)}, {"until", to_text(verified.until)}}};
    if (issuance.tonnes > verified.verified_kg / 1'000)
        return Error{Failure::conflict, "issuance.reduction_tonnes", "Only {tonnes} t were verified; ask for no more.",
            {{"tonnes", std::to_string(verified.verified_kg / 1'000)}}};
    return Done{};
}

/// Nothing is counted twice: neither here nor by another registry.
Result<Done> check_double_counting(Transaction& transaction, const CarbonProduct& product, const Issuance& issuance) {
    if (issuance.reduction &&
        TRY(transaction.find_one<Issuance>("reduction = $1 AND state IN ('asked', 'issued') AND id <> $2", {*issuance.reduction, issuance.id.text})))
        return Error{Failure::conflict, "issuance.reduction_used", "This verified reduction is issued already, or waits to be."};
    if (!product.project_reference) return Done{};
    const Rows other = TRY(transaction.query("SELECT registry, tonnes FROM listed_elsewhere WHERE project_reference = $1 AND vintage = $2 ORDER BY id LIMIT 1",
        {*product.project_reference, product.vintage}));
    if (!other.empty())
        return Error{Failure::conflict, "issuance.counted_elsewhere", "{registry} has issued {tonnes} t of this project and year; clear that first.",
            {{"registry", as_text(other.rows[0][0])}, {"tonnes", std::to_string(as_integer(other.rows[0][1]))}}};
    // Within this bank: another issuance of the same product over the same days is of other evidence, or none.
    const Rows overlap = TRY(transaction.query("SELECT id FROM issuance WHERE product = $1 AND id <> $2 AND state IN ('asked', 'issued') AND period_from <= $3 "
                                               "AND period_to >= $4 AND evidence = $5 LIMIT 1",
        {product.id.text, issuance.id.text, to_text(issuance.period_to), to_text(issuance.period_from), issuance.evidence}));
    if (!overlap.empty())
        return Error{Failure::conflict, "issuance.counted_here", "Tonnes of these days are issued on the same evidence already, or wait to be."};
    return Done{};
}

Result<Reply<Issuance>> issuance_ask(Transaction& transaction, const Caller& caller, const Issuance& draft) {
    const CarbonProduct product = TRY(transaction.get(draft.product));
    Issuance issuance = draft;
    issuance.id = caller.new_id<Issuance>();
    if (!caller.actor.may(keep_registry) && issuance.organisation.text != caller.actor.organisation)
        return Error{Failure::forbidden, "issuance.not_yours", "You ask for your own organisation; the registry asks for others."};
    TRY(open_registry_account(transaction, issuance.organisation));
    TRY(check_double_counting(transaction, product, issuance));
    TRY(check_reduction(transaction, product, issuance));
    issuance.asked_by = caller.actor.person;
    issuance.asked_by_name = TRY(person_name(transaction, caller));
    issuance.created_at = caller.now;
    TRY(transaction.insert(issuance));
    return Reply<Issuance>{.body = std::move(issuance), .status = 201};
}

Result<Issuance> issuance_to_check(Transaction& transaction, const Caller& caller, const Id<Issuance>& id) {
    Issuance issuance = TRY(transaction.get(id));
    if (issuance.state != IssuanceState::asked) return Error{Failure::conflict, "issuance.decided", "This issuance is decided already; load it again."};
    if (issuance.asked_by == caller.actor.person) return Error{Failure::forbidden, "issuance.own", "You asked for it yourself; another person must decide."};
    issuance.checked_by = caller.actor.person;
    issuance.checked_by_name = TRY(person_name(transaction, caller));
    issuance.checked_at = caller.now;
    return issuance;
}

Result<Issuance> issuance_approve(ledger::Book& book, Transaction& transaction, const Caller& caller, const KeyOf<Issuance>& key) {
    Issuance issuance = TRY(issuance_to_check(transaction, caller, key.id));
    CarbonProduct product = TRY(transaction.get(issuance.product));
    TRY(open_registry_account(transaction, issuance.organisation));
    TRY(check_double_counting(transaction, product, issuance));
    TRY(check_reduction(transaction, product, issuance));
    {
        ledger::Book::Turn turn = TRY(book.turn(transaction, caller));
        const ledger::LedgerAccount to = TRY(holding_account(turn, transaction, caller, product, issuance.organisation));
        issuance.transfer = TRY(post_tonnes(turn, caller, product.issued_account, to.id, issuance.tonnes, "issuance · " + issuance.id.text));
    }
    const SerialRange serials = TRY(issue_serials(transaction, caller, product, issuance.organisation, issuance.tonnes));
    issuance.first_serial = serials.first;
    issuance.last_serial = serials.last;
    if (issuance.reduction)
        TRY(carbon::reduction_issued(transaction, Id<carbon::VerifiedReduction>(*issuance.reduction), serials_text(product, {serials}), caller.now));
    issuance.state = IssuanceState::issued;
    TRY(transaction.update(issuance));
    return issuance;
}

Result<Issuance> issuance_refuse(Transaction& transaction, const Caller& caller, const IssuanceRefusal& refusal) {
    Issuance issuance = TRY(issuance_to_check(transaction, caller, refusal.id));
    issuance.state = IssuanceState::refused;
    issuance.reason = refusal.reason;
    TRY(transaction.update(issuance));
    return issuance;
}

Result<Page<ListedElsewhere>> listed_list(Transaction& transaction, const Caller& caller, const ListOf<ListedElsewhere>& list) {
    return list_page<ListedElsewhere>(transaction, caller, list);
}
Result<Reply<ListedElsewhere>> listed_create(Transaction& transaction, const Caller& caller, const ListedElsewhere& draft) {
    ListedElsewhere listed = draft;
    listed.id = caller.new_id<ListedElsewhere>();
    listed.created_at = caller.now;
    TRY(transaction.insert(listed));
    return Reply<ListedElsewhere>{.body = std::move(listed), .status = 201};
}

} // namespace

std::vector<Endpoint> issuance_endpoints(ledger::Book& book) {
    return {
        // clang-format off
        {"issuance_list", Method::get, "/issuances", "Issuances: of one's own organisation, or all.", Mode::read, signed_in, call(issuance_list)},
        {"issuance_get", Method::get, "/issuances/{id}", "One issuance.", Mode::read, signed_in, call(issuance_get)},
        {"issuance_ask", Method::post, "/issuances", "Ask for tonnes to be issued, with evidence.", Mode::write, trade_carbon, call(issuance_ask)},
        {"issuance_approve", Method::post, "/issuances/{id}/approve", "Issue what another person asked for: tonnes and serial numbers come into being.", Mode::write, issue_carbon, call(book, issuance_approve)},
        {"issuance_refuse", Method::post, "/issuances/{id}/refuse", "Refuse an issuance.", Mode::write, issue_carbon, call(issuance_refuse)},
        {"listed_elsewhere_list", Method::get, "/listed-elsewhere", "What other registries have issued.", Mode::read, signed_in, call(listed_list)},
        {"listed_elsewhere_create", Method::post, "/listed-elsewhere", "Enter what another registry has issued.", Mode::write, keep_registry, call(listed_create)},
        // clang-format on
    };
}

} // namespace greenbank::market
