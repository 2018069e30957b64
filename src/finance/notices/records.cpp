// records.cpp — descriptions of notices across borders.
#include "finance/notices/records.h"

#include "parties/secrets.h"

namespace greenbank::finance {

Record describe(const NoticePartner*) {
    using One = NoticePartner;
    return {"notice_partner", "A bank abroad whose notices are taken.",
        {
            field<&One::id>("id", "Id.", {.read_only = true}),
            field<&One::organisation>("organisation", "Which organisation; subjects consent to it.", {.filter = true}),
            field<&One::organisation_name>("organisation_name", "What it is called.", {.read_only = true}),
            field<&One::key>("key", "The public key of its log: name+id+key, as its page of the log shows it.", {.min = 10, .max = 300}),
            field<&One::source>("source", "How the key was learnt.", {.min = 1, .max = 300}),
            field<&One::in_use>("in_use", "Notices are sent to it and taken from it.", {.read_only = true, .filter = true}),
            field<&One::made_by_name>("made_by_name", "Who entered it.", {.read_only = true}),
            field<&One::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&One::created_at>("created_at", "When.", {.read_only = true}),
            field<&One::updated_at>("updated_at", "When it last changed.", {.read_only = true, .sort = true}),
            field<&One::version>("version", "Version.", {.read_only = true}),
        }};
}

Record describe(const NoticeStep*) {
    using One = NoticeStep;
    return {"notice_step", "What happened to a notice.",
        {field<&One::state>("state", "How far it was then."), field<&One::at>("at", "When."), field<&One::by>("by_name", "Who says so."),
            field<&One::note>("note", "How it was sent, who has acknowledged it, or why it was refused.")}};
}

Record describe(const SentNotice*) {
    using One = SentNotice;
    return {"sent_notice", "A notice that was sent abroad.",
        {
            field<&One::id>("id", "Id; also the number that the receiver knows."),
            field<&One::kind>("kind", "What it tells.", {.filter = true}),
            field<&One::subject>("subject", "Of whom.", {.filter = true}),
            field<&One::subject_name>("subject_name", "What that is called; not in the notice."),
            field<&One::partner>("partner", "To whom.", {.filter = true}),
            field<&One::partner_name>("partner_name", "What the receiver is called."),
            field<&One::consent>("consent", "By which consent."),
            field<&One::note>("note", "The signed text: all that is sent."),
            field<&One::revocation>("revocation", "The signed text that takes it back."),
            field<&One::proof_code>("proof_code", "Its proof in the log."),
            field<&One::day>("day", "When.", {.sort = true}),
            field<&One::valid_until>("valid_until", "Until when it holds."),
            field<&One::state>("state", "Signed, sent, answered by the receiver, or taken back.", {.filter = true}),
            field<&One::state_at>("state_at", "Since when.", {.sort = true}),
            field<&One::state_by_name>("state_by_name", "Who says so."),
            field<&One::steps>("steps", "What happened to it.", {.max = 200}),
            field<&One::made_by_name>("made_by_name", "Who signed it."),
            field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::created_at>("created_at", "When it was made."),
            field<&One::updated_at>("updated_at", "When it last changed.", {.sort = true}),
            field<&One::version>("version", "Version."),
        }};
}

Record describe(const ReceivedNotice*) {
    using One = ReceivedNotice;
    return {"received_notice", "A notice that came from abroad and was verified.",
        {
            field<&One::id>("id", "Id."),
            field<&One::number>("number", "The sender's number.", {.filter = true}),
            field<&One::kind>("kind", "What it tells.", {.filter = true}),
            field<&One::partner>("partner", "From whom.", {.filter = true}),
            field<&One::partner_name>("partner_name", "What the sender is called."),
            field<&One::subject>("subject", "Of whom: a digest.", {.filter = true}),
            field<&One::organisation>("organisation", "Whom this bank knows by that digest.", {.filter = true}),
            field<&One::organisation_name>("organisation_name", "What that is called."),
            field<&One::level>("level", "Of a warning: how grave.", {.filter = true}),
            field<&One::reasons>("reasons", "Of a warning: which signals."),
            field<&One::loans>("loans", "Of credit: running loans."),
            field<&One::late>("late", "Of these late."),
            field<&One::written_off>("written_off", "Written off so far."),
            field<&One::penalties>("penalties", "Environmental penalties within a year."),
            field<&One::note>("note", "The signed text as it came; gone once it is revoked."),
            field<&One::day>("day", "When it was sent.", {.sort = true}),
            field<&One::valid_until>("valid_until", "Until when it holds."),
            field<&One::state>("state", "It stands, or was taken back.", {.filter = true}),
            field<&One::made_by_name>("made_by_name", "Who took it in."),
            field<&One::sample>("sample", "Part of the sample bank."),
            field<&One::created_at>("created_at", "When it was taken in."),
            field<&One::updated_at>("updated_at", "When it last changed.", {.sort = true}),
            field<&One::version>("version", "Version."),
        }};
}

std::string subject_digest(const Organisation& organisation) {
    const std::string who = organisation.country + "\n" + organisation.credit_code.value_or(organisation.name.best(Language::en));
    const std::string_view parts[] = {"greenbank subject\n", who};
    const auto hash = parties::sha256(parts);
    return to_hex({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

} // namespace greenbank::finance
