// entries.cpp — the desk enters what it has on paper, the subject says what is wrong, and who may read is the subject's to say.
#include "finance/credit/credit.h"
#include "projects/access.h"

namespace greenbank::finance {

Record describe(const ById<CreditEntry>*) { return {"credit_entry_key", "Names an entry.", {field<&ById<CreditEntry>::id>("id", "Its id.")}}; }
Record describe(const ById<CreditConsent>*) { return {"credit_consent_key", "Names a consent.", {field<&ById<CreditConsent>::id>("id", "Its id.")}}; }
struct DisputeAnswer {
    Id<CreditDispute> id;
    bool upheld = false;
    std::string answer;
};
Record describe(const DisputeAnswer*) {
    return {"credit_dispute_answer", "Answers a dispute.",
        {field<&DisputeAnswer::id>("id", "Which dispute."), field<&DisputeAnswer::upheld>("upheld", "The subject is right: the entry is withdrawn."),
            field<&DisputeAnswer::answer>("answer", "Why; the subject reads this.", {.min = 1, .max = 2000})}};
}

namespace {

Result<Page<CreditEntry>> entry_list(Transaction& transaction, const Caller& caller, const ListOf<CreditEntry>& list) {
    if (caller.actor.may(run_finance)) return list_page<CreditEntry>(transaction, caller, list);
    return list_page<CreditEntry>(transaction, caller, list, "$1 <> '' AND subject = $1", {caller.actor.organisation});
}
Result<CreditEntry> entry_get(Transaction& transaction, const Caller& caller, const ById<CreditEntry>& key) {
    CreditEntry entry = TRY(transaction.get(key.id));
    if (caller.actor.may(run_finance) || (!caller.actor.organisation.empty() && entry.subject.text == caller.actor.organisation)) return entry;
    return not_found(record_of<CreditEntry>(), key.id.text);
}

Result<Reply<CreditEntry>> entry_create(Transaction& transaction, const Caller& caller, const CreditEntry& draft) {
    CreditEntry entry = draft;
    entry.id = caller.new_id<CreditEntry>();
    if (!TRY(transaction.find_one<Organisation>("id = $1", {entry.subject.text})))
        return invalid({{"subject", "credit.nobody", "The bank knows no such organisation."}});
    if (entry.day > date_of(caller.now)) return invalid({{"day", "credit.future", "This day has not come yet."}});
    entry.entered_by_name = TRY(projects::person_name(transaction, caller));
    entry.created_at = entry.updated_at = caller.now;
    TRY(transaction.insert(entry));
    return Reply<CreditEntry>{.body = std::move(entry), .status = 201};
}

Result<Page<CreditConsent>> consent_list(Transaction& transaction, const Caller& caller, const ListOf<CreditConsent>& list) {
    if (caller.actor.may(run_finance)) return list_page<CreditConsent>(transaction, caller, list);
    return list_page<CreditConsent>(transaction, caller, list, "$1 <> '' AND (subject = $1 OR reader = $1)", {caller.actor.organisation});
}

Result<Reply<CreditConsent>> consent_create(Transaction& transaction, const Caller& caller, const CreditConsent& draft) {
    CreditConsent consent = draft;
    consent.id = caller.new_id<CreditConsent>();
    consent.subject = TRY(acting_organisation(caller));
    if (consent.subject == consent.reader) return invalid({{"reader", "credit.oneself", "Your own file needs no consent."}});
    if (consent.until < date_of(caller.now)) return invalid({{"until_day", "finance.past", "This day has passed; name one that lies ahead."}});
    const auto reader = TRY(transaction.find_one<Organisation>("id = $1", {consent.reader.text}));
    if (!reader) return invalid({{"reader", "credit.nobody", "The bank knows no such organisation."}});
    consent.reader_name = reader->name;
    consent.subject_name = TRY(name_of_organisation(transaction, consent.subject));
    consent.made_by_name = TRY(projects::person_name(transaction, caller));
    consent.created_at = consent.updated_at = caller.now;
    TRY(transaction.insert(consent));
    return Reply<CreditConsent>{.body = std::move(consent), .status = 201};
}

Result<CreditConsent> consent_revoke(Transaction& transaction, const Caller& caller, const ById<CreditConsent>& key) {
    CreditConsent consent = TRY(transaction.get(key.id));
    if (caller.actor.organisation.empty() || consent.subject.text != caller.actor.organisation) return not_found(record_of<CreditConsent>(), key.id.text);
    TRY(check_expected(caller, consent));
    if (consent.revoked_at) return Error{Failure::conflict, "credit.revoked", "This consent is taken back already."};
    consent.revoked_at = consent.updated_at = caller.now;
    TRY(transaction.update(consent));
    return consent;
}

Result<Page<CreditDispute>> dispute_list(Transaction& transaction, const Caller& caller, const ListOf<CreditDispute>& list) {
    if (caller.actor.may(run_finance)) return list_page<CreditDispute>(transaction, caller, list);
    return list_page<CreditDispute>(transaction, caller, list, "$1 <> '' AND subject = $1", {caller.actor.organisation});
}

Result<Reply<CreditDispute>> dispute_create(Transaction& transaction, const Caller& caller, const CreditDispute& draft) {
    CreditEntry entry = TRY(transaction.get(draft.entry));
    if (caller.actor.organisation.empty() || entry.subject.text != caller.actor.organisation) return not_found(record_of<CreditEntry>(), draft.entry.text);
    if (entry.state != CreditEntryState::standing) return Error{Failure::conflict, "credit.not_standing", "This entry is disputed or withdrawn already."};
    CreditDispute dispute = draft;
    dispute.id = caller.new_id<CreditDispute>();
    dispute.subject = entry.subject;
    dispute.made_by_name = TRY(projects::person_name(transaction, caller));
    dispute.created_at = dispute.updated_at = entry.updated_at = caller.now;
    entry.state = CreditEntryState::disputed;
    TRY(transaction.insert(dispute));
    TRY(transaction.update(entry));
    return Reply<CreditDispute>{.body = std::move(dispute), .status = 201};
}

Result<CreditDispute> dispute_answer(Transaction& transaction, const Caller& caller, const DisputeAnswer& given) {
    CreditDispute dispute = TRY(transaction.get(given.id));
    TRY(check_expected(caller, dispute));
    if (dispute.state != DisputeState::open) return Error{Failure::conflict, "credit.answered", "This dispute is answered already."};
    dispute.state = given.upheld ? DisputeState::upheld : DisputeState::rejected;
    dispute.answer = given.answer;
    dispute.answered_by_name = TRY(projects::person_name(transaction, caller));
    CreditEntry entry = TRY(transaction.get(dispute.entry));
    entry.state = given.upheld ? CreditEntryState::withdrawn : CreditEntryState::standing;
    dispute.updated_at = entry.updated_at = caller.now;
    TRY(transaction.update(dispute));
    TRY(transaction.update(entry));
    return dispute;
}

} // namespace

std::vector<Endpoint> credit_entry_endpoints() {
    return {
        // clang-format off
        {"credit_entry_list", Method::get, "/credit-entries", "What the credit file says of one's organisation, or of all.", Mode::read, signed_in, call(entry_list)},
        {"credit_entry_get", Method::get, "/credit-entries/{id}", "One entry.", Mode::read, signed_in, call(entry_get)},
        {"credit_entry_create", Method::post, "/credit-entries", "Enter a permit, a penalty, a measurement, a rating.", Mode::write, run_finance, call(entry_create)},
        {"credit_consent_list", Method::get, "/credit-consents", "Consents that one's organisation gave or has.", Mode::read, signed_in, call(consent_list)},
        {"credit_consent_create", Method::post, "/credit-consents", "Let another organisation read one's credit file, for one purpose.", Mode::write, sign_finance, call(consent_create)},
        {"credit_consent_revoke", Method::post, "/credit-consents/{id}/revoke", "Take a consent back.", Mode::write, sign_finance, call(consent_revoke)},
        {"credit_dispute_list", Method::get, "/credit-disputes", "Disputes of one's organisation, or all.", Mode::read, signed_in, call(dispute_list)},
        {"credit_dispute_create", Method::post, "/credit-disputes", "Say that an entry about one's organisation is wrong.", Mode::write, sign_finance, call(dispute_create)},
        {"credit_dispute_answer", Method::post, "/credit-disputes/{id}/answer", "Answer a dispute: the entry is withdrawn, or stands.", Mode::write, run_finance, call(dispute_answer)},
        // clang-format on
    };
}

} // namespace greenbank::finance
