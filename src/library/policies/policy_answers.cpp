// policy_answers.cpp — "policies for you": what is known of a technology, a need or an organisation, held against every policy
// in sight, with a sentence for each condition.
#include <fmt/format.h>

#include "api/words.h"
#include "library/policies/policies.h"

namespace greenbank::library {

namespace {

constexpr std::size_t policies_max = 5000;

struct ConditionView {
    PolicyCondition condition = PolicyCondition::date;
    Truth truth = Truth::unknown;
    std::string wanted; // in the caller's language
    std::optional<std::string> known;
    std::string sentence;
};
Record describe(const ConditionView*) {
    return {"policy_condition_view", "One condition of a policy, and whether it is met.",
        {field<&ConditionView::condition>("condition", "Which condition."), field<&ConditionView::truth>("truth", "Met, failed, or unknown."),
            field<&ConditionView::wanted>("wanted", "What the policy asks for."), field<&ConditionView::known>("known", "What is known; absent: nothing."),
            field<&ConditionView::sentence>("sentence", "The same as a sentence.")}};
}

struct BenefitView {
    BenefitKind kind = BenefitKind::grant;
    std::string what;
    std::optional<Money> amount;
    bool capped = false;
    std::optional<double> rate;
};
Record describe(const BenefitView*) {
    return {"policy_benefit_view", "What comes of a policy here.",
        {field<&BenefitView::kind>("kind", "What kind of benefit."), field<&BenefitView::what>("what", "In words."),
            field<&BenefitView::amount>("amount", "How much it would be, as far as that can be said."),
            field<&BenefitView::capped>("capped", "It is the most that the policy gives."), field<&BenefitView::rate>("rate", "The rate.", {.unit = "%"})}};
}

struct PolicyAnswer {
    Id<Policy> policy;
    Text title;
    Text issuer;
    PolicyLevel level = PolicyLevel::national;
    PolicyStatus status = PolicyStatus::sample;
    std::string source;
    bool sample = false;
    Truth truth = Truth::unknown;
    std::vector<ConditionView> conditions;
    std::vector<BenefitView> benefits;
};
Record describe(const PolicyAnswer*) {
    return {"policy_answer", "Whether a policy applies here, and why.",
        {
            field<&PolicyAnswer::policy>("policy", "The policy."),
            field<&PolicyAnswer::title>("title", "What it is called."),
            field<&PolicyAnswer::issuer>("issuer", "Who issued it."),
            field<&PolicyAnswer::level>("level", "On which level."),
            field<&PolicyAnswer::status>("status", "Official, unconfirmed or sample."),
            field<&PolicyAnswer::source>("source", "Where our knowledge of it is from."),
            field<&PolicyAnswer::sample>("sample", "Part of the sample bank."),
            field<&PolicyAnswer::truth>("truth", "Met: it applies; unknown: it may; failed: it does not."),
            field<&PolicyAnswer::conditions>("conditions", "Every condition that it sets.", {.max = 100}),
            field<&PolicyAnswer::benefits>("benefits", "What comes of it; none where it does not apply.", {.max = 20}),
        }};
}

struct PolicyAnswers {
    std::int64_t considered = 0, applying = 0, possible = 0;
    std::vector<PolicyAnswer> items;
};
Record describe(const PolicyAnswers*) {
    return {"policy_answers", "Policies held against one subject.",
        {field<&PolicyAnswers::considered>("considered", "How many were looked at."), field<&PolicyAnswers::applying>("applying", "How many apply."),
            field<&PolicyAnswers::possible>("possible", "How many may, once more is known."),
            field<&PolicyAnswers::items>("items", "What applies first, then what may, then what does not.", {.max = 200})}};
}

/// What a person adds about the organisation and the place; `id` names the subject.
template <class T> struct PolicyQuestion {
    Id<T> id;
    std::optional<std::string> territory, sector;
    std::optional<OrganisationSize> size;
    std::optional<Date> date;
    bool all = false;
};
template <class T> Record describe(const PolicyQuestion<T>*) {
    static const std::string name = std::string(record_of<T>().name) + "_policy_question";
    return {name, "Which policies apply, and what one adds about place and organisation.",
        {
            field<&PolicyQuestion<T>::id>("id", "Its id."),
            field<&PolicyQuestion<T>::territory>("territory", "Where exactly: CN-33, CN-3305; else the country is all that is known.", {.min = 2, .max = 15}),
            field<&PolicyQuestion<T>::sector>("sector", "The organisation's sector by GB/T 4754.", {.min = 1, .max = 5}),
            field<&PolicyQuestion<T>::size>("size", "The organisation's size."),
            field<&PolicyQuestion<T>::date>("date", "On which day; else today."),
            field<&PolicyQuestion<T>::all>("all", "Also what does not apply.", {.defaulted = true}),
        }};
}

// ---- facts ------------------------------------------------------------------------------------------------------

Result<Done> add_organisation(Transaction& transaction, PolicyFacts& facts, const std::optional<Id<Organisation>>& owner) {
    if (!owner) return Done{};
    if (const auto found = TRY(transaction.find_one<Organisation>("id = $1", {owner->text}))) facts.kind = std::string(name_of(found->kind));
    return Done{};
}

Result<PolicyFacts> facts_of(Transaction& transaction, const Technology& technology) {
    PolicyFacts facts;
    facts.territory = technology.origin;
    facts.fields = std::vector<std::string>{std::string(name_of(technology.field))};
    facts.classes = technology.classes;
    facts.traits = technology.traits;
    for (const Figure& figure : technology.figures) facts.measures.push_back({figure.indicator, figure.low, figure.high.value_or(figure.low), figure.unit});
    TRY(add_organisation(transaction, facts, technology.holder));
    return facts;
}

Result<PolicyFacts> facts_of(Transaction& transaction, const Need& need) {
    PolicyFacts facts;
    facts.territory = need.country;
    facts.fields = std::vector<std::string>{std::string(name_of(need.field))};
    facts.classes = need.classes;
    facts.traits = need.required_traits;
    // A need asks for so much or better: what will be built lies between the bound and without end.
    constexpr double endless = 1e12;
    for (const Requirement& one : need.requirements)
        if (one.comparison == Comparison::at_least) facts.measures.push_back({one.indicator, one.value, endless, one.unit});
        else facts.measures.push_back({one.indicator, -endless, one.value, one.unit});
    facts.capacity = need.capacity;
    facts.investment = need.budget;
    TRY(add_organisation(transaction, facts, need.owner));
    return facts;
}

Result<PolicyFacts> facts_of(Transaction&, const Organisation& organisation) {
    PolicyFacts facts;
    facts.territory = organisation.country;
    facts.kind = std::string(name_of(organisation.kind));
    return facts;
}

// ---- sentences --------------------------------------------------------------------------------------------------

std::string listed_words(const std::vector<std::string>& codes, Language language, const std::function<std::string(const std::string&)>& name) {
    std::string text;
    std::size_t shown = 0;
    for (const std::string& code : codes) {
        if (shown == 8) return text + " …";
        if (shown++) text += language == Language::zh ? "、" : ", ";
        text += name(code);
    }
    return text;
}

class Teller {
public:
    Teller(const Policy& policy, const PolicyFacts& facts, Language language) : policy_(policy), facts_(facts), language_(language) {}

    ConditionView view(const ConditionFinding& finding) const {
        ConditionView view{.condition = finding.condition, .truth = finding.truth, .wanted = wanted(finding)};
        if (std::string text = known(finding); !text.empty()) view.known = std::move(text);
        const std::string label = word(fmt::format("choice.policy_condition.{}", name_of(finding.condition)), language_);
        view.sentence = fill_in(word(fmt::format("policy.{}{}", name_of(finding.truth), view.known ? "" : ".blank"), language_),
            {{"condition", label}, {"wanted", view.wanted}, {"known", view.known.value_or("")}});
        return view;
    }

private:
    std::string choice(std::string_view choices, const std::string& code) const { return word(fmt::format("choice.{}.{}", choices, code), language_); }
    std::string term(const Vocabulary& vocabulary, const std::string& code) const {
        const Term* found = vocabulary.find(code);
        return found ? found->name.best(language_) : code;
    }
    std::string place(const std::string& code) const {
        const std::string country = term(reference().countries, code.substr(0, code.size() > 2 && code[2] == '-' ? 2 : std::string::npos));
        return code.size() > 2 && code[2] == '-' ? fmt::format("{} {}", country, code.substr(3)) : country;
    }
    std::string class_name(const std::string& code) const { return fmt::format("{} {}", code, term(reference().classes, code)); }
    std::string bound(const Requirement& one) const {
        return fmt::format("{} {} {} {}", term(reference().indicators, one.indicator), one.comparison == Comparison::at_most ? "≤" : "≥", one.value, one.unit);
    }
    template <class E> std::string choices(const std::vector<E>& values) const {
        std::vector<std::string> codes;
        for (const E value : values) codes.emplace_back(name_of(value));
        return listed_words(codes, language_, [&](const std::string& code) { return choice(Choices<E>::name, code); });
    }

    std::string wanted(const ConditionFinding& finding) const {
        switch (finding.condition) {
        case PolicyCondition::date:
            return fmt::format("{} – {}", policy_.valid_from ? to_text(*policy_.valid_from) : "…", policy_.valid_until ? to_text(*policy_.valid_until) : "…");
        case PolicyCondition::territory: return listed_words(policy_.territories, language_, [&](const std::string& code) { return place(code); });
        case PolicyCondition::organisation_kind: return choices(policy_.kinds);
        case PolicyCondition::organisation_size: return choices(policy_.sizes);
        case PolicyCondition::sector: return listed_words(policy_.sectors, language_, [](const std::string& code) { return code; });
        case PolicyCondition::field: return choices(policy_.fields);
        case PolicyCondition::class_: return listed_words(policy_.classes, language_, [&](const std::string& code) { return class_name(code); });
        case PolicyCondition::trait: return term(reference().traits, policy_.traits[finding.index]);
        case PolicyCondition::measure: return bound(policy_.measures[finding.index]);
        }
        return {};
    }

    std::string known(const ConditionFinding& finding) const {
        const auto all = [&](const std::optional<std::vector<std::string>>& codes, const std::function<std::string(const std::string&)>& name) {
            return codes ? listed_words(*codes, language_, name) : std::string();
        };
        switch (finding.condition) {
        case PolicyCondition::date: return to_text(facts_.day);
        case PolicyCondition::territory: return facts_.territory ? place(*facts_.territory) : "";
        case PolicyCondition::organisation_kind: return facts_.kind ? choice("organisation_kind", *facts_.kind) : "";
        case PolicyCondition::organisation_size: return facts_.size ? choice("organisation_size", *facts_.size) : "";
        case PolicyCondition::sector: return facts_.sector.value_or("");
        case PolicyCondition::field: return all(facts_.fields, [&](const std::string& code) { return choice("technology_field", code); });
        case PolicyCondition::class_: return all(facts_.classes, [&](const std::string& code) { return class_name(code); });
        case PolicyCondition::trait: return all(facts_.traits, [&](const std::string& code) { return term(reference().traits, code); });
        case PolicyCondition::measure:
            for (const KnownMeasure& one : facts_.measures) {
                if (one.indicator != policy_.measures[finding.index].indicator) continue;
                if (one.high > 1e11) return fmt::format("≥ {} {}", one.low, one.unit);
                if (one.low < -1e11) return fmt::format("≤ {} {}", one.high, one.unit);
                return one.low == one.high ? fmt::format("{} {}", one.low, one.unit) : fmt::format("{} – {} {}", one.low, one.high, one.unit);
            }
            return {};
        }
        return {};
    }

    const Policy& policy_;
    const PolicyFacts& facts_;
    Language language_;
};

Result<PolicyAnswers> answers(Transaction& transaction, const Caller& caller, const PolicyFacts& facts, bool all) {
    PolicyAnswers made;
    std::vector<PolicyAnswer> by_truth[3];
    for (const Policy& policy : TRY(transaction.find<Policy>(fmt::format("state = 'published' ORDER BY id LIMIT {}", policies_max)))) {
        ++made.considered;
        const PolicyJudgement judgement = judge_policy(rules_of(policy), facts);
        made.applying += judgement.truth == Truth::met;
        made.possible += judgement.truth == Truth::unknown;
        auto& into = by_truth[static_cast<int>(judgement.truth)];
        if ((judgement.truth == Truth::failed && !all) || into.size() >= 60) continue;
        PolicyAnswer answer{.policy = policy.id,
            .title = policy.title,
            .issuer = policy.issuer,
            .level = policy.level,
            .status = policy.status,
            .source = policy.source,
            .sample = policy.sample,
            .truth = judgement.truth};
        const Teller teller(policy, facts, caller.language);
        for (const ConditionFinding& finding : judgement.conditions) answer.conditions.push_back(teller.view(finding));
        for (const BenefitFinding& finding : judgement.benefits) {
            const PolicyBenefit& benefit = policy.benefits[finding.index];
            answer.benefits.push_back({benefit.kind, benefit.what.best(caller.language), finding.amount, finding.capped, benefit.rate});
        }
        into.push_back(std::move(answer));
    }
    for (int truth = 2; truth >= 0; --truth)
        for (PolicyAnswer& answer : by_truth[truth]) made.items.push_back(std::move(answer));
    return made;
}

template <class T> Result<PolicyAnswers> answer_question(Transaction& transaction, const Caller& caller, const PolicyQuestion<T>& question, PolicyFacts facts) {
    facts.day = question.date.value_or(date_of(caller.now));
    if (question.territory) {
        if (!is_territory(*question.territory))
            return invalid({{"territory", "policy.territory", "Write a territory like CN, CN-33 (a province), CN-3305 (a city) or WORLD."}});
        facts.territory = question.territory;
    }
    if (question.sector) facts.sector = question.sector;
    if (question.size) facts.size = std::string(name_of(*question.size));
    return answers(transaction, caller, facts, question.all);
}

/// Only what a list would show of it: what is hidden is not known to a policy's conditions either.
template <class T> Result<PolicyAnswers> entry_policies(Transaction& transaction, const Caller& caller, const PolicyQuestion<T>& question) {
    const T entry = listed(caller, TRY(entry_seen(transaction, caller, Key<T>{question.id})));
    return answer_question(transaction, caller, question, TRY(facts_of(transaction, entry)));
}

Result<PolicyAnswers> organisation_policies(Transaction& transaction, const Caller& caller, const PolicyQuestion<Organisation>& question) {
    return answer_question(transaction, caller, question, TRY(facts_of(transaction, TRY(transaction.get(question.id)))));
}

} // namespace

std::vector<Endpoint> policy_answer_endpoints() {
    return {
        // clang-format off
        {"technology_policies", Method::get, "/technologies/{id}/policies", "Which policies apply to a technology, and why.", Mode::read, open_to_all, call(entry_policies<Technology>)},
        {"need_policies", Method::get, "/needs/{id}/policies", "Which policies apply to a need, and why.", Mode::read, open_to_all, call(entry_policies<Need>)},
        {"organisation_policies", Method::get, "/organisations/{id}/policies", "Which policies apply to an organisation, and why.", Mode::read, open_to_all, call(organisation_policies)},
        // clang-format on
    };
}

} // namespace greenbank::library
