// patent_symbols.h — symbols of the International and the Cooperative Patent Classification, and what classes they stand for.
//
// A symbol (WIPO Guide to the IPC, clauses 30 to 40; ST.8) is read as people write it: A01B 33/00, a01b33/02, Y02E10/50,
// PATSTAT's `C02F   1/14`, ST.8's `C02F0001140000`, with or without a version such as (2006.01). Finer CPC groups begin
// with the digits of the group above them, so a group stands for every group whose digits begin with its own; a main group
// (…/00) and a subclass stand for all below them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "library/engine/class_trees.h"

namespace greenbank::library {

struct PatentSymbol {
    std::string subclass; // "Y", "Y02" or "Y02E": as deep as was written
    int main_group = 0;   // 1 to 9999; 0: none was written
    std::string subgroup; // its digits; empty: the main group itself
    bool operator==(const PatentSymbol&) const = default;

    /// Y02E10/50; the main group 10 as Y02E10/00.
    std::string text() const;
    /// Symbols sort by it as the schemes do, and begin with the key of what stands above them.
    std::string key() const;
};

/// From one symbol to another, both with all below them; a single symbol is its own range.
struct PatentRange {
    PatentSymbol first, last;

    std::string text() const; // "A01N25/00-65/00"
    bool contains(const PatentSymbol& symbol) const;
    bool contains(const PatentRange& other) const;
};

Result<PatentSymbol> parse_patent_symbol(std::string_view text);
/// Also `A01N 25/00-65/00`, `F01N3/00–3/38`, `A01N25/00-A01N65/00`.
Result<PatentRange> parse_patent_range(std::string_view text);

struct PatentRule {
    PatentRange range;
    ClassCode to;
    std::string source;
    ClassStanding standing = ClassStanding::public_;
};

struct PatentClass {
    ClassCode to;
    PatentRange rule;    // the rule that gave it
    bool partly = false; // a range was asked about, and the rule holds for a part of it only
    std::string source;
    ClassStanding standing = ClassStanding::public_;
};

/// Per tree the rules that fit most closely: of two rules of one tree, one within the other, the narrower one speaks. For a
/// range these are the rules around all of it and, as `partly`, every rule within it. Ordered by tree, edition and code.
std::vector<PatentClass> classes_of(const PatentRange& asked, std::span<const PatentRule> rules);

} // namespace greenbank::library
