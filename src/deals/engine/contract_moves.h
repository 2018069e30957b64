// contract_moves.h — the life of a contract as a table, by kind: drafted → under review → agreed → signed by each party → in force → its end.
// Pure: the facts that guards ask for are arguments. Money moves only where a row says so, and then by orders of two pairs of eyes.
#pragma once

#include "deals/engine/escrow.h"
#include "deals/engine/moves.h"
#include "kernel/record.h"

namespace greenbank::deals {

enum class ContractKind { memorandum, licence, technology_transfer, joint_venture, commissioned_research, engineering };
enum class ContractState {
    drafted,
    under_review,
    agreed,
    partly_signed,
    signed_,
    in_force,
    ending,     // one party gave notice, the others have not answered
    winding_up, // the end is agreed; what is left in escrow goes back
    in_dispute, // escrow stands still
    settling,   // the settlement is decided; what it says is being paid
    completed,
    terminated,
    settled,
    withdrawn
};
enum class ContractVerb {
    submit,
    change,
    agree,
    reopen,
    sign,
    refuse,
    withdraw,
    start,
    complete,
    expire,
    give_notice,
    take_back,
    consent,
    object,
    dispute,
    resume,
    settle,
    pay_out
};
/// initiator: who gave notice or brought the claim; counterpart: a party that did not. payer: who pays into escrow. bank: its officers.
enum class ContractPart { party, payer, initiator, counterpart, bank };
enum class ContractGuard {
    none,
    text_complete,   // no parameter of a clause is missing, and the milestones come to the amount
    others_to_agree, // this party's word is given for the first time, and others' are awaited
    last_to_agree,
    nobody_signed,
    others_to_sign,
    last_to_sign,
    unpaid,           // nothing is to be paid through the bank
    funded,           // escrow holds all that is to be paid
    all_done,         // every milestone is paid, every obligation met, nothing is left in escrow and no order waits
    term_over,        // its last day is past
    escrow_empty,     // nothing is left in escrow, and no order waits
    escrow_left,      // something is, and no order waits
    no_order_waiting, // no order of escrow waits for a second person
    started,          // it was in force before
};

struct ContractFacts {
    ContractKind kind = ContractKind::engineering;
    ContractState state = ContractState::drafted;
    std::vector<bool> agreed, signed_; // by party
    std::optional<std::size_t> actor;  // which party the caller is
    std::optional<std::size_t> initiator;
    std::vector<bool> pays; // by party
    bool of_the_bank = false;
    bool text_complete = false;
    Escrow escrow;
    std::int64_t milestones_unpaid = 0, obligations_open = 0, orders_waiting = 0;
    bool term_over = false;
    bool started = false; // was in force
};

using ContractMove = Move<ContractState, ContractVerb, ContractPart, ContractGuard>;
std::span<const ContractMove> contract_moves();

constexpr unsigned bit_of(ContractKind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr bool is_terminal(ContractState state) { return state >= ContractState::completed; }
/// Both signatures and more: what was agreed does not change any more.
constexpr bool is_signed(ContractState state) { return state >= ContractState::signed_ && state != ContractState::withdrawn; }

bool holds(const ContractFacts& facts, ContractPart part);
bool is_met(const ContractFacts& facts, ContractGuard guard);
Judged<ContractMove> judge_contract(const ContractFacts& facts, ContractVerb verb);
/// What this caller may do now.
std::vector<ContractVerb> contract_verbs(const ContractFacts& facts);

} // namespace greenbank::deals

namespace greenbank {
template <> struct Choices<deals::ContractKind> {
    static constexpr std::string_view name = "contract_kind";
    static constexpr std::string_view values[] = {"memorandum", "licence", "technology_transfer", "joint_venture", "commissioned_research", "engineering"};
};
template <> struct Choices<deals::ContractState> {
    static constexpr std::string_view name = "contract_state";
    static constexpr std::string_view values[] = {"drafted", "under_review", "agreed", "partly_signed", "signed", "in_force", "ending", "winding_up",
        "in_dispute", "settling", "completed", "terminated", "settled", "withdrawn"};
};
template <> struct Choices<deals::ContractVerb> {
    static constexpr std::string_view name = "contract_verb";
    static constexpr std::string_view values[] = {"submit", "change", "agree", "reopen", "sign", "refuse", "withdraw", "start", "complete", "expire",
        "give_notice", "take_back", "consent", "object", "dispute", "resume", "settle", "pay_out"};
};
template <> struct Choices<deals::ContractPart> {
    static constexpr std::string_view name = "contract_part";
    static constexpr std::string_view values[] = {"party", "payer", "initiator", "counterpart", "bank"};
};
template <> struct Choices<deals::ContractGuard> {
    static constexpr std::string_view name = "contract_guard";
    static constexpr std::string_view values[] = {"none", "text_complete", "others_to_agree", "last_to_agree", "nobody_signed", "others_to_sign",
        "last_to_sign", "unpaid", "funded", "all_done", "term_over", "escrow_empty", "escrow_left", "no_order_waiting", "started"};
};
} // namespace greenbank
