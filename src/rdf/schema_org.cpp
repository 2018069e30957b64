// schema_org.cpp — structs of a page to schema.org's JSON-LD.
#include "rdf/schema_org.h"

#include "rdf/json_ld.h"
#include "json/json.h"

namespace greenbank::rdf::schema_org {

namespace {

/// A JsonWriter that leaves out what is empty.
class Node {
public:
    explicit Node(JsonWriter& out) : out_(out) {}

    Node& begin(std::string_view type, std::string_view id) {
        out_.begin_object().member("@type", type);
        return text("@id", id);
    }
    Node& text(std::string_view key, std::string_view value) {
        if (!value.empty()) out_.member(key, value);
        return *this;
    }
    template <class T> Node& time(std::string_view key, const std::optional<T>& value) { return value ? text(key, to_text(*value)) : *this; }
    /// Only a reference to something that is described elsewhere.
    Node& reference(std::string_view key, std::string_view id) {
        if (!id.empty()) out_.key(key).begin_object().member("@id", id).end_object();
        return *this;
    }
    Node& texts(std::string_view key, const std::vector<std::string>& values) {
        if (values.empty()) return *this;
        out_.key(key).begin_list();
        for (const std::string& one : values) out_.text(one);
        out_.end_list();
        return *this;
    }
    template <class T> Node& child(std::string_view key, const std::optional<T>& value) {
        if (!value) return *this;
        out_.key(key);
        write(*value);
        return *this;
    }
    template <class T> Node& children(std::string_view key, const std::vector<T>& values) {
        if (values.empty()) return *this;
        out_.key(key).begin_list();
        for (const T& one : values) write(one);
        out_.end_list();
        return *this;
    }
    void end() { out_.end_object(); }

    void write(const Organization& one) {
        begin("Organization", one.id).text("name", one.name).text("url", one.url).text("description", one.description);
        if (!one.country.empty()) out_.key("address").begin_object().member("@type", "PostalAddress").member("addressCountry", one.country).end_object();
        end();
    }

    void write(const Download& one) { begin("DataDownload", "").text("contentUrl", one.url).text("encodingFormat", one.media_type).end(); }

    void write(const Dataset& one) {
        begin("Dataset", one.id)
            .head(one)
            .text("inLanguage", one.language ? to_text(*one.language) : std::string_view{})
            .text("license", one.licence)
            .texts("keywords", one.keywords)
            .child("creator", one.creator);
        if (!one.catalogue_url.empty())
            out_.key("includedInDataCatalog").begin_object().member("@type", "DataCatalog").member("url", one.catalogue_url).end_object();
        time("datePublished", one.published).time("dateModified", one.modified).children("distribution", one.downloads).end();
    }

    void write(const Property& one) {
        begin("PropertyValue", "").text("name", one.name);
        out_.member("value", one.value);
        text("unitText", one.unit == "1" ? "" : one.unit).end();
    }

    void write(const Product& one) {
        begin("Product", one.id).head(one).text("image", one.image).text("category", one.category).child("manufacturer", one.maker);
        children("additionalProperty", one.properties).children("offers", one.offers).end();
    }

    void write(const Price& one) {
        const std::optional<Money>& any = one.from ? one.from : one.to;
        begin("PriceSpecification", "");
        if (one.from && one.from == one.to) text("price", amount_text(*one.from));
        else {
            if (one.from) text("minPrice", amount_text(*one.from));
            if (one.to) text("maxPrice", amount_text(*one.to));
        }
        if (any) text("priceCurrency", any->currency);
        end();
    }

    void write(const Offer& one) {
        begin("Offer", one.id).head(one).child("seller", one.seller).reference("itemOffered", one.item).child("priceSpecification", one.price);
        texts("areaServed", one.countries).time("validThrough", one.valid_through).end();
    }

    void write(const Demand& one) {
        begin("Demand", one.id).head(one).child("priceSpecification", one.budget).texts("areaServed", one.countries).time("validThrough", one.valid_through);
        if (one.seeker) {
            out_.key("@reverse").begin_object();
            child("seeks", one.seeker);
            out_.end_object();
        }
        end();
    }

private:
    template <class T> Node& head(const T& one) { return text("url", one.url).text("name", one.name).text("description", one.description); }

    JsonWriter& out_;
};

template <class T> std::string script(const T& value) {
    JsonWriter out;
    Node(out).write(value);
    return safe_in_script(R"({"@context":"https://schema.org",)" + out.take().substr(1));
}

} // namespace

std::string script_of(const Organization& organization) { return script(organization); }
std::string script_of(const Dataset& dataset) { return script(dataset); }
std::string script_of(const Product& product) { return script(product); }
std::string script_of(const Offer& offer) { return script(offer); }
std::string script_of(const Demand& demand) { return script(demand); }

} // namespace greenbank::rdf::schema_org
