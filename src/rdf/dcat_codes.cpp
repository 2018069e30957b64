// dcat_codes.cpp — codes of the EU Publications Office's authority tables and of ADMS that DCAT-AP 2.1.1 names (clauses 5.1 and 5.2).
#include "rdf/dcat.h"

namespace greenbank::rdf::dcat {

namespace {

constexpr Code themes[] = {{"AGRI", "Agriculture, fisheries, forestry and food"}, {"ECON", "Economy and finance"}, {"EDUC", "Education, culture and sport"},
    {"ENER", "Energy"}, {"ENVI", "Environment"}, {"GOVE", "Government and public sector"}, {"HEAL", "Health"}, {"INTR", "International issues"},
    {"JUST", "Justice, legal system and public safety"}, {"REGI", "Regions and cities"}, {"SOCI", "Population and society"}, {"TECH", "Science and technology"},
    {"TRAN", "Transport"}};

constexpr Code file_types[] = {{"CSV", "CSV"}, {"HTML", "HTML"}, {"JSON", "JSON"}, {"JSON_LD", "JSON-LD"}, {"PDF", "PDF"}, {"RDF_TURTLE", "RDF Turtle"},
    {"RDF_XML", "RDF/XML"}, {"XLSX", "Excel XLSX"}, {"XML", "XML"}, {"ZIP", "ZIP"}};

constexpr Code availabilities[] = {{"AVAILABLE", "available"}, {"EXPERIMENTAL", "experimental"}, {"STABLE", "stable"}, {"TEMPORARY", "temporary"}};

constexpr Code licence_types[] = {{"Attribution", "Attribution"}, {"NoDerivativeWork", "No derivative work"},
    {"NonCommercialUseOnly", "Non-commercial use only"}, {"OtherRestrictiveClauses", "Other restrictive clauses"}, {"PublicDomain", "Public domain"},
    {"RoyaltiesRequired", "Royalties required"}, {"UnknownIPR", "Unknown IPR"}, {"ViralEffect-ShareAlike", "Viral effect (a.k.a. Share-Alike)"}};

constexpr Code publisher_types[] = {{"Academia-ScientificOrganisation", "Academia/Scientific organisation"}, {"Company", "Company"},
    {"IndustryConsortium", "Industry consortium"}, {"LocalAuthority", "Local authority"}, {"NationalAuthority", "National authority"},
    {"NonGovernmentalOrganisation", "Non-governmental organisation"}, {"NonProfitOrganisation", "Non-profit organisation"},
    {"PrivateIndividual(s)", "Private individual(s)"}, {"RegionalAuthority", "Regional authority"}, {"StandardisationBody", "Standardisation body"},
    {"SupraNationalAuthority", "Supra-national authority"}};

} // namespace

std::span<const Code> codes(Authority authority) {
    switch (authority) {
    case Authority::theme: return themes;
    case Authority::file_type: return file_types;
    case Authority::availability: return availabilities;
    case Authority::licence_type: return licence_types;
    case Authority::publisher_type: return publisher_types;
    }
    return {};
}

} // namespace greenbank::rdf::dcat
