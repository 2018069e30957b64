// sitemap.cpp — lists of addresses as XML.
#include "rdf/sitemap.h"

#include "kernel/result.h"
#include "xml/write.h"

namespace greenbank::rdf {

namespace {

constexpr std::string_view sitemap_space = "http://www.sitemaps.org/schemas/sitemap/0.9";

void write_entry(const SitemapUrl& one, std::string_view element, xml::Writer& out) {
    out.begin(element).element("loc", one.url);
    if (one.modified) out.element("lastmod", to_text(*one.modified).substr(0, 19) + "Z"); // whole seconds
    for (const auto& [language, url] : one.alternates)
        out.begin("xhtml:link").attribute("rel", "alternate").attribute("hreflang", language).attribute("href", url).end();
    out.end();
}

} // namespace

std::string write_sitemap(std::span<const SitemapUrl> urls) {
    require(urls.size() <= sitemap_urls_max, "a sitemap has 50,000 addresses at most");
    xml::Writer out = xml::Writer::document();
    out.begin("urlset").attribute("xmlns", sitemap_space).attribute("xmlns:xhtml", "http://www.w3.org/1999/xhtml");
    for (const SitemapUrl& one : urls) write_entry(one, "url", out);
    return out.end().take();
}

std::string write_sitemap_index(std::span<const SitemapUrl> files) {
    require(files.size() <= sitemap_urls_max, "an index names 50,000 sitemaps at most");
    xml::Writer out = xml::Writer::document();
    out.begin("sitemapindex").attribute("xmlns", sitemap_space);
    for (const SitemapUrl& one : files) write_entry({one.url, one.modified}, "sitemap", out);
    return out.end().take();
}

} // namespace greenbank::rdf
