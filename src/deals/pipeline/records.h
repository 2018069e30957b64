// records.h — deals, and the steps by which they went.
#pragma once

#include "deals/engine/pipeline.h"
#include "library/records.h"

namespace greenbank::deals {

enum class CooperationKind { licence, technology_transfer, joint_venture, commissioned_research, engineering, financing, other };
enum class DealOutcome { open, won, lost };
enum class LossReason { declined, withdrawn, price, financing, technical, legal, other_partner, silence, contract_ended };

struct Interest; // interest/records.h

/// Two organisations that know each other and talk: from the first contact to a contract that was performed.
struct Deal {
    static constexpr std::string_view id_prefix = "deal";
    Id<Deal> id;
    Text title;
    std::string kind, entry; // what it is about; empty where it began without an entry
    std::optional<library::TechnologyField> field;
    std::string country; // of who asked
    CooperationKind cooperation = CooperationKind::licence;
    Id<parties::Organisation> seeker, owner;
    std::optional<Id<Interest>> interest;
    std::string trail; // the name of its steps: the interest's id, or its own
    std::string adviser, adviser_name;
    DealStage stage = DealStage::contact;
    Time since;
    std::optional<std::string> next_step;
    std::optional<Id<parties::Organisation>> next_by; // absent: the adviser
    std::optional<Date> next_due;
    DealOutcome outcome = DealOutcome::open;
    std::optional<LossReason> loss_reason;
    std::optional<std::string> comment;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const Deal*);

/// A stage was entered, or the deal was lost. Never changed.
struct DealStep {
    static constexpr std::string_view id_prefix = "step";
    Id<DealStep> id;
    std::string trail;
    DealStage stage = DealStage::interest;
    bool lost = false;
    Time at;
    bool sample = false;
};
Record describe(const DealStep*);

} // namespace greenbank::deals

namespace greenbank {
template <> struct Choices<deals::CooperationKind> {
    static constexpr std::string_view name = "cooperation_kind";
    static constexpr std::string_view values[] = {
        "licence", "technology_transfer", "joint_venture", "commissioned_research", "engineering", "financing", "other"};
};
template <> struct Choices<deals::DealOutcome> {
    static constexpr std::string_view name = "deal_outcome";
    static constexpr std::string_view values[] = {"open", "won", "lost"};
};
template <> struct Choices<deals::LossReason> {
    static constexpr std::string_view name = "loss_reason";
    static constexpr std::string_view values[] = {
        "declined", "withdrawn", "price", "financing", "technical", "legal", "other_partner", "silence", "contract_ended"};
};
} // namespace greenbank
