// class_views.cpp — their descriptions.
#include "library/classes/class_views.h"

namespace greenbank::library {

Record describe(const ClassTreeView*) {
    return {"class_tree", "An edition of a tree of classes.",
        {
            field<&ClassTreeView::tree>("tree", "Its short name."),
            field<&ClassTreeView::edition>("edition", "Which edition."),
            field<&ClassTreeView::title>("title", "What it is called."),
            field<&ClassTreeView::valid_from>("valid_from", "The first day it is in force."),
            field<&ClassTreeView::valid_until>("valid_until", "The last day it is in force."),
            field<&ClassTreeView::in_force>("in_force", "Whether it is in force on the day asked about, else today."),
            field<&ClassTreeView::source>("source", "Where it is from."),
            field<&ClassTreeView::status>("status", "public, unconfirmed or sample; only public is official."),
            field<&ClassTreeView::classes>("classes", "How many classes we have of it."),
        }};
}

Record describe(const ClassView*) {
    return {"class", "A class of a tree.",
        {
            field<&ClassView::code>("code", "Its code."),
            field<&ClassView::parent>("parent", "The class above it."),
            field<&ClassView::name>("name", "Its name."),
            field<&ClassView::level>("level", "1 at the top."),
            field<&ClassView::lowest>("lowest", "Whether nothing stands below it."),
            field<&ClassView::status>("status", "How sure its name is: public, unconfirmed or sample."),
        }};
}

Record describe(const ClassTreesRequest*) {
    return {"class_trees_request", "For which day.", {field<&ClassTreesRequest::date>("date", "The day for which to say what is in force; else today.")}};
}

Record describe(const ClassTreeRequest*) {
    return {"class_tree_request", "Which edition of which tree.",
        {
            field<&ClassTreeRequest::tree>("tree", "The short name of the tree, such as gbepc or cpc_y02.", {.max = 40}),
            field<&ClassTreeRequest::edition>("edition", "Which edition; else the one in force.", {.max = 40}),
            field<&ClassTreeRequest::date>("date", "The day it must be in force; else today."),
            field<&ClassTreeRequest::below>("below", "Only what stands below this class.", {.max = 40}),
        }};
}

Record describe(const ClassTreeAnswer*) {
    return {"class_tree_answer", "An edition with its classes.",
        {field<&ClassTreeAnswer::edition>("edition", "The edition."),
            field<&ClassTreeAnswer::classes>("classes", "Its classes, each above before those below it.", {.max = 10'000})}};
}

Record describe(const ClassWalkRequest*) {
    return {"class_walk_request", "From which class to where.",
        {
            field<&ClassWalkRequest::tree>("tree", "The tree of the class.", {.max = 40}),
            field<&ClassWalkRequest::code>("code", "Its code.", {.min = 1, .max = 40}),
            field<&ClassWalkRequest::edition>("edition", "Its edition; else the one in force.", {.max = 40}),
            field<&ClassWalkRequest::to>("to", "Only classes of this tree.", {.max = 40}),
            field<&ClassWalkRequest::date>("date", "Only editions in force on that day."),
            field<&ClassWalkRequest::crossings>(
                "crossings", "How many cross-walks may be joined: 1 for direct ones, 2 also through a tree between.", {.min = 1, .max = 3, .defaulted = true}),
        }};
}

Record describe(const ClassStep*) {
    return {"class_step", "A class on the way.",
        {field<&ClassStep::tree>("tree", "Its tree."), field<&ClassStep::edition>("edition", "Its edition."), field<&ClassStep::code>("code", "Its code.")}};
}

Record describe(const ClassReached*) {
    return {"class_reached", "A class of another tree that a class leads to.",
        {
            field<&ClassReached::tree>("tree", "Its tree."),
            field<&ClassReached::edition>("edition", "Its edition."),
            field<&ClassReached::code>("code", "Its code."),
            field<&ClassReached::name>("name", "Its name."),
            field<&ClassReached::relation>("relation", "What it is to the class asked about: exact, close, broader, narrower, or related where they overlap."),
            field<&ClassReached::status>("status", "How sure the least sure cross-walk on the way is."),
            field<&ClassReached::crossings>("crossings", "How many cross-walks were joined."),
            field<&ClassReached::way>("way", "The classes from the one asked about to this one.", {.max = 20}),
        }};
}

Record describe(const ClassWalkAnswer*) {
    return {"class_walk", "A class, its place, and where it leads.",
        {
            field<&ClassWalkAnswer::edition>("edition", "The edition it stands in."),
            field<&ClassWalkAnswer::of>("of", "The class."),
            field<&ClassWalkAnswer::above>("above", "The classes above it, the nearest first.", {.max = 20}),
            field<&ClassWalkAnswer::below>("below", "The classes just below it.", {.max = 1000}),
            field<&ClassWalkAnswer::reached>("reached", "Classes of other trees, the strongest relation first.", {.max = 10'000}),
        }};
}

Record describe(const ClassSuggestRequest*) {
    return {"class_suggest_request", "A text to find classes for; nothing is stored.",
        {
            field<&ClassSuggestRequest::tree>(
                "tree", "The tree to choose from; else the bond catalogue that entries carry.", {.min = 1, .max = 40, .defaulted = true}),
            field<&ClassSuggestRequest::edition>("edition", "Its edition; else the one in force.", {.max = 40}),
            field<&ClassSuggestRequest::title>("title", "What the technology or need is called.", {.max = 300, .defaulted = true}),
            field<&ClassSuggestRequest::summary>("summary", "What it does.", {.max = 3000, .defaulted = true}),
            field<&ClassSuggestRequest::keywords>("keywords", "Words that describe it.", {.defaulted = true}),
            field<&ClassSuggestRequest::limit>("limit", "How many at most.", {.min = 1, .max = 20, .defaulted = true}),
            field<&ClassSuggestRequest::except>("except", "A technology whose own classes shall not count."),
        }};
}

Record describe(const SuggestionReason*) {
    return {"suggestion_reason", "Words that spoke for a class.",
        {
            field<&SuggestionReason::words>("words", "As they stand in the text, in small letters."),
            field<&SuggestionReason::concept_>("concept", "The concept of the thesaurus that they name."),
            field<&SuggestionReason::share>("share", "Their share of all that spoke for the class, 0 to 1."),
            field<&SuggestionReason::by_name>("by_name", "They stand in the name of the class or near it."),
            field<&SuggestionReason::by_examples>("by_examples", "They stand in technologies that people gave this class."),
        }};
}

Record describe(const ClassSuggestion*) {
    return {"class_suggestion", "A class that a text speaks for; a person decides.",
        {
            field<&ClassSuggestion::code>("code", "Its code."),
            field<&ClassSuggestion::name>("name", "Its name."),
            field<&ClassSuggestion::above>("above", "The codes above it, the nearest first.", {.max = 20}),
            field<&ClassSuggestion::score>("score", "How sure, 0 to 1; about four in five suggestions at 0.8 should be right."),
            field<&ClassSuggestion::examples>("examples", "How many published technologies have this class."),
            field<&ClassSuggestion::reasons>("reasons", "The words that spoke for it, the strongest first.", {.max = 5}),
            field<&ClassSuggestion::status>("status", "How sure the name of the class is."),
        }};
}

Record describe(const ClassSuggestAnswer*) {
    return {"class_suggest_answer", "Classes that a text speaks for.",
        {
            field<&ClassSuggestAnswer::edition>("edition", "The edition they are of."),
            field<&ClassSuggestAnswer::examples>("examples", "How many confirmed technologies the suggestions rest on."),
            field<&ClassSuggestAnswer::items>("items", "The best first.", {.max = 20}),
        }};
}

Record describe(const PatentClassRequest*) {
    return {"patent_class_request", "Symbols of patents.",
        {field<&PatentClassRequest::symbols>("symbols", "IPC or CPC symbols or ranges, such as Y02E10/50 or A01N25/00-65/00.", {.min = 1, .max = 50})}};
}

Record describe(const PatentClassView*) {
    return {"patent_class", "A class that a symbol stands for, with the rule that says so.",
        {
            field<&PatentClassView::tree>("tree", "Its tree."),
            field<&PatentClassView::edition>("edition", "Its edition."),
            field<&PatentClassView::code>("code", "Its code."),
            field<&PatentClassView::name>("name", "Its name."),
            field<&PatentClassView::rule>("rule", "The prefix or range that gave it."),
            field<&PatentClassView::partly>("partly", "The rule holds for a part of the range asked about."),
            field<&PatentClassView::source>("source", "Where the rule is from."),
            field<&PatentClassView::status>("status", "How sure the rule is."),
        }};
}

Record describe(const PatentSymbolView*) {
    return {"patent_symbol", "A symbol and its classes.",
        {
            field<&PatentSymbolView::symbol>("symbol", "The symbol as it was understood."),
            field<&PatentSymbolView::classes>("classes", "Classes by the closest rule of each tree.", {.max = 1000}),
            field<&PatentSymbolView::reached>("reached", "Classes of other trees that these lead to directly.", {.max = 10'000}),
        }};
}

Record describe(const PatentClassAnswer*) {
    return {"patent_class_answer", "What patent symbols stand for.", {field<&PatentClassAnswer::items>("items", "One for each symbol.", {.max = 50})}};
}

} // namespace greenbank::library
