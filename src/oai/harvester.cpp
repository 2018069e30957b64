// harvester.cpp — requests to peers and the reading of their answers.
#include "oai/harvester.h"

#include <charconv>
#include <set>

#include <fmt/format.h>

#include "kernel/text.h"

namespace greenbank::oai {

namespace {

constexpr std::string_view identifier_space = "http://www.openarchives.org/OAI/2.0/oai-identifier";
constexpr std::size_t identifier_bytes_max = 1000, token_text_bytes_max = 8192, sets_max = 200, errors_shown_max = 3;

std::string address(std::string_view base_url, const Arguments& arguments) {
    return fmt::format("{}{}{}", base_url, base_url.find('?') == std::string_view::npos ? "?" : "&", write_arguments(arguments));
}

std::string_view text_of(const xml::Element* element) { return element ? trim(element->text) : std::string_view{}; }
std::string_view text_of(const xml::Element& parent, std::string_view name) { return text_of(parent.child(protocol_space, name)); }

/// A piece of a peer's text for a sentence of ours.
std::string excerpt(std::string_view text) {
    text = text.substr(0, 300);
    while (!is_utf8(text)) text.remove_suffix(1);
    return std::string(text);
}

Error no_answer(std::string_view what) {
    return {Failure::malformed, "oai.no_answer", "The peer's answer is no sound OAI-PMH answer: {what} is missing or wrong.", {{"what", std::string(what)}}};
}

/// The errors in an answer as one Error; nothing where there are none or the only one says that nothing matches.
std::optional<Error> refusal(const xml::Element& root) {
    std::string codes, messages;
    bool token = false, others = false;
    std::size_t shown = 0;
    for (const xml::Element& child : root.children) {
        if (!child.is(protocol_space, "error")) continue;
        const std::string* code = child.attribute("code");
        if (code && *code == "noRecordsMatch") continue;
        others = true;
        token = token || (code && *code == "badResumptionToken");
        if (++shown > errors_shown_max) continue;
        if (!codes.empty()) codes += ", ", messages += " ";
        codes += excerpt(code ? *code : "?");
        messages += excerpt(trim(child.text));
    }
    if (token) return Error{Failure::conflict, "oai.peer_token", "The peer no longer knows its resumption token: {message}", {{"message", messages}}};
    if (!others) return {};
    return Error{Failure::conflict, "oai.peer_refused", "The peer refused the request ({peer_code}): {message}", {{"peer_code", codes}, {"message", messages}}};
}

/// The answer of a verb behind the envelope that all share.
Result<xml::Document> read_envelope(std::string_view text, const xml::Limits& limits) {
    xml::Document document = TRY(xml::read(text, limits));
    if (!document.root.is(protocol_space, "OAI-PMH")) return no_answer("OAI-PMH");
    if (auto error = refusal(document.root)) return std::move(*error);
    return document;
}

Problem wrong(std::string field, std::string code, std::string sentence, std::vector<Parameter> parameters = {}) {
    return {std::move(field), std::move(code), std::move(sentence), std::move(parameters)};
}

/// An identifier is a URI; we ask only that it is a short word that can stand in one.
bool is_identifier(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) return false;
    return !text.empty() && text.size() <= identifier_bytes_max;
}

class PageReader {
public:
    PageReader(PageOfRecords& page, const ReadSettings& settings) : page_(page), settings_(settings) {}

    void read_record(const xml::Element& element, std::size_t number) {
        HarvestedRecord record;
        std::string place = fmt::format("record {}", number);
        auto problem = read_header(element.child(protocol_space, "header"), place, record.header);
        if (!problem && !record.header.deleted) problem = read_metadata(element.child(protocol_space, "metadata"), place, record);
        if (problem) page_.problems.push_back(std::move(*problem));
        else page_.records.push_back(std::move(record));
    }

private:
    std::optional<Problem> read_header(const xml::Element* element, std::string& place, Header& header) {
        const std::string_view identifier = element ? text_of(*element, "identifier") : std::string_view{};
        if (!is_identifier(identifier)) return wrong(place, "oai.record_identifier", "The record has no sound identifier.");
        header.identifier = place = identifier;
        const std::string_view stamp = text_of(*element, "datestamp");
        const auto datestamp = parse_datestamp(stamp);
        if (!datestamp) return wrong(place, "oai.record_datestamp", "The datestamp \"{datestamp}\" cannot be read.", {{"datestamp", excerpt(stamp)}});
        header.datestamp = datestamp->time;
        if (page_.response_date && header.datestamp > *page_.response_date + days(1))
            return wrong(place, "oai.record_future", "The datestamp {datestamp} lies in the future.", {{"datestamp", excerpt(stamp)}});
        const std::string* status = element->attribute("status");
        if (status && *status != "deleted") return wrong(place, "oai.record_status", "The status \"{status}\" is not known.", {{"status", excerpt(*status)}});
        header.deleted = status != nullptr;
        for (const xml::Element& child : element->children) {
            if (!child.is(protocol_space, "setSpec")) continue;
            const std::string_view set = trim(child.text);
            if (!is_set_spec(set) || header.sets.size() == sets_max)
                return wrong(place, "oai.record_set", "The set \"{set}\" is none, or there are too many.", {{"set", excerpt(set)}});
            header.sets.emplace_back(set);
        }
        // Which of two is right nobody can tell: the first stands.
        if (!identifiers_.insert(header.identifier).second) return wrong(place, "oai.record_repeated", "The identifier stands twice in one page.");
        return {};
    }

    std::optional<Problem> read_metadata(const xml::Element* metadata, const std::string& place, HarvestedRecord& record) {
        if (!metadata || metadata->children.size() != 1) return wrong(place, "oai.record_metadata", "The record has no metadata, or more than one.");
        const xml::Element& element = metadata->children[0];
        if (element.is(dublin_core_space, "dc")) record.dublin_core = read_dublin_core(element);
        if (settings_.full_space.empty() || element.space != settings_.full_space) return {};
        auto tree = read_tree(element);
        if (!tree) return wrong(place, tree.error().code, tree.error().message, tree.error().parameters);
        record.full = std::move(tree).value();
        record.full->name = element.name; // what it is
        return {};
    }

    PageOfRecords& page_;
    const ReadSettings& settings_;
    std::set<std::string, std::less<>> identifiers_;
};

std::optional<std::int64_t> size_of(const std::string* text) {
    std::int64_t value = 0;
    if (!text || text->empty()) return {};
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
    return error == std::errc{} && end == text->data() + text->size() && value >= 0 ? std::optional(value) : std::nullopt;
}

} // namespace

std::string identify_request(std::string_view base_url) { return address(base_url, {{"verb", "Identify"}}); }
std::string formats_request(std::string_view base_url) { return address(base_url, {{"verb", "ListMetadataFormats"}}); }

std::string first_request(const HarvestRequest& request) {
    Arguments arguments = {{"verb", "ListRecords"}, {"metadataPrefix", request.format}};
    if (!request.set.empty()) arguments.emplace_back("set", request.set);
    if (request.from) arguments.emplace_back("from", write_datestamp(*request.from, request.granularity));
    if (request.until) arguments.emplace_back("until", write_datestamp(*request.until, request.granularity));
    return address(request.base_url, arguments);
}

std::string next_request(std::string_view base_url, std::string_view token) {
    return address(base_url, {{"verb", "ListRecords"}, {"resumptionToken", std::string(token)}});
}

Result<Peer> read_identity(std::string_view text) {
    const xml::Document document = TRY(read_envelope(text, {}));
    const xml::Element* identify = document.root.child(protocol_space, "Identify");
    if (!identify) return no_answer("Identify");
    if (text_of(*identify, "protocolVersion") != "2.0") return no_answer("protocolVersion");
    Peer peer;
    peer.name = excerpt(text_of(*identify, "repositoryName"));
    for (const xml::Element& child : identify->children)
        if (child.is(protocol_space, "description"))
            for (const xml::Element& scheme : child.children)
                if (scheme.is(identifier_space, "oai-identifier"))
                    if (const std::string_view host = trim(text_of(scheme.child(identifier_space, "repositoryIdentifier"))); is_repository_identifier(host))
                        peer.host = host;
    for (const xml::Element& child : identify->children)
        if (child.is(protocol_space, "adminEmail")) peer.admin_emails.push_back(excerpt(trim(child.text)));
    const auto earliest = parse_datestamp(text_of(*identify, "earliestDatestamp"));
    if (!earliest) return no_answer("earliestDatestamp");
    peer.earliest = earliest->time;
    const std::string_view granularity = text_of(*identify, "granularity"), deleted = text_of(*identify, "deletedRecord");
    if (granularity != "YYYY-MM-DD" && granularity != "YYYY-MM-DDThh:mm:ssZ") return no_answer("granularity");
    peer.granularity = granularity == "YYYY-MM-DD" ? Granularity::day : Granularity::second;
    peer.deleted_record = deleted == "persistent" ? DeletedRecord::persistent : deleted == "transient" ? DeletedRecord::transient : DeletedRecord::no;
    return peer;
}

Result<std::vector<Format>> read_formats(std::string_view text) {
    const xml::Document document = TRY(read_envelope(text, {}));
    const xml::Element* list = document.root.child(protocol_space, "ListMetadataFormats");
    if (!list) return no_answer("ListMetadataFormats");
    std::vector<Format> formats;
    for (const xml::Element& child : list->children) {
        if (!child.is(protocol_space, "metadataFormat")) continue;
        const std::string_view prefix = text_of(child, "metadataPrefix");
        if (!is_metadata_prefix(prefix)) return no_answer("metadataPrefix");
        formats.push_back({std::string(prefix), std::string(text_of(child, "schema")), std::string(text_of(child, "metadataNamespace"))});
    }
    return formats;
}

Result<PageOfRecords> read_page(std::string_view text, const ReadSettings& settings) {
    const xml::Document document = TRY(read_envelope(text, settings.limits));
    PageOfRecords page;
    if (const auto date = parse_datestamp(text_of(document.root, "responseDate"))) page.response_date = date->time;
    const xml::Element* list = document.root.child(protocol_space, "ListRecords");
    if (!list) return document.root.child(protocol_space, "error") ? Result<PageOfRecords>(std::move(page)) : no_answer("ListRecords");

    PageReader reader(page, settings);
    std::size_t number = 0;
    for (const xml::Element& child : list->children) {
        if (!child.is(protocol_space, "record")) continue;
        if (++number > settings.records_max)
            return Error{Failure::too_large, "oai.page_too_large", "A page of the peer has more than {limit} records.",
                {{"limit", std::to_string(settings.records_max)}}};
        reader.read_record(child, number);
    }
    if (const xml::Element* token = list->child(protocol_space, "resumptionToken")) {
        page.token = trim(token->text);
        if (page.token.size() > token_text_bytes_max) return no_answer("resumptionToken");
        page.complete_size = size_of(token->attribute("completeListSize"));
    }
    return page;
}

Result<bool> advance(Walk& walk, const PageOfRecords& page, const WalkLimits& limits) {
    if (walk.pages == 0) walk.response_date = page.response_date;
    ++walk.pages;
    walk.records += static_cast<std::int64_t>(page.records.size());
    const std::string asked = std::exchange(walk.token, page.token);
    if (walk.token.empty()) return false;
    if (walk.token == asked || walk.token == walk.remembered_token)
        return Error{Failure::conflict, "oai.token_loop", "The peer gives the same resumption token again after {pages} pages; its list would never end.",
            {{"pages", std::to_string(walk.pages)}}};
    if (walk.pages >= limits.pages_max || walk.records > limits.records_max)
        return Error{Failure::too_large, "oai.list_too_long", "The peer's list does not end after {pages} pages and {records} records.",
            {{"pages", std::to_string(walk.pages)}, {"records", std::to_string(walk.records)}}};
    if (++walk.steps == walk.steps_max) {
        walk.remembered_token = walk.token;
        walk.steps = 0;
        walk.steps_max *= 2;
    }
    return true;
}

} // namespace greenbank::oai
