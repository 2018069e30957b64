// class_trees.h — trees of classes in editions, and cross-walks between them. Pure: data in, answers out.
//
// A tree (a bond catalogue, a patent scheme) comes in editions, each in force for a time. A crossing says how a class of
// one edition relates to a class of another, in the sense of SKOS mapping relations (W3C, 2009, clause 10): `broader` means
// that the target is broader than the source. A walk joins crossings and says what remains sure at the end of them.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/result.h"
#include "kernel/text.h"
#include "kernel/time.h"

namespace greenbank::library {

/// How far a name or a mapping may be relied on: `public` as published, `unconfirmed` never to be shown as official.
enum class ClassStanding { public_, unconfirmed, sample };
std::optional<ClassStanding> parse_standing(std::string_view text);
std::string_view to_text(ClassStanding standing);
/// The less sure of two.
inline ClassStanding weaker(ClassStanding a, ClassStanding b) { return a < b ? b : a; }

struct ClassCode {
    std::string tree, edition, code;
    auto operator<=>(const ClassCode&) const = default;
};

struct ClassNode {
    std::string code;
    std::string parent; // empty at the top
    Text name;
    ClassStanding standing = ClassStanding::public_;
};

struct ClassEdition {
    std::string tree, edition;
    Text title;
    std::optional<Date> valid_from, valid_until; // both days included; absent: not known, or open
    std::string source;
    ClassStanding standing = ClassStanding::public_;
    std::vector<ClassNode> classes; // parents before children

    bool in_force(Date day) const { return (!valid_from || *valid_from <= day) && (!valid_until || day <= *valid_until); }
};

/// From the strongest to the weakest; `related` is never given, only reached: the two overlap.
enum class Relation { exact, close, broader, narrower, related };
std::optional<Relation> parse_relation(std::string_view text); // without related
std::string_view to_text(Relation relation);
Relation inverse(Relation relation);
/// What A is to C when `first` says what A is to B and `then` what B is to C; nothing where that says nothing at all (up
/// to a broader class and down again to any part of it).
std::optional<Relation> compose(Relation first, Relation then);
/// exact 0, close 1, broader and narrower 2, related 3.
int weakness(Relation relation);

struct Crossing {
    ClassCode from;
    Relation relation = Relation::close;
    ClassCode to;
    std::string source;
    ClassStanding standing = ClassStanding::unconfirmed;
};

/// One class reached from another, by the strongest way, then the shortest, then the surest.
struct Reached {
    ClassCode to;
    Relation relation = Relation::exact;
    ClassStanding standing = ClassStanding::public_; // the least sure crossing on the way
    std::vector<ClassCode> way;                      // from the class asked about to this one, both included
    std::size_t crossings = 0;                       // how many cross-walk rows; the other steps are within the first tree
    bool operator==(const Reached&) const = default;
};

struct WalkOptions {
    std::size_t crossings_max = 2; // 1: only direct ones; 2: also through one tree between, the hub
    std::optional<Date> on = {};   // only editions in force that day
    std::string_view to_tree = {}; // only classes of this tree
};

class ClassTrees {
public:
    ClassTrees() = default;
    /// Fails, naming tree and code, on a code given twice, a parent that does not stand before its child, editions of one
    /// tree in force at once, and a crossing between classes that are not there or of one edition.
    static Result<ClassTrees> build(std::vector<ClassEdition> editions, std::vector<Crossing> crossings);

    const std::vector<ClassEdition>& editions() const { return editions_; } // by tree, then from old to new
    /// The edition of that name; without a name the one in force on `day`, else the newest.
    const ClassEdition* edition(std::string_view tree, std::string_view name = {}, std::optional<Date> day = {}) const;

    const ClassNode* find(const ClassCode& code) const;
    std::vector<const ClassNode*> ancestors(const ClassCode& code) const; // the nearest first
    std::vector<const ClassNode*> children(const ClassCode& code) const;  // an empty code: the top of the edition
    bool is_leaf(const ClassCode& code) const { return children(code).empty(); }

    /// Crossings from this class or, turned round, to it.
    std::vector<Crossing> crossings_of(const ClassCode& code) const;
    /// Classes of other editions that this class or a class above or below it leads to. Circles do no harm.
    std::vector<Reached> walk(const ClassCode& from, const WalkOptions& options = {}) const;

private:
    struct Place {
        std::size_t edition = 0, node = 0;
    };
    struct Edge {
        const ClassCode* to;
        Relation relation;
        ClassStanding standing;
    };
    std::optional<Error> add_edition(std::size_t index);
    std::optional<Error> add_crossings();

    std::vector<ClassEdition> editions_;
    std::vector<Crossing> crossings_;
    std::map<ClassCode, Place> places_;
    std::map<ClassCode, std::vector<std::size_t>> children_;    // nodes below a code
    std::map<ClassCode, std::vector<std::size_t>> crossing_of_; // indices into crossings_, either end
};

} // namespace greenbank::library
