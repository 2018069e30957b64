// For tests: an empty database on each engine that can be opened more than once, and a record with every kind of field.
#pragma once

#include <functional>

#include "store/store.h"

namespace greenbank {

enum class Colour { green, blue, grey };
template <> struct Choices<Colour> {
    static constexpr std::string_view name = "colour";
    static constexpr std::string_view values[] = {"green", "blue", "grey"};
};

struct Part {
    std::string name;
    double weight = 0;
    std::optional<Quantity> size;
    std::vector<std::string> marks;
    std::string pin;
};
Record describe(const Part*);

struct Sample {
    static constexpr std::string_view id_prefix = "sample";

    Id<Sample> id;
    std::int64_t version = 1;
    std::string code; // unique
    bool ready = false;
    std::int64_t order = 0; // a word that SQL has reserved
    double ratio = 0;
    Colour colour = Colour::green;
    Id<Sample> parent;
    Time made_at;
    Date due_on;
    Money price;
    Quantity flow;
    Text title;
    Part part;
    std::vector<Part> parts;
    std::vector<double> readings;
    std::vector<std::string> words;
    std::string password;

    std::optional<bool> maybe_ready;
    std::optional<std::int64_t> maybe_order;
    std::optional<double> maybe_ratio;
    std::optional<std::string> maybe_code;
    std::optional<Colour> maybe_colour;
    std::optional<Id<Sample>> maybe_parent;
    std::optional<Time> maybe_made_at;
    std::optional<Date> maybe_due_on;
    std::optional<Money> maybe_price;
    std::optional<Quantity> maybe_flow;
    std::optional<Text> maybe_title;
    std::optional<Part> maybe_part;
};
Record describe(const Sample*);

/// A small announced record without a version, for counting.
struct Note {
    static constexpr std::string_view id_prefix = "note";

    Id<Note> id;
    std::int64_t number = 0;
};
Record describe(const Note*);

std::span<const Migration> sample_migrations();

struct Database {
    std::string_view engine;
    /// Opens the same database again each time; fails the test where it cannot.
    std::function<std::unique_ptr<Store>()> open;
    /// Ends all other sessions of a served database, as a failing server would; null where there are none.
    std::function<void()> cut_sessions;
    std::string address = {}; // of a served database
};

/// Runs `test` on a new SQLite database, and on PostgreSQL where GREENBANK_TEST_POSTGRES says how to connect.
void on_each_engine(const std::function<void(const Database&)>& test);

/// Migrated and ready.
std::unique_ptr<Store> open_migrated(const Database& database);

Sample random_sample(Random& random);
Note make_note(Random& random, std::int64_t number);

/// "" for success, else the code and what it says.
template <class T> std::string failure_of(const Result<T>& result) {
    if (result) return "";
    std::string text = result.error().code + ": " + fill_in(result.error().message, result.error().parameters);
    for (const Problem& problem : result.error().problems) text += "; " + problem.field + " " + problem.code;
    return text;
}

} // namespace greenbank
