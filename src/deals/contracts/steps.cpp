// steps.cpp — the verbs of a contract's life as operations: judged by the table, stored with what they say.
#include <fmt/format.h>

#include "deals/contracts/escrow_orders.h"
#include "deals/contracts/views.h"
#include "projects/access.h"

namespace greenbank::deals {

struct ContractStep {
    Id<Contract> id;
    std::optional<std::string> comment;
};
Record describe(const ContractStep*) {
    return {"contract_step", "A step in the life of a contract.",
        {field<&ContractStep::id>("id", "The contract."), field<&ContractStep::comment>("comment", "What you say to it.", {.min = 1, .max = 4000})}};
}

/// Notice to end, or a claim.
struct ContractComplaint {
    Id<Contract> id;
    EndReason reason = EndReason::breach;
    std::string comment;
    std::optional<Money> amount;
};
Record describe(const ContractComplaint*) {
    return {"contract_complaint", "Gives notice, or brings a claim.",
        {field<&ContractComplaint::id>("id", "The contract."), field<&ContractComplaint::reason>("reason", "Why."),
            field<&ContractComplaint::comment>("comment", "In words; all parties read it.", {.min = 1, .max = 4000}),
            field<&ContractComplaint::amount>("amount", "How much is claimed.", {.min = 0})}};
}

struct ContractSettlement {
    Id<Contract> id;
    std::string comment;
    std::vector<MilestonePart> suppliers;
};
Record describe(const ContractSettlement*) {
    return {"contract_settlement", "Decides a dispute: what suppliers get out of escrow; the rest goes back to the client.",
        {field<&ContractSettlement::id>("id", "The contract."),
            field<&ContractSettlement::comment>("comment", "The decision in words.", {.min = 1, .max = 4000}),
            field<&ContractSettlement::suppliers>("suppliers", "Who gets how much.", {.max = 20, .defaulted = true})}};
}

namespace {

/// The move, if the caller may make it now.
Result<ContractState> judged_step(Transaction& transaction, const Caller& caller, const Contract& contract, ContractVerb verb) {
    const ContractFacts facts = TRY(facts_of(transaction, caller, contract));
    const auto judged = judge_contract(facts, verb);
    if (judged.missing == ContractGuard::text_complete) return invalid(TRY(text_problems(transaction, contract, caller.language)));
    if (!judged.row) return refusal(judged, contract, caller.language);
    TRY(allow(caller, right_of(verb)));
    return judged.row->to;
}

Result<Contract> contract_to_step(Transaction& transaction, const Caller& caller, const Id<Contract>& id) {
    Contract contract = TRY(own_contract(transaction, caller, id));
    TRY(check_expected(caller, contract));
    return contract;
}

Id<Organisation> client_of(const Contract& contract) {
    for (const ContractParty& party : contract.parties)
        if (party.role == PartyRole::client) return party.organisation;
    return {};
}

/// What is left in escrow goes back, by an order that another person of the bank agrees to.
Result<Done> order_refund(Transaction& transaction, const Caller& caller, const Contract& contract, std::int64_t minor) {
    if (minor <= 0) return Done{};
    TRY(make_order(transaction, caller, contract, {EscrowKind::refund, {}, {{client_of(contract), {minor, contract.amount.currency}}}}));
    return Done{};
}

void clear_words(Contract& contract) {
    for (ContractParty& party : contract.parties) party.agreed = false;
}

void close_claim(Contract& contract, const std::string& outcome) {
    for (Claim& claim : contract.claims)
        if (!claim.outcome) claim.outcome = outcome;
}

Result<ContractView> step(ledger::Book& book, Transaction& transaction, const Caller& caller, const ContractStep& asked, ContractVerb verb) {
    Contract contract = TRY(contract_to_step(transaction, caller, asked.id));
    const ContractState to = TRY(judged_step(transaction, caller, contract, verb));
    const auto actor = party_of(contract, caller.actor.organisation);
    if (asked.comment) contract.comment = asked.comment;
    switch (verb) {
    case ContractVerb::submit: TRY(keep_text(transaction, caller, contract, verb, asked.comment)); break;
    case ContractVerb::agree: contract.parties[*actor].agreed = true; break;
    case ContractVerb::change:
    case ContractVerb::reopen:
        clear_words(contract);
        ++contract.revision;
        break;
    case ContractVerb::sign:
        contract.parties[*actor].signer = TRY(projects::person_name(transaction, caller));
        contract.parties[*actor].signed_at = caller.now;
        if (to == ContractState::signed_) TRY(keep_text(transaction, caller, contract, verb, asked.comment));
        break;
    case ContractVerb::take_back:
        contract.initiator.reset();
        contract.end_reason.reset();
        break;
    case ContractVerb::consent: TRY(order_refund(transaction, caller, contract, escrow_of(contract).left())); break;
    case ContractVerb::object:
        contract.claims.push_back({Id<Organisation>(caller.actor.organisation), EndReason::other, asked.comment.value_or("—"), {}, caller.now, {}});
        contract.initiator = Id<Organisation>(caller.actor.organisation);
        TRY(freeze(book, transaction, caller, contract, true));
        break;
    case ContractVerb::resume:
        close_claim(contract, asked.comment.value_or("—"));
        contract.initiator.reset();
        contract.end_reason.reset();
        TRY(freeze(book, transaction, caller, contract, false));
        break;
    default: break;
    }
    TRY(enter(transaction, caller, contract, to));
    return view_of(transaction, caller, std::move(contract));
}

Result<ContractView> complain(ledger::Book& book, Transaction& transaction, const Caller& caller, const ContractComplaint& asked, ContractVerb verb) {
    Contract contract = TRY(contract_to_step(transaction, caller, asked.id));
    const ContractState to = TRY(judged_step(transaction, caller, contract, verb));
    if (asked.amount && asked.amount->currency != contract.amount.currency)
        return invalid(
            {{"amount", "contract.currency", "All amounts of a contract are in its currency, {currency}.", {{"currency", contract.amount.currency}}}});
    contract.comment = asked.comment;
    contract.end_reason = asked.reason;
    contract.initiator = Id<Organisation>(caller.actor.organisation);
    if (verb == ContractVerb::dispute) {
        contract.claims.push_back({*contract.initiator, asked.reason, asked.comment, asked.amount, caller.now, {}});
        TRY(freeze(book, transaction, caller, contract, true));
    }
    TRY(enter(transaction, caller, contract, to));
    return view_of(transaction, caller, std::move(contract));
}

/// What suppliers get of what is left, and what goes back.
struct Shares {
    std::vector<MilestonePart> suppliers;
    std::int64_t back = 0;
};
Result<Shares> read_shares(const Contract& contract, const ContractSettlement& asked) {
    const std::int64_t left = escrow_of(contract).left();
    std::int64_t to_suppliers = 0;
    Problems problems;
    for (std::size_t i = 0; i < asked.suppliers.size(); ++i) {
        const MilestonePart& part = asked.suppliers[i];
        const auto party = party_of(contract, part.organisation.text);
        const std::string at = fmt::format("suppliers[{}]", i);
        if (!party || contract.parties[*party].role != PartyRole::supplier)
            problems.push_back({at + ".organisation", "contract.not_a_supplier", "Only suppliers among the parties are paid for milestones."});
        if (part.amount.currency != contract.amount.currency)
            problems.push_back(
                {at + ".amount", "contract.currency", "All amounts of a contract are in its currency, {currency}.", {{"currency", contract.amount.currency}}});
        if (part.amount.minor <= 0 || part.amount.minor > left)
            problems.push_back({at + ".amount", "contract.share", "This must be more than zero, and no more than escrow holds."});
        else to_suppliers += part.amount.minor;
        if (to_suppliers > left) {
            problems.push_back({"suppliers", "contract.shares", "Together this is more than escrow holds."});
            break;
        }
    }
    if (!problems.empty()) return invalid(std::move(problems));
    return Shares{asked.suppliers, left - to_suppliers};
}

Result<Done> order_shares(Transaction& transaction, const Caller& caller, const Contract& contract, const Shares& shares) {
    if (!shares.suppliers.empty()) TRY(make_order(transaction, caller, contract, {EscrowKind::release, {}, shares.suppliers}));
    return order_refund(transaction, caller, contract, shares.back);
}

Result<ContractView> settle(ledger::Book& book, Transaction& transaction, const Caller& caller, const ContractSettlement& asked) {
    Contract contract = TRY(contract_to_step(transaction, caller, asked.id));
    if (party_of(contract, caller.actor.organisation))
        return Error{Failure::forbidden, "contract.own_dispute", "Your organisation is a party; somebody else of the bank must decide."};
    const ContractState to = TRY(judged_step(transaction, caller, contract, ContractVerb::settle));
    const Shares shares = TRY(read_shares(contract, asked));
    close_claim(contract, asked.comment);
    contract.comment = asked.comment;
    TRY(freeze(book, transaction, caller, contract, false));
    TRY(order_shares(transaction, caller, contract, shares));
    TRY(enter(transaction, caller, contract, to));
    return view_of(transaction, caller, std::move(contract));
}

/// Anew, where an order of a settlement or of a winding up was refused.
Result<ContractView> pay_out(Transaction& transaction, const Caller& caller, const ContractSettlement& asked) {
    const Contract contract = TRY(contract_to_step(transaction, caller, asked.id));
    TRY(check_state(contract, {ContractState::winding_up, ContractState::settling}, caller.language));
    const ContractFacts facts = TRY(facts_of(transaction, caller, contract));
    if (!is_met(facts, ContractGuard::escrow_left))
        return refusal({.row = nullptr, .fault = MoveFault::guard, .missing = ContractGuard::escrow_left}, contract, caller.language);
    if (contract.state == ContractState::winding_up && !asked.suppliers.empty())
        return invalid({{"suppliers", "contract.winding_up", "What is left of a contract that was ended goes back to its client."}});
    TRY(order_shares(transaction, caller, contract, TRY(read_shares(contract, asked))));
    return view_of(transaction, caller, contract);
}

} // namespace

std::vector<Endpoint> contract_step_endpoints(ledger::Book& book) {
    const auto plain = [&book](ContractVerb verb) {
        return call(
            [&book, verb](Transaction& transaction, const Caller& caller, const ContractStep& asked) { return step(book, transaction, caller, asked, verb); });
    };
    const auto complaint = [&book](ContractVerb verb) {
        return call([&book, verb](Transaction& transaction, const Caller& caller, const ContractComplaint& asked) {
            return complain(book, transaction, caller, asked, verb);
        });
    };
    const auto anew = call([](Transaction& transaction, const Caller& caller, const ContractSettlement& asked) { return pay_out(transaction, caller, asked); });
    const auto settlement = call(book, settle);
    using Verb = ContractVerb;
    return {
        // clang-format off
        {"contract_submit", Method::post, "/contracts/{id}/submit", "Put the text to the parties.", Mode::write, signed_in, plain(Verb::submit)},
        {"contract_change", Method::post, "/contracts/{id}/change", "Ask for changes: the text is a draft again.", Mode::write, signed_in, plain(Verb::change)},
        {"contract_agree", Method::post, "/contracts/{id}/agree", "Agree to the text.", Mode::write, signed_in, plain(Verb::agree)},
        {"contract_reopen", Method::post, "/contracts/{id}/reopen", "Take an agreed text up again, before anybody signs.", Mode::write, signed_in, plain(Verb::reopen)},
        {"contract_sign", Method::post, "/contracts/{id}/sign", "Sign for one's organisation.", Mode::write, signed_in, plain(Verb::sign)},
        {"contract_refuse", Method::post, "/contracts/{id}/refuse", "Refuse to sign: the contract is withdrawn.", Mode::write, signed_in, plain(Verb::refuse)},
        {"contract_withdraw", Method::post, "/contracts/{id}/withdraw", "Withdraw a contract that is not signed.", Mode::write, signed_in, plain(Verb::withdraw)},
        {"contract_start", Method::post, "/contracts/{id}/start", "Bring a contract into force through which no money goes.", Mode::write, signed_in, plain(Verb::start)},
        {"contract_complete", Method::post, "/contracts/{id}/complete", "Say that everything is done.", Mode::write, signed_in, plain(Verb::complete)},
        {"contract_expire", Method::post, "/contracts/{id}/expire", "Say that its term is over.", Mode::write, signed_in, plain(Verb::expire)},
        {"contract_give_notice", Method::post, "/contracts/{id}/notice", "Give notice to end a contract.", Mode::write, signed_in, complaint(Verb::give_notice)},
        {"contract_take_back", Method::post, "/contracts/{id}/take-back", "Take one's notice back.", Mode::write, signed_in, plain(Verb::take_back)},
        {"contract_consent", Method::post, "/contracts/{id}/consent", "Consent to the end; what is left in escrow goes back.", Mode::write, signed_in, plain(Verb::consent)},
        {"contract_object", Method::post, "/contracts/{id}/object", "Object to the end: a dispute begins.", Mode::write, signed_in, plain(Verb::object)},
        {"contract_dispute", Method::post, "/contracts/{id}/dispute", "Bring a claim: a dispute begins, and escrow stands still.", Mode::write, signed_in, complaint(Verb::dispute)},
        {"contract_resume", Method::post, "/contracts/{id}/resume", "Let a claim go: the contract goes on.", Mode::write, signed_in, plain(Verb::resume)},
        {"contract_settle", Method::post, "/contracts/{id}/settle", "Decide a dispute, and what becomes of escrow.", Mode::write, signed_in, settlement},
        {"contract_pay_out", Method::post, "/contracts/{id}/pay-out", "Order anew what becomes of escrow, where an order of an end or a settlement was refused.", Mode::write, advise_deals, anew},
        // clang-format on
    };
}

} // namespace greenbank::deals
