// notices.cpp — sending a notice by consent, taking it back, and taking in what a partner has signed.
#include "finance/notices/records.h"
#include "finance/operations.h"
#include "finance/watch/records.h"
#include "parties/log/transparency_log.h"
#include "parties/secrets.h"
#include "projects/access.h"

namespace greenbank::finance {

Record describe(const ById<NoticePartner>*) { return {"notice_partner_key", "Names a partner.", {field<&ById<NoticePartner>::id>("id", "Its id.")}}; }
Record describe(const ById<SentNotice>*) { return {"sent_notice_key", "Names a notice.", {field<&ById<SentNotice>::id>("id", "Its id.")}}; }
Record describe(const ById<ReceivedNotice>*) { return {"received_notice_key", "Names a notice.", {field<&ById<ReceivedNotice>::id>("id", "Its id.")}}; }
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
struct NoticeTaking {
    std::string note;
};
Record describe(const NoticeTaking*) {
    return {"notice_taking", "Takes in a notice.", {field<&NoticeTaking::note>("note", "The signed text as it came.", {.min = 10, .max = 20'000})}};
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

Result<Page<NoticePartner>> partner_list(Transaction& transaction, const Caller& caller, const ListOf<NoticePartner>& list) {
    return list_page<NoticePartner>(transaction, caller, list);
}
Result<Reply<NoticePartner>> partner_create(Transaction& transaction, const Caller& caller, const NoticePartner& draft) {
    NoticePartner partner = draft;
    partner.id = caller.new_id<NoticePartner>();
    partner.organisation_name = TRY(named_organisation(transaction, partner.organisation, "organisation")).name;
    const auto key = parties::parse_note_key(parties::sha256, partner.key);
    if (!key) return invalid({{"key", "notice.key", "This is no public key of a log: name+id+key, as its page of the log shows it."}});
    if (!TRY(transaction.query("SELECT 1 FROM notice_partner WHERE key = $1 AND in_use = true", {partner.key})).empty())
        return Error{Failure::conflict, "notice.key_twice", "This key is entered already."};
    partner.made_by_name = TRY(projects::person_name(transaction, caller));
    partner.created_at = partner.updated_at = caller.now;
    TRY(transaction.insert(partner));
    return Reply<NoticePartner>{.body = std::move(partner), .status = 201};
}
Result<NoticePartner> partner_retire(Transaction& transaction, const Caller& caller, const ById<NoticePartner>& key) {
    NoticePartner partner = TRY(transaction.get(key.id));
    TRY(check_expected(caller, partner));
    if (!partner.in_use) return Error{Failure::conflict, "notice.partner_retired", "This partner is out of use already."};
    partner.in_use = false;
    partner.updated_at = caller.now;
    TRY(transaction.update(partner));
    return partner;
}

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

Result<Reply<SentNotice>> notice_send(Transaction& transaction, const parties::TransparencyLog& log, const Caller& caller, const NoticeSending& asked) {
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
        .made_by_name = std::move(made_by_name),
        .created_at = caller.now,
        .updated_at = caller.now};
    NoticeText text = text_of(log, notice, subject);
    TRY(asked.kind == NoticeKind::warning ? fill_warning(transaction, asked.subject, text) : fill_credit(transaction, asked.subject, today, text));
    notice.note = TRY(log.sign_statement(to_text(text)));
    notice.proof_code = TRY(log.append(transaction, "border_notice", notice.id.text, caller.now, notice.note)).code;
    TRY(transaction.insert(notice));
    return Reply<SentNotice>{.body = std::move(notice), .status = 201};
}

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

Result<SentNotice> notice_revoke(Transaction& transaction, const parties::TransparencyLog& log, const Caller& caller, const ById<SentNotice>& key) {
    SentNotice notice = TRY(notice_seen(transaction, caller, key.id));
    TRY(check_expected(caller, notice));
    if (notice.state == NoticeState::revoked) return Error{Failure::conflict, "notice.revoked", "This notice was taken back already."};
    NoticeText text = text_of(log, notice, TRY(transaction.get(notice.subject)));
    text.kind = NoticeKind::revocation;
    text.day = date_of(caller.now);
    notice.revocation = TRY(log.sign_statement(to_text(text)));
    TRY(log.append(transaction, "border_notice", notice.id.text, caller.now, *notice.revocation));
    notice.state = NoticeState::revoked;
    notice.updated_at = caller.now;
    TRY(transaction.update(notice));
    return notice;
}

Result<NoticeStanding> notice_standing(Transaction& transaction, const Caller&, const ById<SentNotice>& key) {
    const SentNotice notice = TRY(transaction.get(key.id));
    const CreditConsent consent = TRY(transaction.get(notice.consent));
    NoticeStanding standing{notice.id.text, notice.state, notice.valid_until, notice.revocation};
    if (consent.revoked_at) standing.state = NoticeState::revoked; // with the consent goes what rests on it
    return standing;
}

/// The partner whose key has signed it, and what it says.
struct Opened {
    NoticePartner partner;
    NoticeText text;
};
Result<Opened> open_notice(Transaction& transaction, const parties::TransparencyLog& log, const std::string& signed_text) {
    const auto note = parties::parse_note(signed_text);
    if (!note) return invalid({{"note", "notice.no_note", "This is not the signed text of a notice."}});
    const auto text = parse_notice_text(note.value().text);
    if (!text) return invalid({{"note", "notice.no_note", "This is not the signed text of a notice."}});
    for (const NoticePartner& partner : TRY(transaction.find<NoticePartner>("in_use = true ORDER BY id", {}))) {
        const parties::NoteKey key = TRY(parties::parse_note_key(parties::sha256, partner.key));
        if (key.name != text->from) continue;
        if (parties::check_signatures(note.value(), parties::sha256, std::span(&key, 1), parties::verify_signature)) return Opened{partner, *text};
    }
    if (text->from == log.origin()) return invalid({{"note", "notice.own", "This notice is the bank's own; the receiver takes it in."}});
    return invalid({{"note", "notice.not_signed", "No partner's key has signed this text as it stands."}});
}

Result<Reply<ReceivedNotice>> notice_take(Transaction& transaction, const parties::TransparencyLog& log, const Caller& caller, const NoticeTaking& taking) {
    const Opened opened = TRY(open_notice(transaction, log, taking.note));
    const NoticeText& text = opened.text;
    auto known = TRY(transaction.find_one<ReceivedNotice>("partner = $1 AND number = $2", {opened.partner.id.text, text.number}));
    const bool fresh = !known;
    if (!fresh && known->state == NoticeState::revoked) return Error{Failure::conflict, "notice.revoked", "This notice was taken back already."};
    if (!fresh && text.kind != NoticeKind::revocation) return Error{Failure::conflict, "notice.taken", "This notice was taken in already."};
    auto made_by_name = TRY(projects::person_name(transaction, caller));
    ReceivedNotice received = fresh ? ReceivedNotice{.id = caller.new_id<ReceivedNotice>(),
                                          .number = text.number,
                                          .kind = text.kind,
                                          .partner = opened.partner.id,
                                          .partner_name = opened.partner.organisation_name,
                                          .subject = text.subject,
                                          .organisation = {},
                                          .organisation_name = {},
                                          .level = {},
                                          .reasons = {},
                                          .note = {},
                                          .day = text.day,
                                          .valid_until = text.valid_until,
                                          .made_by_name = std::move(made_by_name),
                                          .created_at = caller.now,
                                          .updated_at = caller.now}
                                    : *known;
    received.updated_at = caller.now;
    if (text.kind == NoticeKind::revocation) { // what it said is forgotten, that it was taken back is not
        received.state = NoticeState::revoked;
        received.level.reset();
        received.reasons.clear();
        received.note.reset();
        received.organisation.reset();
        received.organisation_name.reset();
        received.loans = received.late = received.written_off = received.penalties = 0;
    } else {
        for (const Organisation& one : TRY(transaction.find<Organisation>("ORDER BY id", {})))
            if (!received.organisation && subject_digest(one) == text.subject) {
                received.organisation = one.id;
                received.organisation_name = one.name;
            }
        if (text.kind == NoticeKind::warning) received.level = parse_choice<WarningLevel>(text.level);
        received.reasons = text.reasons;
        received.loans = text.loans;
        received.late = text.late;
        received.written_off = text.written_off;
        received.penalties = text.penalties;
        received.note = taking.note;
    }
    TRY(fresh ? transaction.insert(received) : transaction.update(received));
    return Reply<ReceivedNotice>{.body = std::move(received), .status = fresh ? 201 : 200};
}
Result<Page<ReceivedNotice>> received_list(Transaction& transaction, const Caller& caller, const ListOf<ReceivedNotice>& list) {
    return list_page<ReceivedNotice>(transaction, caller, list);
}
Result<ReceivedNotice> received_get(Transaction& transaction, const Caller&, const ById<ReceivedNotice>& key) { return transaction.get(key.id); }

} // namespace

std::vector<Endpoint> notice_endpoints(const parties::TransparencyLog& log) {
    const auto send = [&log](Transaction& transaction, const Caller& caller, const NoticeSending& asked) -> Result<Reply<SentNotice>> {
        return notice_send(transaction, log, caller, asked);
    };
    const auto revoke = [&log](Transaction& transaction, const Caller& caller, const ById<SentNotice>& key) -> Result<SentNotice> {
        return notice_revoke(transaction, log, caller, key);
    };
    const auto take = [&log](Transaction& transaction, const Caller& caller, const NoticeTaking& taking) -> Result<Reply<ReceivedNotice>> {
        return notice_take(transaction, log, caller, taking);
    };
    return {
        // clang-format off
        {"notice_partner_list", Method::get, "/notice-partners", "Banks abroad whose notices are taken.", Mode::read, run_finance, call(partner_list)},
        {"notice_partner_create", Method::post, "/notice-partners", "Enter a bank abroad with the key of its log.", Mode::write, run_finance, call(partner_create)},
        {"notice_partner_retire", Method::post, "/notice-partners/{id}/retire", "Take a partner out of use.", Mode::write, run_finance, call(partner_retire)},
        {"sent_notice_list", Method::get, "/sent-notices", "Notices sent abroad, about one's organisation or all.", Mode::read, signed_in, call(sent_list)},
        {"sent_notice_get", Method::get, "/sent-notices/{id}", "One notice with its signed text.", Mode::read, signed_in, call(sent_get)},
        {"sent_notice_create", Method::post, "/sent-notices", "Sign a notice for a partner abroad: by consent, with no amount and no name in it.", Mode::write, run_finance, call(send)},
        {"sent_notice_revoke", Method::post, "/sent-notices/{id}/revoke", "Take a notice back: the desk, or whom it is about.", Mode::write, sign_finance, call(revoke)},
        {"sent_notice_standing", Method::get, "/sent-notices/{id}/standing", "Whether a notice still stands, for whoever has its number.", Mode::read, open_to_all, call(notice_standing)},
        {"received_notice_list", Method::get, "/received-notices", "Notices from abroad.", Mode::read, run_finance, call(received_list)},
        {"received_notice_get", Method::get, "/received-notices/{id}", "One notice from abroad.", Mode::read, run_finance, call(received_get)},
        {"received_notice_take", Method::post, "/received-notices", "Take in a notice, or what takes one back: the partner's signature is verified.", Mode::write, run_finance, call(take)},
        // clang-format on
    };
}

} // namespace greenbank::finance
