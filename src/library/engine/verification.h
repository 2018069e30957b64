// verification.h — environmental technology verification after ISO 14034:2016 (GB/T 24034-2019, identical): application (5.2),
// pre-verification (5.3), verification (5.4), report and statement (5.5), publication, validity and withdrawal (5.6).
// Pure: who acts and which day it is are arguments.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "kernel/record.h"
#include "kernel/result.h"
#include "kernel/time.h"

namespace greenbank::library {

enum class VerificationState { applied, returned, pre_verification, verification, reporting, issued, published, refused, withdrawn };
enum class VerificationAction { apply, give_back, amend, accept, plan, confirm, issue, publish, refuse, withdraw };
enum class VerificationPart { applicant, verifier, bank };

struct VerificationTransition {
    std::optional<VerificationState> from;
    VerificationAction action;
    VerificationState to;
    std::vector<VerificationPart> parts; // any of these
};
std::span<const VerificationTransition> verification_transitions();
std::vector<VerificationAction> verification_actions(std::optional<VerificationState> from);
bool is_final(VerificationState state);
/// Whose turn it is; nothing where nobody's.
std::optional<VerificationPart> verification_next(VerificationState state);

struct VerificationPerson {
    bool for_applicant = false, for_verifier = false; // acts for that organisation
    bool in_applicant = false;                        // is a member of the applicant or of the holder
    bool of_the_bank = false;                         // has the bank's right to publish
};
Result<VerificationState> verification_step(std::optional<VerificationState> from, VerificationAction action, const VerificationPerson& person, bool commented);

/// Between a verifier and those whose technology it is (ISO 14034, 4.2; ISO/IEC 17020, 4.1: impartial and independent).
struct Independence {
    bool is_assessor = false;                     // the organisation is an assessor at all
    bool is_applicant = false, is_holder = false; // it verifies itself
    bool shares_people = false;                   // somebody is a member of both
};
Result<Done> check_independence(const Independence& independence);

/// "The indicator lies between min and max under these conditions."
struct ClaimedRange {
    double min = 0, max = 0;
};
/// What was measured, with the expanded uncertainty (coverage factor 2), in the claim's unit.
struct VerifiedResult {
    double value = 0;
    double uncertainty = 0;
};
/// Decision by JCGM 106:2012, 8.2 and 8.3: confirmed where the whole interval value ± uncertainty lies in the range (guarded
/// acceptance), within_uncertainty where only the value does (simple acceptance), else not_confirmed.
enum class ClaimVerdict { confirmed, within_uncertainty, not_confirmed };
ClaimVerdict judge_claim(const ClaimedRange& claim, const VerifiedResult& result);

/// What a reader must know today; expiry is never stored.
enum class Standing { pending, valid, expired, refused, withdrawn };
Standing standing_of(VerificationState state, std::optional<Date> valid_until, Date today);

} // namespace greenbank::library

namespace greenbank {
template <> struct Choices<library::VerificationState> {
    static constexpr std::string_view name = "verification_state";
    static constexpr std::string_view values[] = {
        "applied", "returned", "pre_verification", "verification", "reporting", "issued", "published", "refused", "withdrawn"};
};
template <> struct Choices<library::VerificationAction> {
    static constexpr std::string_view name = "verification_action";
    static constexpr std::string_view values[] = {"apply", "return", "amend", "accept", "plan", "confirm", "issue", "publish", "refuse", "withdraw"};
};
template <> struct Choices<library::VerificationPart> {
    static constexpr std::string_view name = "verification_part";
    static constexpr std::string_view values[] = {"applicant", "verifier", "bank"};
};
template <> struct Choices<library::ClaimVerdict> {
    static constexpr std::string_view name = "claim_verdict";
    static constexpr std::string_view values[] = {"confirmed", "within_uncertainty", "not_confirmed"};
};
template <> struct Choices<library::Standing> {
    static constexpr std::string_view name = "standing";
    static constexpr std::string_view values[] = {"pending", "valid", "expired", "refused", "withdrawn"};
};
} // namespace greenbank
