// records.h — programmes, products, accounts, issuances, serial blocks, ends of tonnes, obligations and the lists of other registries.
// The ledger is the registry: who holds how much of a product is the balance of a ledger account; blocks say which numbers these are.
#pragma once

#include "ledger/records.h"
#include "projects/records.h"

namespace greenbank::market {

using parties::Organisation;

enum class ProgrammeKind { allowances, credits };
enum class DataStatus { official, unconfirmed, sample };

/// A system under which tonnes are issued.
struct CarbonProgramme {
    static constexpr std::string_view id_prefix = "programme";
    Id<CarbonProgramme> id;
    std::string code; // "CEA", "CCER"
    ProgrammeKind kind = ProgrammeKind::credits;
    Text name;
    std::string country; // ISO 3166-1 alpha-2
    std::string registry, source;
    DataStatus status = DataStatus::unconfirmed;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CarbonProgramme*);

/// Whether the host country has adjusted its balance under article 6 of the Paris agreement.
enum class Adjustment { none, authorised, applied };

/// Tonnes that are fungible: allowances of a vintage, credits of a project and vintage; one asset of the ledger.
struct CarbonProduct {
    static constexpr std::string_view id_prefix = "carbonproduct";
    Id<CarbonProduct> id;
    Id<CarbonProgramme> programme;
    Id<ledger::LedgerAsset> asset;
    Text name;
    std::int64_t vintage = 2026;
    std::optional<Id<projects::Project>> project;
    std::optional<std::string> project_reference; // how registries call the project: what double counting is looked for by
    std::string host_country;
    Adjustment adjustment = Adjustment::none;
    std::string serial_prefix; // "CN-CCER-0417-2026"
    std::int64_t next_serial = 1;
    Id<ledger::LedgerAccount> issued_account;
    // Opened when they are needed first.
    std::optional<Id<ledger::LedgerAccount>> retired_account, cancelled_account, surrendered_account, pledged_account, clearing_account;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const CarbonProduct*);

enum class RegistryAccountKind { holding, compliance, trading, project, administrator };
enum class RegistryAccountState { applied, open, frozen, closed };

/// One entity, one account: whatever it holds lies in ledger accounts of its own, one a product.
struct RegistryAccount {
    static constexpr std::string_view id_prefix = "registry";
    Id<RegistryAccount> id;
    Id<Organisation> organisation;
    RegistryAccountKind kind = RegistryAccountKind::holding;
    std::string number; // people quote it
    RegistryAccountState state = RegistryAccountState::applied;
    std::optional<std::string> reason;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const RegistryAccount*);

enum class IssuanceState { asked, issued, refused, withdrawn };

/// Tonnes that come into being: asked for with evidence, issued by another person.
struct Issuance {
    static constexpr std::string_view id_prefix = "issuance";
    Id<Issuance> id;
    Id<CarbonProduct> product;
    Id<Organisation> organisation; // whose account receives them
    std::int64_t tonnes = 0;
    Date period_from, period_to;
    std::string evidence;                 // the verification's statement, or the allocation's notice
    std::optional<std::string> reduction; // a verified reduction of this bank: issued for once
    IssuanceState state = IssuanceState::asked;
    std::optional<std::string> reason;
    std::optional<std::int64_t> first_serial, last_serial;
    std::optional<std::string> transfer;
    std::string asked_by, asked_by_name;
    std::optional<std::string> checked_by, checked_by_name;
    std::optional<Time> checked_at;
    bool sample = false;
    Time created_at;
    std::int64_t version = 1;
};
Record describe(const Issuance*);

enum class BlockState { held, retired, cancelled, surrendered };

/// Numbers in a row that share holder and state.
struct SerialBlock {
    static constexpr std::string_view id_prefix = "block";
    Id<SerialBlock> id;
    Id<CarbonProduct> product;
    std::int64_t first = 0, last = 0;
    Id<Organisation> holder;
    BlockState state = BlockState::held;
    std::string ended_by; // retirement, cancellation or surrender; empty while it is held
    bool sample = false;
    Time updated_at;
};
Record describe(const SerialBlock*);

enum class EndKind { retirement, cancellation, surrender };

/// Tonnes that never move again. The id is the certificate's code: it cannot be guessed, and whoever has it may read it.
struct UnitEnd {
    static constexpr std::string_view id_prefix = "retirement";
    Id<UnitEnd> id;
    EndKind kind = EndKind::retirement;
    Id<CarbonProduct> product;
    Id<Organisation> organisation;
    std::int64_t tonnes = 0;
    std::string serials; // "CN-CCER-0417-2026-1…600"
    Text beneficiary, purpose;
    std::optional<std::string> obligation;
    std::string transfer;
    std::optional<std::string> proof; // its place in the transparency log
    std::string made_by, made_by_name;
    bool sample = false;
    Time made_at;
};
Record describe(const UnitEnd*);

enum class UnitClass { above_300_mw, up_to_300_mw, unconventional_coal, gas, other };

/// What a firm owes for a year.
struct ComplianceObligation {
    static constexpr std::string_view id_prefix = "obligation";
    Id<ComplianceObligation> id;
    Id<Organisation> organisation;
    Id<CarbonProgramme> programme;
    std::int64_t year = 2026;
    UnitClass unit_class = UnitClass::other;
    std::int64_t supply_mwh = 0, heat_gj = 0, correction = 10'000; // correction in ten-thousandths
    std::int64_t allocation = 0;                                   // tonnes, by the benchmark of the year
    std::string allocation_edition;                                // which data that was
    std::int64_t emissions = 0;                                    // verified tonnes
    std::int64_t offset_limit_basis_points = 500;
    std::int64_t allowances_given = 0, offsets_given = 0;
    Date due_on;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const ComplianceObligation*);

/// Allowances of one year that become as many of the next, within what a notice allows: `base_tonnes` and `sold_percent` of what was sold on balance.
struct CarryOver {
    static constexpr std::string_view id_prefix = "carryover";
    Id<CarryOver> id;
    Id<ComplianceObligation> obligation; // met, before anything is carried over
    Id<Organisation> organisation;
    Id<CarbonProduct> from_product, to_product;
    std::int64_t tonnes = 0;
    std::int64_t base_tonnes = 0, sold_percent = 0;
    std::string source;               // the notice that says so
    std::int64_t left = 0, sold = 0;  // what the firm held, and had sold on balance
    std::optional<std::string> ended; // the certificate of what ended
    std::optional<std::int64_t> first_serial, last_serial;
    std::string made_by, made_by_name;
    bool sample = false;
    Time made_at;
};
Record describe(const CarryOver*);

/// What another registry lists: looked at before tonnes are issued, so that nothing is counted twice.
struct ListedElsewhere {
    static constexpr std::string_view id_prefix = "listed";
    Id<ListedElsewhere> id;
    std::string registry, project_reference;
    std::int64_t vintage = 2026, tonnes = 0;
    std::string source;
    bool sample = false;
    Time created_at;
};
Record describe(const ListedElsewhere*);

} // namespace greenbank::market

namespace greenbank {
template <> struct Choices<market::ProgrammeKind> { static constexpr std::string_view name = "programme_kind", values[] = {"allowances", "credits"}; };
template <> struct Choices<market::DataStatus> { static constexpr std::string_view name = "data_status", values[] = {"official", "unconfirmed", "sample"}; };
template <> struct Choices<market::Adjustment> { static constexpr std::string_view name = "adjustment", values[] = {"none", "authorised", "applied"}; };
template <> struct Choices<market::RegistryAccountKind> {
    static constexpr std::string_view name = "registry_account_kind", values[] = {"holding", "compliance", "trading", "project", "administrator"};
};
template <> struct Choices<market::RegistryAccountState> {
    static constexpr std::string_view name = "registry_account_state", values[] = {"applied", "open", "frozen", "closed"};
};
template <> struct Choices<market::IssuanceState> {
    static constexpr std::string_view name = "issuance_state", values[] = {"asked", "issued", "refused", "withdrawn"};
};
template <> struct Choices<market::BlockState> {
    static constexpr std::string_view name = "block_state", values[] = {"held", "retired", "cancelled", "surrendered"};
};
template <> struct Choices<market::EndKind> { static constexpr std::string_view name = "end_kind", values[] = {"retirement", "cancellation", "surrender"}; };
template <> struct Choices<market::UnitClass> {
    static constexpr std::string_view name = "unit_class", values[] = {"above_300_mw", "up_to_300_mw", "unconventional_coal", "gas", "other"};
};
} // namespace greenbank
