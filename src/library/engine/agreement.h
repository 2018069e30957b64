// agreement.h — the life of a non-disclosure agreement: requested → offered → signed by both → ended. Pure: who acts and which
// day it is are arguments.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"
#include "kernel/time.h"

namespace greenbank::library {

/// signed_by_owner and signed_by_recipient: one signature is there, the other is awaited.
enum class AgreementState { requested, offered, signed_by_owner, signed_by_recipient, signed_, refused, ended };
enum class AgreementAction { request, offer, sign, refuse, end };
enum class AgreementPart { owner, recipient };

/// Who may do what next; the two signatures come in either order, and nothing of an offer changes once somebody has signed it.
/// Failure::conflict "agreement.state" where it is too early or too late, Failure::forbidden "agreement.part" where it is the
/// other side's to do, "agreement.signed_already" where that side has signed.
Result<AgreementState> agreement_step(std::optional<AgreementState> from, AgreementAction action, AgreementPart part);
std::vector<AgreementAction> agreement_actions(AgreementState from, AgreementPart part);

/// Signed by both, begun and not over on that day (the last day included).
bool in_force(AgreementState state, std::optional<Date> from, std::optional<Date> until, Date today);

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::AgreementState> {
    static constexpr std::string_view name = "agreement_state";
    static constexpr std::string_view values[] = {"requested", "offered", "signed_by_owner", "signed_by_recipient", "signed", "refused", "ended"};
};
template <> struct Choices<library::AgreementAction> {
    static constexpr std::string_view name = "agreement_action";
    static constexpr std::string_view values[] = {"request", "offer", "sign", "refuse", "end"};
};
template <> struct Choices<library::AgreementPart> {
    static constexpr std::string_view name = "agreement_part";
    static constexpr std::string_view values[] = {"owner", "recipient"};
};
} // namespace greenbank
