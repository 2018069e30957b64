// documents.cpp — front, proof and address of a document.
#include "library/publishing/documents.h"

#include <fmt/format.h>

#include "api/words.h"
#include "library/publishing/publication.h"
#include "json/json.h"

namespace greenbank::library {

std::string to_content(const DocumentStatement& statement) {
    const std::string_view stated = statement.stated;
    JsonWriter json;
    json.begin_object()
        .member("document", statement.kind)
        .member("id", statement.id)
        .member("statement_sha256", to_hex(parties::bytes_of(parties::digest_named("sha256")({&stated, 1}))))
        .key("title")
        .begin_object();
    for (const Language language : {Language::en, Language::ru, Language::zh})
        if (!statement.title.in(language).empty()) json.member(to_text(language), statement.title.in(language));
    json.end_object().member("version", statement.version).end_object();
    return json.take();
}

paper::Front front(const Caller& caller, std::string title, bool sample) {
    paper::Front made{.title = std::move(title),
        .organisation = word("document.bank", caller.language),
        .date = date_of(caller.now),
        .language = caller.language,
        .created_at = caller.now};
    if (sample) made.marks.push_back(paper::badge(paper::Status::sample, caller.language));
    return made;
}

std::optional<paper::Block> proof_of(
    Store& store, const Caller& caller, const PublicAddress& address, const parties::TransparencyLog& log, const DocumentStatement& statement, bool is_public) {
    const auto place = log.append_once(store, "document", statement.id, caller.now, to_content(statement), is_public);
    if (!place) return {};
    return paper::Proof{word("document.proof", caller.language), address.base + "/proof/" + place.value().code};
}

paper::Block online(const Caller& caller, const std::string& link) {
    return paper::Paragraph{paper::Prose{{word("document.online", caller.language) + (caller.language == Language::zh ? "：" : ": ")}, {link, false, link}}};
}

} // namespace greenbank::library
