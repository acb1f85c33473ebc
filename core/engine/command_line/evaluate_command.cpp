#include "core/engine/command_line/evaluate_command.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/engine/image_set.h"
#include "core/image/raster_reader.h"
#include "core/training/confusion_matrix.h"

#include <nlohmann/json.hpp>

namespace finebrush {

namespace {

std::string sizeText(PixelSize size) {
    return formatted("%d × %d", size.width, size.height);
}

nlohmann::ordered_json toJson(const training::ConfusionMatrix& matrix, size_t images) {
    nlohmann::ordered_json classes = nlohmann::ordered_json::array();
    for (const training::ClassScore& score : matrix.scores()) {
        classes.push_back({{"class", score.value},
                           {"iou", score.iou},
                           {"dice", score.dice},
                           {"truth_pixels", score.truthPixels}});
    }
    return {{"images", images},
            {"classes", std::move(classes)},
            {"mean_iou", matrix.meanIou()},
            {"mean_dice", matrix.meanDice()},
            {"pixel_accuracy", matrix.pixelAccuracy()}};
}

void printTable(const training::ConfusionMatrix& matrix, size_t images, std::ostream& out) {
    out << "class     IoU    Dice  pixels of truth\n";
    for (const training::ClassScore& score : matrix.scores()) {
        out << formatted("%5d  %.4f  %.4f  %lld\n", score.value, score.iou, score.dice,
                         static_cast<long long>(score.truthPixels));
    }
    out << formatted(" mean  %.4f  %.4f  over %zu images\n", matrix.meanIou(), matrix.meanDice(), images);
}

}  // namespace

Result<void> evaluate(const EvaluateOptions& options, std::ostream& out) {
    const auto predictions = imagesNamed({options.predictions});
    if (!predictions) return failure(predictions.error());
    const auto pairs = pairsWithLabels(*predictions, options.truth);
    if (!pairs) return failure(pairs.error());

    std::optional<uint8_t> ignored;
    if (options.ignoredTruth) ignored = static_cast<uint8_t>(*options.ignoredTruth);
    training::ConfusionMatrix matrix;
    for (const ImagePair& pair : *pairs) {
        const auto prediction = readIndexMask(pair.image.file);
        if (!prediction) return failure(prediction.error());
        const auto truth = readIndexMask(pair.labels);
        if (!truth) return failure(truth.error());
        if (prediction->size != truth->size) {
            return failure(ErrorCode::LabelsSizeMismatch,
                           {utf8(pair.labels), sizeText(truth->size), sizeText(prediction->size)});
        }
        matrix.add(*prediction, *truth, ignored);
    }
    if (options.json) {
        out << toJson(matrix, pairs->size()).dump(2) << '\n';
    } else {
        printTable(matrix, pairs->size(), out);
    }
    return {};
}

}  // namespace finebrush
