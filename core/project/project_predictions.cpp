// What the engine made of a project, and labels that are laid over those of its images.

#include "core/project/database/tile_row.h"
#include "core/project/project.h"

#include <map>
#include <memory>
#include <ranges>
#include <utility>

namespace finebrush {

int64_t totalBytes(const messages::AdapterFiles& files) {
    size_t bytes = 0;
    for (const auto& [name, content] : files) bytes += content.size();
    return static_cast<int64_t>(bytes);
}

AdaptationRun withoutBulk(AdaptationRun run) {
    run.metrics.clear();
    run.outcome.adapter.clear();
    return run;
}

std::vector<ImageId> Project::recordRun(AdaptationRun run) {
    std::vector<ImageId> outdated;
    for (const auto& [id, prediction] : contents_.predictions) {
        if (prediction->isFinal()) outdated.push_back(id);
    }
    for (const ImageId& id : outdated) contents_.predictions.erase(id);
    contents_.predictedCells.clear();
    if (contents_.lastRun) {
        const int64_t bytes = totalBytes(contents_.lastRun->outcome.adapter);
        contents_.earlierRuns.push_back(
            {contents_.lastRunNumber, bytes, withoutBulk(std::move(*contents_.lastRun))});
    }
    contents_.lastRun = std::move(run);
    record({RunWrite{++contents_.lastRunNumber, std::make_shared<const AdaptationRun>(*contents_.lastRun),
                     dropOldAdapters()}});
    return outdated;
}

std::vector<int64_t> Project::dropOldAdapters() {
    std::vector<int64_t> dropped;
    int64_t together = 0;
    for (RunRecord& earlier : std::views::reverse(contents_.earlierRuns)) {
        together += earlier.adapterBytes;
        if (earlier.adapterBytes == 0 || together <= kMostEarlierAdapterBytes) continue;
        earlier.adapterBytes = 0;
        dropped.push_back(earlier.number);
    }
    return dropped;
}

KeptPredictionPtr Project::prediction(const ImageId& id) const {
    const auto found = contents_.predictions.find(id);
    return found == contents_.predictions.end() ? nullptr : found->second;
}

void Project::setPrediction(messages::Prediction prediction, const std::optional<DisplayMapping>& seenAs) {
    const auto kept = std::make_shared<const KeptPrediction>(std::move(prediction), seenAs);
    contents_.predictions[kept->imageId()] = kept;
    if (kept->isFinal()) record({PredictionWrite{kept}});
}

const PredictedCells* Project::predictedCells(const ImageId& id) const {
    const auto found = contents_.predictedCells.find(id);
    return found == contents_.predictedCells.end() ? nullptr : &found->second;
}

void Project::setPredictedCell(const ImageCell& place, std::vector<PackedTile> tiles,
                               const std::optional<DisplayMapping>& seenAs) {
    const ProjectImage* known = image(place.image);
    if (!known) return;
    PredictedCells& kept = contents_.predictedCells[place.image];
    if (kept.labels.size() != known->record.size) kept = {LabelMap(known->record.size), {}, {}};
    for (const PackedTile& tile : tiles)
        kept.labels.setTileSource(tile.place.column, tile.place.row, packedSource(tile.labels));
    kept.cells.insert(place.cell);
    kept.seenAs = seenAs;
    record({PredictedCellWrite{place, std::move(tiles), seenAs}});
}

void Project::dropPredictedCells(const ImageId& id) {
    if (contents_.predictedCells.erase(id) > 0) record({PredictedCellsDropped{id}});
}

ProjectEffect Project::acceptPrediction(const ImageId& id, bool alsoOverPainted) {
    std::optional<EditPlan> plan = acceptancePlan(id, alsoOverPainted);
    return plan ? perform(std::move(*plan)) : ProjectEffect();
}

std::optional<EditPlan> Project::acceptancePlan(const ImageId& id, bool alsoOverPainted) const {
    const ProjectImage* known = image(id);
    const KeptPredictionPtr kept = prediction(id);
    if (!known || !kept || kept->size() != known->labels.size()) return std::nullopt;
    const PredictionPtr newest = kept->unpacked();
    if (!newest) return std::nullopt;
    const MergeOver over = alsoOverPainted ? MergeOver::Everything : MergeOver::Unlabelled;
    const std::shared_ptr<const IndexMask> mask(newest, &newest->mask);
    EditPlan plan{classes(), {}, {}};
    plan.labels.push_back({id, LabelRevision(known->labels, layingOver(mask, classes(), over))});
    return plan;
}

ProjectEffect Project::layOver(const std::vector<std::pair<ImageId, LabelMap>>& labels, MergeOver over,
                               const std::vector<LabelClass>& added) {
    std::vector<std::pair<ImageId, LaidLabels>> laid;
    for (const auto& [id, map] : labels) laid.push_back({id, {std::make_shared<const LabelMap>(map)}});
    return perform(layOverPlan(laid, over, added));
}

EditPlan Project::layOverPlan(const std::vector<std::pair<ImageId, LaidLabels>>& labels, MergeOver over,
                              const std::vector<LabelClass>& added) const {
    EditPlan plan{classes(), {}, {}};
    ClassTable table = classes();
    for (const LabelClass& entry : added) {
        plan.classChanges.push_back({table.size(), std::nullopt, entry});
        table.insert(table.size(), entry);
    }
    std::map<ImageId, std::vector<LaidLabels>> byImage;  // two files may label one image
    for (const auto& [id, laid] : labels) {
        const ProjectImage* known = image(id);
        if (known && laid.labels->size() == known->labels.size()) byImage[id].push_back(laid);
    }
    for (auto& [id, laid] : byImage) {
        plan.labels.push_back(
            {id, LabelRevision(image(id)->labels, layingOver(std::move(laid), table, over))});
    }
    return plan;
}

}  // namespace finebrush
