// labels.h — what the picture of a label and its pages need of it.
#pragma once

#include "api/call.h"
#include "carbon/labels/records.h"
#include "library/assessment/assessment_records.h"

namespace greenbank::library {
struct PublicAddress;
}
namespace greenbank::parties {
class TransparencyLog;
}

namespace greenbank::carbon {

struct LabelKey {
    Id<CarbonLabel> id;
};
Record describe(const LabelKey*);

struct LabelView {
    CarbonLabel carbon_label;
    Text owner_name, reviewer_name, verifier_name, class_title;
    bool valid = false;
    std::vector<LabelAction> actions;
    std::vector<library::AssessmentStep> steps;
    std::vector<std::string> editions;
};
Record describe(const LabelView*);
Result<LabelView> label_view(Transaction& transaction, const Caller& caller, const LabelKey& key);

std::vector<Endpoint> label_endpoints(const parties::TransparencyLog& log);
std::vector<Endpoint> label_picture_endpoints(const library::PublicAddress& address);

/// The label as SVG: value, unit, grade, number, and a QR code of the link.
std::string label_svg(const LabelView& view, const std::string& link, Language language);

} // namespace greenbank::carbon
