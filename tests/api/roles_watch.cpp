// roles_watch.cpp — the rows of watching, control, computed channels and reports.
#include "roles.h"

namespace greenbank::testing {

namespace {

struct Watched {
    std::map<bool, std::string> sites, devices, rules, hooks, points, commands, plans, factors, computed, schedules, splits, channels;
};

Watched enter(Stage& stage) {
    Watched entered;
    for (const bool own : {true, false}) {
        Visitor& manager = own ? stage.all.manager : stage.all.other_manager;
        const std::string site = create(manager, "/sites", R"({"name":{"en":"A site"},"kind":"energy","country":"CN"})");
        entered.sites[own] = "/sites/" + site;
        const Answer device =
            manager.post("/devices", fmt::format(R"({{"site":"{}","template":"island_controller","name":{{"en":"A device"}},"serial":"roles-watch"}})", site));
        REQUIRE_MESSAGE(device.status == 201, device.body);
        entered.devices[own] = device.at("/device/id");
        const auto made = [&](const std::string& path, const std::string& body) { return path + "/" + create(manager, path, body); };
        entered.rules[own] = made("/alarm-rules",
            fmt::format(
                R"({{"name":{{"en":"A rule"}},"device":"{}","conditions":[{{"name":"a","kind":"threshold","channels":["temperature"],"raise":1,"clear":1}}],"levels":[{{"severity":"warning","condition":"a"}}]}})",
                entered.devices[own]));
        entered.hooks[own] = made("/web-hooks", R"({"name":"x","url":"https://hooks.example/x"})");
        entered.points[own] = made("/set-points",
            fmt::format(R"({{"device":"{}","key":"x","name":{{"en":"A set point"}},"unit":"kW","least":0,"greatest":9}})", entered.devices[own]));
        entered.commands[own] =
            made("/plant-commands", fmt::format(R"({{"set_point":"{}","target":1}})", entered.points[own].substr(std::string("/set-points/").size())));
        entered.plans[own] =
            made("/site-plans", fmt::format(R"({{"site":"{}","channel":"load_power","unit":"kW","starts_at":"2090-01-01T00:00:00Z","values":[1]}})", site));
        entered.factors[own] = made("/hourly-factors",
            R"({"key":"f","name":{"en":"A factor"},"unit":"kgCO2e/kWh","valid_from":"2026-01-01T00:00:00Z","value":1,"edition":"x","source":"x"})");
        entered.computed[own] =
            made("/virtual-channels", fmt::format(R"({{"site":"{}","key":"twice","name":{{"en":"Twice"}},"formula":"2 * load_power","unit":"kW"}})", site));
        const std::string channel = manager.get("/channels?sort=key&device=" + entered.devices[own]).at("/items/1/id"); // battery_power
        entered.channels[own] = "/channels/" + channel;
        entered.splits[own] = made("/load-splits",
            fmt::format(R"({{"site":"{}","channel":"{}","name":{{"en":"A split"}},"parts":[{{"name":{{"en":"All"}},"share":1}}]}})", site, channel));
        entered.schedules[own] = made("/report-schedules", fmt::format(R"({{"site":"{}"}})", site));
    }
    return entered;
}

void add_watch(Stage& stage, Probes& rows) {
    static Watched entered;
    entered = enter(stage);
    const std::vector<Header> no_version = {{"If-Match", "\"999\""}};
    const auto of = [](std::map<bool, std::string> Watched::*which, std::string verb = "") {
        return [which, verb](bool own) { return (entered.*which)[own] + verb; };
    };
    const std::string staff = "bank.energy";
    const auto lists = [&](const std::string& name, const std::string& path, std::map<bool, std::string> Watched::*which, const std::string& prefix) {
        rows[name + "_list"] = {200, at(path)};
        rows[name + "_get"] = {200, of(which), "", staff};
        rows[name + "_create"] = {422, at(path), "{}"};
        rows[name + "_delete"] = {404, at(path + "/" + prefix + "_nobody")};
    };
    lists("alarm_rule", "/alarm-rules", &Watched::rules, "rule");
    rows["alarm_rule_update"] = {412, of(&Watched::rules), R"({"enabled":true})", staff, 404, no_version};
    lists("web_hook", "/web-hooks", &Watched::hooks, "webhook");
    rows["web_hook_update"] = {412, of(&Watched::hooks), R"({"enabled":true})", staff, 404, no_version};
    rows["hook_message_list"] = {200, at("/hook-messages")};
    rows["alarm_list"] = {200, at("/alarms")};
    rows["alarm_get"] = {404, at("/alarms/alarm_nobody")};
    for (const std::string step : {"acknowledge", "escalate", "unshelve", "comment"}) rows["alarm_" + step] = {404, at("/alarms/alarm_nobody/" + step), "{}"};
    rows["alarm_shelve"] = {404, at("/alarms/alarm_nobody/shelve"), R"({"text":"x"})"};
    rows["anomaly_find"] = {422, at("/anomaly-searches"), "{}"};
    rows["channel_anomaly_list"] = {200, at("/channel-anomalies")};
    lists("set_point", "/set-points", &Watched::points, "setpoint");
    rows["set_point_update"] = {412, of(&Watched::points), R"({"greatest":8})", staff, 404, no_version};
    rows["set_point_schedule"] = {422, of(&Watched::points, "/schedule"), "{}"};
    rows["set_point_keep_alive"] = {200, of(&Watched::points, "/alive"), "{}", staff};
    rows["plant_command_list"] = {200, at("/plant-commands")};
    rows["plant_command_get"] = {200, of(&Watched::commands), "", staff};
    rows["plant_command_order"] = {422, at("/plant-commands"), "{}"};
    for (const std::string step : {"approve", "reject", "withdraw", "reverse"})
        rows["plant_command_" + step] = {404, at("/plant-commands/command_nobody/" + step), "{}"};
    rows["device_commands_take"] = {401, at("/device-commands"), "", "everybody", 401};
    rows["device_command_say"] = {401, at("/device-commands/command_nobody"), R"({"value":1})", "everybody", 401};
    lists("site_plan", "/site-plans", &Watched::plans, "siteplan");
    lists("virtual_channel", "/virtual-channels", &Watched::computed, "virtual");
    lists("hourly_factor", "/hourly-factors", &Watched::factors, "hourlyfactor");
    rows["formula_try"] = {422, at("/formula-trials"), "{}"};
    rows["site_live_get"] = {200, of(&Watched::sites, "/live"), "", staff};
    rows["monitoring_overview_get"] = {200, at("/monitoring-overview")};
    rows["site_report_get"] = {200, of(&Watched::sites, "/report"), "", staff};
    rows["site_report_pdf"] = {200, of(&Watched::sites, "/report.pdf"), "", staff};
    rows["site_report_xlsx"] = {200, of(&Watched::sites, "/report.xlsx"), "", staff};
    lists("report_schedule", "/report-schedules", &Watched::schedules, "reportschedule");
    lists("load_split", "/load-splits", &Watched::splits, "loadsplit");
    rows["load_split_update"] = {412, of(&Watched::splits), R"({"name":{"en":"Another"}})", staff, 404, no_version};
    rows["load_split_amounts"] = {200, of(&Watched::splits, "/amounts"), "", staff};
    rows["channel_compare"] = {200, of(&Watched::channels, "/comparison"), "", staff};
    rows["retention_run_list"] = {200, at("/retention-runs")};
    rows["kept_report_list"] = {200, at("/kept-reports")};
    rows["kept_report_file"] = {404, at("/kept-reports/keptreport_nobody/file")};
}

const RoleRows rows(add_watch);

} // namespace

} // namespace greenbank::testing
