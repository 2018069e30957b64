// records.cpp — descriptions of requests, plans and hours.
#include "services/requests/records.h"

#include <cmath>

#include "library/rules.h"

namespace greenbank::services {

namespace {

void check_document(const void* value, Problems& problems) { library::check_link(static_cast<const RequestDocument*>(value)->link, "link", problems); }
void check_request(const void* value, Problems& problems) { library::check_country(static_cast<const ServiceRequest*>(value)->country, "country", problems); }
void check_work(const void* value, Problems& problems) {
    const double hours = static_cast<const WorkEntry*>(value)->hours;
    if (hours * 4 != std::floor(hours * 4)) problems.push_back({"hours", "work.quarters", "Book hours in quarters: 0.25, 0.5, 1.75."});
}

} // namespace

Record describe(const RequestDocument*) {
    return {"request_document", "A document that belongs to a request.",
        {field<&RequestDocument::title>("title", "What it is.", {.min = 1, .max = 200}),
            field<&RequestDocument::link>("link", "Where it lies.", {.min = 1, .max = 500})},
        check_document};
}
Record describe(const EligibilityFinding*) {
    using One = EligibilityFinding;
    return {"eligibility_finding", "What was found about a criterion of eligibility.",
        {field<&One::criterion>("criterion", "Its code.", {.min = 1, .max = 40}), field<&One::met>("met", "It is met.", {.defaulted = true}),
            field<&One::reason>("reason", "Why, so that the asker understands it.", {.min = 1, .max = 1000})}};
}
Record describe(const PriorityFinding*) {
    using One = PriorityFinding;
    return {"priority_finding", "How far a criterion of priority is met.",
        {field<&One::criterion>("criterion", "Its code.", {.min = 1, .max = 40}), field<&One::grade>("grade", "No, partly or fully."),
            field<&One::reason>("reason", "Why.", {.max = 1000})}};
}
Record describe(const ScoreLine*) {
    return {"score_line", "One part of a score.",
        {field<&ScoreLine::part>("part", "The code of a criterion; region, field or kind of the balance."),
            field<&ScoreLine::points>("points", "What it gave."), field<&ScoreLine::points_max>("points_max", "What it could have given.")}};
}
Record describe(const PlanStep*) {
    return {"plan_step", "One step of a response plan.",
        {field<&PlanStep::title>("title", "What is done.", {.min = 1, .max = 300}), field<&PlanStep::responsible>("responsible", "By whom."),
            field<&PlanStep::hours>("hours", "How much work.", {.unit = "h", .min = 0, .max = 10'000}), field<&PlanStep::due>("due", "Until when."),
            field<&PlanStep::done_on>("done_on", "When it was done.", {.read_only = true})}};
}

Record describe(const ServiceRequest*) {
    using Request = ServiceRequest;
    return {"service_request", "An organisation's request for help.",
        {
            field<&Request::id>("id", "Id.", {.read_only = true}),
            field<&Request::asker>("asker", "Who asks.", {.read_only = true, .filter = true}),
            field<&Request::service>("service", "Which service of the catalogue; none: an open question.", {.filter = true}),
            field<&Request::kind>("kind", "What kind of help.", {.filter = true, .sort = true}),
            field<&Request::title>("title", "What it is about, in a few words.", {.min = 1, .max = 200, .sort = true}),
            field<&Request::description>("description", "What is wanted, what was tried, what should come out.", {.min = 1, .max = 6000}),
            field<&Request::field>("field", "The field it lies in.", {.filter = true}),
            field<&Request::country>("country", "Where help is wanted.", {.min = 2, .max = 2, .filter = true, .sort = true}),
            field<&Request::urgency>("urgency", "How urgent it is.", {.defaulted = true, .filter = true}),
            field<&Request::wanted_by>("wanted_by", "Until when help is needed.", {.sort = true}),
            field<&Request::technology>("technology", "The technology it is about."),
            field<&Request::need>("need", "The need it is about.", {.filter = true}),
            field<&Request::project>("project", "The project it is about.", {.filter = true}),
            field<&Request::documents>("documents", "What the helpers should read.", {.max = 20, .defaulted = true}),
            field<&Request::state>("state", "Where it stands.", {.read_only = true, .filter = true}),
            field<&Request::submitted_at>("submitted_at", "When it was submitted.", {.read_only = true, .sort = true}),
            field<&Request::since>("since", "Since when it stands there.", {.read_only = true, .sort = true}),
            field<&Request::rules_edition>("rules_edition", "By which rules it was judged.", {.read_only = true}),
            field<&Request::eligibility>("eligibility", "What was found about eligibility.", {.read_only = true}),
            field<&Request::priority>("priority", "What was found about priority.", {.read_only = true}),
            field<&Request::rank>("rank", "Its place in the queue when it was ranked.", {.read_only = true, .sort = true}),
            field<&Request::score_points>("score_points", "Its points then.", {.read_only = true, .sort = true}),
            field<&Request::score>("score", "The parts of these.", {.read_only = true}),
            field<&Request::provider>("provider", "Which organisation helps.", {.read_only = true, .filter = true}),
            field<&Request::expert>("expert", "Which expert helps.", {.read_only = true, .filter = true}),
            field<&Request::starts_on>("starts_on", "When the plan begins.", {.read_only = true}),
            field<&Request::plan>("plan", "The response plan.", {.read_only = true}),
            field<&Request::budget>("budget", "What it costs.", {.read_only = true}),
            field<&Request::result>("result", "What was delivered.", {.max = 6000, .read_only = true}),
            field<&Request::satisfaction>("satisfaction", "How satisfied the asker is, from 1 to 5.", {.min = 1, .max = 5, .read_only = true}),
            field<&Request::satisfaction_text>("satisfaction_text", "In words.", {.max = 2000, .read_only = true}),
            field<&Request::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Request::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Request::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Request::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_request};
}

Record describe(const WorkEntry*) {
    return {"work_entry", "Hours worked on a request.",
        {
            field<&WorkEntry::id>("id", "Id.", {.read_only = true}),
            field<&WorkEntry::request>("request", "Which request.", {.filter = true}),
            field<&WorkEntry::day>("day", "On which day.", {.sort = true}),
            field<&WorkEntry::hours>("hours", "How long, in quarters of an hour.", {.unit = "h", .min = 0.25, .max = 24}),
            field<&WorkEntry::kind>("kind", "What kind of work.", {.filter = true}),
            field<&WorkEntry::text>("text", "What was done.", {.min = 1, .max = 500}),
            field<&WorkEntry::person>("person", "Who booked it.", {.read_only = true}),
            field<&WorkEntry::person_name>("person_name", "The name of that person.", {.read_only = true}),
            field<&WorkEntry::organisation>("organisation", "For whom.", {.read_only = true, .filter = true}),
            field<&WorkEntry::expert>("expert", "The expert whose hours these are; none: the provider's own."),
            field<&WorkEntry::sample>("sample", "Part of the sample bank.", {.read_only = true}),
            field<&WorkEntry::created_at>("created_at", "When it was booked.", {.read_only = true}),
        },
        check_work};
}

} // namespace greenbank::services
