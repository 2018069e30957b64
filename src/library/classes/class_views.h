// class_views.h — what the classification's endpoints ask and answer.
#pragma once

#include "kernel/record.h"
#include "library/records.h"

namespace greenbank::library {

/// One edition of a tree, without its classes.
struct ClassTreeView {
    std::string tree, edition;
    Text title;
    std::optional<Date> valid_from, valid_until;
    bool in_force = false; // on the day asked about, else today
    std::string source, status;
    std::int64_t classes = 0;
};
Record describe(const ClassTreeView*);

struct ClassView {
    std::string code;
    std::optional<std::string> parent;
    Text name;
    std::int64_t level = 1; // 1 at the top
    bool lowest = false;    // nothing stands below it
    std::string status;
};
Record describe(const ClassView*);

struct ClassTreesRequest {
    std::optional<Date> date;
};
Record describe(const ClassTreesRequest*);

struct ClassTreeRequest {
    std::string tree;
    std::optional<std::string> edition;
    std::optional<Date> date;
    std::optional<std::string> below;
};
Record describe(const ClassTreeRequest*);

struct ClassTreeAnswer {
    ClassTreeView edition;
    std::vector<ClassView> classes;
};
Record describe(const ClassTreeAnswer*);

struct ClassWalkRequest {
    std::string tree, code;
    std::optional<std::string> edition, to;
    std::optional<Date> date;
    std::int64_t crossings = 2;
};
Record describe(const ClassWalkRequest*);

struct ClassStep {
    std::string tree, edition, code;
};
Record describe(const ClassStep*);

struct ClassReached {
    std::string tree, edition, code;
    Text name;
    std::string relation, status;
    std::int64_t crossings = 1;
    std::vector<ClassStep> way;
};
Record describe(const ClassReached*);

struct ClassWalkAnswer {
    ClassTreeView edition;
    ClassView of;
    std::vector<ClassView> above, below;
    std::vector<ClassReached> reached;
};
Record describe(const ClassWalkAnswer*);

struct ClassSuggestRequest {
    std::string tree = "gbepc";
    std::optional<std::string> edition;
    Text title, summary;
    Keywords keywords;
    std::int64_t limit = 5;
    std::optional<Id<Technology>> except;
};
Record describe(const ClassSuggestRequest*);

struct SuggestionReason {
    std::string words;
    std::optional<Text> concept_;
    double share = 0;
    bool by_name = false, by_examples = false;
};
Record describe(const SuggestionReason*);

struct ClassSuggestion {
    std::string code;
    Text name;
    std::vector<std::string> above;
    double score = 0;
    std::int64_t examples = 0;
    std::vector<SuggestionReason> reasons;
    std::string status;
};
Record describe(const ClassSuggestion*);

struct ClassSuggestAnswer {
    ClassTreeView edition;
    std::int64_t examples = 0;
    std::vector<ClassSuggestion> items;
};
Record describe(const ClassSuggestAnswer*);

struct PatentClassRequest {
    std::vector<std::string> symbols;
};
Record describe(const PatentClassRequest*);

struct PatentClassView {
    std::string tree, edition, code;
    Text name;
    std::string rule;
    bool partly = false;
    std::string source, status;
};
Record describe(const PatentClassView*);

struct PatentSymbolView {
    std::string symbol;
    std::vector<PatentClassView> classes;
    std::vector<ClassReached> reached;
};
Record describe(const PatentSymbolView*);

struct PatentClassAnswer {
    std::vector<PatentSymbolView> items;
};
Record describe(const PatentClassAnswer*);

} // namespace greenbank::library
