#include "core/engine/command_line/evaluate_command.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/engine/command_line/predict_command.h"
#include "core/engine/image_set.h"
#include "core/exporters/overlay_exporter.h"
#include "core/image/raster/raster_reader.h"
#include "core/training/measures/class_measures.h"
#include "core/training/measures/confusion_matrix.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace finebrush {

namespace {

/// What is printed; `measures` are empty where they are not wished for, else one for each score.
struct Evaluation {
    training::ConfusionMatrix matrix;
    std::vector<training::ClassMeasures> measures;
    size_t images = 0;
};

/// False for what `predict` writes beside the masks.
bool isMask(const ImageAddress& file) {
    const std::string stem = utf8(file.file.stem());
    return !stem.ends_with(kOverlayEnding) && !stem.ends_with(kConfidenceEnding);
}

nlohmann::ordered_json toJson(const Evaluation& evaluation) {
    nlohmann::ordered_json classes = nlohmann::ordered_json::array();
    const std::vector<training::ClassScore> scores = evaluation.matrix.scores();
    for (size_t i = 0; i < scores.size(); ++i) {
        classes.push_back({{"class", scores[i].value},
                           {"iou", scores[i].iou},
                           {"dice", scores[i].dice},
                           {"truth_pixels", scores[i].truthPixels}});
        if (evaluation.measures.empty()) continue;
        const training::ClassMeasures& measures = evaluation.measures[i];
        classes.back().update({{"ber", scores[i].balancedError},
                               {"images", measures.images},
                               {"s_measure", measures.structure},
                               {"e_measure", measures.alignment},
                               {"f_measure", measures.fMeasure},
                               {"mae", measures.meanAbsoluteError},
                               {"boundary_f", measures.boundaryF}});
    }
    return {{"images", evaluation.images},
            {"classes", std::move(classes)},
            {"mean_iou", evaluation.matrix.meanIou()},
            {"mean_dice", evaluation.matrix.meanDice()},
            {"pixel_accuracy", evaluation.matrix.pixelAccuracy()}};
}

void printTable(const Evaluation& evaluation, std::ostream& out) {
    out << "class     IoU    Dice  pixels of truth\n";
    for (const training::ClassScore& score : evaluation.matrix.scores()) {
        out << formatted("%5d  %.4f  %.4f  %lld\n", score.value, score.iou, score.dice,
                         static_cast<long long>(score.truthPixels));
    }
    out << formatted(" mean  %.4f  %.4f  over %zu images\n", evaluation.matrix.meanIou(),
                     evaluation.matrix.meanDice(), evaluation.images);
}

void printMeasures(const Evaluation& evaluation, std::ostream& out) {
    const std::vector<training::ClassScore> scores = evaluation.matrix.scores();
    out << "\nclass       S       E       F     MAE     BER  boundary F  images\n";
    for (size_t i = 0; i < scores.size(); ++i) {
        const training::ClassMeasures& measures = evaluation.measures[i];
        out << formatted("%5d  %.4f  %.4f  %.4f  %.4f  %.4f      %.4f  %d\n", measures.value,
                         measures.structure, measures.alignment, measures.fMeasure,
                         measures.meanAbsoluteError, scores[i].balancedError, measures.boundaryF,
                         measures.images);
    }
}

}  // namespace

Result<void> evaluate(const EvaluateOptions& options, std::ostream& out) {
    const auto predictions = imagesNamed({options.predictions});
    if (!predictions) return failure(predictions.error());
    const auto pairs = pairsWithLabels(*predictions, options.truth);
    if (!pairs) return failure(pairs.error());

    std::optional<uint8_t> ignored;
    if (options.ignoredTruth) ignored = static_cast<uint8_t>(*options.ignoredTruth);
    const auto masks = static_cast<size_t>(std::ranges::count_if(*predictions, isMask));
    if (masks > pairs->size()) {
        logWarning(formatted("%zu of %zu predictions have no truth in %s and do not count",
                             masks - pairs->size(), masks, utf8(options.truth).c_str()));
    }
    Evaluation evaluation;
    evaluation.images = pairs->size();
    training::ClassMeasuresCollector collector;
    for (const ImagePair& pair : *pairs) {
        const auto prediction = readIndexMask(pair.image.file);
        if (!prediction) return failure(prediction.error());
        const auto truth = readIndexMask(pair.labels);
        if (!truth) return failure(truth.error());
        if (prediction->size != truth->size) {
            return failure(ErrorCode::LabelsSizeMismatch,
                           {utf8(pair.labels), toText(truth->size), toText(prediction->size)});
        }
        evaluation.matrix.add(*prediction, *truth, ignored);
        if (options.allMetrics) collector.add(*prediction, *truth, ignored);
    }
    evaluation.measures = collector.means();
    if (options.json) {
        out << toJson(evaluation).dump(2) << '\n';
        return {};
    }
    printTable(evaluation, out);
    if (options.allMetrics) printMeasures(evaluation, out);
    return {};
}

}  // namespace finebrush
