// pages_test.cpp — what search engines are told: schema.org in pages, and the sitemap.
#include <doctest/doctest.h>

#include "rdf/schema_org.h"
#include "rdf/sitemap.h"
#include "xml/read.h"

namespace greenbank::rdf {

using namespace schema_org;

TEST_CASE("a product with its maker, figures and offers") {
    const Product product{.id = "https://bank.example/technologies/tech_1",
        .url = "https://bank.example/technologies/tech_1",
        .name = "热泵 </script><script>alert(1)</script>",
        .description = "Says \"3.8\" & more\u2028",
        .category = "energy",
        .maker = Organization{.id = "https://bank.example/organisations/org_1", .name = "Ana", .country = "CN"},
        .properties = {{"COP", 3.8, "1"}, {"heat", 50, "kW"}},
        .offers = {{.price = Price{Money{125000, "CNY"}, Money{125000, "CNY"}}, .countries = {"CN", "KZ"}}}};
    CHECK(
        script_of(product) ==
        R"({"@context":"https://schema.org","@type":"Product","@id":"https://bank.example/technologies/tech_1","url":"https://bank.example/technologies/tech_1",)"
        R"("name":"热泵 \u003c/script\u003e\u003cscript\u003ealert(1)\u003c/script\u003e","description":"Says \"3.8\" \u0026 more\u2028","category":"energy",)"
        R"("manufacturer":{"@type":"Organization","@id":"https://bank.example/organisations/org_1","name":"Ana","address":{"@type":"PostalAddress","addressCountry":"CN"}},)"
        R"("additionalProperty":[{"@type":"PropertyValue","name":"COP","value":3.8},{"@type":"PropertyValue","name":"heat","value":50,"unitText":"kW"}],)"
        R"("offers":[{"@type":"Offer","priceSpecification":{"@type":"PriceSpecification","price":"1250.00","priceCurrency":"CNY"},"areaServed":["CN","KZ"]}]})");
}

TEST_CASE("a data set, an offer, a demand, an organisation") {
    CHECK(
        script_of(Dataset{.id = "i",
            .url = "u",
            .name = "Water",
            .description = "d",
            .language = Language::en,
            .licence = "l",
            .keywords = {"a", "b"},
            .catalogue_url = "c",
            .modified = parse_time("2026-11-20T08:00:00Z"),
            .downloads = {{"f.csv", "text/csv"}}}) ==
        R"({"@context":"https://schema.org","@type":"Dataset","@id":"i","url":"u","name":"Water","description":"d","inLanguage":"en","license":"l","keywords":["a","b"],)"
        R"("includedInDataCatalog":{"@type":"DataCatalog","url":"c"},"dateModified":"2026-11-20T08:00:00Z",)"
        R"("distribution":[{"@type":"DataDownload","contentUrl":"f.csv","encodingFormat":"text/csv"}]})");
    CHECK(
        script_of(Offer{.id = "i",
            .name = "Loan",
            .seller = Organization{.id = "o", .name = "Bank"},
            .item = "p",
            .price = Price{Money{100, "CNY"}, {}},
            .valid_through = parse_date("2027-01-01")}) ==
        R"({"@context":"https://schema.org","@type":"Offer","@id":"i","name":"Loan","seller":{"@type":"Organization","@id":"o","name":"Bank"},"itemOffered":{"@id":"p"},)"
        R"("priceSpecification":{"@type":"PriceSpecification","minPrice":"1.00","priceCurrency":"CNY"},"validThrough":"2027-01-01"})");
    CHECK(
        script_of(Demand{.id = "i",
            .url = "u",
            .name = "Need",
            .description = "",
            .seeker = Organization{.id = "o", .name = "Town"},
            .budget = Price{{}, Money{100, "CNY"}}}) ==
        R"({"@context":"https://schema.org","@type":"Demand","@id":"i","url":"u","name":"Need","priceSpecification":{"@type":"PriceSpecification","maxPrice":"1.00",)"
        R"("priceCurrency":"CNY"},"@reverse":{"seeks":{"@type":"Organization","@id":"o","name":"Town"}}})");
    CHECK(script_of(Organization{.id = "o", .name = "Ana", .url = "u"}) ==
          R"({"@context":"https://schema.org","@type":"Organization","@id":"o","name":"Ana","url":"u"})");
}

TEST_CASE("the sitemap") {
    const std::vector<SitemapUrl> urls = {{"https://bank.example/technologies/tech_1?a=1&b=2", parse_time("2026-11-20T08:00:00.123456Z"),
                                              {{"zh", "https://bank.example/zh/1"}, {"x-default", "https://bank.example/1"}}},
        {"https://bank.example/"}};
    CHECK(write_sitemap(urls) == R"(<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
  <url>
    <loc>https://bank.example/technologies/tech_1?a=1&amp;b=2</loc>
    <lastmod>2026-11-20T08:00:00Z</lastmod>
    <xhtml:link rel="alternate" hreflang="zh" href="https://bank.example/zh/1"/>
    <xhtml:link rel="alternate" hreflang="x-default" href="https://bank.example/1"/>
  </url>
  <url>
    <loc>https://bank.example/</loc>
  </url>
</urlset>
)");
    CHECK(write_sitemap_index(urls) == R"(<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <sitemap>
    <loc>https://bank.example/technologies/tech_1?a=1&amp;b=2</loc>
    <lastmod>2026-11-20T08:00:00Z</lastmod>
  </sitemap>
  <sitemap>
    <loc>https://bank.example/</loc>
  </sitemap>
</sitemapindex>
)");
    const std::vector<SitemapUrl> full(sitemap_urls_max, {"https://bank.example/x"});
    const auto document = xml::read(write_sitemap(full));
    REQUIRE(document);
    CHECK(document.value().root.children.size() == sitemap_urls_max);
}

} // namespace greenbank::rdf
