// records.h — contracts: who, what, for how much, when; their versions, and the orders that move their escrow.
#pragma once

#include "api/kept_files.h"
#include "deals/engine/contract_moves.h"
#include "deals/pipeline/records.h"
#include "ledger/records.h"
#include "projects/records.h"

namespace greenbank::deals {

using parties::Organisation;

enum class PartyRole { client, supplier, partner };
enum class MilestoneState { planned, submitted, accepted, released };
enum class EndReason { agreement, breach, insolvency, force_majeure, not_financed, technical_failure, delay, other };
enum class TextLanguage { zh, en, ru };

struct ContractParty {
    Id<Organisation> organisation;
    PartyRole role = PartyRole::supplier;
    std::optional<Id<ledger::LedgerAccount>> account; // absent: its only deposit in the currency
    bool agreed = false;
    std::optional<std::string> signer;
    std::optional<Time> signed_at;
};
Record describe(const ContractParty*);

/// What a supplier gets for a milestone.
struct MilestonePart {
    Id<Organisation> organisation;
    Money amount;
};
Record describe(const MilestonePart*);

struct ContractEvidence {
    std::string note;
    std::optional<Id<KeptFile>> file;
    std::optional<std::string> file_name;
    std::string person_name;
    Time at;
};
Record describe(const ContractEvidence*);

struct ContractMilestone {
    std::int64_t number = 1;
    Text title;
    Date due;
    std::vector<MilestonePart> parts;
    std::optional<Id<projects::Milestone>> project_milestone; // a milestone of the project: accepted there, accepted here
    MilestoneState state = MilestoneState::planned;
    std::vector<ContractEvidence> evidence;
    std::optional<Time> accepted_at, released_at;
    std::optional<std::string> accepted_by;
    std::optional<std::string> rejection;
};
Record describe(const ContractMilestone*);

struct Obligation {
    Id<Organisation> organisation;
    Text what;
    std::optional<Date> due;
    std::optional<Time> met_at;
};
Record describe(const Obligation*);

/// Places in clauses that only the parties can fill; all others follow from the contract.
enum class ClausePlace {
    technology,
    territory,
    exclusivity,
    royalty_percent,
    venture_name,
    contributions,
    results_owner,
    performance,
    acceptance_days,
    warranty_months,
    delay_percent,
    liability_percent,
    confidentiality_years,
    force_majeure_days,
    notice_days,
    governing_law,
    dispute_place
};

/// A value for a place in a clause; one that is the same in every language stands once.
struct ClauseValue {
    ClausePlace name = ClausePlace::technology;
    Text value;
};
Record describe(const ClauseValue*);

struct Claim {
    Id<Organisation> organisation;
    EndReason reason = EndReason::breach;
    std::string text;
    std::optional<Money> amount;
    Time at;
    std::optional<std::string> outcome;
};
Record describe(const Claim*);

struct Contract {
    static constexpr std::string_view id_prefix = "contract";
    Id<Contract> id;
    std::string number;
    Text title, subject;
    ContractKind kind = ContractKind::engineering;
    std::optional<Id<Deal>> deal;
    std::vector<Id<Deal>> further_deals;          // with the other suppliers of a consortium
    std::optional<Id<projects::Project>> project; // the project it builds
    std::vector<ContractParty> parties;
    Money amount; // all that is paid through the bank; zero: nothing
    TextLanguage governing_language = TextLanguage::zh;
    std::optional<TextLanguage> second_language;
    std::optional<Date> starts_on, ends_on;
    std::vector<ContractMilestone> milestones;
    std::vector<Obligation> obligations;
    std::vector<ClauseValue> parameters;
    std::vector<std::string> clauses_left_out;
    Text special_terms;
    std::vector<Claim> claims;
    std::optional<Id<ledger::LedgerAccount>> escrow_account;
    Money funded, released, refunded;
    ContractState state = ContractState::drafted;
    Time since;
    std::optional<Id<Organisation>> initiator; // who gave notice or brought the claim that is open
    std::optional<EndReason> end_reason;
    std::optional<std::string> comment;
    std::optional<Time> signed_at, started_at, ended_at;
    std::int64_t revision = 1; // of the text: goes up when a review ends in changes
    std::string created_by;    // an organisation
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Contract*);

/// The text of a contract as it was put to the parties, or signed. Never changed.
struct ContractVersion {
    static constexpr std::string_view id_prefix = "text";
    Id<ContractVersion> id;
    Id<Contract> contract;
    std::int64_t number = 1;
    ContractVerb action = ContractVerb::submit;
    std::string person_name, organisation;
    std::string content; // JSON of what the parties agree on
    std::optional<std::string> comment;
    Time at;
    bool sample = false;
};
Record describe(const ContractVersion*);

enum class EscrowOrderState { waiting, posted, refused, withdrawn };

/// One transfer of an order; its id is given when the order is made, so that it can happen only once.
struct EscrowLine {
    Id<Organisation> organisation; // who pays or is paid
    Id<ledger::LedgerAccount> account;
    Money amount;
    std::string transfer;
};
Record describe(const EscrowLine*);

/// Money into escrow, out of it, or back. One person asks, another one of the bank agrees; then it moves, with the contract.
struct EscrowOrder {
    static constexpr std::string_view id_prefix = "escrow";
    Id<EscrowOrder> id;
    Id<Contract> contract;
    EscrowKind kind = EscrowKind::fund;
    std::optional<std::int64_t> milestone;
    std::vector<EscrowLine> lines;
    Money amount;
    EscrowOrderState state = EscrowOrderState::waiting;
    std::string made_by, made_by_name, organisation;
    Time made_at;
    std::optional<std::string> checked_by, checked_by_name, reason;
    std::optional<Time> checked_at;
    bool sample = false;
    std::int64_t version = 1;
};
Record describe(const EscrowOrder*);

} // namespace greenbank::deals

namespace greenbank {
template <> struct Choices<deals::PartyRole> {
    static constexpr std::string_view name = "party_role";
    static constexpr std::string_view values[] = {"client", "supplier", "partner"};
};
template <> struct Choices<deals::MilestoneState> {
    static constexpr std::string_view name = "contract_milestone_state";
    static constexpr std::string_view values[] = {"planned", "submitted", "accepted", "released"};
};
template <> struct Choices<deals::EndReason> {
    static constexpr std::string_view name = "end_reason";
    static constexpr std::string_view values[] = {"agreement", "breach", "insolvency", "force_majeure", "not_financed", "technical_failure", "delay", "other"};
};
template <> struct Choices<deals::ClausePlace> {
    static constexpr std::string_view name = "clause_place";
    static constexpr std::string_view values[] = {"technology", "territory", "exclusivity", "royalty_percent", "venture_name", "contributions", "results_owner",
        "performance", "acceptance_days", "warranty_months", "delay_percent", "liability_percent", "confidentiality_years", "force_majeure_days", "notice_days",
        "governing_law", "dispute_place"};
};
template <> struct Choices<deals::TextLanguage> {
    static constexpr std::string_view name = "text_language";
    static constexpr std::string_view values[] = {"zh", "en", "ru"};
};
template <> struct Choices<deals::EscrowOrderState> {
    static constexpr std::string_view name = "escrow_order_state";
    static constexpr std::string_view values[] = {"waiting", "posted", "refused", "withdrawn"};
};
} // namespace greenbank
