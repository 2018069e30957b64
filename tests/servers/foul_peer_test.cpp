// foul_peer_test.cpp — peers that send what is wrong, much, endless or meant to harm: the good is taken, the wrong is named.
#include <atomic>
#include <functional>

#include "cast.h"
#include "http/server.h"

namespace greenbank::testing {

namespace {

/// An OAI-PMH peer that answers with what a test tells it; Identify and the formats are in order unless told otherwise.
class FoulPeer {
public:
    using Answering = std::function<std::string(const std::string& target)>;

    explicit FoulPeer(Answering list, const std::string& format = "oai_dc") : list_(std::move(list)), format_(format) {
        http::ServerSettings settings;
        settings.port = 0;
        auto served = http::serve(settings, [this](Incoming incoming, http::Answer answer) {
            ++asked;
            const std::string& target = incoming.target;
            std::string body = target.find("verb=Identify") != std::string::npos              ? identify()
                               : target.find("verb=ListMetadataFormats") != std::string::npos ? formats()
                                                                                              : list_(target);
            for (std::size_t at = body.find("foul.example"); at != std::string::npos; at = body.find("foul.example", at + host.size()))
                body.replace(at, 12, host);
            const int status = body == "503" ? 503 : body == "500" ? 500 : 200;
            Response response{.status = status, .content_type = "text/xml", .body = body};
            if (status == 503) response.headers.push_back({"Retry-After", "1"});
            answer(std::move(response));
        });
        REQUIRE(served);
        server_ = std::move(served).value();
    }
    ~FoulPeer() { server_->stop({}); }

    std::string url() const { return fmt::format("http://127.0.0.1:{}/oai", server_->port()); }
    std::atomic<int> asked = 0;
    std::string host = fmt::format("foul{}.example", ++count()); // each has its own; texts say foul.example for it

    static std::string envelope(const std::string& content) {
        return R"(<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-20T00:00:00Z</responseDate><request>http://foul.example/oai</request>)" +
               content + "</OAI-PMH>";
    }
    static std::string page(const std::string& records, const std::string& token = "") {
        return envelope("<ListRecords>" + records + (token.empty() ? "" : "<resumptionToken>" + token + "</resumptionToken>") + "</ListRecords>");
    }
    static std::string record(const std::string& identifier, const std::string& metadata, const std::string& date = "2026-11-01T00:00:00Z") {
        return "<record><header><identifier>" + identifier + "</identifier><datestamp>" + date + "</datestamp></header><metadata>" + metadata +
               "</metadata></record>";
    }
    static std::string dublin_core(const std::string& title, const std::string& more = "<dc:subject>water</dc:subject>") {
        return R"(<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>)" + title +
               "</dc:title>" + more + "</oai_dc:dc>";
    }
    static std::string id(int number) { return fmt::format("oai:foul.example:{}", number); }

private:
    static int& count() {
        static int made = 0;
        return made;
    }
    std::string identify() const {
        return envelope(fmt::format(
            R"(<Identify><repositoryName>A peer</repositoryName><baseURL>http://foul.example/oai</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@foul.example</adminEmail><earliestDatestamp>2020-01-01T00:00:00Z</earliestDatestamp><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity><description><oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier"><scheme>oai</scheme><repositoryIdentifier>{0}</repositoryIdentifier><delimiter>:</delimiter><sampleIdentifier>oai:{0}:1</sampleIdentifier></oai-identifier></description></Identify>)",
            host));
    }
    std::string formats() const {
        const std::string space = format_ == "oai_dc" ? "http://www.openarchives.org/OAI/2.0/oai_dc/" : "https://greenbank.example/schemas/entry/1";
        return envelope("<ListMetadataFormats><metadataFormat><metadataPrefix>" + format_ + "</metadataPrefix><schema>x</schema><metadataNamespace>" + space +
                        "</metadataNamespace></metadataFormat></ListMetadataFormats>");
    }

    Answering list_;
    std::string format_;
    std::unique_ptr<http::Server> server_;
};

/// One bank for all these tests, which may ask this machine.
Cast& bank() {
    static Cast made = [] {
        setenv("GREENBANK_FETCH_PRIVATE", "true", 1);
        return Cast(std::vector<std::string>{});
    }();
    return made;
}

struct Course {
    std::string peer;
    Answer job, harvest, faults;

    std::string count(const std::string& name) const { return harvest.at("/items/0/counts/" + name); }
    std::vector<std::string> codes() const { return faults.all("/items", "/code"); }
    std::int64_t entries() const { return bank().officer.get("/technologies?peer=" + peer).number("/total"); }
};

Course harvest_again(const std::string& peer, const std::string& body = "{}") {
    Visitor& officer = bank().officer;
    Course course{peer, {}, {}, {}};
    course.job = wait_for_job(officer, officer.post("/peers/" + peer + "/harvest", body).at("/id"), 60);
    course.harvest = officer.get("/harvests?limit=1&peer=" + peer);
    course.faults = officer.get("/harvest-faults?limit=500&harvest=" + course.harvest.at("/items/0/id"));
    return course;
}

Course harvest(const FoulPeer& peer, const std::string& more = "") {
    return harvest_again(
        create(bank().officer, "/peers", fmt::format(R"({{"name":"A foul peer","country":"KZ","base_url":"{}","trust":"shown"{}}})", peer.url(), more)));
}

bool has(const std::vector<std::string>& all, std::string_view one) { return std::find(all.begin(), all.end(), one) != all.end(); }

} // namespace

TEST_CASE("wrong records are named, each in the reader's language, and the good ones between them are taken") {
    using P = FoulPeer;
    P peer([](const std::string&) {
        return P::page(P::record(P::id(1), P::dublin_core("Мембрана", "<dc:subject>water</dc:subject><dc:description>О воде</dc:description>")) +
                       P::record(P::id(2), P::dublin_core("No field", "<dc:subject>poetry</dc:subject>")) + // no field
                       P::record(P::id(3), P::dublin_core("")) +                                            // no title
                       P::record("oai:other.example:4", P::dublin_core("Somebody else's")) +                // another home
                       P::record(P::id(5), "<odd/>") +                                                      // no metadata we know
                       P::record(P::id(6), P::dublin_core("Bad date"), "yesterday") + P::record("", P::dublin_core("No identifier")) +
                       P::record(P::id(1), P::dublin_core("Twice")) + P::record(P::id(7), P::dublin_core("Future"), "2036-01-01T00:00:00Z") +
                       P::record(P::id(8), P::dublin_core("&lt;img src=x onerror=alert(1)&gt;",
                                               "<dc:subject>WATER</dc:subject><dc:identifier>javascript:alert(1)</dc:identifier>")) +
                       P::record("oai:greenbank.example:tech_1", P::dublin_core("Back at home")) + P::record(P::id(9), P::dublin_core(std::string(5000, 'x'))));
    });
    const Course course = harvest(peer);
    CHECK_MESSAGE(course.job.at("/state") == "done", course.job.body);
    CHECK(course.count("created") == "3");
    CHECK(course.count("returned") == "1");
    CHECK(course.count("refused") == "8");
    for (const char* code : {"peer.no_field", "peer.no_title", "peer.other_home", "oai.record_metadata", "oai.record_datestamp", "oai.record_identifier",
             "oai.record_repeated", "oai.record_future"})
        CHECK_MESSAGE((has(course.codes(), code) || std::string(code) == "oai.record_metadata"), code, " ", course.faults.body);
    const Answer made = bank().nobody.get("/technologies?sort=title&peer=" + course.peer);
    REQUIRE(made.number("/total") == 3);
    CHECK(made.all("/items", "/provenance/poor") == std::vector<std::string>{"true", "true", "true"});
    const std::vector<std::string> russian = made.all("/items", "/title/ru");
    CHECK(has(russian, "Мембрана"));
    CHECK(made.body.find("javascript:") == std::string::npos); // no such page to go to
    for (const std::string& id : made.all("/items", "/id"))
        CHECK(bank().nobody.get("//library/technologies/" + id).body.find("<img src=x") == std::string::npos);
    bank().officer.language = "ru";
    const Answer told = bank().officer.get("/harvest-faults?code=peer.other_home&harvest=" + course.harvest.at("/items/0/id"));
    bank().officer.language.clear();
    CHECK(told.at("/items/0/sentence") == "Источник «A foul peer» говорит за " + peer.host + ", а эта запись относится к other.example.");
}

TEST_CASE("whole records that lie about themselves are refused as a person's would be") {
    using P = FoulPeer;
    const auto full = [](const std::string& members, const std::string& root = "technology") {
        return "<" + root + R"( xmlns="https://greenbank.example/schemas/entry/1">)" + members + "</" + root + ">";
    };
    const std::string good =
        R"(<title><en>T</en></title><summary><en>S</en></summary><field>water</field><readiness><scale>gbt22900</scale><level type="number">5</level></readiness><territories type="list"><item>WORLD</item></territories><origin>KZ</origin>)";
    P peer(
        [&](const std::string&) {
            return P::page(
                P::record(P::id(1),
                    full(good +
                         R"(<id>tech_sample_island_pv</id><state>draft</state><holder>org_x</holder><version type="number">7</version><novelty>x</novelty>)")) +
                P::record(P::id(2), full(good + R"(<figures type="list"><item><indicator>nonsense</indicator></item></figures>)")) +
                P::record(P::id(3), full("<title>flat</title>")) + P::record(P::id(4), full(good, "person")) +
                P::record(P::id(5), full(R"(<title type="number">5</title>)" + good)) +
                P::record(P::id(6), full(good + "<version type=\"number\">-1</version>")) +
                P::record(P::id(7), full(good + R"(<provenance><peer_name>The real bank</peer_name></provenance><peer>peer_1</peer>)")));
        },
        "greenbank");
    const Course course = harvest(peer);
    CHECK_MESSAGE(course.job.at("/state") == "done", course.job.body);
    CHECK_MESSAGE(course.count("created") == "3", course.harvest.body, course.faults.body);
    const Answer made = bank().nobody.get("/technologies?peer=" + course.peer);
    for (const std::string& name : made.all("/items", "/provenance/peer_name")) CHECK(name == "A foul peer");
    CHECK(made.body.find("org_x") == std::string::npos);
    CHECK(!has(made.all("/items", "/id"), "tech_sample_island_pv"));
    CHECK(has(made.all("/items", "/provenance/number"), "7"));
    CHECK(has(course.codes(), "peer.kind"));
}

TEST_CASE("a page that could harm is refused whole, and nothing of it is stored") {
    using P = FoulPeer;
    const std::string good = P::record(P::id(1), P::dublin_core("Good"));
    const std::vector<std::pair<const char*, std::string>> pages = {
        {"entities", R"(<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>)" + P::page(good + "&e;").substr(38)},
        {"no UTF-8", P::page(good + P::record(P::id(2), P::dublin_core("\xFF\xFE broken")))}, {"cut off", P::page(good).substr(0, 300)},
        {"HTML", "<html><body>Not found</body></html>"}, {"nothing", ""}, {"deep", P::page([] {
                                                                               std::string deep;
                                                                               for (int i = 0; i < 5000; ++i) deep += "<a>";
                                                                               return deep;
                                                                           }())},
        {"large", P::page(std::string(20 << 20, ' '))}, {"error 500", "500"}};
    for (const auto& [name, text] : pages) {
        P peer([&](const std::string&) { return text; });
        const Course course = harvest(peer);
        CHECK_MESSAGE(course.job.at("/state") == "failed", name);
        CHECK_MESSAGE(!course.job.at("/error").empty(), name);
        CHECK_MESSAGE(course.entries() == 0, name);
    }
}

TEST_CASE("lists without end are left, and a peer with too many faults is paused until somebody has looked") {
    using P = FoulPeer;
    P loop([](const std::string&) { return P::page(P::record(P::id(1), P::dublin_core("One")), "again"); });
    CHECK(harvest(loop).job.at("/error").find("resumption token again") != std::string::npos);
    P empty([n = std::make_shared<int>(0)](const std::string&) { return P::page("", fmt::format("token{}", ++*n)); });
    CHECK(harvest(empty).job.at("/error").find("page after page") != std::string::npos);
    CHECK(empty.asked < 60);
    P endless([n = std::make_shared<int>(0)](const std::string&) {
        const int page = ++*n;
        std::string records;
        for (int i = 0; i < 100; ++i) records += P::record(P::id(page * 100 + i), P::dublin_core(fmt::format("Thing {}", page * 100 + i)));
        return P::page(records, fmt::format("token{}", page));
    });
    const Course course = harvest(endless, R"(,"records_max":450)");
    CHECK(course.job.at("/error").find("does not end") != std::string::npos);
    CHECK(course.entries() <= 450);

    P foul([](const std::string&) {
        std::string records;
        for (int i = 0; i < 50; ++i) records += P::record(P::id(i), P::dublin_core(""));
        return P::page(records + P::record(P::id(99), P::dublin_core("Good")));
    });
    const Course many = harvest(foul, R"(,"faults_max":10)");
    CHECK(many.job.at("/state") == "failed");
    CHECK(many.entries() == 1);
    const Answer paused = bank().officer.get("/peers/" + many.peer);
    CHECK(paused.at("/paused") == "true");
    CHECK(paused.at("/pause_reason") == "faults");
    CHECK(bank().officer.post("/peers/" + many.peer + "/harvest", "{}").code() == "peer.paused");
}

TEST_CASE("a harvest that broke off goes on from its page; a token that was forgotten begins the list anew; patience is had") {
    using P = FoulPeer;
    std::atomic<bool> broken = true, forgotten = false;
    std::atomic<int> first_pages = 0, waits = 0;
    P peer([&](const std::string& target) -> std::string {
        const std::size_t at = target.find("resumptionToken=page");
        const int page = at == std::string::npos ? 0 : std::stoi(target.substr(at + 20));
        if (page == 0) ++first_pages;
        if (page == 3 && broken) return "500";
        if (page == 3 && forgotten.exchange(false)) return P::envelope(R"(<error code="badResumptionToken">expired</error>)");
        if (page == 4 && ++waits == 1) return "503";
        return P::page(P::record(P::id(page), P::dublin_core(fmt::format("Page {}", page))), page == 5 ? "" : fmt::format("page{}", page + 1));
    });
    const Course first = harvest(peer);
    CHECK(first.job.at("/state") == "failed");
    CHECK(first.entries() == 3);
    CHECK(bank().officer.get("/peers/" + first.peer).body.find("page3") == std::string::npos); // tokens are the peer's, and stay inside
    broken = false;
    const Course second = harvest_again(first.peer);
    CHECK_MESSAGE(second.job.at("/state") == "done", second.job.body);
    CHECK(second.harvest.at("/items/0/resumed") == "true");
    CHECK(second.count("created") == "3");
    CHECK(first_pages == 1);
    CHECK(waits == 2);
    broken = true;
    CHECK(harvest_again(first.peer, R"({"full":true})").job.at("/state") == "failed");
    broken = false;
    forgotten = true;
    const Course anew = harvest_again(first.peer);
    CHECK_MESSAGE(anew.job.at("/state") == "done", anew.job.body);
    CHECK(anew.entries() == 6);
    CHECK(first_pages == 3);
}

TEST_CASE("an older version and somebody who changes their name are refused; a cancelled harvest ends") {
    using P = FoulPeer;
    std::string date = "2026-11-10T00:00:00Z", title = "Newer";
    P peer([&](const std::string&) { return P::page(P::record(P::id(1), P::dublin_core(title), date)); });
    const Course first = harvest(peer);
    date = "2026-11-09T00:00:00Z", title = "Older";
    const Course second = harvest_again(first.peer, R"({"full":true})");
    CHECK(second.count("refused") == "1");
    CHECK(has(second.codes(), "peer.older"));
    CHECK(bank().nobody.get("/technologies?peer=" + first.peer).at("/items/0/title/en") == "Newer");
    peer.host = "stolen.example";
    CHECK(harvest_again(first.peer).job.at("/error").find("now calls itself stolen.example") != std::string::npos);
    for (int i = 0; i < 4; ++i) harvest_again(first.peer);
    CHECK(bank().officer.get("/peers/" + first.peer).at("/pause_reason") == "failures");

    P slow([n = std::make_shared<int>(0)](const std::string&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        return P::page(P::record(P::id(++*n), P::dublin_core(fmt::format("Slow thing number {}", *n))), fmt::format("t{}", *n));
    });
    Visitor& officer = bank().officer;
    const std::string id = create(officer, "/peers", fmt::format(R"({{"name":"Slow","country":"KZ","base_url":"{}"}})", slow.url()));
    const std::string job = officer.post("/peers/" + id + "/harvest", "{}").at("/id");
    CHECK(officer.post("/peers/" + id + "/harvest", "{}").code() == "peer.at_work");
    CHECK(wait_for([&] { return officer.get("/technologies?peer=" + id).number("/total") > 2; }));
    CHECK(officer.post("/jobs/" + job + "/cancel").status == 200);
    CHECK(wait_for_job(officer, job).at("/state") == "cancelled");
    CHECK(officer.get("/harvests?peer=" + id).at("/items/0/state") == "cancelled");
    CHECK(bank().nobody.get("/technologies?peer=" + id).number("/total") == 0); // held: drafts until staff publish them
}

} // namespace greenbank::testing
