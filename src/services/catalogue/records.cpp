// records.cpp — descriptions of services.
#include "services/catalogue/records.h"

#include "services/operations.h"

namespace greenbank::services {

namespace {

void check_service(const void* value, Problems& problems) {
    const auto& service = *static_cast<const Service*>(value);
    check_languages(service.languages, problems);
    check_countries(service.countries, "countries", problems);
    if (service.free && service.price) problems.push_back({"price", "service.free_or_price", "A service is free or has a price, not both."});
    if (!service.free && !service.price) problems.push_back({"price", "service.price_missing", "Say what it costs, or that it is free."});
    if (service.price && !service.price_per)
        problems.push_back({"price_per", "service.price_per", "Say what the price is for: an hour, a day, a case, a person or a month."});
}

} // namespace

Record describe(const Service*) {
    return {"service", "Something an organisation does for others through the bank.",
        {
            field<&Service::id>("id", "Id.", {.read_only = true}),
            field<&Service::provider>("provider", "Who gives it.", {.read_only = true, .filter = true}),
            field<&Service::kind>("kind", "Consulting, patents, assessment, pilot base, incubation, training, talent, policy, legal or finance advice.",
                {.filter = true, .sort = true}),
            field<&Service::title>("title", "What it is called.", {.min = 1, .max = 200, .sort = true}),
            field<&Service::summary>("summary", "What one gets, in one or two sentences.", {.min = 1, .max = 600}),
            field<&Service::description>("description", "How it goes, what must be brought, what comes out.", {.max = 6000}),
            field<&Service::fields>("fields", "Fields it serves; none: all.", {.max = 6, .filter = true}),
            field<&Service::languages>("languages", "Languages it is given in: zh, en, ru.", {.min = 1, .max = 10, .filter = true}),
            field<&Service::countries>("countries", "Countries it is given in; WORLD: everywhere.", {.min = 1, .max = 60, .filter = true}),
            field<&Service::free>("free", "It costs nothing.", {.defaulted = true, .filter = true}),
            field<&Service::price>("price", "What it costs.", {.min = 0}),
            field<&Service::price_per>("price_per", "What the price is for."),
            field<&Service::duration_days>("duration_days", "How long it usually takes.", {.unit = "d", .min = 1, .max = 1000, .sort = true}),
            field<&Service::capacity>("capacity", "How many requests at once.", {.min = 1, .max = 1000, .defaulted = true}),
            field<&Service::state>("state", "Draft, published or withdrawn.", {.read_only = true, .filter = true}),
            field<&Service::sample>("sample", "Part of the sample bank.", {.read_only = true, .filter = true}),
            field<&Service::created_at>("created_at", "When it was entered.", {.read_only = true}),
            field<&Service::updated_at>("updated_at", "When it was last changed.", {.read_only = true, .sort = true}),
            field<&Service::version>("version", "Goes up with every change.", {.read_only = true}),
        },
        check_service};
}

} // namespace greenbank::services
