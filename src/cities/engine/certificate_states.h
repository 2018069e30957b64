// certificate_states.h — the way of a certificate from application to issue, and its criteria held against an inventory. Pure. Four eyes twice: who applied, reviewed
// and verified are three people, and the bank issues; nobody of the territory's own organisation reviews or verifies.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "kernel/result.h"

namespace greenbank::cities {

enum class CertificateState : std::uint8_t { draft, submitted, reviewed, verified, issued, withdrawn };
enum class CertificateAction : std::uint8_t { submit, review, verify, give_back, issue, withdraw };

struct CertificatePerson {
    bool for_owner = false, for_assessor = false, for_bank = false; // whom they act for
    bool member_of_owner = false;                                   // in whatever role, whomever they act for now
    bool submitted = false, reviewed = false, verified = false;     // what they did to this certificate
};

Result<CertificateState> certificate_step(CertificateState state, CertificateAction action, const CertificatePerson& person, bool has_comment);
/// What this person may do now.
std::vector<CertificateAction> certificate_actions(CertificateState state, const CertificatePerson& person);

/// How a criterion is judged: by evidence that the assessor reads, or by a figure of the inventory against a limit.
enum class CriterionRule : std::uint8_t { evidence, complete, net_at_most, share_at_least, unstated_at_most, years_at_most };
struct CriterionTest {
    std::string code;
    CriterionRule rule = CriterionRule::evidence;
    double limit = 0;
};
/// Of the inventory on which the certificate rests.
struct CertificateFigures {
    bool final_ = false;
    double net_kg = 0, at_most_zero = 0;
    std::size_t missing = 0, unstated = 0;
    double age_years = 0;
    std::set<std::string> evidence; // codes of criteria for which there is some
};
struct CriterionJudgement {
    std::string code;
    bool met = false;
    double figure = 0;
};
std::vector<CriterionJudgement> judged(const std::vector<CriterionTest>& criteria, const CertificateFigures& figures);

} // namespace greenbank::cities
