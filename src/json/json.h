// A described record to JSON and back, and a small writer for what has no description.
#pragma once

#include <string>
#include <string_view>

#include "kernel/record.h"

namespace greenbank {

struct JsonOptions {
    bool secrets = false;                                 // write fields marked secret (only for the store's own columns)
    bool accept_read_only = false;                        // read fields marked read_only (stored JSON, sample files)
    const std::vector<std::string_view>* given = nullptr; // fields that were set elsewhere (from the path): neither needed nor allowed
    bool stored = false;  // from our own store, perhaps written by another edition of the program: skip unknown fields, leave missing ones as they are
    bool partial = false; // JSON merge patch (RFC 7396): what is left out stays, null makes an optional absent
};

/// Deepest nesting a body may have.
constexpr int json_depth_max = 12;

void write_json(std::string& out, const Record& record, const void* value, JsonOptions options = {});
template <class T> std::string to_json(const T& value, JsonOptions options = {}) {
    std::string out;
    write_json(out, record_of<T>(), &value, options);
    return out;
}

/// Fills `value` from one JSON object. All problems are reported at once, each at its field ("figures[2].unit"):
/// unknown, repeated and missing fields, wrong types, and everything validate() finds.
Result<Done> read_json(std::string_view text, const Record& record, void* value, JsonOptions options = {});
template <class T> Result<T> from_json(std::string_view text, JsonOptions options = {}) {
    T value{};
    auto read = read_json(text, record_of<T>(), &value, options);
    if (!read) return read.error();
    return value;
}

/// A JSON array of objects; problems carry the row: "[3].title".
Result<Done> read_json_list(std::string_view text, const Record& record, void* (*append)(void*), void* list, JsonOptions options = {});
template <class T> Result<std::vector<T>> list_from_json(std::string_view text, JsonOptions options = {}) {
    std::vector<T> list;
    auto read = read_json_list(
        text, record_of<T>(), [](void* l) -> void* { return &static_cast<std::vector<T>*>(l)->emplace_back(); }, &list, options);
    if (!read) return read.error();
    return list;
}

// One value of any type, for columns and cells.
void write_json_value(std::string& out, const Type& type, const void* value, JsonOptions options = {});
Result<Done> read_json_value(std::string_view text, const Type& type, void* value, JsonOptions options = {});

/// Writes JSON piece by piece; commas and quotes are its business, balance is the caller's.
class JsonWriter {
public:
    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_list();
    JsonWriter& end_list();
    JsonWriter& key(std::string_view name);
    JsonWriter& text(std::string_view value);
    JsonWriter& integer(std::int64_t value);
    JsonWriter& real(double value); // shortest that reads back the same; null where it is not finite
    JsonWriter& boolean(bool value);
    JsonWriter& null();
    /// JSON text that is known to be sound.
    JsonWriter& raw(std::string_view json);
    /// key and value in one
    JsonWriter& member(std::string_view name, std::string_view value) { return key(name).text(value); }
    JsonWriter& member(std::string_view name, const char* value) { return key(name).text(value); }
    JsonWriter& member(std::string_view name, std::int64_t value) { return key(name).integer(value); }
    JsonWriter& member(std::string_view name, double value) { return key(name).real(value); }
    JsonWriter& member(std::string_view name, bool value) { return key(name).boolean(value); }

    std::string take() { return std::move(out_); }

private:
    void separate();
    std::string out_;
    bool first_ = true;
    bool after_key_ = false;
};

/// Sound JSON on many lines, two spaces a level, for files that people compare.
std::string indented(std::string_view json);

void append_json_text(std::string& out, std::string_view text); // quoted and escaped

} // namespace greenbank
