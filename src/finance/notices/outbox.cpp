// outbox.cpp — notices to partners abroad: signed by consent, on their way, answered, taken back. Nothing is delivered from here: rooms of the bank fetch from
// others and never push (peers), so people carry the signed text, and each step is what one of them says.
#include <algorithm>

#include "finance/notices/records.h"
#include "finance/operations.h"
#include "finance/watch/records.h"
#include "parties/log/transparency_log.h"
#include "projects/access.h"

namespace greenbank::finance {

Record describe(const ById<SentNotice>*) { return {"sent_notice_key", "Names a notice.", {field<&ById<SentNotice>::id>("id", "Its id.")}}; }
struct NoticeSending {
    NoticeKind kind = NoticeKind::warning;
    Id<Organisation> subject;
    Id<NoticePartner> partner;
};
Record describe(const NoticeSending*) {
    return {"notice_sending", "Sends a notice abroad.",
        {field<&NoticeSending::kind>("kind", "A warning as it stands, or how many loans."),
            field<&NoticeSending::subject>("subject", "Of whom; it has consented."), field<&NoticeSending::partner>("partner", "To whom.")}};
}
struct NoticeStepAsk {
    Id<SentNotice> id;
    std::string note;
};
Record describe(const NoticeStepAsk*) {
    return {"notice_step_ask", "Records what happened to a notice.",
        {field<&NoticeStepAsk::id>("id", "The notice."),
            field<&NoticeStepAsk::note>("note", "How it was sent; who has acknowledged it, and when; or why it was refused.", {.min = 1, .max = 500})}};
}
/// What anybody who has the number may know.
struct NoticeStanding {
    std::string number;
    NoticeState state = NoticeState::standing;
    Date valid_until;
    std::optional<std::string> revocation;
};
Record describe(const NoticeStanding*) {
    using One = NoticeStanding;
    return {"notice_standing", "Whether a notice still stands.",
        {field<&One::number>("number", "Its number."), field<&One::state>("state", "It stands, or was taken back."),
            field<&One::valid_until>("valid_until", "Until when it holds."), field<&One::revocation>("revocation", "The signed text that takes it back.")}};
}

namespace {

constexpr std::int32_t valid_days = 90, days_of_penalties = 365;

/// Nobody hears of a subject abroad without its consent to that partner.
Result<CreditConsent> consent_to(Transaction& transaction, const Id<Organisation>& subject, const Id<Organisation>& reader, Date today) {
    const auto found = TRY(transaction.find_one<CreditConsent>(
        "subject = $1 AND reader = $2 AND purpose = 'cooperation' AND until_day >= $3 AND revoked_at IS NULL ORDER BY until_day DESC LIMIT 1",
        {subject.text, reader.text, to_text(today)}));
    if (found) return *found;
    return Error{Failure::forbidden, "notice.no_consent", "The organisation has not agreed to cooperation with this partner; ask it for its consent."};
}

Result<Done> fill_warning(Transaction& transaction, const Id<Organisation>& subject, NoticeText& text) {
    const auto warnings = TRY(transaction.find<LoanWarning>("borrower = $1 AND open = true", {subject.text}));
    const auto worst = std::max_element(warnings.begin(), warnings.end(), [](const LoanWarning& a, const LoanWarning& b) { return a.level < b.level; });
    if (worst == warnings.end()) return Error{Failure::conflict, "notice.no_warning", "There is no open warning about this organisation."};
    text.level = name_of(worst->level);
    for (const WarningReason& one : worst->reasons)
        if (text.reasons.size() < 20) text.reasons.push_back(one.signal);
    return Done{};
}
Result<Done> fill_credit(Transaction& transaction, const Id<Organisation>& subject, Date today, NoticeText& text) {
    const auto count = [&](std::string_view where, std::vector<Value> values) -> Result<std::int64_t> {
        return as_integer(TRY(transaction.query("SELECT COUNT(*) FROM " + std::string(where), values)).single());
    };
    text.loans = TRY(count("loan WHERE borrower = $1 AND state = 'active'", {subject.text}));
    text.late = TRY(count("loan WHERE borrower = $1 AND state = 'active' AND days_late > 0", {subject.text}));
    text.written_off = TRY(count("loan WHERE borrower = $1 AND state = 'written_off'", {subject.text}));
    text.penalties = TRY(count("credit_entry WHERE subject = $1 AND kind = 'penalty' AND state = 'standing' AND day > $2 AND day <= $3",
        {subject.text, to_text(Date{today.days - days_of_penalties}), to_text(today)}));
    return Done{};
}

NoticeText text_of(const parties::TransparencyLog& log, const SentNotice& notice, const Organisation& subject) {
    return {.number = notice.id.text,
        .kind = notice.kind,
        .from = log.origin(),
        .to = notice.partner_name.best(Language::en),
        .subject = subject_digest(subject),
        .level = "",
        .reasons = {},
        .day = notice.day,
        .valid_until = notice.valid_until};
}

void step(SentNotice& notice, OutboxState state, const std::string& by, std::optional<std::string> note, Time at) {
    notice.state = state;
    notice.state_at = notice.updated_at = at;
    notice.state_by_name = by;
    notice.steps.push_back({state, at, by, std::move(note)});
}

Result<Reply<SentNotice>> notice_create(const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const NoticeSending& asked) {
    const Date today = date_of(caller.now);
    if (asked.kind == NoticeKind::revocation)
        return invalid({{"kind", "notice.kind", "Send a warning or a credit notice; what was sent is taken back on its own page."}});
    const auto partner = TRY(transaction.find_one<NoticePartner>("id = $1 AND in_use = true", {asked.partner.text}));
    if (!partner) return invalid({{"partner", "notice.no_partner", "There is no such partner in use."}});
    const Organisation subject = TRY(named_organisation(transaction, asked.subject, "subject"));
    const CreditConsent consent = TRY(consent_to(transaction, asked.subject, partner->organisation, today));
    auto made_by_name = TRY(projects::person_name(transaction, caller));
    SentNotice notice{.id = caller.new_id<SentNotice>(),
        .kind = asked.kind,
        .subject = asked.subject,
        .subject_name = subject.name,
        .partner = partner->id,
        .partner_name = partner->organisation_name,
        .consent = consent.id,
        .note = "",
        .revocation = {},
        .proof_code = "",
        .day = today,
        .valid_until = std::min(consent.until, Date{today.days + valid_days}),
        .state_by_name = "",
        .steps = {},
        .made_by_name = made_by_name,
        .created_at = caller.now,
        .updated_at = caller.now};
    NoticeText text = text_of(log, notice, subject);
    TRY(asked.kind == NoticeKind::warning ? fill_warning(transaction, asked.subject, text) : fill_credit(transaction, asked.subject, today, text));
    notice.note = TRY(log.sign_statement(to_text(text)));
    notice.proof_code = TRY(log.append(transaction, "border_notice", notice.id.text, caller.now, notice.note)).code;
    step(notice, OutboxState::drafted, made_by_name, {}, caller.now);
    TRY(transaction.insert(notice));
    return Reply<SentNotice>{.body = std::move(notice), .status = 201};
}

Error revoked_error() { return {Failure::conflict, "notice.revoked", "This notice was taken back already."}; }

/// For the desk, and for whom it is about.
Result<SentNotice> notice_seen(Transaction& transaction, const Caller& caller, const Id<SentNotice>& id) {
    SentNotice notice = TRY(transaction.get(id));
    if (caller.actor.may(run_finance) || (!caller.actor.organisation.empty() && caller.actor.organisation == notice.subject.text)) return notice;
    return not_found(record_of<SentNotice>(), id.text);
}
Result<Page<SentNotice>> sent_list(Transaction& transaction, const Caller& caller, const ListOf<SentNotice>& list) {
    if (caller.actor.may(run_finance)) return list_page<SentNotice>(transaction, caller, list);
    return list_page<SentNotice>(transaction, caller, list, "$1 <> '' AND subject = $1", {caller.actor.organisation});
}
Result<SentNotice> sent_get(Transaction& transaction, const Caller& caller, const ById<SentNotice>& key) { return notice_seen(transaction, caller, key.id); }

/// A step that the desk records, in a state that allows it.
Result<SentNotice> record_step(Transaction& transaction, const Caller& caller, const NoticeStepAsk& asked, OutboxState to,
    std::initializer_list<OutboxState> from, const Error& otherwise) {
    SentNotice notice = TRY(notice_seen(transaction, caller, asked.id));
    TRY(check_expected(caller, notice));
    if (notice.state == OutboxState::revoked) return revoked_error();
    if (std::find(from.begin(), from.end(), notice.state) == from.end()) return otherwise;
    step(notice, to, TRY(projects::person_name(transaction, caller)), asked.note, caller.now);
    TRY(transaction.update(notice));
    return notice;
}
/// Once more, too: to whom it did not come, or who asks for it again. By then the consent and its days must still hold.
Result<SentNotice> notice_send(Transaction& transaction, const Caller& caller, const NoticeStepAsk& asked) {
    const SentNotice notice = TRY(notice_seen(transaction, caller, asked.id));
    const CreditConsent consent = TRY(transaction.get(notice.consent));
    if (consent.revoked_at || notice.valid_until < date_of(caller.now))
        return Error{Failure::conflict, "notice.lapsed", "The consent was taken back, or the notice's days are over; sign a new one."};
    return record_step(transaction, caller, asked, OutboxState::sent, {OutboxState::drafted, OutboxState::sent, OutboxState::refused},
        {Failure::conflict, "notice.acknowledged", "The partner has acknowledged this notice already."});
}
Error not_sent() { return {Failure::conflict, "notice.not_sent", "A notice is answered once it is sent; record first how it was sent."}; }
Result<SentNotice> notice_acknowledge(Transaction& transaction, const Caller& caller, const NoticeStepAsk& asked) {
    return record_step(transaction, caller, asked, OutboxState::acknowledged, {OutboxState::sent}, not_sent());
}
Result<SentNotice> notice_refuse(Transaction& transaction, const Caller& caller, const NoticeStepAsk& asked) {
    return record_step(transaction, caller, asked, OutboxState::refused, {OutboxState::sent}, not_sent());
}

Result<SentNotice> notice_revoke(const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const ById<SentNotice>& key) {
    SentNotice notice = TRY(notice_seen(transaction, caller, key.id));
    TRY(check_expected(caller, notice));
    if (notice.state == OutboxState::revoked) return revoked_error();
    NoticeText text = text_of(log, notice, TRY(transaction.get(notice.subject)));
    text.kind = NoticeKind::revocation;
    text.day = date_of(caller.now);
    notice.revocation = TRY(log.sign_statement(to_text(text)));
    TRY(log.append(transaction, "border_notice", notice.id.text, caller.now, *notice.revocation));
    step(notice, OutboxState::revoked, TRY(projects::person_name(transaction, caller)), {}, caller.now);
    TRY(transaction.update(notice));
    return notice;
}

Result<NoticeStanding> notice_standing(Transaction& transaction, const Caller&, const ById<SentNotice>& key) {
    const SentNotice notice = TRY(transaction.get(key.id));
    const CreditConsent consent = TRY(transaction.get(notice.consent));
    NoticeStanding standing{notice.id.text, NoticeState::standing, notice.valid_until, notice.revocation};
    if (notice.state == OutboxState::revoked || consent.revoked_at) standing.state = NoticeState::revoked; // with the consent goes what rests on it
    return standing;
}

} // namespace

std::vector<Endpoint> outbox_endpoints(const parties::TransparencyLog& log) {
    return {
        // clang-format off
        {"sent_notice_list", Method::get, "/sent-notices", "Notices sent abroad, about one's organisation or all.", Mode::read, signed_in, call(sent_list)},
        {"sent_notice_get", Method::get, "/sent-notices/{id}", "One notice with its signed text.", Mode::read, signed_in, call(sent_get)},
        {"sent_notice_create", Method::post, "/sent-notices", "Sign a notice for a partner abroad: by consent, with no amount and no name in it.", Mode::write, run_finance, call(log, notice_create)},
        {"sent_notice_send", Method::post, "/sent-notices/{id}/send", "Record that a notice was sent, or sent again, and how.", Mode::write, run_finance, call(notice_send)},
        {"sent_notice_acknowledge", Method::post, "/sent-notices/{id}/acknowledge", "Record that the partner has acknowledged it.", Mode::write, run_finance, call(notice_acknowledge)},
        {"sent_notice_refuse", Method::post, "/sent-notices/{id}/refuse", "Record that the partner has refused it, and why.", Mode::write, run_finance, call(notice_refuse)},
        {"sent_notice_revoke", Method::post, "/sent-notices/{id}/revoke", "Take a notice back: the desk, or whom it is about.", Mode::write, sign_finance, call(log, notice_revoke)},
        {"sent_notice_standing", Method::get, "/sent-notices/{id}/standing", "Whether a notice still stands, for whoever has its number.", Mode::read, open_to_all, call(notice_standing)},
        // clang-format on
    };
}

} // namespace greenbank::finance
