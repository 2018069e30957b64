// energy_test.cpp — sites, devices by their credentials, points by every format, questions; and kill -9 while points come in.
#include <cmath>
#include <map>
#include <mutex>

#include "cast.h"
#include "kernel/random.h"

namespace greenbank::testing {

namespace {

std::string site_body(const std::string& name) {
    return fmt::format(
        R"({{"name":{{"en":"{}"}},"about":{{}},"kind":"energy","country":"KZ","place":{{"en":"Almaty"}},"latitude":43.2,"longitude":76.9,"utc_offset_minutes":300}})",
        name);
}
std::string device_body(const std::string& serial, const std::string& site = "", const std::string& kind = "electricity_meter") {
    return fmt::format(
        R"({{"name":{{"en":"Meter {}"}},"serial":"{}","template":"{}"{}}})", serial, serial, kind, site.empty() ? "" : fmt::format(R"(,"site":"{}")", site));
}
/// A device's own connection.
Visitor device_of(const Cast& all, const std::string& credential) {
    Visitor device = all.visitor();
    device.bearer = credential;
    device.says_request = false;
    return device;
}
std::string channel_of(Visitor& visitor, const std::string& device, const std::string& key) {
    const Answer channels = visitor.get("/channels?device=" + device + "&limit=100");
    const auto keys = channels.all("/items", "/key"), ids = channels.all("/items", "/id");
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (keys[i] == key) return ids[i];
    return "";
}
constexpr std::int64_t minute_ms = 60'000;
std::int64_t now_ms() { return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count(); }
/// A number in an address: as RFC 3339.
std::string moment(std::int64_t milliseconds) { return to_text(Time{milliseconds * 1000}); }

} // namespace

TEST_CASE("a device is entered, sends by its credential in every format, and only for itself") {
    Cast& all = cast();
    const std::string site = create(all.manager, "/sites", site_body("Works"));
    const Answer made = all.manager.post("/devices", device_body("S-1", site));
    REQUIRE_MESSAGE(made.status == 201, made.body);
    const std::string id = made.at("/device/id"), credential = made.at("/credential");
    CHECK(credential.starts_with("gbd_"));
    CHECK(made.body.find("hash") == std::string::npos);
    CHECK(all.manager.get("/devices/" + id).body.find("hash") == std::string::npos);
    CHECK(all.other_manager.get("/devices/" + id).status == 404);
    CHECK(all.nobody.get("/sites/" + site).status == 404);
    CHECK(all.manager.post("/devices", device_body("S-1", site)).faulty_fields() == std::vector<std::string>{"serial"});
    const std::string power = channel_of(all.manager, id, "power");
    REQUIRE(!power.empty());

    Visitor device = device_of(all, credential);
    const std::int64_t at = now_ms() / minute_ms * minute_ms - 60 * minute_ms;
    CHECK(device.post("/points", fmt::format(R"([{{"ts":{},"values":{{"power":1.5,"nothing":3}}}},{{"ts":{},"values":{{"power":2.5}}}}])", at, at + minute_ms))
              .at("/taken") == "2");
    device.content_type = "text/plain";
    const Answer lines = device.post(
        "/points?precision=ms", fmt::format("meter power=3.5 {}\nmeter power=\"x\" {}\nmeter power=2.5 {}", at + 2 * minute_ms, at, at + minute_ms));
    CHECK_MESSAGE(lines.at("/taken") == "1", lines.body);
    CHECK(lines.at("/duplicates") == "1");
    CHECK(lines.at("/unreadable") == "1");
    device.content_type = "text/csv";
    const Answer table = device.post("/points", fmt::format("time,channel,value,quality\n{},power,4.5,\n{},power,-9,bad\n{},power,1,\n",
                                                    moment(at + 3 * minute_ms), moment(at + 4 * minute_ms), moment(4'102'444'800'000)));
    CHECK_MESSAGE(table.at("/taken") == "2", table.body);
    CHECK(table.at("/bad") == "1");
    CHECK(table.at("/clock_ahead") == "1");
    device.content_type = "application/json";
    CHECK(device.post("/points", R"({"power":"12"})").status == 422);
    CHECK(device.post("/points", "{").status == 400);
    CHECK(device.post("/points", R"({"power":NaN})").status == 400);
    CHECK(device.post("/points", R"({"power":1e999})").status == 400);
    CHECK(device.post("/points", R"({"power":{"ts":0,"value":1}})").at("/too_old") == "1");
    CHECK(device.get("/devices").number("/total") == all.nobody.get("/devices").number("/total")); // a device sees what nobody sees
    CHECK(device.get("/tokens").status == 401);

    const std::string range = "?from=" + moment(at - minute_ms) + "&to=" + moment(at + 10 * minute_ms);
    const Answer points = all.manager.get("/channels/" + power + "/points" + range);
    CHECK(points.all("/value", "") == std::vector<std::string>{"1.5", "2.5", "3.5", "4.5"});
    CHECK(all.manager.get("/channels/" + power + "/points" + range + "&with_bad=true").size("/value") == 5);
    const Answer steps = all.manager.get("/channel_steps" + range + "&channels=" + power + "&step_seconds=3600");
    double sum = 0;
    for (const std::string& one : steps.all("/channels/0/sum", "")) sum += std::stod(one);
    CHECK(sum == doctest::Approx(12.0));
    CHECK(all.manager.get("/channel_steps/export" + range + "&channels=" + power + "&step_seconds=60").body.find("power,kW,1,4.5") != std::string::npos);
    CHECK(all.other_manager.get("/channels/" + power + "/points" + range).status == 404);
    CHECK(all.manager.get("/sites/" + site + "/newest").body.find("4.5") != std::string::npos);
    CHECK(all.manager.get("/devices/" + id + "/traffic").number("/taken") == 5);

    // Its unit stays what it was measured in, also while its points are new.
    CHECK(all.manager.patch("/channels/" + power, R"({"unit":"MW"})").code() == "channel.has_points");
    CHECK(all.manager.patch("/channels/" + channel_of(all.manager, id, "voltage"), R"({"unit":"kV"})").status == 200);

    // People send for it too, if they may write.
    CHECK(all.editor.post("/devices/" + id + "/points", R"({"current":7})").at("/taken") == "1");
    CHECK(all.reader.post("/devices/" + id + "/points", R"({"current":7})").status == 403);
    CHECK(all.other_editor.post("/devices/" + id + "/points", R"({"current":7})").status == 404);
    CHECK(all.nobody.post("/points", R"({"current":7})").status == 401);
}

TEST_CASE("credentials are rotated with a time of grace, revoked at once, and claimed once") {
    Cast& all = cast();
    const std::string site = create(all.manager, "/sites", site_body("Rotated"));
    const Answer made = all.manager.post("/devices", device_body("R-1", site));
    const std::string path = "/devices/" + made.at("/device/id");
    Visitor old = device_of(all, made.at("/credential"));
    CHECK(old.post("/points", R"({"power":1})").status == 200);
    const Answer rotated = all.manager.post(path + "/credential", R"({"old_good_minutes":60})");
    Visitor fresh = device_of(all, rotated.at("/credential"));
    CHECK(old.post("/points", R"({"power":2})").status == 200);
    CHECK(fresh.post("/points", R"({"power":3})").status == 200);
    REQUIRE(all.manager.post(path + "/credential").status == 200);
    CHECK(old.post("/points", R"({"power":4})").status == 401);
    CHECK(fresh.post("/points", R"({"power":4})").code() == "device.credential");
    Visitor third = device_of(all, all.manager.post(path + "/credential").at("/credential"));
    CHECK(third.post("/points", R"({"power":5})").status == 200);
    REQUIRE(all.manager.post(path + "/suspend").status == 200);
    CHECK(third.post("/points", R"({"power":6})").status == 401);
    REQUIRE(all.manager.post(path + "/activate").status == 200);
    CHECK(third.post("/points", R"({"power":7})").status == 200);
    REQUIRE(all.manager.post(path + "/credential/revoke").status == 200);
    CHECK(third.post("/points", R"({"power":8})").status == 401);
    CHECK(all.editor.post(path + "/credential").status == 403);

    const Answer unclaimed = all.other_manager.post("/devices", device_body("C-1"));
    REQUIRE_MESSAGE(unclaimed.status == 201, unclaimed.body);
    CHECK(unclaimed.at("/credential").empty());
    const std::string claim = fmt::format(R"({{"serial":"C-1","claim_code":"{}","site":"{}"}})", unclaimed.at("/claim_code"), site);
    CHECK(all.manager.post("/devices/claim", fmt::format(R"({{"serial":"C-1","claim_code":"wrong","site":"{}"}})", site)).code() == "device.claim");
    const Answer claimed = all.manager.post("/devices/claim", claim);
    REQUIRE_MESSAGE(claimed.status == 200, claimed.body);
    CHECK(all.manager.post("/devices/claim", claim).code() == "device.claim");
    CHECK(all.other_manager.get("/devices/" + claimed.at("/device/id")).status == 404);
    CHECK(device_of(all, claimed.at("/credential")).post("/points", R"({"power":1})").at("/taken") == "1");
    CHECK(all.manager.remove("/sites/" + site).code() == "site.in_use");
}

TEST_CASE("the sample park and district are there for everybody, a year deep") {
    Cast& all = cast();
    const Answer sites = all.nobody.get("/sites?sample=true&limit=50");
    CHECK(sites.number("/total") >= 2);
    const Answer newest = all.nobody.get("/sites/site_sample_park/newest");
    CHECK(newest.size("/values") >= 30);
    const std::string power = channel_of(all.nobody, "device_sample_park_grid_meter", "power");
    const std::int64_t at = now_ms();
    const Answer year =
        all.nobody.get("/channel_steps?channels=" + power + "&from=" + moment(at - 360 * 24 * 60 * minute_ms) + "&to=" + moment(at) + "&step_seconds=86400");
    CHECK(year.size("/channels/0/at") >= 359);
    CHECK(all.nobody.post("/devices/device_sample_park_grid_meter/points", R"({"power":1})").status == 401);
    CHECK(all.nobody.get("/device_templates").number("/total") >= 20);
}

TEST_CASE("after kill -9 while points come in every acknowledged point is there, and the tiers are right") {
    const int rounds = 10;
    Random random(11);
    const TemporaryFolder folder;
    std::string cookie, credential, device, channels[4];
    std::mutex mutex;
    std::map<std::int64_t, double> acknowledged[4];
    std::int64_t total = 0;
    const std::int64_t begin = now_ms() / minute_ms * minute_ms - 400 * 24 * 60 * minute_ms;
    for (int round = 0; round < rounds; ++round) {
        BankProcess bank(folder.path(), {});
        Visitor administrator(bank.address());
        if (cookie.empty()) {
            become_administrator(administrator, bank);
            cookie = administrator.cookie;
            Visitor manager(bank.address());
            join(administrator, manager, "manager@works.test", "manager", enter_organisation(administrator, "Works of the crash"));
            const std::string site = create(manager, "/sites", site_body("Crash"));
            const Answer made = manager.post("/devices", device_body("K-1", site));
            REQUIRE_MESSAGE(made.status == 201, made.body);
            credential = made.at("/credential");
            device = made.at("/device/id");
            const char* keys[] = {"power", "voltage", "current", "frequency"};
            for (int i = 0; i < 4; ++i) channels[i] = channel_of(manager, device, keys[i]);
            cookie = administrator.cookie;
        }
        administrator.cookie = cookie;
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&, thread] {
                Visitor sender(bank.address());
                sender.bearer = credential;
                sender.says_request = false;
                sender.content_type = "text/plain";
                const char* keys[] = {"power", "voltage", "current", "frequency"};
                Random own(static_cast<std::uint64_t>(round * 4 + thread) + 1);
                for (std::int64_t batch = 0;; ++batch) {
                    std::string body;
                    std::map<std::int64_t, double> sent;
                    const std::int64_t from = begin + round * 30 * 24 * 60 * minute_ms + batch * 200 * minute_ms;
                    for (std::int64_t i = 0; i < 200; ++i) {
                        const std::int64_t at = from + i * minute_ms - (own.chance(0.02) ? 500 * minute_ms : 0);
                        const double value = static_cast<double>(own.between(0, 9000)) / 100;
                        sent[at] = value;
                    }
                    for (const auto& [at, value] : sent) body += fmt::format("m {}={} {}\n", keys[thread], value, at);
                    const auto answer = sender.try_send("POST", "/points?precision=ms", body);
                    if (!answer) return;
                    if (answer->status != 200) continue;
                    const std::lock_guard lock(mutex);
                    for (const auto& [at, value] : sent) acknowledged[thread][at] = value;
                }
            });
        std::this_thread::sleep_for(std::chrono::milliseconds(200 + random.below(500)));
        bank.kill();
        for (std::thread& thread : threads) thread.join();
    }
    BankProcess again(folder.path(), {});
    Visitor administrator(again.address());
    administrator.cookie = cookie;
    for (int i = 0; i < 4; ++i) {
        std::map<std::int64_t, double> stored;
        for (std::int64_t from = begin - 600 * minute_ms;;) {
            const Answer points = administrator.get("/channels/" + channels[i] + "/points?limit=50000&from=" + moment(from) + "&to=" + moment(now_ms()));
            REQUIRE(points.status == 200);
            const auto at = points.all("/at", ""), value = points.all("/value", "");
            for (std::size_t k = 0; k < at.size(); ++k) stored[std::stoll(at[k])] = std::stod(value[k]);
            if (points.at("/more") != "true" || at.empty()) break;
            from = std::stoll(at.back()) + 1;
        }
        std::size_t missing = 0;
        for (const auto& [at, value] : acknowledged[i]) missing += !stored.contains(at);
        CHECK(missing == 0);
        total += static_cast<std::int64_t>(acknowledged[i].size());
    }
    again.stop();
    const Ran verified = run({"verify", "--data", folder.path()});
    CHECK_MESSAGE(verified.status == 0, verified.out, verified.err);
    MESSAGE(rounds, " rounds: ", total, " acknowledged points");
}

} // namespace greenbank::testing
