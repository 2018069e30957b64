// roles_services.cpp — the rows of one-stop services.
#include "roles.h"

namespace greenbank::testing {

namespace {

/// A service, a facility with equipment, a request and an incubation of each side; a group, a cooperation and the like of the desk.
struct Entered {
    std::map<bool, std::string> services, drafts, facilities, equipment, requests, incubations, bookings;
    std::string cooperation, recognition, fact, group, meeting, task;
};

std::string part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

Entered enter(Stage& stage) {
    Entered entered;
    Cast& all = stage.all;
    for (const bool own : {true, false}) {
        Visitor& manager = own ? all.manager : all.other_manager;
        const std::string service =
            R"({"kind":"consulting","title":{"en":"Advice"},"summary":{"en":"Advice on water."},"fields":["water"],"languages":["en"],"countries":["WORLD"],"free":true})";
        entered.drafts[own] = "/services/" + create(manager, "/services", service);
        entered.services[own] = "/services/" + create(manager, "/services", service);
        REQUIRE(manager.post(entered.services[own] + "/publish").status == 200);
        entered.facilities[own] =
            "/facilities/" +
            create(manager, "/facilities",
                R"({"kind":"incubator","name":{"en":"A house"},"about":{"en":"Room for teams."},"rules":{},"country":"CN","city":{},"fields":[]})");
        entered.equipment[own] =
            "/equipment/" +
            create(manager, "/equipment",
                fmt::format(
                    R"({{"facility":"{}","name":{{"en":"A bench"}},"about":{{}},"place":{{}},"range":{{}},"accuracy":{{}},"rules":{{}},"weekends":true}})",
                    part(entered.facilities[own])));
        for (const std::string& path : {entered.facilities[own], entered.equipment[own]}) REQUIRE(manager.post(path + "/publish").status == 200);
        entered.requests[own] =
            "/service-requests/" + create(manager, "/service-requests",
                                       R"({"kind":"consulting","title":{"en":"Help"},"description":{"en":"With water."},"field":"water","country":"KZ"})");
        entered.incubations[own] =
            "/incubations/" +
            create(manager, "/incubations",
                fmt::format(
                    R"({{"facility":"{}","title":{{"en":"A team"}},"about":{{"en":"Grows."}},"criteria":[{{"stage":"selection","what":{{"en":"Chosen"}}}}]}})",
                    part(entered.facilities[own])));
        entered.bookings[own] =
            "/equipment-bookings/" +
            create(manager, "/equipment-bookings",
                fmt::format(R"({{"equipment":"{}","begins_at":"2090-01-02T01:00:00Z","ends_at":"2090-01-02T03:00:00Z","purpose":{{"en":"x"}}}})",
                    part(entered.equipment[own])));
    }
    entered.cooperation =
        "/cooperations/" +
        create(all.officer, "/cooperations",
            R"({"title":{"en":"Together"},"summary":{"en":"For water."},"kind":"training","countries":["CN"],"fields":[],"agreement":{},"source":"x","status":"sample","stage":"prepared"})");
    entered.recognition =
        "/recognitions/" +
        create(all.officer, "/recognitions",
            R"({"subject":"standard","our_title":{"en":"Ours"},"their_title":{"en":"Theirs"},"our_country":"CN","their_country":"KZ","kind":"mutual","scope":{},"conditions":{},"fields":[],"source":"x","status":"sample"})");
    entered.fact =
        "/country-facts/" + create(all.officer, "/country-facts",
                                R"({"country":"KZ","topic":"trade","title":{"en":"Something"},"text":{},"as_of":"2026-01-01","source":"x","status":"sample"})");
    entered.group =
        "/working-groups/" +
        create(all.officer, "/working-groups",
            fmt::format(
                R"({{"title":{{"en":"A group"}},"purpose":{{"en":"To settle."}},"members":[{{"name":{{"en":"A person"}},"organisation":"{}","country":"CN","role":"chair"}}]}})",
                stage.organisation(true)));
    entered.meeting = "/group-meetings/" +
                      create(all.officer, "/group-meetings",
                          fmt::format(R"({{"working_group":"{}","title":{{"en":"First"}},"place":{{}},"begins_at":"2090-01-01T00:00:00Z","minutes":{{}}}})",
                              part(entered.group)));
    entered.task =
        "/group-tasks/" +
        create(all.officer, "/group-tasks",
            fmt::format(R"({{"working_group":"{}","title":{{"en":"Do it"}},"responsible":{{"en":"Somebody"}},"due":"2090-01-01"}})", part(entered.group)));
    for (const std::string& path : {entered.cooperation, entered.recognition, entered.fact}) REQUIRE(all.officer.post(path + "/publish").status == 200);
    return entered;
}

/// Steps are asked with an If-Match of no version where the record has one: whoever may take them hears of that, and nothing changes.
void add_services(Stage& stage, Probes& rows) {
    static Entered entered;
    entered = enter(stage);
    const std::vector<Header> no_version = {{"If-Match", "\"999\""}};
    const auto of = [](std::map<bool, std::string> Entered::*which, std::string verb = "") {
        return [which, verb](bool own) { return (entered.*which)[own] + verb; };
    };
    const std::string desk = "bank.services";

    rows["service_list"] = {200, at("/services")};
    rows["service_rules_get"] = {200, at("/service-rules")};
    rows["service_get"] = {200, of(&Entered::drafts), "", desk};
    rows["service_standing_get"] = {200, of(&Entered::drafts, "/standing"), "", desk};
    rows["service_create"] = {422, at("/services"), "{}"};
    rows["service_update"] = {412, of(&Entered::services), R"({"capacity":2})", desk, 403, no_version};
    rows["service_publish"] = {409, of(&Entered::services, "/publish"), "", desk, 403};
    rows["service_withdraw"] = {409, of(&Entered::drafts, "/withdraw"), "", desk};
    rows["service_delete"] = {409, of(&Entered::services), "", desk, 403};

    rows["service_request_list"] = {200, at("/service-requests")};
    rows["service_request_get"] = {200, of(&Entered::requests), "", desk};
    rows["service_request_submit"] = {422, at("/service-requests"), "{}"};
    rows["service_request_correct"] = {412, of(&Entered::requests), R"({"urgency":"soon"})", desk, 404, no_version};
    for (const std::string step : {"withdraw", "refuse", "return-delivery", "close", "agree-plan", "return-plan", "start"}) {
        std::string name = "service_request_" + step;
        std::replace(name.begin(), name.end(), '-', '_');
        rows[name] = {412, of(&Entered::requests, "/" + step), "", desk, 404, no_version};
    }
    rows["service_request_rate"] = {412, of(&Entered::requests, "/rate"), R"({"satisfaction":5})", desk, 404, no_version};
    rows["service_request_triage"] = {422, of(&Entered::requests, "/triage"), "{}"};
    rows["service_queue_get"] = {200, at("/service-queue")};
    rows["service_queue_rank"] = {409, at("/service-queue/rank")};
    rows["plan_draft_get"] = {200, of(&Entered::requests, "/plan-draft"), "", desk};
    rows["service_request_propose_plan"] = {422, of(&Entered::requests, "/propose-plan"), "{}"};
    rows["service_request_mark_step"] = {412, of(&Entered::requests, "/mark-step"), R"({"step":1})", desk, 404, no_version};
    rows["service_request_deliver"] = {412, of(&Entered::requests, "/deliver"), R"({"result":{"en":"x"}})", desk, 404, no_version};
    rows["work_entry_list"] = {200, at("/work-entries")};
    rows["work_entry_book"] = {422, at("/work-entries"), "{}"};
    rows["work_entry_delete"] = {404, at("/work-entries/work_nobody")};
    rows["services_overview_get"] = {200, at("/services-overview")};

    rows["facility_list"] = {200, at("/facilities")};
    rows["facility_get"] = {200, of(&Entered::facilities)};
    rows["facility_create"] = {422, at("/facilities"), "{}"};
    rows["facility_update"] = {412, of(&Entered::facilities), R"({"country":"CN"})", desk, 403, no_version};
    rows["facility_publish"] = {409, of(&Entered::facilities, "/publish"), "", desk, 403};
    rows["facility_withdraw"] = {404, at("/facilities/facility_nobody/withdraw")};
    rows["facility_delete"] = {409, of(&Entered::facilities), "", desk, 403};
    rows["equipment_list"] = {200, at("/equipment")};
    rows["equipment_get"] = {200, of(&Entered::equipment)};
    rows["equipment_calendar_get"] = {200, of(&Entered::equipment, "/calendar")};
    rows["equipment_create"] = {422, at("/equipment"), "{}"};
    rows["equipment_update"] = {412, of(&Entered::equipment), R"({"weekends":true})", desk, 403, no_version};
    rows["equipment_publish"] = {409, of(&Entered::equipment, "/publish"), "", desk, 403};
    rows["equipment_withdraw"] = {404, at("/equipment/equipment_nobody/withdraw")};
    rows["equipment_delete"] = {409, of(&Entered::equipment), "", desk, 403};
    rows["equipment_booking_list"] = {200, at("/equipment-bookings")};
    rows["equipment_booking_get"] = {200, of(&Entered::bookings), "", desk};
    rows["equipment_booking_create"] = {422, at("/equipment-bookings"), "{}"};
    rows["equipment_booking_cancel"] = {404, at("/equipment-bookings/booking_nobody/cancel")};
    rows["incubation_list"] = {200, at("/incubations")};
    rows["incubation_get"] = {200, of(&Entered::incubations), "", desk};
    rows["incubation_create"] = {422, at("/incubations"), "{}"};
    rows["incubation_update"] = {412, of(&Entered::incubations), R"({"planned_until":"2090-01-01"})", desk, 404, no_version};
    rows["incubation_advance"] = {422, of(&Entered::incubations, "/advance"), "", desk};
    rows["incubation_leave"] = {422, of(&Entered::incubations, "/leave"), "{}"};

    const std::pair<std::string, std::string> kept[] = {
        {"cooperation", entered.cooperation}, {"recognition", entered.recognition}, {"country_fact", entered.fact}};
    for (const auto& [name, path] : kept) {
        const std::string list = path.substr(0, path.rfind('/'));
        rows[name + "_list"] = {200, at(list)};
        rows[name + "_get"] = {200, at(path)};
        rows[name + "_create"] = {422, at(list), "{}"};
        rows[name + "_update"] = {412, at(path), R"({"source":"y"})", "", 404, no_version};
        rows[name + "_publish"] = {409, at(path + "/publish")};
        rows[name + "_withdraw"] = {404, at(list + "/" + path.substr(path.rfind('/') + 1, path.find('_') - path.rfind('/')) + "nobody/withdraw")};
        rows[name + "_delete"] = {409, at(path)};
    }
    rows["cooperation_chain_get"] = {200, at(entered.cooperation + "/chain")};
    rows["recognition_ask"] = {200, at("/recognition-answer?text=ours&country=KZ")};
    rows["country_list"] = {200, at("/cooperation-countries")};
    rows["country_get"] = {200, at("/cooperation-countries/KZ")};

    rows["working_group_list"] = {200, at("/working-groups")};
    rows["working_group_create"] = {422, at("/working-groups"), "{}"};
    rows["working_group_update"] = {412, at(entered.group), R"({"state":"closed"})", "", 404, no_version};
    rows["group_meeting_list"] = {200, at("/group-meetings")};
    rows["group_meeting_create"] = {422, at("/group-meetings"), "{}"};
    rows["group_task_list"] = {200, at("/group-tasks")};
    rows["group_task_create"] = {422, at("/group-tasks"), "{}"};
    // The whole island reads and, as the chair, writes; the path is the same for "own" and for "another's".
    rows["working_group_get"] = {200, at(entered.group)};
    rows["group_meeting_get"] = {200, at(entered.meeting)};
    rows["group_task_get"] = {200, at(entered.task)};
    rows["group_meeting_update"] = {412, at(entered.meeting), R"({"minutes":{"en":"x"}})", "", 404, no_version};
    rows["group_meeting_hold"] = {409, at(entered.meeting + "/hold")};
    rows["group_meeting_agree"] = {409, at(entered.meeting + "/agree")};
    rows["group_meeting_cancel"] = {404, at("/group-meetings/groupmeeting_nobody/cancel")};
    rows["group_task_update"] = {412, at(entered.task), R"({"due":"2091-01-01"})", "", 404, no_version};
    rows["group_task_finish"] = {404, at("/group-tasks/grouptask_nobody/finish")};
    rows["group_task_drop"] = {404, at("/group-tasks/grouptask_nobody/drop")};
}

const RoleRows services(add_services);

} // namespace

} // namespace greenbank::testing
