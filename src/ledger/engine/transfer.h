// transfer.h — what a client asks for, and the line of the journal it becomes.
#pragma once

#include <limits>

#include "kernel/time.h"
#include "ledger/engine/account.h"
#include "ledger/engine/codes.h"

namespace greenbank::ledger {

enum class Kind : std::uint8_t {
    posted,       // moves the amount now
    pending,      // holds the amount on both sides until it is posted, voided or expires
    post_pending, // posts a hold, whole or in part; what is left of it is released
    void_pending, // releases a hold
    reversal,     // takes back a posted transfer, whole or in part, as a new one in the other direction
    expiry        // the ledger itself: a hold's time is over
};
constexpr std::size_t kind_count = 6;
/// "posted", "pending", "post", "void", "reverse", "expire"
std::string_view to_text(Kind kind);
/// Does it end a hold?
constexpr bool resolves(Kind kind) { return kind == Kind::post_pending || kind == Kind::void_pending || kind == Kind::expiry; }

/// Bits of Transfer::balancing: move what is available, at most `amount` (0: all there is).
/// Debit: what the debit account may still give, its limits kept. Credit: what the credit account may still take until
/// credits equal debits (or its upper limit is met).
namespace balancing {
constexpr std::uint8_t debit = 1, credit = 2;
}

constexpr Date no_date{std::numeric_limits<std::int32_t>::min()};

struct Transfer {
    TransferId id;        // the client's, at most once
    TransferId refers_to; // post, void: the hold; reversal: the original
    Amount amount = 0;    // minor units; post and void: 0 is the whole hold; reversal: 0 is what is left to take back
    // Post, void and reversal may leave accounts and asset out: they follow from what they refer to.
    AccountNumber debit = AccountNumber::none, credit = AccountNumber::none;
    AssetNumber asset = AssetNumber::none; // left out: the accounts' own
    Kind kind = Kind::posted;
    bool linked = false; // with the next transfer of the batch: all happen or none
    std::uint8_t balancing = 0;
    /// What the reader of the request has found already (an amount below zero, say): takes its place among the refusals.
    Code fault = Code::ok;
    std::uint32_t timeout_seconds = 0; // pending: 0 never expires
    std::uint32_t purpose = 0;         // opaque
    std::uint64_t memo = 0;            // opaque
    Date booking_date = no_date;       // left out: the day of `at`, UTC
    Date value_date = no_date;         // left out: the booking date
    Time at;                           // the ledger's clock goes forward to it and never back
    bool operator==(const Transfer&) const = default;
};

/// One line of the journal: an accepted transfer with everything filled in, or an expiry. Lines are numbered from 1
/// without a gap, and never change. An expiry has no id; it happens at the very moment the hold ends.
struct Entry {
    std::uint64_t number = 0;
    Amount requested = 0; // as asked; `transfer.amount` is what moved, or what was held and is released
    Transfer transfer;
    Balances debit_after, credit_after;
    bool operator==(const Entry&) const = default;
};

struct Outcome {
    Code code = Code::ok;
    std::uint64_t number = 0; // ok, exists: the line of the journal
    bool operator==(const Outcome&) const = default;
};

/// A request's limit, as in TigerBeetle.
constexpr std::size_t batch_size_max = 8'190;

} // namespace greenbank::ledger
