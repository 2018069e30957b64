// slice_test.cpp — the slice's rows as http and cli use them, and following the store, over a store of a few records.
#include <doctest/doctest.h>

#include "match/following.h"
#include "match/test_bank.h"

namespace greenbank::match {
namespace {

struct Shelf {
    std::vector<library::Need> needs;
    std::vector<library::Technology> technologies;
    std::vector<library::Organisation> organisations;
};

/// Answers the few kinds of question that the match asks: by id, a page of a kind, the needs of an owner.
class ShelfTransaction : public Transaction {
public:
    explicit ShelfTransaction(const Shelf& shelf) : shelf_(shelf) {}
    using Transaction::query;
    Result<Rows> query(std::string_view sql, std::span<const Value> parameters) override {
        if (parameters.empty()) return Rows{}; // no edition of the weights was adopted
        const std::string& id = as_text(parameters[0]);
        const bool page = sql.find("id > $1") != std::string_view::npos;
        const auto wanted = [&](const auto& one) { return page ? one.id.text > id && one.state == library::State::published : one.id.text == id; };
        if (sql.find("owner = $1") != std::string_view::npos) return rows(shelf_.needs, [&](const auto& one) { return one.owner && one.owner->text == id; });
        if (sql.find("\"need\"") != std::string_view::npos) return rows(shelf_.needs, wanted);
        if (sql.find("\"organisation\"") != std::string_view::npos) return rows(shelf_.organisations, [&](const auto& one) { return one.id.text == id; });
        return rows(shelf_.technologies, wanted);
    }
    Result<std::int64_t> execute(std::string_view, std::span<const Value>) override { return std::int64_t{0}; }
    Result<Done> insert_many(const Record&, std::span<const void* const>) override { return Done{}; }
    Result<Done> announce(const std::string&, const std::string&, bool) override { return Done{}; }

private:
    template <class T> static Rows rows(const std::vector<T>& list, auto wanted) {
        Rows found{columns_of(record_of<T>()), {}};
        for (const T& one : list)
            if (wanted(one)) found.rows.push_back(to_row(record_of<T>(), &one));
        return found;
    }
    const Shelf& shelf_;
};

class ShelfStore : public Store {
public:
    explicit ShelfStore(const Shelf& shelf) : shelf_(shelf) {}
    Result<Done> read(const Work& work) override {
        ShelfTransaction transaction(shelf_);
        return work(transaction);
    }
    void write(Work, Finished) override { FAIL("the match writes nothing"); }
    Result<Done> migrate(std::span<const Migration>) override { return Done{}; }
    Result<Announcements> announcements(const std::string&, std::size_t) override { return Announcements{}; }
    Result<std::string> announced_until() override { return std::string(); }
    void on_announcement(std::function<void()>) override {}
    Result<std::unique_ptr<Lease>> try_lock(const std::string&) override { return std::unique_ptr<Lease>(); }
    Result<std::vector<Column>> columns(const std::string&) override { return std::vector<Column>(); }
    std::string_view engine() const override { return "shelf"; }
    Result<std::string> identity() override { return std::string("shelf"); }
    Statistics statistics() const override { return {}; }

private:
    const Shelf& shelf_;
};

class Desk {
public:
    Desk() : matcher(empty_matcher()) {
        shelf.needs = {sample_need("need_sample_island_power")};
        shelf.technologies = sample_technologies();
        library::Organisation holder;
        for (const auto& technology : shelf.technologies)
            if (technology.id.text == "tech_sample_island_wind") holder.id = *technology.holder;
        holder.name.en = "The holder";
        holder.country = "DK";
        shelf.organisations = {holder};
        REQUIRE(following(*matcher).fill(store, Time{}));
    }

    Result<std::string> call(std::string_view name, Request request, Caller caller = {}) {
        const Slice rows = slice(*matcher);
        for (const Endpoint& endpoint : rows.endpoints) {
            if (endpoint.name != name) continue;
            if (endpoint.mode == Mode::compute) {
                const auto work = TRY(endpoint.handler.prepare_outside(request));
                return TRY(work(store, caller)).body;
            }
            ShelfTransaction transaction(shelf);
            const auto work = TRY(endpoint.handler.prepare_transaction(request));
            return TRY(work(transaction, caller)).body;
        }
        FAIL("no such endpoint");
        return std::string();
    }

    Shelf shelf;
    ShelfStore store{shelf};
    std::unique_ptr<Matcher> matcher;
};

Request of_need(std::vector<std::pair<std::string, std::string>> query = {}) {
    return {.path_values = {{"id", "need_sample_island_power"}}, .query = std::move(query), .body = {}};
}

} // namespace

TEST_CASE("a stored need is matched, and the holder is named") {
    Desk desk;
    const auto answer = desk.call("need_matches", of_need({{"top", "4"}}));
    REQUIRE(answer);
    const auto list = from_json<MatchList>(answer.value());
    REQUIRE(list);
    CHECK(list.value().items.size() == 4);
    CHECK(list.value().need.id->text == "need_sample_island_power");
    for (const MatchItem& item : list.value().items)
        if (item.technology.text == "tech_sample_island_wind") CHECK(item.holder_name->en == "The holder");
    CHECK(!desk.call("need_matches", of_need({{"top", "0"}})));
    CHECK(!desk.call("need_matches", of_need({{"top", "many"}})));
}

TEST_CASE("a technology is told the needs it answers, with the score that the need's side gives") {
    Desk desk;
    const Request of_wind{.path_values = {{"id", "tech_sample_island_wind"}}, .query = {{"order", "mutual"}}, .body = {}};
    const auto answer = desk.call("technology_needs", of_wind);
    REQUIRE(answer);
    const auto list = from_json<NeedMatchList>(answer.value());
    REQUIRE(list);
    REQUIRE(list.value().items.size() == 1);
    const auto back = from_json<MatchList>(desk.call("need_matches", of_need({{"halves", "true"}})).value());
    REQUIRE(back);
    for (const MatchItem& item : back.value().items)
        if (item.technology.text == "tech_sample_island_wind") {
            CHECK(item.score_points == list.value().items[0].score_points);
            CHECK(item.holder_half->score_points == list.value().items[0].holder_half->score_points);
            CHECK(item.mutual_score_points == list.value().items[0].mutual_score_points);
        }
    CHECK(desk.call("technology_need_exclusions", of_wind).error().problems.at(0).field == "order");
    CHECK(!desk.call("technology_needs", {.path_values = {{"id", "tech_nobody"}}, .query = {}, .body = {}}));
}

TEST_CASE("who hides a budget is answered with it, strangers without") {
    Desk desk;
    library::Need& need = desk.shelf.needs[0];
    need.disclosure.push_back({.field = "budget", .stage = library::Disclosure::agreement});
    need.budget = Money{1'000'00, "CNY"}; // far too little
    REQUIRE(following(*desk.matcher).fill(desk.store, Time{}));
    const Request of_wind{.path_values = {{"id", "tech_sample_island_wind"}}, .query = {}, .body = {}};
    CHECK(from_json<NeedMatchList>(desk.call("technology_needs", of_wind).value()).value().items.size() == 1);
    Caller owner;
    owner.actor.organisation = need.owner->text;
    CHECK(from_json<NeedMatchList>(desk.call("technology_needs", of_wind, owner).value()).value().items.empty());
}

TEST_CASE("who may not see a need is told that there is none") {
    Desk desk;
    desk.shelf.needs[0].state = library::State::draft;
    const auto stranger = desk.call("need_matches", of_need());
    REQUIRE(!stranger);
    CHECK(stranger.error().kind == Failure::not_found);
    CHECK(!desk.call("need_exclusions", of_need()));
    Caller owner;
    owner.actor.organisation = desk.shelf.needs[0].owner->text;
    CHECK(desk.call("need_matches", of_need(), owner));
}

TEST_CASE("exclusions are paged and may be asked by rule") {
    Desk desk;
    const auto first = desk.call("need_exclusions", of_need({{"rule", "excluded_traits"}, {"limit", "1"}}));
    REQUIRE(first);
    CHECK(first.value().find("\"rule\":\"excluded_traits\"") != std::string::npos);
    CHECK(first.value().find("\"next\":") != std::string::npos);
    CHECK(!desk.call("need_exclusions", of_need({{"rule", "taste"}})));
    CHECK(!desk.call("need_exclusions", of_need({{"cursor", "junk"}})));
}

TEST_CASE("a draft is matched without being stored, and its faults are named") {
    Desk desk;
    const auto answer =
        desk.call("match_preview", {.path_values = {},
                                       .query = {},
                                       .body = R"({"need": {"title": {"en": "Battery for an island"}, "field": "energy_carbon", "country": "CN"}, "top": 3})",
                                       .has_body = true});
    REQUIRE(answer);
    CHECK(from_json<MatchList>(answer.value()).value().items.size() == 3);
    CHECK(answer.value().find("\"id\"") == std::string::npos);
    const auto faulty = desk.call("match_preview",
        {.path_values = {},
            .query = {},
            .body = R"({"need": {"title": {"en": "x"}, "field": "energy_carbon", "country": "CN", "capacity": {"value": 1, "unit": "cubit"}}})",
            .has_body = true});
    REQUIRE(!faulty);
    CHECK(faulty.error().problems.at(0).field == "need.capacity");
    CHECK(desk.call("match_weights", {}).value() == to_json(compiled_in_weights()));
}

TEST_CASE("the matcher follows what is announced, and an announcement may come twice") {
    Desk desk;
    const Following following = match::following(*desk.matcher);
    REQUIRE(following.fill(desk.store, Time{}));
    const std::size_t all = desk.matcher->size();
    CHECK(all == sample_technologies().size());
    desk.shelf.technologies[0].state = library::State::withdrawn;
    const std::string gone = desk.shelf.technologies[1].id.text;
    desk.shelf.technologies.erase(desk.shelf.technologies.begin() + 1);
    const std::vector<Announcement> changes = {
        {"technology", desk.shelf.technologies[0].id.text}, {"technology", gone, true}, {"need", "need_x"}, {"technology", gone, true}};
    CHECK(following.follow(desk.store, changes, "", Time{}));
    CHECK(desk.matcher->size() == all - 2);
    desk.shelf.technologies[0].state = library::State::published;
    CHECK(following.follow(desk.store, changes, "", Time{}));
    CHECK(desk.matcher->size() == all - 1);
}

} // namespace greenbank::match
