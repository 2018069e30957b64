// messages.cpp — the conversation of two sides that do not know each other yet, through an adviser who knows both.
#include "deals/interest/seeing.h"
#include "deals/interest/views.h"
#include "library/disclosure/disclosure.h"
#include "projects/access.h"

namespace greenbank::deals {

struct MessageDraft {
    Id<Interest> id;
    std::string text;
    std::optional<Id<KeptFile>> file;
};
Record describe(const MessageDraft*) {
    return {"interest_message_draft", "A message to the other side; until both are named the adviser passes it on.",
        {field<&MessageDraft::id>("id", "The interest."), field<&MessageDraft::text>("text", "What you say, without names.", {.min = 1, .max = 4000}),
            field<&MessageDraft::file>("file", "A file of your own that has come in whole.")}};
}

struct MessageKey {
    Id<InterestMessage> id;
};
Record describe(const MessageKey*) { return {"interest_message_key", "Names a message.", {field<&MessageKey::id>("id", "Its id.")}}; }

struct MessageReturn {
    Id<InterestMessage> id;
    std::string note;
};
Record describe(const MessageReturn*) {
    return {"interest_message_return", "Returns a message to who wrote it.",
        {field<&MessageReturn::id>("id", "The message."), field<&MessageReturn::note>("note", "What is to be changed.", {.min = 1, .max = 2000})}};
}

namespace {

/// "attachment.pdf" of "Island Power Company.pdf".
std::string nameless(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    const std::string end = dot == std::string::npos || name.size() - dot > 6 ? "" : name.substr(dot);
    return "attachment" + end;
}

bool may_see(const Side& side, const InterestMessage& message) {
    if (side.bank || message.state == MessageState::passed) return true;
    return (side.party && message.from == MessageFrom::party) || (side.owner && message.from == MessageFrom::owner);
}

InterestMessage as_seen(const Side& side, const Interest& interest, InterestMessage message) {
    const bool own = message.from == side.from();
    if (side.bank || own || message.from == MessageFrom::adviser || names_are_open(interest.state)) return message;
    message.person.clear();
    message.person_name.clear();
    if (message.file_name) message.file_name = nameless(*message.file_name);
    return message;
}

Result<Done> insert_quietly(Transaction& transaction, const InterestMessage& message) {
    // Messages are kept where they belong; the trail of one side says only that one was written.
    const bool capture = std::exchange(transaction.capture_changes, false);
    auto done = transaction.insert(message);
    transaction.capture_changes = capture;
    if (done && capture) transaction.capture({"interest_message", message.id.text, "", "{}"});
    return done;
}

Result<Reply<InterestView>> message_create(Transaction& transaction, const Caller& caller, const MessageDraft& draft) {
    const Interest interest = TRY(own_interest(transaction, caller, draft.id));
    const Side side = side_of(caller, interest);
    if (!side.adviser) TRY(allow(caller, write_deals));
    if (!side.party && !side.owner && !side.adviser)
        return Error{Failure::forbidden, "interest.not_adviser", "Take this interest on before you write to its sides."};
    if (interest.state == InterestState::declined || interest.state == InterestState::withdrawn)
        return Error{Failure::conflict, "interest.over", "This interest has ended; nobody reads on here."};
    auto person_name = TRY(projects::person_name(transaction, caller));
    InterestMessage message{.id = caller.new_id<InterestMessage>(),
        .interest = interest.id,
        .from = side.from(),
        .text = draft.text,
        .person = caller.actor.person,
        .person_name = std::move(person_name),
        .created_at = caller.now};
    if (!names_are_open(interest.state)) {
        Problems problems;
        if (message.from != MessageFrom::owner)
            TRY(check_anonymous(
                transaction, "text", draft.text, interest.organisation->text, side.party ? message.person_name : interest.person_name, problems));
        if (message.from != MessageFrom::party)
            TRY(check_anonymous(transaction, "text", draft.text, interest.owner->text, side.owner ? message.person_name : "", problems));
        if (!problems.empty()) return invalid(std::move(problems));
    }
    if (names_are_open(interest.state) || message.from == MessageFrom::adviser) message.state = MessageState::passed, message.passed_at = caller.now;
    if (draft.file) {
        const KeptFile file = TRY(taken_file(transaction, caller, *draft.file));
        message.file = file.id;
        message.file_name = file.name;
    }
    TRY(insert_quietly(transaction, message));
    return Reply<InterestView>{.body = TRY(view_of(transaction, caller, interest)), .status = 201};
}

Result<InterestMessage> held_message(Transaction& transaction, const Caller& caller, const Id<InterestMessage>& id, Interest& interest) {
    const InterestMessage message = TRY(transaction.get(id));
    interest = TRY(own_interest(transaction, caller, message.interest));
    if (!side_of(caller, interest).adviser) return Error{Failure::forbidden, "interest.not_adviser", "Take this interest on before you write to its sides."};
    if (message.state != MessageState::held) return Error{Failure::conflict, "interest.not_held", "This message no longer waits; load it again."};
    return message;
}

Result<Done> update_quietly(Transaction& transaction, InterestMessage& message) {
    const bool capture = std::exchange(transaction.capture_changes, false);
    auto done = transaction.update(message);
    transaction.capture_changes = capture;
    if (done && capture) transaction.capture({"interest_message", message.id.text, "{}", "{}"});
    return done;
}

Result<InterestView> message_pass(Transaction& transaction, const Caller& caller, const MessageKey& key) {
    Interest interest;
    InterestMessage message = TRY(held_message(transaction, caller, key.id, interest));
    message.state = MessageState::passed;
    message.passed_at = caller.now;
    TRY(update_quietly(transaction, message));
    return view_of(transaction, caller, std::move(interest));
}

Result<InterestView> message_return(Transaction& transaction, const Caller& caller, const MessageReturn& asked) {
    Interest interest;
    InterestMessage message = TRY(held_message(transaction, caller, asked.id, interest));
    message.state = MessageState::returned;
    message.adviser_note = asked.note;
    TRY(update_quietly(transaction, message));
    return view_of(transaction, caller, std::move(interest));
}

Result<Response> message_file(Store& store, const Caller& caller, const MessageKey& key) {
    InterestMessage message;
    TRY(store.read([&](Transaction& transaction) -> Result<Done> {
        message = TRY(transaction.get(key.id));
        const auto interest = own_interest(transaction, caller, message.interest);
        if (!interest || !message.file) return not_found(record_of<InterestMessage>(), key.id.text);
        const Side side = side_of(caller, interest.value());
        if (!may_see(side, message)) return not_found(record_of<InterestMessage>(), key.id.text);
        message = as_seen(side, interest.value(), std::move(message));
        return Done{};
    }));
    return library::send_kept(store, caller, *message.file, message.file_name.value_or("attachment"));
}

} // namespace

Result<std::vector<InterestMessage>> messages_seen(Transaction& transaction, const Caller& caller, const Interest& interest) {
    const Side side = side_of(caller, interest);
    std::vector<InterestMessage> seen_here;
    for (InterestMessage& message : TRY(transaction.find<InterestMessage>("interest = $1 ORDER BY created_at, id LIMIT 500", {interest.id.text})))
        if (may_see(side, message)) seen_here.push_back(as_seen(side, interest, std::move(message)));
    return seen_here;
}

std::vector<Endpoint> message_endpoints() {
    return {
        // clang-format off
        {"interest_message_create", Method::post, "/interests/{id}/messages", "Write to the other side by way of the adviser.", Mode::write, signed_in, call(message_create)},
        {"interest_message_pass", Method::post, "/interest-messages/{id}/pass", "Pass a message on, after reading it.", Mode::write, advise_deals, call(message_pass)},
        {"interest_message_return", Method::post, "/interest-messages/{id}/return", "Return a message to its writer.", Mode::write, advise_deals, call(message_return)},
        {"interest_message_file", Method::get, "/interest-messages/{id}/file", "The file of a message.", Mode::compute, signed_in, as_file("application/octet-stream", call(message_file))},
        // clang-format on
    };
}

} // namespace greenbank::deals
