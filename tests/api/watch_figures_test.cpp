// watch_figures_test.cpp — channels beside the year before and their class, loads by purposes, how long points are kept, alarms by mail.
#include "cast.h"
#include "http/mail_relay_under_test.h"
#include "kernel/text.h"

namespace greenbank::testing {

namespace {

std::string now_text() {
    return to_text(Time{std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch().count() * 1'000'000});
}
/// The day of a site whose clocks stand eight hours ahead.
std::string today() { return to_text(*parse_time(now_text()) + hours(8)).substr(0, 10); }
std::string year_before(std::string text) { return std::to_string(std::stoi(text.substr(0, 4)) - 1) + text.substr(4); }

struct Controller {
    std::string site, device, channel, pv;
    Visitor machine;

    Controller(Cast& all, Visitor& manager, const std::string& name) : machine(all.visitor()) {
        site = create(manager, "/sites", fmt::format(R"({{"name":{{"en":"{}"}},"kind":"energy","country":"CN"}})", name));
        const Answer made =
            manager.post("/devices", fmt::format(R"({{"site":"{}","template":"island_controller","name":{{"en":"{}"}},"serial":"{}"}})", site, name, name));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        device = made.at("/device/id");
        machine.bearer = made.at("/credential");
        machine.says_request = false;
        const Answer channels = manager.get("/channels?limit=100&device=" + device);
        for (std::size_t i = 0; i < channels.size("/items"); ++i) {
            if (channels.at(fmt::format("/items/{}/key", i)) == "load_power") channel = channels.at(fmt::format("/items/{}/id", i));
            if (channels.at(fmt::format("/items/{}/key", i)) == "pv_power") pv = channels.at(fmt::format("/items/{}/id", i));
        }
    }
    void send(const std::string& values, const std::string& at = now_text()) {
        const Answer sent = machine.post("/points", fmt::format(R"({{"ts":"{}","values":{{{}}}}})", at, values));
        REQUIRE_MESSAGE(sent.number("/taken") > 0, sent.body);
    }
};

} // namespace

TEST_CASE("a channel stands beside the same hour a year before, and beside its class where nobody is given away") {
    Cast all{std::vector<std::string>{}};
    Controller one(all, all.manager, "one"), two(all, all.manager, "two"), three(all, all.manager, "three"), other(all, all.other_manager, "other");
    const std::string at = now_text();
    one.send(R"("load_power":80)", year_before(at));
    one.send(R"("load_power":100)", at);
    const std::string path = "/channels/" + one.channel + "/comparison";
    const Answer alone = all.manager.get(path + "?period=day&on=" + today());
    REQUIRE_MESSAGE(alone.status == 200, alone.body);
    CHECK(alone.number("/value") == 100);
    CHECK(alone.number("/year_before") == 80);
    CHECK(alone.number("/change_percent") == 25);
    CHECK(alone.number("/class_sites") == 0);
    CHECK(alone.size("/steps") == 24);
    CHECK(alone.at("/year_before_on") == year_before(today()));
    two.send(R"("load_power":60)", at);
    three.send(R"("load_power":40)", at);
    other.send(R"("load_power":4000)", at); // of one stranger only: it is not told
    const Answer classed = all.manager.get(path + "?period=month&on=" + today());
    CHECK(classed.number("/class_sites") == 2);
    CHECK(classed.number("/class_mean") == 50);
    CHECK(classed.number("/deviation_percent") == 100);
    CHECK(all.other_manager.get(path).status == 404);
    CHECK(all.manager.get(path + "?on=yesterday").status == 422);
}

TEST_CASE("a load by purposes adds up to the load, and says where its parts say more") {
    Cast all{std::vector<std::string>{}};
    Visitor& manager = all.manager;
    Controller plant(all, manager, "plant"), elsewhere(all, manager, "elsewhere");
    const auto body = [&](const std::string& parts) {
        return fmt::format(R"({{"site":"{}","channel":"{}","name":{{"en":"By purpose"}},"parts":[{}]}})", plant.site, plant.channel, parts);
    };
    const auto metered = [](const std::string& channel) { return fmt::format(R"({{"name":{{"en":"Pumps"}},"channel":"{}"}})", channel); };
    const std::string shares = R"({"name":{"en":"Lighting"},"share":3},{"name":{"en":"Offices"},"share":1})";
    CHECK(manager.post("/load-splits", body(R"({"name":{"en":"Nothing"}})")).at("/problems/0/code") == "load_split.share");
    CHECK(manager.post("/load-splits", body(metered(plant.channel))).at("/problems/0/code") == "load_split.itself");
    CHECK(manager.post("/load-splits", body(metered(elsewhere.pv))).at("/problems/0/code") == "load_split.channel");
    const std::string split = "/load-splits/" + create(manager, "/load-splits", body(metered(plant.pv) + "," + shares));
    plant.send(R"("load_power":100,"pv_power":40)");
    const Answer day = manager.get(split + "/amounts?period=day&on=" + today());
    REQUIRE_MESSAGE(day.status == 200, day.body);
    CHECK(day.number("/total") == 100);
    CHECK(day.at("/unit") == "kWh");
    CHECK(day.all("/parts", "/amount") == std::vector<std::string>{"40", "45", "15"});
    CHECK(day.all("/parts", "/measured") == std::vector<std::string>{"true", "false", "false"});
    CHECK(day.number("/rest") == 0);
    CHECK(day.size("/steps") == 24);
    CHECK(all.other_manager.get(split + "/amounts").status == 404);
    plant.send(R"("pv_power":400)", to_text(*parse_time(now_text()) + seconds(2)));
    const Answer beyond = manager.get(split + "/amounts?period=day&on=" + today());
    CHECK(beyond.number("/rest") < 0);
    CHECK(manager.patch(split, R"({"name":{"en":"Another name"}})").status == 200);
    CHECK(manager.remove(split).status == 204);
}

TEST_CASE("how long points are kept is said by a manager, and hours last as long as points") {
    Cast all{std::vector<std::string>{}};
    const std::string site = "/sites/" + create(all.manager, "/sites", R"({"name":{"en":"A site"},"kind":"energy","country":"CN"})");
    CHECK(all.manager.patch(site, R"({"keep_hours_days":100})").at("/problems/0/code") == "site.keep_hours");
    CHECK(all.manager.patch(site, R"({"keep_points_days":5})").faulty_fields() == std::vector<std::string>{"keep_points_days"});
    CHECK(all.editor.patch(site, R"({"keep_points_days":90})").code() == "site.keeping");
    CHECK(all.editor.patch(site, R"({"name":{"en":"Another name"}})").status == 200);
    CHECK(all.manager.patch(site, R"({"keep_points_days":90,"keep_hours_days":400})").status == 200);
    CHECK(all.manager.get("/retention-runs").number("/total") == 0);
}

TEST_CASE("an alarm reaches the people of the organisation by mail, in their language, and nobody else") {
    http::MailRelayUnderTest relay;
    const TemporaryFolder folder;
    Cast all{
        {"--settings", folder.write("bank.toml", fmt::format("[mail]\nrelay = \"{}\"\nfrom = \"bank@bank.example\"\nsecurity = \"none\"\n", relay.address()))}};
    Controller plant(all, all.manager, "plant");
    const std::string email = all.manager.get("/session").at("/person/email");
    const auto hook = [&](const std::string& address) {
        return all.manager.post("/web-hooks", fmt::format(R"({{"name":"duty","url":"mailto:{}"}})", address));
    };
    CHECK(hook("stranger@example.org").at("/problems/0/code") == "web_hook.stranger");
    CHECK(hook(all.other_manager.get("/session").at("/person/email")).at("/problems/0/code") == "web_hook.stranger");
    REQUIRE_MESSAGE(hook(email).status == 201, email);
    create(all.manager, "/alarm-rules",
        fmt::format(
            R"({{"name":{{"en":"Too hot"}},"device":"{}","conditions":[{{"name":"hot","kind":"threshold","channels":["temperature"],"raise":40,"clear":35}}],"levels":[{{"severity":"critical","condition":"hot"}}]}})",
            plant.device));
    plant.send(R"("temperature":41)");
    REQUIRE(wait_for([&] { return relay.heard().find("\r\n.\r\n") != std::string::npos; }, 40));
    CHECK(relay.heard().find("RCPT TO:<" + email + ">") != std::string::npos);
    CHECK(wait_for([&] { return all.manager.get("/hook-messages").at("/items/0/state") == "delivered"; }, 10));
    CHECK(all.manager.get("/hook-messages").at("/items/0/answer") == "250");
}

} // namespace greenbank::testing
