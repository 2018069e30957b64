// targets_services.cpp — one of each part of services, shared equipment and cooperation.
#include <map>

#include "targets.h"

namespace greenbank::testing {

namespace {

void add_services(Visitor& person, std::map<std::string, std::string>& places) {
    const auto add = [&](const std::string& name, const std::string& path, const std::string& body) {
        const std::string id = create(person, path, body);
        places[name] = path + "/" + id;
        return id;
    };
    add("service_update", "/services",
        R"({"kind":"consulting","title":{"en":"target"},"summary":{"en":"x"},"fields":["water"],"languages":["en"],"countries":["KZ"],"free":true,"capacity":1})");
    add("service_request_correct", "/service-requests",
        R"({"kind":"consulting","title":{"en":"target"},"description":{"en":"x"},"field":"water","country":"KZ"})");
    const std::string facility =
        add("facility_update", "/facilities", R"({"kind":"incubator","name":{"en":"target"},"about":{"en":"x"},"country":"KZ","fields":[]})");
    add("equipment_update", "/equipment",
        fmt::format(
            R"({{"facility":"{}","name":{{"en":"target"}},"opens_hour":9,"closes_hour":17,"slot_hours":2,"weekends":true,"utc_offset_minutes":300,"cost_per_hour":{{"amount":"50.00","currency":"CNY"}},"calibration_due":"2090-06-30"}})",
            facility));
    add("incubation_update", "/incubations",
        fmt::format(
            R"({{"facility":"{}","title":{{"en":"target"}},"about":{{"en":"x"}},"criteria":[{{"stage":"selection","what":{{"en":"Chosen"}}}}]}})", facility));
    add("cooperation_update", "/cooperations",
        R"({"title":{"en":"target"},"summary":{"en":"x"},"kind":"training","countries":["CN","KZ"],"source":"x","status":"sample","stage":"signed","chain":[]})");
    add("recognition_update", "/recognitions",
        R"({"subject":"standard","our_code":"GB/T 1","our_title":{"en":"target"},"their_title":{"en":"x"},"our_country":"CN","their_country":"KZ","kind":"theirs_accepts","source":"x","status":"sample"})");
    add("country_fact_update", "/country-facts",
        R"({"country":"KZ","topic":"energy","title":{"en":"target"},"text":{"en":"x"},"as_of":"2025-01-01","source":"x","status":"sample"})");
    const std::string group = add("working_group_update", "/working-groups",
        R"({"title":{"en":"target"},"purpose":{"en":"x"},"members":[{"name":{"en":"A"},"country":"CN","role":"secretary"}]})");
    add("group_meeting_update", "/group-meetings",
        fmt::format(R"({{"working_group":"{}","title":{{"en":"target"}},"begins_at":"2026-01-01T00:00:00Z"}})", group));
    add("group_task_update", "/group-tasks",
        fmt::format(R"({{"working_group":"{}","title":{{"en":"target"}},"responsible":{{"en":"A"}},"due":"2026-01-02"}})", group));
}

const TargetRows services(add_services);

} // namespace

} // namespace greenbank::testing
