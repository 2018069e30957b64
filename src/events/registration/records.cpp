// records.cpp — descriptions of registrations.
#include "events/registration/records.h"

#include "library/rules.h"

namespace greenbank::events {

namespace {

void check_registration(const void* value, Problems& problems) {
    const auto& one = *static_cast<const Registration*>(value);
    library::check_country(one.country, "country", problems);
    const std::size_t at = one.email.find('@');
    if (at == std::string::npos || at == 0 || at + 1 == one.email.size() || one.email.find_first_of(" \t\r\n") != std::string::npos ||
        one.email.find('@', at + 1) != std::string::npos)
        problems.push_back({"email", "registration.email", "Write an e-mail address such as name@example.org."});
}

} // namespace

Record describe(const Registration*) {
    return {"registration", "Somebody who wants to come, or comes, to an event.",
        {
            field<&Registration::id>("id", "Id.", {.read_only = true}),
            field<&Registration::event>("event", "To which event.", {.filter = true}),
            field<&Registration::name>("name", "Name, as the badge shows it.", {.min = 1, .max = 120, .sort = true}),
            field<&Registration::email>("email", "E-mail address; once for each event.", {.min = 3, .max = 200}),
            field<&Registration::position>("position", "Position.", {.max = 200, .defaulted = true}),
            field<&Registration::organisation_name>("organisation_name", "Organisation, as the badge shows it.", {.min = 1, .max = 200}),
            field<&Registration::organisation>(
                "organisation", "The organisation of the bank whose people this is one of.", {.read_only = true, .filter = true}),
            field<&Registration::country>("country", "From which country.", {.min = 2, .max = 2, .filter = true}),
            field<&Registration::category>(
                "category", "Participant, speaker, exhibitor, press or investor.", {.defaulted = true, .filter = true, .sort = true}),
            field<&Registration::remark>("remark", "What the organiser should know.", {.min = 1, .max = 1000}),
            field<&Registration::state>("state", "Where it stands.", {.read_only = true, .filter = true}),
            field<&Registration::code>("code", "The code on the badge.", {.read_only = true}),
            field<&Registration::registered_by>("registered_by", "Who entered it.", {.read_only = true}),
            field<&Registration::checked_in_at>("checked_in_at", "When the person came.", {.read_only = true, .sort = true}),
            field<&Registration::checked_in_by>("checked_in_by", "Who let the person in.", {.read_only = true}),
            field<&Registration::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&Registration::created_at>("created_at", "When it was entered.", {.read_only = true, .sort = true}),
            field<&Registration::updated_at>("updated_at", "When it was last changed.", {.read_only = true}),
            field<&Registration::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_registration};
}

Record describe(const RegistrationCount*) {
    return {"registration_count", "Registrations of one category.",
        {field<&RegistrationCount::category>("category", "Which."), field<&RegistrationCount::applied>("applied", "To be decided about."),
            field<&RegistrationCount::waiting>("waiting", "Without a place yet."), field<&RegistrationCount::approved>("approved", "With a place."),
            field<&RegistrationCount::checked_in>("checked_in", "Here.")}};
}

Record describe(const Attendance*) {
    return {"attendance", "How full an event is.",
        {field<&Attendance::event>("event", "Which event."), field<&Attendance::applied>("applied", "To be decided about."),
            field<&Attendance::waiting>("waiting", "Without a place yet."), field<&Attendance::approved>("approved", "With a place."),
            field<&Attendance::checked_in>("checked_in", "Here."), field<&Attendance::capacity>("capacity", "Places."),
            field<&Attendance::places_left>("places_left", "Places that are left."), field<&Attendance::categories>("categories", "By category.")}};
}

Record describe(const CheckIn*) {
    return {"check_in", "What the desk is told of a code.",
        {field<&CheckIn::registration>("registration", "Whose code it is."), field<&CheckIn::first>("first", "It is shown for the first time."),
            field<&CheckIn::attendance>("attendance", "How full the event is now.")}};
}

} // namespace greenbank::events
