// notices.cpp — partners abroad, and taking in what one of them has signed.
#include "finance/notices/records.h"
#include "finance/operations.h"
#include "parties/log/transparency_log.h"
#include "parties/secrets.h"
#include "projects/access.h"

namespace greenbank::finance {

Record describe(const ById<NoticePartner>*) { return {"notice_partner_key", "Names a partner.", {field<&ById<NoticePartner>::id>("id", "Its id.")}}; }
Record describe(const ById<ReceivedNotice>*) { return {"received_notice_key", "Names a notice.", {field<&ById<ReceivedNotice>::id>("id", "Its id.")}}; }
struct NoticeTaking {
    std::string note;
};
Record describe(const NoticeTaking*) {
    return {"notice_taking", "Takes in a notice.", {field<&NoticeTaking::note>("note", "The signed text as it came.", {.min = 10, .max = 20'000})}};
}
namespace {

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

Result<Reply<ReceivedNotice>> notice_take(const parties::TransparencyLog& log, Transaction& transaction, const Caller& caller, const NoticeTaking& taking) {
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
    return {
        // clang-format off
        {"notice_partner_list", Method::get, "/notice-partners", "Banks abroad whose notices are taken.", Mode::read, run_finance, call(partner_list)},
        {"notice_partner_create", Method::post, "/notice-partners", "Enter a bank abroad with the key of its log.", Mode::write, run_finance, call(partner_create)},
        {"notice_partner_retire", Method::post, "/notice-partners/{id}/retire", "Take a partner out of use.", Mode::write, run_finance, call(partner_retire)},
        {"received_notice_list", Method::get, "/received-notices", "Notices from abroad.", Mode::read, run_finance, call(received_list)},
        {"received_notice_get", Method::get, "/received-notices/{id}", "One notice from abroad.", Mode::read, run_finance, call(received_get)},
        {"received_notice_take", Method::post, "/received-notices", "Take in a notice, or what takes one back: the partner's signature is verified.", Mode::write, run_finance, call(log, notice_take)},
        // clang-format on
    };
}

} // namespace greenbank::finance
