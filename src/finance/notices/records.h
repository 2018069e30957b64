// records.h — partners across borders with their keys, notices sent to them and notices that came from them.
#pragma once

#include "finance/credit/records.h"
#include "finance/engine/notice_text.h"

namespace greenbank::finance {

enum class NoticeState { standing, revoked };
/// A signed text is on its way by the hands of people; what they say of it is kept.
enum class OutboxState { drafted, sent, acknowledged, refused, revoked };

/// What happened to a notice, and who says so.
struct NoticeStep {
    OutboxState state = OutboxState::drafted;
    Time at;
    std::string by;
    std::optional<std::string> note; // how it was sent, who has acknowledged it, why it was refused
};
Record describe(const NoticeStep*);

/// Another bank whose notices are taken: the key that its log signs with.
struct NoticePartner {
    static constexpr std::string_view id_prefix = "noticepartner";
    Id<NoticePartner> id;
    Id<Organisation> organisation; // as this bank knows it: subjects consent to it
    Text organisation_name;
    std::string key;    // name+id+key
    std::string source; // how its key was learnt
    bool in_use = true;
    std::string made_by_name;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const NoticePartner*);

struct SentNotice {
    static constexpr std::string_view id_prefix = "sentnotice";
    Id<SentNotice> id;
    NoticeKind kind = NoticeKind::warning;
    Id<Organisation> subject;
    Text subject_name;
    Id<NoticePartner> partner;
    Text partner_name;
    Id<CreditConsent> consent;
    std::string note;                      // signed: what is sent
    std::optional<std::string> revocation; // signed
    std::string proof_code;
    Date day, valid_until;
    OutboxState state = OutboxState::drafted;
    Time state_at;
    std::string state_by_name;
    std::vector<NoticeStep> steps; // the last one is the state
    std::string made_by_name;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const SentNotice*);

struct ReceivedNotice {
    static constexpr std::string_view id_prefix = "receivednotice";
    Id<ReceivedNotice> id;
    std::string number; // the sender's
    NoticeKind kind = NoticeKind::warning;
    Id<NoticePartner> partner;
    Text partner_name;
    std::string subject;                          // digest
    std::optional<Id<Organisation>> organisation; // whom this bank knows by it
    std::optional<Text> organisation_name;
    std::optional<WarningLevel> level;
    std::vector<std::string> reasons;
    std::int64_t loans = 0, late = 0, written_off = 0, penalties = 0;
    std::optional<std::string> note; // as it came; gone once it is revoked
    Date day, valid_until;
    NoticeState state = NoticeState::standing;
    std::string made_by_name;
    bool sample = false;
    Time created_at, updated_at;
    std::int64_t version = 1;
};
Record describe(const ReceivedNotice*);

/// The digest that stands for an organisation: of its country and its registration number, or, where it has none, its English name.
std::string subject_digest(const Organisation& organisation);

} // namespace greenbank::finance

namespace greenbank {
template <> struct Choices<finance::NoticeKind> {
    static constexpr std::string_view name = "border_notice_kind";
    static constexpr std::string_view values[] = {"warning", "credit", "revocation"};
};
template <> struct Choices<finance::OutboxState> {
    static constexpr std::string_view name = "sent_notice_state";
    static constexpr std::string_view values[] = {"drafted", "sent", "acknowledged", "refused", "revoked"};
};
template <> struct Choices<finance::NoticeState> {
    static constexpr std::string_view name = "border_notice_state";
    static constexpr std::string_view values[] = {"standing", "revoked"};
};
} // namespace greenbank
