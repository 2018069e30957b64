// recognitions.cpp — the cross-walk of standards, patents and procedures, and the question whether one of ours is accepted there.
#include <fmt/format.h>

#include "api/words.h"
#include "search/folding.h"
#include "services/cooperation/kept_by_desk.h"
#include "services/cooperation/records.h"

namespace greenbank::services {

Record describe(const ById<Recognition>*) { return {"recognition_key", "Names a row.", {field<&ById<Recognition>::id>("id", "Its id.")}}; }

struct RecognitionQuestion {
    std::string text, country;
    std::optional<Date> on;
};
Record describe(const RecognitionQuestion*) {
    return {"recognition_question", "Is this accepted there?",
        {field<&RecognitionQuestion::text>("text", "Number or words of a standard, a patent procedure, a certificate.", {.min = 2, .max = 200}),
            field<&RecognitionQuestion::country>("country", "Where it should be accepted.", {.min = 2, .max = 8}),
            field<&RecognitionQuestion::on>("on", "On which day; left out: today.")}};
}
struct RecognitionHit {
    Recognition recognition;
    RecognitionAnswer answer = RecognitionAnswer::unknown;
    bool holds = false, decides = false;
};
Record describe(const RecognitionHit*) {
    return {"recognition_hit", "A row that speaks of it.",
        {field<&RecognitionHit::recognition>("recognition", "The row."), field<&RecognitionHit::answer>("answer", "What it says."),
            field<&RecognitionHit::holds>("holds", "It holds on that day."), field<&RecognitionHit::decides>("decides", "The answer is taken from it.")}};
}
struct RecognitionReply {
    RecognitionAnswer answer = RecognitionAnswer::unknown;
    std::optional<FactStatus> status; // of the row that decides
    std::string sentence;
    std::vector<RecognitionHit> hits;
};
Record describe(const RecognitionReply*) {
    using Reply = RecognitionReply;
    return {"recognition_reply", "The answer, how well it is known, and the rows behind it.",
        {field<&Reply::answer>("answer", "Accepted, in part, not accepted or unknown."),
            field<&Reply::status>("status", "How well the row that decides is known."),
            field<&Reply::sentence>("sentence", "In words, in the caller's language."),
            field<&Reply::hits>("hits", "Rows that speak of it, the one that decides first.", {.max = 200})}};
}

namespace {

bool holds_words(const std::string& code, const Text& title, const std::string& words) {
    const std::string all = search::fold(fmt::format("{} {} {} {}", code, title.zh, title.en, title.ru));
    for (const std::string_view word : split(words, ' '))
        if (all.find(search::fold(word)) == std::string::npos) return false;
    return true;
}

Result<RecognitionReply> recognition_ask(Transaction& transaction, const Caller& caller, const RecognitionQuestion& question) {
    Problems problems;
    check_countries({question.country}, "country", problems);
    if (!problems.empty()) return invalid(std::move(problems));
    RecognitionReply reply;
    std::vector<RecognitionRow> rows;
    for (Recognition& one : TRY(transaction.find<Recognition>("state = 'published' ORDER BY id"))) {
        // From our side to theirs, or the row read the other way.
        const bool forward = one.their_country == question.country && holds_words(one.our_code, one.our_title, question.text);
        const bool backward = one.our_country == question.country && holds_words(one.their_code, one.their_title, question.text);
        if (!forward && !backward) continue;
        rows.push_back({one.kind, one.status, forward, one.valid_from, one.valid_to});
        const Date day = question.on.value_or(date_of(caller.now));
        reply.hits.push_back({std::move(one), answer_of(rows.back()), holds_on(rows.back(), day), false});
    }
    const RecognitionVerdict verdict = judge_recognition(rows, question.on.value_or(date_of(caller.now)));
    reply.answer = verdict.answer;
    if (verdict.row) {
        reply.hits[*verdict.row].decides = true;
        reply.status = rows[*verdict.row].status;
    }
    std::stable_sort(reply.hits.begin(), reply.hits.end(),
        [](const RecognitionHit& a, const RecognitionHit& b) { return std::pair(a.decides, a.holds) > std::pair(b.decides, b.holds); });
    const library::Term* country = library::reference().countries.find(question.country);
    reply.sentence = fill_in(word(fmt::format("recognition_answer.{}", name_of(reply.answer)), caller.language),
        {{"text", question.text}, {"country", country ? country->name.best(caller.language) : question.country},
            {"status", reply.status ? word(fmt::format("choice.fact_status.{}", name_of(*reply.status)), caller.language) : std::string()}});
    return reply;
}

} // namespace

std::vector<Endpoint> recognition_endpoints() {
    return {
        // clang-format off
        {"recognition_list", Method::get, "/recognitions", "What is recognised where: standards, patents, procedures.", Mode::read, open_to_all, call(desk_list<Recognition>)},
        {"recognition_get", Method::get, "/recognitions/{id}", "One row of the cross-walk.", Mode::read, open_to_all, call([](Transaction& transaction, const Caller& caller, const ById<Recognition>& key) -> Result<Recognition> { return desk_record(transaction, caller, key.id); })},
        {"recognition_ask", Method::get, "/recognition-answer", "Is this accepted in that country?", Mode::read, open_to_all, call(recognition_ask)},
        {"recognition_create", Method::post, "/recognitions", "Enter a row as a draft.", Mode::write, run_desk, call(desk_create<Recognition>)},
        {"recognition_update", Method::patch, "/recognitions/{id}", "Change a row.", Mode::write, run_desk, call(desk_update<Recognition>)},
        {"recognition_publish", Method::post, "/recognitions/{id}/publish", "Let everybody see a row.", Mode::write, run_desk, call(desk_publish<Recognition>)},
        {"recognition_withdraw", Method::post, "/recognitions/{id}/withdraw", "Take a row out of sight.", Mode::write, run_desk, call(desk_withdraw<Recognition>)},
        {"recognition_delete", Method::remove, "/recognitions/{id}", "Delete a row that is not published.", Mode::write, run_desk, call(desk_delete<Recognition>)},
        // clang-format on
    };
}

} // namespace greenbank::services
