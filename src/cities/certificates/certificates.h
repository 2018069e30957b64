// certificates.h — endpoints of certificates, the criteria, the alliance of islands.
#pragma once

#include "api/call.h"
#include "cities/certificates/records.h"
#include "library/assessment/assessment_records.h"

namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}

namespace greenbank::cities {

struct CertificateKey {
    Id<IslandCertificate> id;
};
Record describe(const CertificateKey*);

struct CertificateView {
    IslandCertificate certificate;
    Text owner_name, assessor_name;
    std::vector<IslandCriterion> criteria;
    FactorStatus criteria_status = FactorStatus::sample;
    std::string criteria_source;
    bool valid = false;
    std::vector<CertificateAction> actions;
    std::vector<library::AssessmentStep> steps;
};
Record describe(const CertificateView*);
Result<CertificateView> certificate_view(Transaction& transaction, const Caller& caller, const CertificateKey& key);

/// The compiled-in editions; the one that holds on a day.
const std::vector<CriteriaEdition>& criteria_editions();
Result<CriteriaEdition> criteria_on(Date day);

/// The certificate of a territory that holds on a day.
Result<std::optional<IslandCertificate>> certificate_on(Transaction& transaction, const Id<Territory>& territory, Date day);

/// The plan to zero that holds for the certificate's island, with its yearly steps; an error where there is none, or where a newer one has taken its place.
Result<Done> take_plan(Transaction& transaction, IslandCertificate& certificate);
/// Takes the figures of the inventory, judges the criteria of the edition that the certificate names.
Result<Done> take_figures(Transaction& transaction, IslandCertificate& certificate, Date today);
/// Number, dates, statement in the log; in the transaction given.
Result<Done> issue(Transaction& transaction, const parties::TransparencyLog& log, IslandCertificate& certificate, Time now, std::string number);

std::vector<Endpoint> certificate_endpoints(const parties::TransparencyLog& log);
std::vector<Endpoint> certificate_paper_endpoints(const library::PublicAddress& address);
std::vector<Endpoint> alliance_endpoints();
Check certificate_check();
SampleStep sample_certificates(const parties::TransparencyLog& log);

} // namespace greenbank::cities
