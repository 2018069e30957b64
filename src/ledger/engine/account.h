// account.h — what can be owned, and who owns how much of it.
#pragma once

#include <optional>
#include <string>

#include "kernel/time.h"
#include "ledger/engine/amount.h"
#include "ledger/engine/ids.h"

namespace greenbank::ledger {

/// One fungible kind: money by currency ("CNY", scale 2), allowances by vintage ("CEA" / "2025"), credits by project and
/// vintage ("CCER" / "CN-0417/2024"). Two units of one asset are worth the same to everybody, so the key says all that matters.
struct Asset {
    std::string code;
    std::string key; // empty where the code alone is fungible
    int scale = 0;   // decimal places of the unit: amounts count 10^-scale
    bool operator==(const Asset&) const = default;
};
constexpr int asset_scale_max = 18;
/// "CNY", "CEA/2025", "CCER/CN-0417/2024".
std::string to_text(const Asset& asset);

/// Bits of Account::flags.
namespace flag {
constexpr std::uint16_t debits_must_not_exceed_credits = 1; // what customers own: they cannot spend what they have not
constexpr std::uint16_t credits_must_not_exceed_debits = 2; // what the bank owns
constexpr std::uint16_t frozen = 4;                         // nothing in, nothing out; holds may still be voided or expire
constexpr std::uint16_t debits_frozen = 8;                  // in only, as a court orders
constexpr std::uint16_t closed = 16;                        // for ever
} // namespace flag

struct Account {
    AccountId id;
    OwnerId owner;             // not read here
    std::uint32_t purpose = 0; // the line of the chart of accounts; not read here
    AssetNumber asset = AssetNumber::none;
    std::uint16_t flags = 0;
    /// Limits of credits − debits, everything that is held taken at its worst: −500 is an overdraft of 500, +100 must stay.
    /// They stop new transfers only, so a limit may be set that a balance has already passed.
    std::optional<SignedAmount> balance_min, balance_max;
    bool operator==(const Account&) const = default;
};

struct Balances {
    Amount debits_pending = 0, debits_posted = 0, credits_pending = 0, credits_posted = 0;
    bool operator==(const Balances&) const = default;
};

/// Booking days that are closed, both ends included.
struct Period {
    Date first, last;
    bool operator==(const Period&) const = default;
};

} // namespace greenbank::ledger
