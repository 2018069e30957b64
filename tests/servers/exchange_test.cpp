// exchange_test.cpp — two banks in two countries, one on SQLite and one on PostgreSQL, exchange entries both ways.
#include <cstdlib>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pair.h"

namespace greenbank::testing {

namespace {

/// What was changed waits so long until harvesters see it (library/oai_repository.h).
constexpr auto settling = std::chrono::milliseconds(10'500);

std::string free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), size) == 0);
    getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return std::to_string(ntohs(address.sin_port));
}

/// A bank that calls itself `host` and listens here.
struct NamedBank {
    NamedBank(const std::string& host, std::vector<std::string> more = {}) : port(free_port()), address("http://127.0.0.1:" + port) {
        setenv("GREENBANK_FETCH_PRIVATE", "true", 1);
        more.insert(more.end(), {"--port", port, "--public-address", "http://" + host});
        process = std::make_unique<BankProcess>(folder.path(), more);
        staff = std::make_unique<Visitor>(address);
        become_administrator(*staff, *process);
    }
    std::string peer(const NamedBank& other, const std::string& name, const std::string& country) {
        const Answer made =
            staff->post("/peers", fmt::format(R"({{"name":"{}","country":"{}","base_url":"{}/oai","trust":"shown"}})", name, country, other.address));
        REQUIRE_MESSAGE(made.status == 201, made.body);
        return made.at("/id");
    }
    /// Harvests to the end and returns the counts.
    Answer harvest(const std::string& peer, const std::string& body = "{}") {
        const Answer job = wait_for_job(*staff, staff->post("/peers/" + peer + "/harvest", body).at("/id"), 60);
        CHECK_MESSAGE(job.at("/state") == "done", job.body);
        return staff->get("/harvests?limit=1&peer=" + peer);
    }

    std::string port, address;
    TemporaryFolder folder;
    std::unique_ptr<BankProcess> process;
    std::unique_ptr<Visitor> staff;
};

std::string counts(const Answer& harvests) {
    const auto of = [&](const char* name) { return harvests.at(fmt::format("/items/0/counts/{}", name)); };
    return fmt::format("created {} updated {} deleted {} unchanged {} returned {} refused {}", of("created"), of("updated"), of("deleted"), of("unchanged"),
        of("returned"), of("refused"));
}

std::string published(NamedBank& bank, const std::string& path, const std::string& body) {
    const std::string id = create(*bank.staff, path, body);
    REQUIRE(bank.staff->post(path + "/" + id + "/publish").status == 200);
    return id;
}

} // namespace

TEST_CASE("two banks exchange entries both ways, with versions, withdrawals and pairs; nothing comes back to its home") {
    const ServedDatabase database;
    if (!database.there()) return;
    NamedBank china("bank.cn.example"), kazakhstan("bank.kz.example", {"--database", database.address()});
    Visitor stranger(kazakhstan.address);

    const std::string membrane =
        published(china, "/technologies", technology_body("Zwitterionic membrane reactor", R"(,"evidence":[],"keywords":{"en":["brine"]})"));
    const std::string need = published(china, "/needs", need_body("Clean water for a salt lake"));
    published(china, "/capital-offers", capital_offer_body("Loan of the silk road"));
    create(*china.staff, "/technologies", technology_body("A draft that nobody sees"));
    const std::string own = published(kazakhstan, "/technologies", technology_body("Zwitterionic membrane reactor"));
    published(kazakhstan, "/technologies", technology_body("Steppe wind turbine with <script>alert(1)</script> & \\\"quotes\\\""));

    const std::string to_china = kazakhstan.peer(china, "Bank of China's east", "CN"), to_kazakhstan = china.peer(kazakhstan, "Bank of the steppe", "KZ");
    const Answer tested = kazakhstan.staff->post("/peers/" + to_china + "/test");
    CHECK_MESSAGE(tested.status == 200, tested.body);
    CHECK(tested.at("/home") == "bank.cn.example");
    CHECK(tested.at("/format") == "greenbank");
    CHECK(tested.at("/keeps_deletes") == "true");
    std::this_thread::sleep_for(settling);

    CHECK(counts(kazakhstan.harvest(to_china)) == "created 3 updated 0 deleted 0 unchanged 0 returned 0 refused 0");
    CHECK(counts(china.harvest(to_kazakhstan)) == "created 2 updated 0 deleted 0 unchanged 0 returned 0 refused 0");

    // Whole, visible to everybody, with its origin, and not to be changed here.
    const Answer copies = stranger.get("/technologies?peer=" + to_china);
    REQUIRE(copies.number("/total") == 1);
    const std::string copy = copies.at("/items/0/id");
    CHECK(copy != membrane);
    CHECK(copies.at("/items/0/title/en") == "Zwitterionic membrane reactor");
    CHECK(copies.at("/items/0/keywords/en/0") == "brine");
    CHECK(copies.at("/items/0/provenance/peer_name") == "Bank of China's east");
    CHECK(copies.at("/items/0/provenance/identifier") == "oai:bank.cn.example:" + membrane);
    CHECK(copies.at("/items/0/provenance/page") == "http://bank.cn.example/library/technologies/" + membrane);
    CHECK(copies.at("/items/0/provenance/poor") == "false");
    CHECK(!copies.at("/items/0/provenance/holder_name").empty());
    for (const Answer& refused :
        {kazakhstan.staff->patch("/technologies/" + copy, R"({"title":{"en":"Mine"}})"), kazakhstan.staff->remove("/technologies/" + copy)}) {
        CHECK(refused.status == 409);
        CHECK(refused.code() == "library.from_peer");
    }
    CHECK(wait_for([&] { return stranger.get("/search?peer=Bank%20of%20China's%20east").number("/total") == 3; }, 5));
    CHECK(stranger.get("/technologies/export?format=csv").body.find("oai:bank.cn.example:" + membrane) != std::string::npos);

    // Two that are alike both stay; a person decides, and then everybody knows.
    const Answer pairs = kazakhstan.staff->get("/twins?state=open");
    REQUIRE(pairs.number("/total") == 1);
    CHECK(pairs.at("/items/0/entry") == copy);
    CHECK(pairs.at("/items/0/other") == own);
    CHECK(stranger.get("/twins?entry=" + copy).number("/total") == 0);
    CHECK(kazakhstan.staff->post("/twins/" + pairs.at("/items/0/id") + "/decide", R"({"state":"same"})").status == 200);
    CHECK(stranger.get("/twins?other=" + own).number("/total") == 1);
    CHECK(stranger.get("/technologies/" + own).status == 200);

    // Harvested text is text, on the page too.
    const Answer wind = Visitor(china.address).get("/technologies?peer=" + to_kazakhstan + "&sort=title");
    REQUIRE(wind.number("/total") == 2);
    CHECK(wind.at("/items/0/title/en").find("<script>alert(1)</script>") != std::string::npos);
    CHECK(Visitor(china.address).get("//library/technologies/" + wind.at("/items/0/id")).body.find("<script>alert(1)") == std::string::npos);

    // Changes and withdrawals at home, one of them deleted since.
    CHECK(china.staff->patch("/technologies/" + membrane, R"({"title":{"en":"Zwitterionic membrane reactor, second edition"}})").status == 200);
    CHECK(china.staff->post("/needs/" + need + "/withdraw", R"({"reason":"The lake is clean."})").status == 200);
    CHECK(china.staff->remove("/needs/" + need).status == 204);
    std::this_thread::sleep_for(settling);
    CHECK(Visitor(china.address).get("//oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:bank.cn.example:" + need).body.find("status=\"deleted\"") !=
          std::string::npos);
    const Answer second = kazakhstan.harvest(to_china);
    CHECK(second.at("/items/0/counts/updated") == "1");
    CHECK(second.at("/items/0/counts/deleted") == "1");
    CHECK(second.at("/items/0/counts/created") == "0");
    CHECK(second.at("/items/0/counts/refused") == "0");
    const Answer changed = stranger.get("/technologies/" + copy);
    CHECK(changed.at("/title/en") == "Zwitterionic membrane reactor, second edition");
    CHECK(changed.at("/provenance/number") == "3");
    CHECK(stranger.get("/technologies/" + copy + "/versions").number("/total") == 2);
    const Answer needs = kazakhstan.staff->get("/needs?peer=" + to_china);
    REQUIRE(needs.number("/total") == 1);
    const Answer gone = stranger.get("/needs/" + needs.at("/items/0/id"));
    CHECK(gone.status == 410);
    CHECK(gone.body.find("Bank of China's east") != std::string::npos);

    // Nothing new: nothing happens. Everything again: the same. And what came from China is not offered back to it.
    CHECK(counts(kazakhstan.harvest(to_china, R"({"full":true})")) == "created 0 updated 0 deleted 0 unchanged 3 returned 0 refused 0");
    CHECK(Visitor(kazakhstan.address).get("//oai?verb=ListIdentifiers&metadataPrefix=oai_dc").body.find(copy) == std::string::npos);
    CHECK(counts(china.harvest(to_kazakhstan, R"({"full":true})")) == "created 0 updated 0 deleted 0 unchanged 2 returned 0 refused 0");
    CHECK(Visitor(china.address).get("/technologies").number("/total") == 3);

    // By the clock: a peer that is due is harvested without anybody asking.
    const std::string before = kazakhstan.staff->get("/harvests?peer=" + to_china).at("/total");
    CHECK(kazakhstan.staff->patch("/peers/" + to_china, R"({"every_hours":24})").status == 200);
    CHECK(kazakhstan.staff->post("/peers/" + to_china + "/pause").status == 200);
    CHECK(kazakhstan.staff->post("/peers/" + to_china + "/harvest", "{}").code() == "peer.paused");
    CHECK(kazakhstan.staff->post("/peers/" + to_china + "/resume").status == 200);
    CHECK(wait_for([&] { return kazakhstan.staff->get("/harvests?state=done&peer=" + to_china).number("/total") == std::stoll(before) + 1; }, 20));

    // Letting go.
    CHECK(kazakhstan.staff->remove("/peers/" + to_china).code() == "peer.has_entries");
    CHECK(wait_for_job(*kazakhstan.staff, kazakhstan.staff->post("/peers/" + to_china + "/forget").at("/id")).at("/state") == "done");
    CHECK(stranger.get("/technologies?peer=" + to_china).number("/total") == 0);
    CHECK(stranger.get("/technologies/" + own).status == 200);
    CHECK(kazakhstan.staff->remove("/peers/" + to_china).status == 204);
}

TEST_CASE("a bank does not take itself for a peer, nor ask what it must not") {
    NamedBank bank("bank.cn.example");
    const std::string self = bank.peer(bank, "Myself", "CN");
    const Answer same = bank.staff->post("/peers/" + self + "/test");
    CHECK(same.status == 409);
    CHECK(same.code() == "peer.same_home");
    for (const char* url : {"ftp://bank.example/oai", "javascript:alert(1)", "bank.example", "http://a b"}) {
        const Answer refused = bank.staff->post("/peers", fmt::format(R"({{"name":"x","country":"CN","base_url":"{}"}})", url));
        CHECK_MESSAGE(refused.status == 422, url);
    }
    setenv("GREENBANK_FETCH_PRIVATE", "false", 1);
    Cast careful(std::vector<std::string>{});
    const std::string inside = create(careful.officer, "/peers", fmt::format(R"({{"name":"x","country":"CN","base_url":"{}/oai"}})", bank.address));
    CHECK(careful.officer.post("/peers/" + inside + "/test").code() == "client.address_private");
    const Answer job = wait_for_job(careful.officer, careful.officer.post("/peers/" + inside + "/harvest", "{}").at("/id"));
    CHECK(job.at("/state") == "failed");
    CHECK(job.at("/error").find("not on the public Internet") != std::string::npos);
    CHECK(careful.officer.get("/harvests?peer=" + inside).at("/items/0/state") == "failed");
}

} // namespace greenbank::testing
