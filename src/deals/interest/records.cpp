// records.cpp — descriptions of expressions of interest and their messages.
#include "deals/interest/records.h"

namespace greenbank::deals {

Record describe(const Interest*) {
    return {"interest", "An organisation is interested in what another one entered; an adviser of the bank stands between them.",
        {
            field<&Interest::id>("id", "Id."),
            field<&Interest::kind>("kind", "technology, need or capital_offer.", {.filter = true}),
            field<&Interest::entry>("entry", "In what.", {.filter = true}),
            field<&Interest::title>("title", "What the entry is called."),
            field<&Interest::owner>("owner", "Whose it is; absent to the interested party while the entry hides it."),
            field<&Interest::organisation>("organisation", "Who is interested; absent to the owner until accepted."),
            field<&Interest::person>("person", "Who wrote it.", {.defaulted = true}),
            field<&Interest::person_name>("person_name", "That person's name.", {.defaulted = true}),
            field<&Interest::country>("country", "The country of who is interested.", {.filter = true}),
            field<&Interest::organisation_kind>("organisation_kind", "What kind of organisation that is.", {.filter = true}),
            field<&Interest::size>("size", "How large that is."),
            field<&Interest::field>("field", "The field of the entry.", {.filter = true}),
            field<&Interest::cooperation>("cooperation", "What kind of cooperation is sought.", {.filter = true}),
            field<&Interest::cooperation_wish>("cooperation_wish", "Which cooperation, in words.", {.max = 4000}),
            field<&Interest::missing_information>("missing_information", "What one needs to know first.", {.max = 4000}),
            field<&Interest::presentation>("presentation", "Who one is, without names.", {.max = 4000}),
            field<&Interest::adviser>("adviser", "The officer who took it on.", {.defaulted = true}),
            field<&Interest::adviser_name>("adviser_name", "That person's name.", {.defaulted = true}),
            field<&Interest::state>("state", "Where it stands.", {.filter = true}),
            field<&Interest::since>("since", "Since when.", {.sort = true}),
            field<&Interest::forwarded_at>("forwarded_at", "When the owner received it."),
            field<&Interest::adviser_note>("adviser_note", "What the adviser says to it.", {.max = 2000}),
            field<&Interest::decline_reason>("decline_reason", "Why it was declined.", {.filter = true}),
            field<&Interest::comment>("comment", "In words.", {.max = 2000}),
            field<&Interest::deal>("deal", "The deal that it became."),
            field<&Interest::sample>("sample", "Part of the sample bank.", {.defaulted = true}),
            field<&Interest::created_at>("created_at", "When it was sent.", {.sort = true}),
            field<&Interest::updated_at>("updated_at", "When it was last changed.", {.sort = true}),
            field<&Interest::version>("version", "Goes up with every change."),
        }};
}

Record describe(const InterestMessage*) {
    return {"interest_message", "A word of the conversation about an interest, by way of the adviser.",
        {
            field<&InterestMessage::id>("id", "Id."),
            field<&InterestMessage::interest>("interest", "About which interest."),
            field<&InterestMessage::from>("from", "From which side."),
            field<&InterestMessage::state>("state", "Held until the adviser has read it, passed on, or returned to its writer."),
            field<&InterestMessage::text>("text", "What is said.", {.max = 4000}),
            field<&InterestMessage::file>("file", "A file with it."),
            field<&InterestMessage::file_name>("file_name", "What that is called."),
            field<&InterestMessage::person>("person", "Who wrote it.", {.defaulted = true}),
            field<&InterestMessage::person_name>("person_name", "That person's name.", {.defaulted = true}),
            field<&InterestMessage::adviser_note>("adviser_note", "Why the adviser returned it.", {.max = 2000}),
            field<&InterestMessage::sample>("sample", "Part of the sample bank.", {.defaulted = true}),
            field<&InterestMessage::created_at>("created_at", "When it was written."),
            field<&InterestMessage::passed_at>("passed_at", "When it was passed on."),
            field<&InterestMessage::version>("version", "Goes up with every change."),
        }};
}

} // namespace greenbank::deals
