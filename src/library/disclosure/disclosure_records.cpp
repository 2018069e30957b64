// disclosure_records.cpp — descriptions of agreements, admissions, reads and documents.
#include "library/disclosure/disclosure_records.h"

namespace greenbank::library {

static void check_agreement(const void* value, Problems& problems) {
    const auto& agreement = *static_cast<const DisclosureAgreement*>(value);
    if (agreement.valid_from && agreement.valid_until && *agreement.valid_until < *agreement.valid_from)
        problems.push_back({"valid_until", "agreement.dates", "The last day must not come before the first."});
}

Record describe(const DisclosureAgreement*) {
    using Agreement = DisclosureAgreement;
    return {"disclosure_agreement", "A non-disclosure agreement between an owner and one that wants to see more.",
        {
            field<&Agreement::id>("id", "Id.", {.read_only = true}),
            field<&Agreement::owner>("owner", "The organisation whose entries it opens.", {.read_only = true, .filter = true}),
            field<&Agreement::recipient>("recipient", "The organisation that may see them.", {.read_only = true, .filter = true}),
            field<&Agreement::kind>("kind", "technology, need or capital_offer; absent: all entries of the owner.", {.read_only = true}),
            field<&Agreement::entry>("entry", "The entry; absent: all of the owner's.", {.read_only = true, .filter = true}),
            field<&Agreement::title>("title", "What the entry is called.", {.read_only = true}),
            field<&Agreement::purpose>("purpose", "What the recipient wants to know, and what for.", {.max = 2000, .read_only = true}),
            field<&Agreement::terms>("terms", "What the owner asks for.", {.max = 10'000, .read_only = true}),
            field<&Agreement::document>("document", "The text that both sign.", {.read_only = true}),
            field<&Agreement::document_name>("document_name", "What that file is called.", {.max = 255, .read_only = true}),
            field<&Agreement::valid_from>("valid_from", "The first day; absent: from the second signature on.", {.read_only = true}),
            field<&Agreement::valid_until>("valid_until", "The last day; absent: until somebody ends it.", {.read_only = true}),
            field<&Agreement::state>("state", "Where it stands.", {.read_only = true, .filter = true}),
            field<&Agreement::since>("since", "Since when.", {.read_only = true, .sort = true}),
            field<&Agreement::owner_signer>("owner_signer", "Who signed for the owner.", {.max = 200, .read_only = true}),
            field<&Agreement::owner_signed_at>("owner_signed_at", "When.", {.read_only = true}),
            field<&Agreement::recipient_signer>("recipient_signer", "Who signed for the recipient.", {.max = 200, .read_only = true}),
            field<&Agreement::recipient_signed_at>("recipient_signed_at", "When.", {.read_only = true}),
            field<&Agreement::reason>("reason", "Why it was refused or ended.", {.max = 1000, .read_only = true}),
            field<&Agreement::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Agreement::created_at>("created_at", "When it was asked for.", {.read_only = true, .sort = true}),
            field<&Agreement::updated_at>("updated_at", "When it last went on.", {.read_only = true, .sort = true}),
            field<&Agreement::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_agreement};
}

Record describe(const DisclosureGrant*) {
    using Grant = DisclosureGrant;
    return {"disclosure_grant", "The owner admits an organisation to what is hidden.",
        {
            field<&Grant::id>("id", "Id.", {.read_only = true}),
            field<&Grant::owner>("owner", "Who admits.", {.read_only = true}),
            field<&Grant::recipient>("recipient", "Who is admitted.", {.filter = true}),
            field<&Grant::kind>("kind", "technology, need or capital_offer; absent: all entries of the owner.", {.read_only = true}),
            field<&Grant::entry>("entry", "To which entry; absent: to all of the owner's.", {.min = 1, .max = 80, .filter = true}),
            field<&Grant::title>("title", "What the entry is called.", {.read_only = true}),
            field<&Grant::stage>("stage", "Up to which stage.", {.defaulted = true}),
            field<&Grant::valid_until>("valid_until", "The last day; absent: until it is taken back."),
            field<&Grant::note>("note", "What for.", {.max = 1000, .defaulted = true}),
            field<&Grant::granted_by>("granted_by", "Who admitted them.", {.read_only = true}),
            field<&Grant::ended_at>("ended_at", "When it was taken back.", {.read_only = true}),
            field<&Grant::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Grant::created_at>("created_at", "Since when.", {.read_only = true, .sort = true}),
            field<&Grant::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

Record describe(const DisclosureRead*) {
    using Read = DisclosureRead;
    return {"disclosure_read", "Somebody was shown what is not for everybody.",
        {
            field<&Read::id>("id", "Id.", {.read_only = true}),
            field<&Read::owner>("owner", "Whose entry.", {.read_only = true}),
            field<&Read::kind>("kind", "technology, need or capital_offer.", {.read_only = true}),
            field<&Read::entry>("entry", "Which entry.", {.read_only = true, .filter = true}),
            field<&Read::title>("title", "What it is called.", {.read_only = true}),
            field<&Read::entry_version>("entry_version", "Which version of it.", {.read_only = true}),
            field<&Read::person>("person", "Who.", {.read_only = true, .filter = true}),
            field<&Read::person_name>("person_name", "That person's name.", {.read_only = true}),
            field<&Read::organisation>("organisation", "For which organisation.", {.read_only = true, .filter = true}),
            field<&Read::stage>("stage", "Up to which stage.", {.read_only = true, .filter = true}),
            field<&Read::fields>("fields", "What was shown that a stranger does not see.", {.max = 200, .read_only = true}),
            field<&Read::at>("at", "When.", {.read_only = true, .sort = true}),
            field<&Read::sample>("sample", "Part of the sample bank.", {.read_only = true}),
        }};
}

Record describe(const EntryDocument*) {
    using Document = EntryDocument;
    return {"entry_document", "A file that belongs to an entry.",
        {
            field<&Document::id>("id", "Id.", {.read_only = true}),
            field<&Document::owner>("owner", "Whose entry.", {.read_only = true}),
            field<&Document::kind>("kind", "technology, need or capital_offer.", {.read_only = true}),
            field<&Document::entry>("entry", "Which entry.", {.min = 1, .max = 80, .filter = true}),
            field<&Document::title>("title", "What it is.", {.min = 1, .max = 300}),
            field<&Document::file>("file", "The file: one of your own that has come in whole."),
            field<&Document::name>("name", "What the file is called.", {.max = 255, .read_only = true}),
            field<&Document::bytes>("bytes", "How large it is.", {.unit = "byte", .read_only = true}),
            field<&Document::stage>("stage", "From which stage on it is shown.", {.defaulted = true}),
            field<&Document::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Document::created_at>("created_at", "When it was attached.", {.read_only = true, .sort = true}),
            field<&Document::version>("version", "Goes up with every change.", {.read_only = true}),
        }};
}

} // namespace greenbank::library
