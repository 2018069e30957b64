// check_aside.cpp — one stretch at a time on the second thread.
#include "parties/log/check_aside.h"

namespace greenbank::parties {

void LogStretch::leaf(StoredLeaf leaf, bool content_missing, KnownNodes known) {
    bytes_ += leaf.leaf.subject.size() + (leaf.content ? leaf.content->size() : 0);
    known_.insert(known_.end(), known.begin(), known.end());
    leaves_.push_back({std::move(leaf), content_missing, known_.size()});
}

void LogStretch::head(StoredHead head) {
    bytes_ += head.note.size();
    heads_.push_back({leaves_.size(), std::move(head)});
}

void LogStretch::check(LogVerifier& verifier) const {
    auto head = heads_.begin();
    const auto heads_until = [&](std::size_t leaves) {
        for (; head != heads_.end() && head->after <= leaves; ++head) verifier.head(head->head);
    };
    heads_until(0);
    std::size_t known = 0;
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
        const Read& read = leaves_[i];
        verifier.leaf(read.leaf, std::span(known_).subspan(known, read.known_end - known));
        if (read.content_missing) verifier.content_missing(read.leaf);
        known = read.known_end;
        heads_until(i + 1);
    }
}

void LogCheckAside::check(LogStretch stretch) {
    wait();
    running_ = std::async(std::launch::async, [this, stretch = std::move(stretch)] { stretch.check(verifier_); });
}

void LogCheckAside::finish(const LogStretch& stretch) {
    wait();
    stretch.check(verifier_);
}

void LogCheckAside::wait() {
    if (running_.valid()) running_.get();
}

} // namespace greenbank::parties
