// interests.cpp — expressing interest, taking it on, forwarding it, and what becomes of it.
#include <fmt/format.h>

#include "api/words.h"
#include "deals/interest/seeing.h"
#include "deals/interest/views.h"
#include "deals/pipeline/steps.h"
#include "library/disclosure/disclosure.h"
#include "projects/access.h"

namespace greenbank::deals {

using projects::person_name;

struct InterestKey {
    Id<Interest> id;
};
Record describe(const InterestKey*) { return {"interest_key", "Names an expression of interest.", {field<&InterestKey::id>("id", "Its id.")}}; }

/// The three standard questions and what the owner may know at once.
struct InterestExpression {
    std::string entry;
    CooperationKind cooperation = CooperationKind::licence;
    std::string cooperation_wish, missing_information, presentation;
    OrganisationSize size = OrganisationSize::medium;
};
constexpr Traits answer{.min = 10, .max = 4000};
Record describe(const InterestExpression*) {
    return {"interest_expression", "Expresses interest in an entry of another organisation.",
        {
            field<&InterestExpression::entry>("entry", "The technology, need or capital offer.", {.min = 1, .max = 80}),
            field<&InterestExpression::cooperation>("cooperation", "What kind of cooperation you seek."),
            field<&InterestExpression::cooperation_wish>("cooperation_wish", "Which cooperation do you seek, and for what?", answer),
            field<&InterestExpression::missing_information>("missing_information", "What do you need to know first?", answer),
            field<&InterestExpression::presentation>("presentation", "Who are you? Without names, addresses or links.", answer),
            field<&InterestExpression::size>("size", "How large your organisation is.", {.defaulted = true}),
        }};
}

struct InterestAmendment {
    Id<Interest> id;
    std::string cooperation_wish, missing_information, presentation;
};
Record describe(const InterestAmendment*) {
    return {"interest_amendment", "Answers the three questions anew.",
        {
            field<&InterestAmendment::id>("id", "The interest."),
            field<&InterestAmendment::cooperation_wish>("cooperation_wish", "Which cooperation do you seek, and for what?", answer),
            field<&InterestAmendment::missing_information>("missing_information", "What do you need to know first?", answer),
            field<&InterestAmendment::presentation>("presentation", "Who are you? Without names, addresses or links.", answer),
        }};
}

struct InterestNote {
    Id<Interest> id;
    std::optional<std::string> note;
};
Record describe(const InterestNote*) {
    return {"interest_note", "A step with a word to it.",
        {field<&InterestNote::id>("id", "The interest."), field<&InterestNote::note>("note", "What you say to it.", {.min = 1, .max = 2000})}};
}

struct InterestDecline {
    Id<Interest> id;
    DeclineReason reason = DeclineReason::not_suitable;
    std::optional<std::string> comment;
};
Record describe(const InterestDecline*) {
    return {"interest_decline", "Declines an interest.",
        {field<&InterestDecline::id>("id", "The interest."), field<&InterestDecline::reason>("reason", "Why."),
            field<&InterestDecline::comment>("comment", "In words; the interested party reads it.", {.min = 1, .max = 2000})}};
}

Record describe(const InterestView*) {
    return {"interest_view", "An interest as one side sees it, and what that side may do.",
        {
            field<&InterestView::interest>("interest", "The interest."),
            field<&InterestView::part>("part", "On which side the caller is."),
            field<&InterestView::names_open>("names_open", "Both sides are named."),
            field<&InterestView::actions>("actions", "What the caller may do now."),
            field<&InterestView::next>("next", "Whose step is next."),
            field<&InterestView::owner_kind>("owner_kind", "What kind of organisation the owner is."),
            field<&InterestView::owner_country>("owner_country", "In which country."),
            field<&InterestView::messages>("messages", "The conversation as this side sees it.", {.max = 500}),
        }};
}

namespace {

/// What is allowed now, in the reader's words: "forward (adviser), return (adviser)".
std::string allowed_now(InterestState state, Language language) {
    std::string all;
    for (const auto& [verb, part] : moves_from(interest_moves(), state, 1))
        all += fmt::format("{}{} ({})", all.empty() ? "" : ", ", word(fmt::format("choice.interest_verb.{}", name_of(verb)), language),
            word(fmt::format("choice.interest_part.{}", name_of(part)), language));
    return all.empty() ? "—" : all;
}

/// One step as the table allows it; `change` does what is special to it.
template <class Change> Result<InterestView> step(Transaction& transaction, const Caller& caller, const Id<Interest>& id, InterestVerb verb, Change change) {
    Interest interest = TRY(own_interest(transaction, caller, id));
    TRY(check_expected(caller, interest));
    const Side side = side_of(caller, interest);
    const auto judged = judge(
        interest_moves(), interest.state, 1, verb, [&](InterestPart part) { return side.is(part); }, [](InterestGuard) { return true; });
    const std::string allowed = allowed_now(interest.state, caller.language);
    if (judged.fault == MoveFault::part)
        return Error{Failure::forbidden, "interest.part", "This is for another side to do. Possible now: {allowed}.", {{"allowed", allowed}}};
    if (judged.fault != MoveFault::none)
        return Error{
            Failure::conflict, "interest.state", "This interest is not at the point where that can be done. Possible now: {allowed}.", {{"allowed", allowed}}};
    interest.state = judged.row->to;
    interest.since = interest.updated_at = caller.now;
    TRY(change(interest));
    TRY(update_interest(transaction, interest));
    return view_of(transaction, caller, std::move(interest));
}

struct EntryFacts {
    library::EntryOwner owner;
    std::optional<library::TechnologyField> field;
};
Result<EntryFacts> entry_facts(Transaction& transaction, const Caller& caller, const std::string& id) {
    EntryFacts facts{TRY(library::entry_owner(transaction, caller, id)), {}};
    if (facts.owner.kind == "capital_offer") return facts;
    const Rows rows = TRY(transaction.query(fmt::format("SELECT field, state FROM {} WHERE id = $1", facts.owner.kind), {id}));
    if (!rows.empty()) facts.field = parse_choice<library::TechnologyField>(as_text(rows.rows[0][0]));
    return facts;
}

Result<Reply<InterestView>> interest_create(Transaction& transaction, const Caller& caller, const InterestExpression& asked) {
    TRY(check_acts(caller));
    const EntryFacts entry = TRY(entry_facts(transaction, caller, asked.entry));
    if (!entry.owner.owner) return Error{Failure::conflict, "interest.no_owner", "This entry belongs to no organisation of this bank; ask at its home."};
    if (library::acts_for(caller, entry.owner.owner)) return Error{Failure::conflict, "interest.own", "This entry is your own organisation's."};
    if (!TRY(transaction.query("SELECT id FROM interest WHERE organisation = $1 AND entry = $2 AND state NOT IN ('declined', 'withdrawn') LIMIT 1",
                 {caller.actor.organisation, asked.entry}))
             .empty())
        return Error{Failure::conflict, "interest.twice", "Your organisation has expressed interest in this entry already; go on there."};
    const Organisation own = TRY(transaction.get(Id<Organisation>(caller.actor.organisation)));
    std::string name = TRY(person_name(transaction, caller));
    Interest interest{.id = caller.new_id<Interest>(),
        .kind = entry.owner.kind,
        .entry = entry.owner.id,
        .title = entry.owner.title,
        .owner = entry.owner.owner,
        .organisation = own.id,
        .person = caller.actor.person,
        .person_name = std::move(name),
        .country = own.country,
        .organisation_kind = own.kind,
        .size = asked.size,
        .field = entry.field,
        .cooperation = asked.cooperation,
        .cooperation_wish = asked.cooperation_wish,
        .missing_information = asked.missing_information,
        .presentation = asked.presentation,
        .since = caller.now,
        .created_at = caller.now,
        .updated_at = caller.now};
    TRY(check_answers(transaction, interest));
    TRY(insert_interest(transaction, interest));
    TRY(enter_stage(transaction, caller, interest.id.text, DealStage::interest));
    return Reply<InterestView>{.body = TRY(view_of(transaction, caller, std::move(interest))), .status = 201};
}

Result<Page<Interest>> interest_list(Transaction& transaction, const Caller& caller, const ListOf<Interest>& list) {
    std::vector<Value> parameters;
    const std::string where = seen_interests(caller, parameters);
    Page<Interest> page = TRY(list_page<Interest>(transaction, caller, list, where, std::move(parameters)));
    for (Interest& one : page.items) one = TRY(seen(transaction, caller, std::move(one)));
    return page;
}

Result<InterestView> interest_get(Transaction& transaction, const Caller& caller, const InterestKey& key) {
    return view_of(transaction, caller, TRY(own_interest(transaction, caller, key.id)));
}

Result<InterestView> interest_take(Transaction& transaction, const Caller& caller, const InterestKey& key) {
    return step(transaction, caller, key.id, InterestVerb::take, [&](Interest& interest) -> Result<Done> {
        // Who stands on a side cannot stand between both.
        if (library::acts_for(caller, interest.organisation) || library::acts_for(caller, interest.owner))
            return Error{Failure::forbidden, "interest.own_side", "You act for one of the two sides; another officer must advise here."};
        interest.adviser = caller.actor.person;
        interest.adviser_name = TRY(person_name(transaction, caller));
        return Done{};
    });
}

Result<InterestView> interest_forward(Transaction& transaction, const Caller& caller, const InterestNote& note) {
    return step(transaction, caller, note.id, InterestVerb::forward, [&](Interest& interest) -> Result<Done> {
        Problems problems;
        TRY(check_anonymous(transaction, "note", note.note.value_or(""), interest.organisation->text, interest.person_name, problems));
        if (!problems.empty()) return invalid(std::move(problems));
        interest.adviser_note = note.note;
        interest.forwarded_at = caller.now;
        return enter_stage(transaction, caller, interest.id.text, DealStage::forwarded);
    });
}

Result<InterestView> interest_return(Transaction& transaction, const Caller& caller, const InterestNote& note) {
    return step(transaction, caller, note.id, InterestVerb::return_, [&](Interest& interest) -> Result<Done> {
        if (!note.note) return invalid({{"note", "interest.note_needed", "Say what is to be changed."}});
        Problems problems;
        TRY(check_anonymous(transaction, "note", *note.note, interest.owner->text, "", problems));
        if (!problems.empty()) return invalid(std::move(problems));
        interest.adviser_note = note.note;
        return Done{};
    });
}

Result<InterestView> interest_amend(Transaction& transaction, const Caller& caller, const InterestAmendment& amendment) {
    return step(transaction, caller, amendment.id, InterestVerb::amend, [&](Interest& interest) -> Result<Done> {
        interest.cooperation_wish = amendment.cooperation_wish;
        interest.missing_information = amendment.missing_information;
        interest.presentation = amendment.presentation;
        interest.adviser_note.reset();
        return check_answers(transaction, interest);
    });
}

Result<InterestView> interest_accept(Transaction& transaction, const Caller& caller, const InterestKey& key) {
    return step(transaction, caller, key.id, InterestVerb::accept, [&](Interest& interest) -> Result<Done> {
        // Of a need the interested party is who has something; of anything else it is who seeks.
        const bool offers = interest.kind == "need";
        Deal deal{.id = caller.new_id<Deal>(),
            .title = interest.title,
            .kind = interest.kind,
            .entry = interest.entry,
            .field = interest.field,
            .country = interest.country,
            .cooperation = interest.cooperation,
            .seeker = offers ? *interest.owner : *interest.organisation,
            .owner = offers ? *interest.organisation : *interest.owner,
            .interest = interest.id,
            .trail = interest.id.text,
            .adviser = interest.adviser,
            .adviser_name = interest.adviser_name,
            .since = caller.now,
            .created_at = caller.now,
            .updated_at = caller.now};
        TRY(transaction.insert(deal));
        interest.deal = deal.id;
        return enter_stage(transaction, caller, deal.trail, DealStage::contact);
    });
}

Result<InterestView> interest_decline(Transaction& transaction, const Caller& caller, const InterestDecline& decline) {
    return step(transaction, caller, decline.id, InterestVerb::decline, [&](Interest& interest) -> Result<Done> {
        Problems problems;
        TRY(check_anonymous(transaction, "comment", decline.comment.value_or(""), interest.owner->text, "", problems));
        if (!problems.empty()) return invalid(std::move(problems));
        interest.decline_reason = decline.reason;
        interest.comment = decline.comment;
        return lose(transaction, caller, interest.id.text);
    });
}

Result<InterestView> interest_withdraw(Transaction& transaction, const Caller& caller, const InterestKey& key) {
    return step(
        transaction, caller, key.id, InterestVerb::withdraw, [&](Interest& interest) -> Result<Done> { return lose(transaction, caller, interest.id.text); });
}

} // namespace

Result<Done> check_answers(Transaction& transaction, const Interest& interest) {
    Problems problems;
    for (const auto& [field, text] : {std::pair{"cooperation_wish", &interest.cooperation_wish}, {"missing_information", &interest.missing_information},
             {"presentation", &interest.presentation}})
        TRY(check_anonymous(transaction, field, *text, interest.organisation->text, interest.person_name, problems));
    if (!problems.empty()) return invalid(std::move(problems));
    return Done{};
}

Result<InterestView> view_of(Transaction& transaction, const Caller& caller, Interest interest) {
    const Side side = side_of(caller, interest);
    InterestView view{.names_open = names_are_open(interest.state)};
    view.part = side.party ? InterestPart::party : side.owner ? InterestPart::owner : side.adviser ? InterestPart::adviser : InterestPart::bank;
    for (const auto& [verb, part] : moves_from(interest_moves(), interest.state, 1))
        if (side.is(part) && caller.actor.may(right_of(verb)) && std::find(view.actions.begin(), view.actions.end(), verb) == view.actions.end())
            view.actions.push_back(verb);
    if (const auto next = expected_move(interest_moves(), interest.state, 1)) view.next = next->second;
    if (const auto owner = interest.owner ? TRY(transaction.find_one<Organisation>("id = $1", {interest.owner->text})) : std::nullopt)
        view.owner_kind = owner->kind, view.owner_country = owner->country;
    view.messages = TRY(messages_seen(transaction, caller, interest));
    view.interest = TRY(seen(transaction, caller, std::move(interest)));
    return view;
}

Right right_of(InterestVerb verb) {
    switch (verb) {
    case InterestVerb::accept: return sign_deals;
    case InterestVerb::decline: return signed_in; // the owner's manager or the adviser: see interest_decline
    case InterestVerb::amend:
    case InterestVerb::withdraw: return write_deals;
    default: return advise_deals;
    }
}

std::vector<Endpoint> interest_endpoints() {
    // Declining is the owner's and the adviser's, who have different rights; the side is checked by the table.
    const auto decline = [](Transaction& transaction, const Caller& caller, const InterestDecline& asked) -> Result<InterestView> {
        const Interest interest = TRY(own_interest(transaction, caller, asked.id));
        TRY(allow(caller, side_of(caller, interest).adviser ? advise_deals : sign_deals));
        return interest_decline(transaction, caller, asked);
    };
    return {
        // clang-format off
        {"interest_list", Method::get, "/interests", "Expressions of interest: one's own, those in one's own entries, or all.", Mode::read, signed_in, call(interest_list)},
        {"interest_get", Method::get, "/interests/{id}", "One expression of interest, as one's side sees it.", Mode::read, signed_in, call(interest_get)},
        {"interest_create", Method::post, "/interests", "Express interest in an entry of another organisation.", Mode::write, write_deals, call(interest_create)},
        {"interest_take", Method::post, "/interests/{id}/take", "Take an interest on as its adviser.", Mode::write, advise_deals, call(interest_take)},
        {"interest_forward", Method::post, "/interests/{id}/forward", "Forward it to the owner of the entry, without names.", Mode::write, advise_deals, call(interest_forward)},
        {"interest_return", Method::post, "/interests/{id}/return", "Return it to its sender, to be worded anew.", Mode::write, advise_deals, call(interest_return)},
        {"interest_amend", Method::post, "/interests/{id}/amend", "Answer the questions anew.", Mode::write, write_deals, call(interest_amend)},
        {"interest_accept", Method::post, "/interests/{id}/accept", "Accept it: both sides are named, and a deal begins.", Mode::write, sign_deals, call(interest_accept)},
        {"interest_decline", Method::post, "/interests/{id}/decline", "Decline it with a reason.", Mode::write, signed_in, call(decline)},
        {"interest_withdraw", Method::post, "/interests/{id}/withdraw", "Withdraw one's own interest.", Mode::write, write_deals, call(interest_withdraw)},
        // clang-format on
    };
}

} // namespace greenbank::deals
