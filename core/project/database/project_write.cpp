#include "core/project/database/project_write.h"

namespace finebrush {

TilesWrite allTiles(const ImageId& image, const LabelMap& labels) {
    TilesWrite tiles{image, labels, {}};
    for (int row = 0; row < labels.tileRows(); ++row) {
        for (int column = 0; column < labels.tileColumns(); ++column) tiles.places.push_back({column, row});
    }
    return tiles;
}

ProjectWrites allOf(const ProjectContents& contents) {
    ProjectWrites writes = {ClassesWrite{contents.classes}};
    for (const ProjectImage& image : contents.images) {
        writes.emplace_back(ImageWrite{image.record});
        if (image.labelledPixels() > 0) writes.emplace_back(allTiles(image.record.id, image.labels));
    }
    for (size_t i = 0; i < contents.history.edits().size(); ++i) {
        const auto number = static_cast<int64_t>(i) + 1;
        writes.emplace_back(EditWrite{number, contents.history.edits()[i]});
        if (i >= contents.history.done()) writes.emplace_back(EditUndoneWrite{number, true});
    }
    for (const RunRecord& earlier : contents.earlierRuns)
        writes.emplace_back(RunWrite{earlier.number, std::make_shared<AdaptationRun>(earlier.run)});
    if (contents.lastRun) {
        const auto run = std::make_shared<AdaptationRun>(*contents.lastRun);
        writes.emplace_back(RunWrite{contents.lastRunNumber, run});
    }
    for (const auto& [id, prediction] : contents.predictions) {
        if (prediction->isFinal()) writes.emplace_back(PredictionWrite{prediction});
    }
    for (const auto& [id, predicted] : contents.predictedCells) {
        for (const CellAddress& cell : predicted.cells)
            writes.emplace_back(
                PredictedCellWrite{{id, cell}, packCell(predicted.labels, cell), predicted.seenAs});
    }
    for (const auto& [key, value] : contents.settings) writes.emplace_back(SettingWrite{key, value});
    return writes;
}

}  // namespace finebrush
