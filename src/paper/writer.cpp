// writer.cpp — the two passes: a text is measured and its headings learn their pages, then title, contents and text are drawn.
#include <algorithm>

#include "paper/canvas.h"
#include "paper/checks.h"
#include "paper/clean.h"
#include "paper/composer.h"
#include "paper/words.h"

namespace greenbank::paper {

namespace {

constexpr std::string_view language_tag(Language language) { return language == Language::zh ? "zh-Hans" : language == Language::ru ? "ru" : "en"; }

} // namespace

Badge badge(Status status, Language language) {
    switch (status) {
    case Status::official: return {say("paper.status.official", language), Tone::good};
    case Status::unconfirmed: return {say("paper.status.unconfirmed", language), Tone::warn};
    case Status::sample: return {say("paper.status.sample", language), Tone::sample};
    }
    return {};
}

struct PdfWriter::State {
    Front front;
    Settings settings;
    Sink sink;
    Geometry geometry;
    std::unique_ptr<Typefaces> typefaces;
    Typesetter type;

    /// A pass over the text, or over what stands before it.
    struct Pass {
        Flow flow;
        Composer composer;

        Pass(State& state, Canvas* canvas, std::size_t pages) :
            flow(state.front, state.geometry, state.type, canvas, state.settings.limits.pages, pages),
            composer(state.front, state.geometry, state.type, flow) {}
    };
    std::unique_ptr<Pass> measured, written;
    std::unique_ptr<Canvas> canvas;
    std::size_t measured_blocks = 0, written_blocks = 0, pages = 0;
    std::vector<HeadingPlace> headings; // of the measured text

    State(Front front_given, Sink sink_given, Settings settings_given, std::unique_ptr<Typefaces> faces) :
        front(std::move(front_given)),
        settings(std::move(settings_given)),
        sink(std::move(sink_given)),
        geometry(front.orientation),
        typefaces(std::move(faces)),
        type(*typefaces, front.language) {}

    Error too_many_pages() const {
        return {Failure::too_large, "paper.too_many_pages", "The document has more than {limit} pages; divide it.",
            {{"limit", std::to_string(settings.limits.pages)}}};
    }
    Result<Done> compose(Pass& pass, std::span<const Block> blocks);
    Result<Done> begin_writing();
};

Result<Done> PdfWriter::State::compose(Pass& pass, std::span<const Block> blocks) {
    for (const Block& block : blocks) {
        pass.composer.compose(block);
        if (pass.flow.too_long()) return too_many_pages();
    }
    return Done{};
}

/// Ends the measuring; then title and contents go out. How long the contents are is known only now; the text begins a page of its own behind them,
/// so its pages only move by whole ones.
Result<Done> PdfWriter::State::begin_writing() {
    measured->flow.finish();
    if (measured->flow.too_long()) return too_many_pages();
    headings = measured->flow.headings();
    pages = measured->flow.pages();
    std::size_t pages_before = 0;
    if (front.title_page) {
        Pass before(*this, nullptr, 0);
        before.composer.title();
        before.composer.contents(headings);
        before.flow.finish();
        pages_before = before.flow.pages();
    }
    measured.reset();
    pages += pages_before;
    if (pages > settings.limits.pages) return too_many_pages();
    for (HeadingPlace& place : headings) place.page += pages_before;
    type.draft(false);
    canvas = std::make_unique<Canvas>(*typefaces, geometry.page_width, geometry.page_height,
        Metadata{clean_line(front.title), clean_line(front.organisation), std::string(language_tag(front.language)), front.created_at}, sink);
    written = std::make_unique<Pass>(*this, canvas.get(), pages);
    written->composer.title();
    if (front.title_page) {
        written->composer.contents(headings);
        written->composer.begin_text();
    }
    return Done{};
}

PdfWriter::PdfWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
PdfWriter::PdfWriter(PdfWriter&&) noexcept = default;
PdfWriter& PdfWriter::operator=(PdfWriter&&) noexcept = default;
PdfWriter::~PdfWriter() = default;

Result<PdfWriter> PdfWriter::open(Front front, Sink sink, Settings settings) {
    TRY(check(front, settings.limits));
    auto typefaces = TRY(Typefaces::load(settings.fonts));
    auto state = std::make_unique<State>(std::move(front), std::move(sink), std::move(settings), std::move(typefaces));
    state->type.draft(true);
    state->measured = std::make_unique<State::Pass>(*state, nullptr, 0);
    if (!state->front.title_page) state->measured->composer.title(); // it shares the text's first page
    return PdfWriter(std::move(state));
}

Result<Done> PdfWriter::measure(std::span<const Block> blocks) {
    if (!state_->measured) return Error{Failure::conflict, "paper.order", "Measure the whole text first, then write it; the two cannot be mixed."};
    TRY(check(blocks, state_->measured_blocks, state_->settings.limits));
    state_->measured_blocks += blocks.size();
    return state_->compose(*state_->measured, blocks);
}

Result<Done> PdfWriter::write(std::span<const Block> blocks) {
    if (state_->measured) TRY(state_->begin_writing());
    if (!state_->written) return Error{Failure::conflict, "paper.order", "Measure the whole text first, then write it; the two cannot be mixed."};
    TRY(check(blocks, state_->written_blocks, state_->settings.limits));
    state_->written_blocks += blocks.size();
    return state_->compose(*state_->written, blocks);
}

Result<Written> PdfWriter::finish() {
    if (state_->measured) TRY(state_->begin_writing());
    if (!state_->written) return Error{Failure::conflict, "paper.order", "Measure the whole text first, then write it; the two cannot be mixed."};
    Flow& flow = state_->written->flow;
    flow.finish();
    const std::vector<HeadingPlace>& now = flow.headings();
    const bool same = flow.pages() == state_->pages && state_->written_blocks == state_->measured_blocks &&
                      std::equal(now.begin(), now.end(), state_->headings.begin(), state_->headings.end(),
                          [](const HeadingPlace& a, const HeadingPlace& b) { return a.page == b.page && a.mark == b.mark; });
    const std::size_t pages = flow.pages();
    state_->written.reset();
    if (!same) return Error{Failure::conflict, "paper.second_text", "The text was another one the second time; make the document anew."};
    const std::size_t bytes = TRY(state_->canvas->finish());
    return Written{pages, bytes};
}

Result<std::string> to_pdf(const Document& document, const Settings& settings) {
    std::string pdf;
    PdfWriter writer = TRY(PdfWriter::open(
        document.front,
        [&](std::string_view bytes) -> Result<Done> {
            pdf += bytes;
            return Done{};
        },
        settings));
    TRY(writer.measure(document.blocks));
    TRY(writer.write(document.blocks));
    TRY(writer.finish());
    return pdf;
}

} // namespace greenbank::paper
