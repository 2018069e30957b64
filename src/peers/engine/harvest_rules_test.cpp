// harvest_rules_test.cpp — who may say what about an entry, and when.
#include <doctest/doctest.h>

#include <map>
#include <sstream>

#include "kernel/random.h"
#include "peers/engine/harvest_rules.h"

using namespace greenbank;
using namespace greenbank::peers;

namespace {

std::string name(Verdict verdict) {
    constexpr std::string_view names[] = {"create", "update", "erase", "unchanged", "note_deleted", "returned", "other_home", "other_peer", "older"};
    return std::string(names[static_cast<int>(verdict)]);
}

/// "2@10" is version 2 of the tenth second, "@10" one without a version, "x@10" a delete; "-" nothing; then who holds it.
std::string decided(const std::string& identifier, const std::string& offered, const std::string& held, const std::string& holder = "peer_a") {
    const auto number = [](const std::string& text) { return text[0] == '@' || text[0] == 'x' ? std::nullopt : std::optional<std::int64_t>(std::stoll(text)); };
    const auto at = [](const std::string& text) { return Time{std::stoll(text.substr(text.find('@') + 1)) * 1'000'000}; };
    std::optional<Held> have;
    if (held != "-") have = Held{holder, number(held), at(held), held[0] == 'x'};
    return name(judge({"bank.example.cn", "bank.example.kz", "peer_a"}, {identifier, number(offered), at(offered), offered[0] == 'x'}, have));
}

} // namespace

TEST_CASE("the home of an entry is the truth about it") {
    const std::string theirs = "oai:bank.example.kz:tech_1", ours = "oai:bank.example.cn:tech_1", third = "oai:bank.example.ru:tech_1";
    CHECK(decided(theirs, "1@10", "-") == "create");
    CHECK(decided("oai:BANK.example.KZ:tech_1", "1@10", "-") == "create");
    CHECK(decided("https://repository.kz/item/1", "@10", "-") == "create"); // another scheme: the peer is its home
    // A → B → A
    CHECK(decided(ours, "9@99", "-") == "returned");
    CHECK(decided("OAI:Bank.Example.CN:tech_1", "9@99", "-") == "returned");
    CHECK(decided(ours, "x@99", "1@10") == "returned");
    // Someone else's
    CHECK(decided(third, "1@10", "-") == "other_home");
    CHECK(decided(third, "x@10", "-") == "other_home");
    CHECK(decided(theirs, "2@20", "1@10", "peer_b") == "other_peer");
    CHECK(decided(theirs, "x@20", "1@10", "peer_b") == "other_peer");
}

TEST_CASE("an older version never overwrites a newer one") {
    const std::string id = "oai:bank.example.kz:tech_1";
    CHECK(decided(id, "2@20", "1@10") == "update");
    CHECK(decided(id, "1@10", "1@10") == "unchanged");
    CHECK(decided(id, "1@20", "1@10") == "update"); // the same version, told anew
    CHECK(decided(id, "1@20", "2@10") == "older");  // a bank restored from an old copy
    CHECK(decided(id, "2@5", "1@10") == "update");  // its clock was set back; versions only grow
    CHECK(decided(id, "@20", "@10") == "update");
    CHECK(decided(id, "@10", "@10") == "unchanged");
    CHECK(decided(id, "@9", "@10") == "older");
    CHECK(decided(id, "@9", "3@10") == "older"); // Dublin Core after the full format
}

TEST_CASE("deletes are by date, and what was deleted comes back only newer") {
    const std::string id = "oai:bank.example.kz:tech_1";
    CHECK(decided(id, "x@20", "1@10") == "erase");
    CHECK(decided(id, "x@10", "1@10") == "erase");
    CHECK(decided(id, "x@9", "1@10") == "older");
    CHECK(decided(id, "x@20", "-") == "note_deleted");
    CHECK(decided(id, "x@30", "x@20") == "unchanged");
    CHECK(decided(id, "1@19", "x@20") == "older");
    CHECK(decided(id, "1@20", "x@20") == "older");
    CHECK(decided(id, "3@21", "x@20") == "update");
}

TEST_CASE("whatever the order of arrival, what is held at the end is the newest that was offered") {
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        Random random(seed);
        std::optional<Held> held;
        Held newest;
        bool any = false;
        for (int i = 0; i < 30; ++i) {
            const auto number = static_cast<std::int64_t>(random.below(8) + 1);
            const Offered offered{"oai:b.example:t", number, Time{number * 1'000'000}, number == 8};
            switch (judge({"a.example", "b.example", "p"}, offered, held)) {
            case Verdict::create:
            case Verdict::update: held = Held{"p", offered.number, offered.changed_at, false}; break;
            case Verdict::erase:
            case Verdict::note_deleted: held = Held{"p", {}, offered.changed_at, true}; break;
            default: break;
            }
            if (!any || offered.changed_at > newest.changed_at) newest = Held{"p", offered.number, offered.changed_at, offered.deleted};
            any = true;
            CHECK_MESSAGE((held->changed_at == newest.changed_at && held->deleted == newest.deleted), "seed ", seed);
        }
    }
}
