// model.h — a scoring model from its training to a score with reasons; tried on rows that it has not seen.
#pragma once

#include <optional>

#include "finance/engine/scoring/measures.h"
#include "finance/engine/scoring/scorecard.h"
#include "finance/engine/scoring/trees.h"

namespace greenbank::finance {

enum class ModelKind { scorecard, trees };

/// What a column looked like in training; a score of other people's columns is refused, another population is noticed.
struct TrainedColumn {
    std::string name;
    bool named = false;
    std::vector<std::string> names;
    std::vector<double> bounds; // of ten parts of the training rows, or fewer
    std::vector<double> shares; // rows in each part, or of each name; last: absent and unknown
};

struct ScoringModel {
    ModelKind kind = ModelKind::scorecard;
    std::int64_t seed = 1;
    std::vector<TrainedColumn> columns;
    Scorecard card;
    BoostedTrees trees;
    Calibration calibration;
    MasterScale scale;
    std::vector<double> score_bounds, score_shares; // of the training rows' log odds
};

/// On rows of folds that were left out.
struct CrossValidation {
    std::vector<double> areas; // of each fold
    double area = 0;           // their mean
    double brier = 0, brier_raw = 0, distance = 0;
    std::vector<double> log_odds; // of each row, before calibration
};

struct ScoringSettings {
    ModelKind kind = ModelKind::scorecard;
    std::uint64_t seed = 1;
    std::uint32_t folds = 5;
    ScorecardSettings scorecard;
    TreeSettings trees;
};

struct Training {
    ScoringFlaw flaw = ScoringFlaw::none;
    std::vector<ScoringRemark> remarks;
    std::size_t rows = 0, bads = 0;
    ScoringModel model;
    CrossValidation validation;
};
Training train(const ScoringTable& table, const ScoringSettings& settings);

struct Reason {
    std::size_t column = 0; // of the model
    double effect = 0;      // on the log odds; above 0: towards default
};
struct Score {
    double log_odds = 0, probability = 0; // calibrated
    double points = 0;
    std::int64_t grade = 0;
    std::vector<Reason> reasons; // the heaviest first, at most so many as asked for
};
/// The columns of the table are the model's, in its order.
std::vector<Score> score(const ScoringModel& model, const ScoringTable& table, std::size_t reasons);
std::vector<double> log_odds(const ScoringModel& model, const ScoringTable& table);

/// Places of the model that point nowhere: a model out of a file may say anything.
bool is_sound(const ScoringModel& model);

/// How far the columns and the score have moved from the training rows; the score's is last.
std::vector<double> stability(const ScoringModel& model, const ScoringTable& table);

} // namespace greenbank::finance
