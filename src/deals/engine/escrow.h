// escrow.h — what may still be paid into, out of and back from a contract's escrow. Whole minor units; pure.
#pragma once

#include <cstdint>

#include "kernel/record.h"

namespace greenbank::deals {

struct Escrow {
    std::int64_t amount = 0; // the contract's: all that is to be paid through the bank
    std::int64_t funded = 0, released = 0, refunded = 0;

    std::int64_t left() const { return funded - released - refunded; }
    bool operator==(const Escrow&) const = default;
};

enum class EscrowKind { fund, release, refund };
/// above_contract: more would be paid in than the contract says; above_escrow: more would be paid out than is there.
enum class EscrowFault { none, not_positive, above_contract, above_escrow };

constexpr EscrowFault escrow_fault(const Escrow& escrow, EscrowKind kind, std::int64_t amount) {
    if (amount <= 0) return EscrowFault::not_positive;
    // What went back may not come in again: a contract is funded once.
    if (kind == EscrowKind::fund) return amount > escrow.amount - escrow.funded ? EscrowFault::above_contract : EscrowFault::none;
    return amount > escrow.left() ? EscrowFault::above_escrow : EscrowFault::none;
}

/// The escrow afterwards; only where there is no fault.
constexpr Escrow moved(Escrow escrow, EscrowKind kind, std::int64_t amount) {
    (kind == EscrowKind::fund ? escrow.funded : kind == EscrowKind::release ? escrow.released : escrow.refunded) += amount;
    return escrow;
}

} // namespace greenbank::deals

namespace greenbank {
template <> struct Choices<deals::EscrowKind> {
    static constexpr std::string_view name = "escrow_kind";
    static constexpr std::string_view values[] = {"fund", "release", "refund"};
};
} // namespace greenbank
