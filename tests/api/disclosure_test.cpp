// disclosure_test.cpp — no way out of the bank shows more of an entry than the viewer's stage; agreements open, and all is noted.
#include <map>
#include <set>

#include "cast.h"
#include "contract.h"
#include "kernel/random.h"
#include "read_back.h"

namespace greenbank::testing {

namespace {

/// A hidden place of an entry with something unmistakable in it.
struct Secret {
    std::string field, marker, json; // json: `"field":value`
};

/// Markers of one round differ from those of every other: the audit and old versions remember.
std::vector<Secret> of_round(std::vector<Secret> secrets, std::uint64_t round) {
    for (Secret& secret : secrets) {
        const std::string fresh = secret.marker[0] == 'z' ? fmt::format("{}round{}", secret.marker, round) : fmt::format("{}{}", round, secret.marker);
        for (std::size_t at = secret.json.find(secret.marker); at != std::string::npos; at = secret.json.find(secret.marker, at + fresh.size()))
            secret.json.replace(at, secret.marker.size(), fresh);
        secret.marker = fresh;
    }
    return secrets;
}

std::vector<Secret> technology_secrets() {
    return {
        {"description", "zqxdescription", R"("description":{"en":"zqxdescription"})"},
        {"figures", "71717.25", R"("figures":[{"indicator":"energy_use_water","low":71717.25,"unit":"kWh/m3","source":"x"}])"},
        {"capacity_max", "81818.5", R"("capacity_max":{"value":81818.5,"unit":"m3/d"})"},
        {"capital_cost", "919293.94", R"("capital_cost":{"amount":"919293.94","currency":"CNY"},"capital_cost_per":"m3/d")"},
        {"operating_cost", "616263.64", R"("operating_cost":{"amount":"616263.64","currency":"CNY"},"operating_cost_per":"m3")"},
        {"evidence", "zqxevidence", R"("evidence":[{"kind":"patent","title":{"en":"zqxevidence"},"number":"ZQX20260001","year":2020,"country":"CN"}])"},
        {"readiness_evidence", "zqxreadiness", R"("readiness_evidence":[{"level":8,"shows":{"en":"zqxreadiness"},"kind":"field_test","year":2024}])"},
    };
}
std::vector<Secret> need_secrets() {
    return {
        {"description", "zqxsituation", R"("description":{"en":"zqxsituation"})"},
        {"budget", "515253.54", R"("budget":{"amount":"515253.54","currency":"CNY"})"},
        {"place", "zqxplace", R"("place":{"en":"zqxplace"})"},
        {"requirements", "41414.75", R"("requirements":[{"indicator":"energy_use_water","comparison":"at_most","value":41414.75,"unit":"kWh/m3"}])"},
    };
}
std::vector<Secret> offer_secrets() {
    return {
        {"amount_max", "313233.34", R"("amount_max":{"amount":"313233.34","currency":"CNY"})"},
        {"rate", "zqxrate", R"("rate":{"en":"zqxrate"})"},
        {"conditions", "zqxconditions", R"("conditions":{"en":"zqxconditions"})"},
    };
}

constexpr const char* stages[] = {"public", "adviser", "agreement", "full"};

/// The parties of the test: the island owns, the harbour has an agreement, the forest was admitted, the desert is a stranger.
struct Parties {
    Parties() {
        forest = enter_organisation(all.administrator, "Forest fund of the test");
        desert = enter_organisation(all.administrator, "Desert works of the test");
        admitted = std::make_unique<Visitor>(all.visitor());
        join(all.administrator, *admitted, "manager@forest.test", "manager", forest);
        stranger = std::make_unique<Visitor>(all.visitor());
        join(all.administrator, *stranger, "manager@desert.test", "manager", desert);
    }
    Cast all{std::vector<std::string>{}};
    std::string forest, desert;
    std::unique_ptr<Visitor> admitted, stranger;
};

std::string agree(Visitor& owner, Visitor& recipient, const std::string& entry) {
    const Answer asked = recipient.post("/agreements", fmt::format(R"({{"entry":"{}","purpose":"We want to know what it costs."}})", entry));
    REQUIRE_MESSAGE(asked.status == 201, asked.body);
    const std::string path = "/agreements/" + asked.at("/id");
    const Answer offered = owner.post(path + "/offer", R"({"terms":"Tell nobody.","valid_until":"2090-12-31"})");
    REQUIRE_MESSAGE(offered.status == 200, offered.body);
    REQUIRE(recipient.post(path + "/sign").status == 200);
    const Answer signed_ = owner.post(path + "/sign");
    REQUIRE_MESSAGE(signed_.status == 200, signed_.body);
    CHECK(signed_.at("/state") == "signed");
    return path;
}

/// On paper a number has six digits and its thousands parted, so that its first digits must do.
bool stands_in(const std::string& marker, const std::string& where, const std::string& text) {
    if (!where.ends_with("/pdf") || marker[0] > '9') return text.find(marker) != std::string::npos;
    std::string digits;
    for (const char c : text)
        if (c != ',') digits += c;
    return digits.find(marker.substr(0, marker.find('.') - 1)) != std::string::npos;
}

/// Everything that a GET can bring about that entry, as a person reads it, by address: files, too, are opened.
std::map<std::string, std::string> ways_out(Visitor& visitor, const std::string& path, const std::string& id, std::int64_t versions) {
    std::map<std::string, std::string> bodies;
    const auto ask = [&](const std::string& address) { bodies[address] = readable(visitor.get(address).body); };
    for (const Operation& operation : contract().operations) {
        if (operation.method != "GET" || operation.mode == "write" || operation.id == "job_events") continue;
        std::string address = operation.path;
        const bool about_entry = address.starts_with(path + "/{") || address.starts_with("/disclosure/{");
        if (address.find('{') != std::string::npos && !about_entry) continue;
        for (const std::string place : {"{id}", "{entry}"})
            if (const std::size_t at = address.find(place); at != std::string::npos) address.replace(at, place.size(), id);
        if (const std::size_t at = address.find("{number}"); at != std::string::npos) {
            for (std::int64_t number = 1; number <= versions; ++number) ask(std::string(address).replace(at, 8, std::to_string(number)));
            continue;
        }
        ask(address);
        if (address.ends_with("/export"))
            for (const std::string format : {"?format=csv", "?format=json"}) ask(address + format);
        if (address.ends_with("/difference")) ask(address + "?from=1&to=" + std::to_string(versions));
    }
    ask("/search?text=teaser&limit=100");
    ask(path + "?limit=500");
    for (const std::string prefix : {"oai_dc", "greenbank"}) ask("//oai?verb=ListRecords&metadataPrefix=" + prefix);
    for (const std::string page : {"/library/technologies/", "/needs/", "/capital/"}) ask("/" + page + id);
    ask("/audit?limit=500");
    return bodies;
}

} // namespace

TEST_CASE("no way out shows more of an entry than the viewer's stage") {
    Parties parties;
    Cast& all = parties.all;
    struct Viewer {
        std::string name;
        Visitor* visitor;
        int stage;
    };
    const std::vector<Viewer> viewers = {{"nobody", &all.nobody, 0}, {"a stranger", parties.stranger.get(), 0}, {"an officer", &all.officer, 1},
        {"an administrator", &all.administrator, 1}, {"a party to an agreement", &all.other_manager, 2}, {"one admitted to all", parties.admitted.get(), 3},
        {"the owner", &all.reader, 3}};
    std::size_t asked = 0;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        Random random(seed);
        for (const auto& [path, every, body] : {std::tuple(std::string("/technologies"), technology_secrets(), technology_body("teaser")),
                 {"/needs", need_secrets(), need_body("teaser")}, {"/capital-offers", offer_secrets(), capital_offer_body("teaser")}}) {
            const std::vector<Secret> secrets = of_round(every, seed);
            std::map<std::string, int> stage_of; // marker → stage
            std::set<std::string> in_files;      // markers that PDF and xlsx print
            std::string more, disclosure;
            for (const Secret& secret : secrets) {
                const int stage = seed == 1 ? 3 : static_cast<int>(random.below(4));
                stage_of[secret.marker] = stage;
                if (secret.field == "description" || secret.field == "figures" || secret.field == "capital_cost") in_files.insert(secret.marker);
                more += "," + secret.json;
                if (stage > 0) disclosure += fmt::format(R"({}{{"field":"{}","stage":"{}"}})", disclosure.empty() ? "" : ",", secret.field, stages[stage]);
            }
            std::string sound = body.substr(0, body.size() - 1) + more + "}";
            const std::string id = create(all.manager, path, sound), address = path + "/" + id;
            // Published with everything hidden from the second version on; the first one, open then, must be hidden now.
            REQUIRE(all.manager.patch(address, fmt::format(R"({{"disclosure":[{}]}})", disclosure)).status == 200);
            REQUIRE(all.manager.post(address + "/publish").status == 200);
            REQUIRE(all.officer.patch(address, R"({"title":{"en":"teaser of an officer"}})").status == 200);
            agree(all.manager, all.other_manager, id);
            const Answer admitted =
                all.manager.post("/disclosure-grants", fmt::format(R"({{"recipient":"{}","entry":"{}","stage":"full"}})", parties.forest, id));
            REQUIRE_MESSAGE(admitted.status == 201, admitted.body);
            REQUIRE(wait_for([&] { return all.nobody.get("/search?text=teaser").number("/total") > 0; }));
            for (const Viewer& viewer : viewers) {
                INFO("seed ", seed, ", ", path, " as ", viewer.name);
                const Answer detail = viewer.visitor->get(address);
                for (const auto& [marker, stage] : stage_of)
                    if (stage > 0) CHECK_MESSAGE(viewer.visitor->get("/search?text=%22" + marker + "%22").number("/total") == 0, marker, " is searchable");
                for (const auto& [marker, stage] : stage_of)
                    CHECK_MESSAGE((detail.body.find(marker) != std::string::npos) == (stage <= viewer.stage), marker, " of stage ", stage);
                for (const auto& [where, text] : ways_out(*viewer.visitor, path, id, 4)) {
                    ++asked;
                    if (where.starts_with("/search-misses")) continue; // what this test has typed itself, above
                    for (const auto& [marker, stage] : stage_of)
                        CHECK_MESSAGE((stage <= viewer.stage || !stands_in(marker, where, text)), marker, " of stage ", stage, " in ", where);
                    // What may be seen is there, so that what was not found above was looked for in the right way.
                    if (where == address + "/pdf" || (where == path + "/export" && viewer.name == "the owner"))
                        for (const auto& [marker, stage] : stage_of)
                            if (stage <= viewer.stage && in_files.contains(marker)) CHECK_MESSAGE(stands_in(marker, where, text), marker, " is not in ", where);
                }
            }
            REQUIRE(all.manager.post(address + "/withdraw").status == 200);
            REQUIRE(all.manager.remove(address).status == 204);
        }
    }
    MESSAGE(asked, " answers searched");
}

TEST_CASE("the catalogue on paper shows of what it admits no more than the teaser") {
    Parties parties;
    Cast& all = parties.all;
    Visitor second(all.bank.address());
    join(all.administrator, second, "second.officer@bank.test", "officer");
    std::string more, disclosure;
    const std::vector<Secret> secrets = technology_secrets();
    for (const Secret& secret : secrets) {
        more += "," + secret.json;
        disclosure += fmt::format(R"({}{{"field":"{}","stage":"agreement"}})", disclosure.empty() ? "" : ",", secret.field);
    }
    const std::string id = create(all.manager, "/technologies", technology_body("printed", more + fmt::format(R"(,"disclosure":[{}])", disclosure)));
    REQUIRE(all.manager.post("/technologies/" + id + "/publish").status == 200);
    const std::string edition =
        "/editions/" + create(all.officer, "/editions", R"({"number":77,"year":2026,"title":{"en":"edition of the test"},"panel_needed":false})");
    REQUIRE(all.officer.post(edition + "/open").status == 200);
    const Answer declared = all.manager.post(
        "/admissions", fmt::format(R"({{"edition":"{}","technology":"{}","class":"demonstration"}})", edition.substr(std::string("/editions/").size()), id));
    REQUIRE_MESSAGE(declared.status < 300, declared.body);
    const std::string admission = "/admissions/" + declared.at("/id");
    const auto step = [&](Visitor& who, const std::string& path, const std::string& body = "") {
        const Answer done = who.post(path, body);
        REQUIRE_MESSAGE(done.status == 200, path, " ", done.body);
    };
    step(all.officer, admission + "/review");
    step(second, admission + "/recommend");
    step(all.officer, admission + "/select", R"({"comment":"Meeting of the test, minutes 1."})");
    step(second, edition + "/close");
    step(second, edition + "/publish");
    for (Visitor* viewer : {&all.nobody, &all.officer, parties.stranger.get(), &all.manager}) {
        const Answer catalogue = viewer->get(edition + "/pdf");
        REQUIRE(catalogue.status == 200);
        const std::string words = readable(catalogue.body);
        CHECK(words.find("printed") != std::string::npos);
        for (const Secret& secret : secrets) CHECK_MESSAGE(!stands_in(secret.marker, "/pdf", words), secret.marker, " is in the catalogue");
    }
}

TEST_CASE("an agreement opens what it says from the second signature to its end, and the owner reads who saw what") {
    Parties parties;
    Cast& all = parties.all;
    const std::string id = create(all.manager, "/technologies",
        technology_body("battery",
            R"(,"capital_cost":{"amount":"1250.00","currency":"CNY"},"capital_cost_per":"kWh","disclosure":[{"field":"capital_cost","stage":"agreement"}])"));
    const std::string address = "/technologies/" + id;
    REQUIRE(all.manager.post(address + "/publish").status == 200);

    CHECK(all.other_manager.get(address).at("/capital_cost").empty());
    const Answer closed = all.other_manager.get("/disclosure/" + id);
    CHECK(closed.at("/stage") == "public");
    CHECK(closed.at("/owner_kind") == "enterprise");
    std::map<std::string, std::string> visible;
    for (std::size_t i = 0; i < closed.size("/fields"); ++i)
        visible[closed.at(fmt::format("/fields/{}/field", i))] = closed.at(fmt::format("/fields/{}/visible", i));
    CHECK(visible["capital_cost"] == "false");
    CHECK(visible["capital_cost_per"] == "false");
    CHECK(visible["title"] == "true");

    // The steps, and who may take them.
    CHECK(all.nobody.post("/agreements", fmt::format(R"({{"entry":"{}","purpose":"x"}})", id)).status == 401);
    CHECK(all.other_editor.post("/agreements", fmt::format(R"({{"entry":"{}","purpose":"x"}})", id)).status == 403);
    CHECK(all.manager.post("/agreements", fmt::format(R"({{"entry":"{}","purpose":"x"}})", id)).code() == "agreement.own");
    CHECK(all.other_manager.post("/agreements", R"({"entry":"tech_nobody","purpose":"x"})").status == 404);
    CHECK(all.other_manager.post("/agreements", R"({"entry":"org_x","purpose":"x"})").status == 422);
    const Answer asked = all.other_manager.post("/agreements", fmt::format(R"({{"entry":"{}","purpose":"The price."}})", id));
    REQUIRE_MESSAGE(asked.status == 201, asked.body);
    const std::string path = "/agreements/" + asked.at("/id");
    CHECK(all.other_manager.post("/agreements", fmt::format(R"({{"entry":"{}","purpose":"again"}})", id)).code() == "agreement.twice");
    CHECK(parties.stranger->get(path).status == 404);
    CHECK(parties.stranger->post(path + "/sign").status == 404);
    CHECK(all.other_manager.post(path + "/offer", R"({"terms":"x"})").code() == "agreement.part");
    CHECK(all.other_manager.post(path + "/sign").code() == "agreement.state");
    CHECK(all.manager.post(path + "/offer", R"({"terms":"x","valid_until":"2020-01-01"})").status == 422);
    CHECK(all.manager.post(path + "/offer", R"({"terms":"x","valid_from":"2090-01-01","valid_until":"2080-01-01"})").status == 422);

    const std::string text = "The text that both sign.";
    const Answer file = all.manager.post("/files", fmt::format(R"({{"name":"保密协议.txt","content_type":"text/plain","bytes":{}}})", text.size()));
    all.manager.content_type = "application/octet-stream";
    REQUIRE(all.manager.post("/files/" + file.at("/id") + "/parts/0", text).status == 200);
    all.manager.content_type = "application/json";
    const Answer offered = all.manager.post(path + "/offer", fmt::format(R"({{"terms":"Tell nobody.","document":"{}"}})", file.at("/id")));
    REQUIRE_MESSAGE(offered.status == 200, offered.body);
    CHECK(all.other_manager.get(path + "/document").body == text);
    CHECK(parties.stranger->get(path + "/document").status == 404);
    CHECK(all.other_manager.post(path + "/sign").at("/state") == "signed_by_recipient");
    CHECK(all.other_manager.get(address).at("/capital_cost").empty()); // one signature opens nothing
    CHECK(all.manager.post(path + "/offer", R"({"terms":"other terms"})").code() == "agreement.state");
    CHECK(all.manager.post(path + "/sign").at("/state") == "signed");

    CHECK(all.other_editor.get(address).at("/capital_cost/amount") == "1250.00"); // everybody of that organisation
    CHECK(parties.stranger->get(address).at("/capital_cost").empty());
    const Answer in_list = all.other_editor.get("/technologies?limit=500");
    CHECK(in_list.body.find("1250.00") == std::string::npos); // lists show the teaser; the entry itself opens

    const Answer reads = all.manager.get("/disclosure-reads?entry=" + id);
    REQUIRE(reads.size("/items") == 1);
    CHECK(reads.at("/items/0/organisation") == all.other_organisation);
    CHECK(reads.at("/items/0/fields") == R"(["capital_cost","capital_cost_per"])");
    CHECK(reads.at("/items/0/stage") == "agreement");
    CHECK(!reads.at("/items/0/person_name").empty());
    CHECK(all.other_manager.get("/disclosure-reads").size("/items") == 0);
    const Answer audit = all.administrator.get("/audit?operation=technology_get");
    CHECK(audit.size("/items") >= 1);

    // Neither filters nor orders give it away to others.
    CHECK(all.nobody.get("/technologies?sort=capital_cost").body.find(id) == std::string::npos);
    CHECK(all.manager.get("/technologies?sort=capital_cost").body.find(id) != std::string::npos);

    CHECK(all.other_manager.post(path + "/end", R"({"reason":"done"})").at("/state") == "ended");
    CHECK(all.other_editor.get(address).at("/capital_cost").empty());
}

TEST_CASE("an officer changes neither stages nor what the officer cannot see; the catalogue's own fields cannot be hidden") {
    Parties parties;
    Cast& all = parties.all;
    const std::string id = create(
        all.manager, "/technologies", technology_body("pump", R"(,"description":{"en":"the trick"},"disclosure":[{"field":"description","stage":"full"}])"));
    const std::string address = "/technologies/" + id;
    CHECK(all.officer.patch(address, R"({"disclosure":[]})").code() == "disclosure.owner");
    CHECK(all.officer.patch(address, R"({"description":{"en":"mine"}})").code() == "disclosure.blind");
    const Answer renamed = all.officer.patch(address, R"({"title":{"en":"pump of an officer"}})");
    CHECK(renamed.status == 200);
    CHECK(renamed.body.find("the trick") == std::string::npos);
    CHECK(all.editor.get(address).at("/description/en") == "the trick");
    for (const auto& [row, code] : {std::pair(R"({"field":"title","stage":"full"})", "disclosure.fixed"),
             {R"({"field":"nothing","stage":"full"})", "disclosure.field"}, {R"({"field":"description","item":"x","stage":"full"})", "disclosure.item"}}) {
        const Answer refused = all.manager.patch(address, fmt::format(R"({{"disclosure":[{}]}})", row));
        CHECK(refused.status == 422);
        CHECK(refused.at("/problems/0/code") == code);
    }
}

TEST_CASE("an entry may hide whose it is until both have signed; the catalogue names whom it admits") {
    Parties parties;
    Cast& all = parties.all;
    const std::string id = create(all.manager, "/technologies", technology_body("kiln", R"(,"disclosure":[{"field":"holder","stage":"agreement"}])"));
    const std::string address = "/technologies/" + id;
    REQUIRE(all.manager.post(address + "/publish").status == 200);
    CHECK(all.nobody.get(address).body.find(all.organisation) == std::string::npos);
    CHECK(all.nobody.get("/technologies?holder=" + all.organisation).number("/total") == 0);
    CHECK(all.manager.get("/technologies?holder=" + all.organisation).number("/total") == 1);
    const Answer asked = all.other_manager.post("/agreements", fmt::format(R"({{"entry":"{}","purpose":"Who are you?","whole":true}})", id));
    CHECK(asked.body.find(all.organisation) == std::string::npos);
    CHECK(asked.at("/entry") == id); // not for all of an unknown owner
    CHECK(all.other_manager.get("/agreements?owner=" + all.organisation).number("/total") == 0);
    const std::string path = "/agreements/" + asked.at("/id");
    REQUIRE(all.manager.post(path + "/offer", R"({"terms":"Tell nobody."})").status == 200);
    CHECK(all.other_manager.get(path).body.find(all.organisation) == std::string::npos);
    REQUIRE(all.manager.post(path + "/sign").status == 200);
    const Answer both = all.other_manager.post(path + "/sign");
    CHECK(both.at("/owner") == all.organisation);
    CHECK(all.other_manager.get(address).at("/holder") == all.organisation);
    const std::string edition = create(all.officer, "/editions", R"({"number":9100,"year":2026,"title":{"en":"edition of hidden holders"}})");
    REQUIRE(all.officer.post("/editions/" + edition + "/open").status == 200);
    CHECK(all.manager.post("/admissions", fmt::format(R"({{"edition":"{}","technology":"{}","class":"demonstration"}})", edition, id)).code() ==
          "disclosure.holder_named");
}

TEST_CASE("documents open at their own stage") {
    Parties parties;
    Cast& all = parties.all;
    const std::string id = create(all.manager, "/needs", need_body("desalination"));
    REQUIRE(all.manager.post("/needs/" + id + "/publish").status == 200);
    const Answer file = all.manager.post("/files", R"({"name":"plan.txt","bytes":5})");
    all.manager.content_type = "application/octet-stream";
    REQUIRE(all.manager.post("/files/" + file.at("/id") + "/parts/0", "plans").status == 200);
    all.manager.content_type = "application/json";
    const std::string body = fmt::format(R"({{"entry":"{}","title":{{"en":"Plan of the site"}},"file":"{}"}})", id, file.at("/id"));
    CHECK(all.other_manager.post("/entry-documents", body).status == 403);
    const Answer attached = all.manager.post("/entry-documents", body);
    REQUIRE_MESSAGE(attached.status == 201, attached.body);
    CHECK(attached.at("/stage") == "agreement");
    const std::string path = "/entry-documents/" + attached.at("/id");
    CHECK(all.nobody.get(path + "/content").status == 404);
    CHECK(all.nobody.get("/disclosure/" + id).at("/documents_hidden") == "1");
    CHECK(all.nobody.get("/disclosure/" + id).body.find("Plan of the site") == std::string::npos);
    agree(all.manager, all.other_manager, id);
    CHECK(all.other_editor.get(path + "/content").body == "plans");
    CHECK(all.manager.get("/disclosure-reads?entry=" + id).at("/items/0/fields") == fmt::format(R"(["document:{}"])", attached.at("/id")));
    CHECK(all.manager.patch(path, R"({"stage":"full"})").status == 200);
    CHECK(all.other_editor.get(path + "/content").status == 404);
    CHECK(all.manager.patch(path, R"({"stage":"public"})").status == 200);
    CHECK(all.nobody.get(path + "/content").body == "plans");
    CHECK(all.other_manager.remove(path).status == 404);
    CHECK(all.manager.remove(path).status == 204);
}

} // namespace greenbank::testing
