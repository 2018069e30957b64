// schema_under_test.h — the structure that OAI-PMH.xsd and oai_dc.xsd prescribe, as a table, for where the schemas are not at hand.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "oai/protocol.h"
#include "xml/read.h"

namespace greenbank::oai {

/// What is against the schemas in an answer; empty where it is valid.
inline std::vector<std::string> faults_of_answer(std::string_view text) {
    auto document = xml::read(text);
    if (!document) return {"not XML: " + document.error().code};
    std::vector<std::string> faults;

    // Children in their order: name and how often, '1', '?', '*' or '+'.
    using Content = std::vector<std::pair<std::string, char>>;
    static const std::map<std::string, Content> contents = {
        {"Identify", {{"repositoryName", '1'}, {"baseURL", '1'}, {"protocolVersion", '1'}, {"adminEmail", '+'}, {"earliestDatestamp", '1'},
                         {"deletedRecord", '1'}, {"granularity", '1'}, {"compression", '*'}, {"description", '*'}}},
        {"ListMetadataFormats", {{"metadataFormat", '+'}}}, {"metadataFormat", {{"metadataPrefix", '1'}, {"schema", '1'}, {"metadataNamespace", '1'}}},
        {"ListSets", {{"set", '+'}, {"resumptionToken", '?'}}}, {"set", {{"setSpec", '1'}, {"setName", '1'}, {"setDescription", '*'}}},
        {"GetRecord", {{"record", '1'}}}, {"ListRecords", {{"record", '+'}, {"resumptionToken", '?'}}},
        {"ListIdentifiers", {{"header", '+'}, {"resumptionToken", '?'}}}, {"record", {{"header", '1'}, {"metadata", '?'}, {"about", '*'}}},
        {"header", {{"identifier", '1'}, {"datestamp", '1'}, {"setSpec", '*'}}}};

    const auto check = [&](const auto& self, const xml::Element& element) -> void {
        const bool holds_one = element.name == "metadata" || element.name == "description" || element.name == "setDescription" || element.name == "about";
        if (element.space != protocol_space) return;
        if (holds_one) {
            if (element.children.size() != 1 || element.children[0].space == protocol_space || element.children[0].space.empty())
                faults.push_back(element.name + " must hold one element of another namespace");
            for (const xml::Element& child : element.children)
                if (child.name == "dc" && !child.is("http://www.openarchives.org/OAI/2.0/oai_dc/", "dc")) faults.push_back("oai_dc in a wrong namespace");
            return;
        }
        const auto content = contents.find(element.name);
        std::size_t at = 0;
        if (content != contents.end())
            for (const auto& [name, times] : content->second) {
                std::size_t found = 0;
                while (at < element.children.size() && element.children[at].is(protocol_space, name)) ++at, ++found;
                if ((found == 0 && (times == '1' || times == '+')) || (found > 1 && (times == '1' || times == '?')))
                    faults.push_back(name + " in " + element.name);
            }
        if (content != contents.end() && at != element.children.size()) faults.push_back("a strange element in " + element.name);
        if (element.name == "datestamp" || element.name == "responseDate" || element.name == "earliestDatestamp")
            if (!parse_datestamp(element.text)) faults.push_back(element.name + " is no UTC date");
        if (element.name == "setSpec" && !is_set_spec(element.text)) faults.push_back("setSpec");
        if (element.name == "adminEmail" && element.text.find('@') == std::string::npos) faults.push_back("adminEmail");
        for (const xml::Element& child : element.children) self(self, child);
    };

    const xml::Element& root = document.value().root;
    if (!root.is(protocol_space, "OAI-PMH")) return {"the root"};
    if (!root.attribute("schemaLocation", schema_instance_space)) faults.emplace_back("no schemaLocation");
    if (root.children.size() < 3 || root.children[0].name != "responseDate" || root.children[1].name != "request") return {"the envelope"};
    if (root.children[0].text.size() != 20) faults.emplace_back("responseDate without seconds");
    for (std::size_t i = 2; i < root.children.size(); ++i) {
        const bool error = root.children[i].name == "error";
        if (!error && (i > 2 || root.children.size() > 3 || !contents.contains(root.children[i].name))) faults.emplace_back("neither one verb nor errors");
        if (error && !root.children[i].attribute("code")) faults.emplace_back("an error without code");
    }
    check(check, root);
    return faults;
}

} // namespace greenbank::oai
