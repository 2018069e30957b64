// provider.cpp — the six verbs as XML.
#include "oai/provider.h"

#include <algorithm>

#include "oai/dublin_core.h"
#include "oai/request.h"
#include "xml/write.h"

namespace greenbank::oai {

namespace {

/// Holds the parts that every verb needs; one answer, then gone.
class Answer {
public:
    Answer(const Repository& repository, const ProviderSettings& settings, Time now) :
        repository_(repository), settings_(settings), now_(now), out_(xml::Writer::document()) {}

    Result<std::string> to(const Arguments& arguments) {
        ProtocolErrors errors;
        check_arguments(arguments, request_, errors);
        if (!errors.empty()) return refuse(arguments, errors);
        TRY(load(errors));
        if (!errors.empty()) return refuse(arguments, errors);
        begin(arguments);
        out_.begin(name_of(request_.verb));
        TRY(write());
        out_.end().end();
        return out_.take();
    }

    std::string refuse(const Arguments& arguments, const ProtocolErrors& errors) {
        // Where the arguments themselves are wrong, clause 3.2.3 wants the request without them.
        const bool bare = std::any_of(errors.begin(), errors.end(), [](const ProtocolError& e) { return e.code == "badVerb" || e.code == "badArgument"; });
        begin(bare ? Arguments{} : arguments);
        for (const ProtocolError& error : errors) out_.begin("error").attribute("code", error.code).text(error.message).end();
        out_.end();
        return out_.take();
    }

private:
    void begin(const Arguments& arguments) {
        out_.begin("OAI-PMH").attribute("xmlns", protocol_space).attribute("xmlns:xsi", schema_instance_space);
        out_.attribute("xsi:schemaLocation", "http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd");
        out_.element("responseDate", write_datestamp(now_));
        out_.begin("request");
        for (const auto& [name, value] : arguments) out_.attribute(name, value);
        out_.text(settings_.base_url).end();
    }

    /// Everything that may fail or be refused, before a byte of the answer is written.
    Result<Done> load(ProtocolErrors& errors) {
        switch (request_.verb) {
        case Verb::identify: return load_into(identity_, repository_.identify());
        case Verb::list_sets: return load_sets(errors);
        case Verb::list_metadata_formats: TRY(load_into(formats_, repository_.formats())); return request_.identifier.empty() ? Done{} : load_record(errors);
        case Verb::get_record: TRY(check_format("cannotDisseminateFormat", errors)); return errors.empty() ? load_record(errors) : Done{};
        case Verb::list_identifiers:
        case Verb::list_records: return load_list(errors);
        }
        return Done{};
    }

    template <class T> static Result<Done> load_into(T& place, Result<T> loaded) {
        place = TRY(std::move(loaded));
        return Done{};
    }

    Result<Done> check_format(std::string_view code, ProtocolErrors& errors) {
        TRY(load_into(formats_, repository_.formats()));
        for (const Format& one : formats_)
            if (one.prefix == request_.format) return Done{};
        errors.push_back({std::string(code), "There is no metadata format of this prefix."});
        return Done{};
    }

    Result<Done> load_sets(ProtocolErrors& errors) {
        if (!request_.token.empty()) errors.push_back({"badResumptionToken", "Lists of sets come whole; no such token was given out."});
        TRY(load_into(sets_, repository_.sets()));
        if (sets_.empty()) errors.push_back({"noSetHierarchy", "This repository has no sets."});
        return Done{};
    }

    Result<Done> load_record(ProtocolErrors& errors) {
        auto item = TRY(repository_.get(request_.identifier, request_.format));
        if (item) items_.push_back(std::move(*item));
        else errors.push_back({"idDoesNotExist", "There is no record of this identifier."});
        return Done{};
    }

    Result<Done> load_list(ProtocolErrors& errors) {
        std::optional<Position> after;
        if (!request_.token.empty()) {
            const auto token = read_token(request_.token, settings_.checksum);
            if (!token || token->verb != request_.verb) {
                errors.push_back({"badResumptionToken", "This resumption token is not known here; begin the list again."});
                return Done{};
            }
            request_.format = token->format;
            request_.selection = token->selection;
            after = token->last;
            cursor_ = token->cursor;
            complete_size_ = token->complete_size;
        }
        TRY(check_format(after ? "badResumptionToken" : "cannotDisseminateFormat", errors));
        if (!errors.empty()) return Done{};
        if (!request_.selection.set.empty() && !after) {
            TRY(load_into(sets_, repository_.sets()));
            if (sets_.empty()) errors.push_back({"noSetHierarchy", "This repository has no sets."});
            if (sets_.empty()) return Done{};
        }
        const std::string_view format = request_.verb == Verb::list_records ? request_.format : std::string_view{};
        const auto batch = static_cast<std::size_t>(settings_.batch_size);
        TRY(load_into(items_, repository_.find(request_.selection, after, batch + 1, format)));
        if (items_.empty()) {
            errors.push_back({"noRecordsMatch", after ? "Nothing is left of this list." : "No records match these arguments."});
            return Done{};
        }
        if (items_.size() > batch) {
            items_.resize(batch);
            if (!after) complete_size_ = TRY(repository_.count(request_.selection));
            const Header& last = items_.back().header;
            next_ = {request_.verb, request_.format, request_.selection, {last.datestamp, last.identifier}, cursor_ + settings_.batch_size, complete_size_};
        }
        resumed_ = after.has_value();
        return Done{};
    }

    Result<Done> write() {
        switch (request_.verb) {
        case Verb::identify: write_identity(); break;
        case Verb::list_metadata_formats: write_formats(); break;
        case Verb::list_sets: write_sets(); break;
        case Verb::get_record:
        case Verb::list_records:
            for (const Item& item : items_) TRY(write_record(item));
            break;
        case Verb::list_identifiers:
            for (const Item& item : items_) write_header(item.header);
            break;
        }
        if (next_ || resumed_) write_resumption();
        return Done{};
    }

    void write_identity() {
        out_.element("repositoryName", identity_.name).element("baseURL", settings_.base_url).element("protocolVersion", "2.0");
        for (const std::string& email : identity_.admin_emails) out_.element("adminEmail", email);
        out_.element("earliestDatestamp", write_datestamp(identity_.earliest));
        out_.element("deletedRecord", "persistent").element("granularity", "YYYY-MM-DDThh:mm:ssZ");
        if (!is_repository_identifier(identity_.host) || identity_.sample_identifier.empty()) return;
        out_.begin("description").begin("oai-identifier").attribute("xmlns", "http://www.openarchives.org/OAI/2.0/oai-identifier");
        out_.attribute("xsi:schemaLocation", "http://www.openarchives.org/OAI/2.0/oai-identifier http://www.openarchives.org/OAI/2.0/oai-identifier.xsd");
        out_.element("scheme", "oai").element("repositoryIdentifier", identity_.host).element("delimiter", ":");
        out_.element("sampleIdentifier", identity_.sample_identifier).end().end();
    }

    void write_formats() {
        for (const Format& one : formats_)
            out_.begin("metadataFormat").element("metadataPrefix", one.prefix).element("schema", one.schema).element("metadataNamespace", one.space).end();
    }

    void write_sets() {
        for (const Set& one : sets_) {
            out_.begin("set").element("setSpec", one.spec).element("setName", one.name);
            DublinCore description;
            description.descriptions = {{one.description}};
            if (!one.description.empty()) out_.begin("setDescription").raw(write_dublin_core(description)).end();
            out_.end();
        }
    }

    void write_header(const Header& header) {
        out_.begin("header");
        if (header.deleted) out_.attribute("status", "deleted");
        out_.element("identifier", header.identifier).element("datestamp", write_datestamp(header.datestamp));
        for (const std::string& set : header.sets) out_.element("setSpec", set);
        out_.end();
    }

    Result<Done> write_record(const Item& item) {
        if (!item.header.deleted && item.metadata.empty())
            return Error{Failure::internal, "oai.metadata_missing", "The record {identifier} has no metadata.", {{"identifier", item.header.identifier}}};
        out_.begin("record");
        write_header(item.header);
        if (!item.header.deleted) out_.begin("metadata").raw(item.metadata).end();
        out_.end();
        return Done{};
    }

    void write_resumption() {
        out_.begin("resumptionToken");
        if (next_) out_.attribute("expirationDate", write_datestamp(now_ + settings_.token_life));
        out_.attribute("completeListSize", std::to_string(complete_size_)).attribute("cursor", std::to_string(cursor_));
        if (next_) out_.text(write_token(*next_, settings_.checksum));
        out_.end();
    }

    const Repository& repository_;
    const ProviderSettings& settings_;
    const Time now_;
    xml::Writer out_;
    Request request_;

    Identity identity_;
    std::vector<Format> formats_;
    std::vector<Set> sets_;
    std::vector<Item> items_;
    std::int64_t cursor_ = 0, complete_size_ = 0;
    std::optional<Token> next_;
    bool resumed_ = false;
};

} // namespace

Result<std::string> answer(const Repository& repository, const ProviderSettings& settings, const Arguments& arguments, Time now) {
    require(settings.checksum && settings.batch_size > 0 && settings.token_life >= hours(23), "settings of the provider");
    return Answer(repository, settings, now).to(arguments);
}

Result<std::string> answer(const Repository& repository, const ProviderSettings& settings, std::string_view query, Time now) {
    const auto arguments = read_arguments(query);
    if (!arguments) return Answer(repository, settings, now).refuse({}, {{"badArgument", arguments.error().message}});
    return answer(repository, settings, arguments.value(), now);
}

} // namespace greenbank::oai
