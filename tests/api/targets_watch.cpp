// targets_watch.cpp — a rule, a set point and an address to be told.
#include <map>

#include "targets.h"

namespace greenbank::testing {

namespace {

void add_watch(Visitor& person, std::map<std::string, std::string>& places) {
    const std::string site = create(person, "/sites", R"({"name":{"en":"target"},"kind":"energy","country":"KZ"})");
    const Answer device =
        person.post("/devices", fmt::format(R"({{"site":"{}","template":"island_controller","name":{{"en":"target"}},"serial":"target-watch"}})", site));
    places["alarm_rule_update"] =
        "/alarm-rules/" +
        create(person, "/alarm-rules",
            fmt::format(
                R"({{"name":{{"en":"target"}},"device":"{}","conditions":[{{"name":"a","kind":"threshold","channels":["temperature"],"raise":1,"clear":1}}],"levels":[{{"severity":"warning","condition":"a"}}]}})",
                device.at("/device/id")));
    places["set_point_update"] = "/set-points/" + create(person, "/set-points",
                                                      fmt::format(R"({{"device":"{}","key":"x","name":{{"en":"target"}},"unit":"kW","least":0,"greatest":9}})",
                                                          device.at("/device/id")));
    const std::string channel = person.get("/channels?sort=key&device=" + device.at("/device/id")).at("/items/1/id"); // battery_power
    places["load_split_update"] =
        "/load-splits/" +
        create(person, "/load-splits",
            fmt::format(R"({{"site":"{}","channel":"{}","name":{{"en":"target"}},"parts":[{{"name":{{"en":"All"}},"share":1}}]}})", site, channel));
    places["web_hook_update"] = "/web-hooks/" + create(person, "/web-hooks", R"({"name":"target","url":"https://hooks.example/x"})");
}

const TargetRows rows(add_watch);

} // namespace

} // namespace greenbank::testing
