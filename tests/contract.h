// contract.h — tests/openapi.json as tables: operations, schemas, and sound bodies made from them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace greenbank::testing {

struct Schema {
    std::string name, kind;              // kind as in kernel/record.h
    std::string unit, reference, record; // record: the schema of a record's fields
    std::optional<double> minimum, maximum, length_min, length_max, items_max;
    std::vector<std::string> choices;
    std::vector<Schema> item; // of a list: one
    bool read_only = false, optional = false, required = false, needed = false;
};

struct Operation {
    std::string id, method, path, right, mode; // path as Visitor takes it: "/needs/{id}"
    std::string body;                          // the schema of its body; empty: none
    bool patch = false;                        // a merge patch
    std::vector<Schema> query;
    std::vector<std::string> statuses; // documented ones; "default" for any problem
};

struct Contract {
    std::vector<Operation> operations;
    std::map<std::string, std::vector<Schema>> schemas;
};
const Contract& contract();

/// A JSON value that can be taken apart and changed.
struct Json {
    std::string text; // of a plain value: JSON as it is
    std::vector<std::pair<std::string, Json>> members;
    std::vector<Json> items;
    char shape = 'v'; // v plain value, o object, l list

    std::string to_text() const;
    Json& operator[](const std::string& name); // of an object; added where missing
    void erase(const std::string& name);
};
Json plain(std::string json);

/// A body that the bank accepts as far as the description can say: every field that may be sent is there.
Json sound_record(const std::string& schema);
Json sound_value(const Schema& schema);

} // namespace greenbank::testing
