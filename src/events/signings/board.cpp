// board.cpp — the signing board: counts, amounts by kind and country, what was signed last; and a stream that says when to look again.
#include <map>

#include <fmt/format.h>

#include "events/signings/signings.h"

namespace greenbank::events {

namespace {

struct BoardKind {
    SigningKind kind = SigningKind::other;
    std::int64_t count = 0;
    std::vector<Money> amounts;
};
Record describe(const BoardKind*) {
    return {"board_kind", "Signings of one kind.",
        {field<&BoardKind::kind>("kind", "Which kind."), field<&BoardKind::count>("count", "How many."),
            field<&BoardKind::amounts>("amounts", "For how much, by currency.")}};
}

struct BoardCountry {
    std::string country;
    std::int64_t count = 0;
    std::vector<Money> amounts;
};
Record describe(const BoardCountry*) {
    return {"board_country", "Signings that will be done in one country.",
        {field<&BoardCountry::country>("country", "Where."), field<&BoardCountry::count>("count", "How many."),
            field<&BoardCountry::amounts>("amounts", "For how much, by currency.")}};
}

struct Board {
    Id<Event> event;
    Text title;
    Text city;
    EventState state = EventState::draft;
    bool sample = false;
    Time at;
    std::int64_t signed_count = 0, planned_count = 0, checked_in = 0;
    std::vector<Money> amounts;
    std::vector<BoardKind> kinds;
    std::vector<BoardCountry> countries;
    std::vector<Signing> latest, next;
};
Record describe(const Board*) {
    return {"board", "The signing board of an event.",
        {
            field<&Board::event>("event", "Which event."),
            field<&Board::title>("title", "What it is called."),
            field<&Board::city>("city", "Where it is."),
            field<&Board::state>("state", "Where it stands."),
            field<&Board::sample>("sample", "Part of the sample bank."),
            field<&Board::at>("at", "When this was true."),
            field<&Board::signed_count>("signed_count", "Signed so far."),
            field<&Board::planned_count>("planned_count", "Still to be signed."),
            field<&Board::checked_in>("checked_in", "People who have come."),
            field<&Board::amounts>("amounts", "Signed in all, by currency."),
            field<&Board::kinds>("kinds", "By kind."),
            field<&Board::countries>("countries", "By country."),
            field<&Board::latest>("latest", "What was signed last, newest first."),
            field<&Board::next>("next", "What is signed next."),
        }};
}

constexpr std::size_t latest_shown = 12, next_shown = 4;

Result<Board> board_get(Transaction& transaction, const Caller& caller, const EventKey& key) {
    const Event event = TRY(event_seen(transaction, caller, key.id));
    Board board{.event = event.id, .title = event.title, .city = event.city, .state = event.state, .sample = event.sample, .at = caller.now};
    board.checked_in =
        as_integer(TRY(transaction.query("SELECT COUNT(*) FROM registration WHERE event = $1 AND checked_in_at IS NOT NULL", {event.id.text})).single());
    Amounts all;
    std::map<SigningKind, std::pair<std::int64_t, Amounts>> kinds;
    std::map<std::string, std::pair<std::int64_t, Amounts>> countries;
    for (Signing& signing : TRY(transaction.find<Signing>("event = $1 AND state <> 'withdrawn' ORDER BY signed_at DESC, id", {event.id.text}))) {
        if (signing.state == SigningState::planned) {
            ++board.planned_count;
            if (board.next.size() < next_shown) board.next.push_back(std::move(signing));
            continue;
        }
        ++board.signed_count;
        auto& kind = kinds[signing.kind];
        auto& country = countries[signing.country];
        ++kind.first, ++country.first;
        if (signing.amount) {
            all.add(*signing.amount);
            kind.second.add(*signing.amount);
            country.second.add(*signing.amount);
        }
        if (board.latest.size() < latest_shown) board.latest.push_back(std::move(signing));
    }
    board.amounts = all.all();
    for (const auto& [kind, sums] : kinds) board.kinds.push_back({kind, sums.first, sums.second.all()});
    for (const auto& [country, sums] : countries) board.countries.push_back({country, sums.first, sums.second.all()});
    return board;
}

/// What the board shows, in a few bytes: another text means that something has changed.
Result<std::string> mark_of(Store& store, const std::string& event) {
    std::string mark;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        const Rows rows =
            TRY(transaction.query("SELECT COUNT(*), COALESCE(MAX(updated_at), 0), COALESCE(SUM(version), 0), (SELECT COUNT(*) FROM registration r WHERE "
                                  "r.event = $1 AND r.checked_in_at IS NOT NULL) FROM signing WHERE event = $1",
                {event}));
        mark = fmt::format("{}.{}.{}.{}", as_integer(rows.rows[0][0]), as_integer(rows.rows[0][1]), as_integer(rows.rows[0][2]), as_integer(rows.rows[0][3]));
        return Done{};
    }));
    return mark;
}

Result<Response> board_follow(Store& store, const Caller& caller, const EventKey& key) {
    TRY(store.read([&](Transaction& transaction) -> Result<Done> { return TRY(event_seen(transaction, caller, key.id)), Done{}; }));
    Response response{.content_type = "text/event-stream"};
    // Polled several times a second, by every screen; a second is soon enough for an eye.
    response.stream = [&store, event = key.id.text, last = std::string(), polls = 0]() mutable -> std::optional<std::string> {
        if (polls++ % 4 != 0) return std::string();
        const auto mark = mark_of(store, event);
        if (!mark) return std::nullopt;
        if (mark.value() == last) return std::string();
        last = mark.value();
        return fmt::format("data: \"{}\"\n\n", last);
    };
    return response;
}

} // namespace

Result<std::vector<Signing>> open_signings(Transaction& transaction) {
    return transaction.find<Signing>("state = 'signed' AND event IN (SELECT id FROM event WHERE state <> 'draft') ORDER BY signed_at DESC, id LIMIT 5000");
}

std::vector<Endpoint> board_endpoints() {
    return {
        // clang-format off
        {"board_get", Method::get, "/events/{id}/board", "The signing board.", Mode::read, open_to_all, call(board_get)},
        {"board_follow", Method::get, "/events/{id}/board/follow", "Server-sent events: a line whenever the board has changed.", Mode::compute, open_to_all, call(board_follow)},
        // clang-format on
    };
}

} // namespace greenbank::events
