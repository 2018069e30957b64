// experts.cpp — records in, ranked and explained experts out; interests as panels know them.
#include "match/experts/experts.h"

#include <algorithm>

#include <fmt/format.h>

#include "api/call.h"
#include "api/words.h"
#include "library/assessment/interests.h"
#include "match/engine/judge.h"
#include "match/explain.h"
#include "match/seen.h"

namespace greenbank::match {

namespace {

constexpr std::size_t experts_max = 2000;

/// The languages a need is written in, or the one that is asked for.
ExpertWish wish_of(const Moment& moment, const library::Need& need, const std::optional<std::string>& language_needed, Date today) {
    const Wish wish = moment.converter->wish(need);
    ExpertWish made{.field = wish.field, .classes = wish.classes, .languages = {}, .country = wish.country, .concepts = wish.concepts, .day = today};
    if (language_needed) {
        made.languages = {*language_needed};
        made.language_needed = true;
        return made;
    }
    if (!need.title.zh.empty()) made.languages.emplace_back("zh");
    if (!need.title.en.empty()) made.languages.emplace_back("en");
    if (!need.title.ru.empty()) made.languages.emplace_back("ru");
    return made;
}

class ExpertSpeech {
public:
    ExpertSpeech(const Moment& moment, const library::Need& need, const ExpertWish& wish, const library::Expert& expert, const ExpertCandidate& candidate,
        Language language) :
        moment_(moment), need_(need), wish_(wish), expert_(expert), candidate_(candidate), speech_(library::reference(), language) {}

    ExpertRuleView view(const ExpertRuleFinding& finding) const {
        const Values values = of(finding.rule);
        return {finding.rule, finding.passed, values.need, values.expert, sentence(fmt::format("rule.{}", name_of(finding.rule)), finding.outcome, values)};
    }
    ExpertCriterionView view(const ExpertCriterionFinding& finding) const {
        const Values values = of(finding.criterion);
        return {finding.criterion, finding.weight, finding.points, finding.contribution, values.need, values.expert,
            sentence(name_of(finding.criterion), finding.outcome, values)};
    }

private:
    struct Values {
        std::optional<std::string> need, expert;
    };
    std::string sentence(std::string_view name, Outcome outcome, const Values& values) const {
        return speech_.say(fmt::format("sentence.expert.{}.{}", name, name_of_outcome(outcome)),
            {{"need", values.need.value_or("—")}, {"expert", values.expert.value_or("—")}});
    }
    std::string languages(const std::vector<std::string>& codes) const {
        std::vector<std::string> names;
        for (const std::string& code : codes) {
            const std::string key = fmt::format("value.language_{}", code);
            names.push_back(find_word("match." + key) ? speech_.say(key) : code);
        }
        return names.empty() ? speech_.say("value.none") : speech_.list(std::move(names));
    }
    std::optional<std::string> classes(const std::vector<std::string>& codes) const {
        if (codes.empty()) return {};
        std::vector<std::string> names;
        for (const std::string& code : codes) names.push_back(speech_.technology_class(code));
        return speech_.list(std::move(names), 5);
    }
    Values of(ExpertRule rule) const {
        switch (rule) {
        case ExpertRule::field: {
            std::vector<std::string> fields;
            for (const library::TechnologyField field : expert_.fields) fields.push_back(speech_.choice("technology_field", name_of(field)));
            return {speech_.choice("technology_field", name_of(need_.field)), fields.empty() ? speech_.say("value.none") : speech_.list(std::move(fields))};
        }
        case ExpertRule::language: return {languages(wish_.languages), languages(expert_.languages)};
        case ExpertRule::availability: {
            const auto day = [](const std::optional<Date>& date) { return date ? to_text(*date) : std::string("…"); };
            return {to_text(wish_.day), fmt::format("{} – {}", day(expert_.available_from), day(expert_.available_until))};
        }
        case ExpertRule::interest: return {};
        }
        return {};
    }
    Values of(ExpertCriterion criterion) const {
        switch (criterion) {
        case ExpertCriterion::text: {
            std::vector<std::string> shared;
            const auto offered = sorted(candidate_.concepts);
            for (const ConceptWeight& one : sorted(wish_.concepts))
                if (std::any_of(offered.begin(), offered.end(), [&](const ConceptWeight& other) { return other.concept_index == one.concept_index; }))
                    shared.push_back(moment_.converter->concept_name(one.concept_index).best(speech_.language));
            return {{}, shared.empty() ? speech_.say("value.none") : speech_.list(std::move(shared), 7)};
        }
        case ExpertCriterion::classes: return {classes(wish_.classes), classes(expert_.classes)};
        case ExpertCriterion::language: return {languages(wish_.languages), languages(expert_.languages)};
        case ExpertCriterion::place: return {speech_.country(wish_.country), speech_.country(expert_.country)};
        }
        return {};
    }

    const Moment& moment_;
    const library::Need& need_;
    const ExpertWish& wish_;
    const library::Expert& expert_;
    const ExpertCandidate& candidate_;
    Speech speech_;
};

} // namespace

ExpertMatchList expert_matches(const Moment& moment, const library::Need& need, const std::vector<ExpertFacts>& experts,
    const std::optional<std::string>& language_needed, std::size_t top, bool names_all, Date today, Language language) {
    const ExpertWish wish = wish_of(moment, need, language_needed, today);
    ExpertMatchList list{.need = {{}, need.title}, .considered = static_cast<std::int64_t>(experts.size())};
    if (!need.id.empty()) list.need.id = need.id;
    std::array<std::int64_t, expert_rule_count> by_rule = {};
    for (const ExpertFacts& facts : experts) {
        ExpertCandidate candidate = moment.converter->expert(facts.expert);
        candidate.interested = facts.interested;
        const ExpertExplanation found = explain(candidate, wish, moment.judging->experts, moment.judging->weights);
        const ExpertSpeech speech(moment, need, wish, facts.expert, candidate, language);
        if (found.excluded) {
            ++list.excluded;
            ExpertExclusion exclusion{facts.expert.id, facts.expert.name, {}};
            for (const ExpertRuleFinding& finding : found.rules)
                if (!finding.passed) {
                    ++by_rule[static_cast<std::size_t>(finding.rule)];
                    exclusion.rules.push_back(speech.view(finding));
                }
            if (names_all) list.exclusions.push_back(std::move(exclusion));
            continue;
        }
        ExpertMatchItem item{.expert = facts.expert.id,
            .name = facts.expert.name,
            .post = facts.expert.post,
            .country = facts.expert.country,
            .languages = facts.expert.languages,
            .score_points = found.score};
        for (const ExpertRuleFinding& finding : found.rules) item.rules.push_back(speech.view(finding));
        for (const ExpertCriterionFinding& finding : found.criteria) item.criteria.push_back(speech.view(finding));
        list.items.push_back(std::move(item));
    }
    for (std::size_t rule = 0; rule < expert_rule_count; ++rule)
        if (by_rule[rule] > 0) list.excluded_by.push_back({static_cast<ExpertRule>(rule), by_rule[rule]});
    std::sort(list.items.begin(), list.items.end(), [](const ExpertMatchItem& a, const ExpertMatchItem& b) {
        return a.score_points != b.score_points ? a.score_points > b.score_points : a.expert.text < b.expert.text;
    });
    if (list.items.size() > top) list.items.resize(top);
    return list;
}

namespace {

/// Whoever works for the owner, belongs to it or has declared an interest in it is kept off, as from a panel.
Result<std::vector<ExpertFacts>> experts_with_interests(Transaction& transaction, const library::Need& stored) {
    const Rows first = TRY(transaction.query("SELECT person FROM entry_version WHERE entry = $1 ORDER BY number LIMIT 1", {stored.id.text}));
    const library::Judged judged{stored.owner ? std::vector<std::string>{stored.owner->text} : std::vector<std::string>{}, as_text(first.single())};
    std::vector<ExpertFacts> facts;
    for (library::Expert& expert : TRY(transaction.find<library::Expert>(fmt::format("state = 'published' ORDER BY id LIMIT {}", experts_max)))) {
        const bool interested = !TRY(library::interests_of(transaction, expert, judged)).empty();
        facts.push_back({library::public_face(std::move(expert)), interested});
    }
    return facts;
}

} // namespace

std::vector<Endpoint> expert_match_endpoints(Matcher& matcher) {
    const auto need_experts = [&matcher](Transaction& transaction, const Caller& caller, const ExpertQuestion& question) -> Result<ExpertMatchList> {
        const library::Need need = TRY(need_seen(transaction, caller, question.id));
        const auto experts = TRY(experts_with_interests(transaction, TRY(transaction.get(question.id))));
        return expert_matches(*matcher.moment(), need, experts, question.language, static_cast<std::size_t>(question.top),
            caller.actor.may(library::assess_entries), date_of(caller.now), caller.language);
    };
    return {
        // clang-format off
        {"need_experts", Method::get, "/needs/{id}/experts", "Experts who can advise on a need, and why.", Mode::read, signed_in, call(need_experts)},
        // clang-format on
    };
}

} // namespace greenbank::match
