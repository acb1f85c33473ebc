// What the engine made of a project, and labels that are laid over those of its images.

#include "core/project/project.h"

#include <map>
#include <memory>
#include <utility>

namespace finebrush {

std::vector<ImageId> Project::recordRun(AdaptationRun run) {
    std::vector<ImageId> outdated;
    for (const auto& [id, prediction] : contents_.predictions) {
        if (prediction->isFinal) outdated.push_back(id);
    }
    for (const ImageId& id : outdated) contents_.predictions.erase(id);
    contents_.lastRun = std::move(run);
    record({RunWrite{std::make_shared<const AdaptationRun>(*contents_.lastRun)}});
    return outdated;
}

PredictionPtr Project::prediction(const ImageId& id) const {
    const auto found = contents_.predictions.find(id);
    return found == contents_.predictions.end() ? nullptr : found->second;
}

void Project::setPrediction(messages::Prediction prediction) {
    const auto shared = std::make_shared<const messages::Prediction>(std::move(prediction));
    contents_.predictions[shared->imageId] = shared;
    if (shared->isFinal) record({PredictionWrite{shared}});
}

ProjectEffect Project::acceptPrediction(const ImageId& id, bool alsoOverPainted) {
    const ProjectImage* known = image(id);
    const PredictionPtr newest = prediction(id);
    if (!known || !newest || newest->mask.size != known->labels.size()) return {};
    return acceptPrediction(id, LabelMap::fromMask(newest->mask), alsoOverPainted);
}

ProjectEffect Project::acceptPrediction(const ImageId& id, const LabelMap& predicted, bool alsoOverPainted) {
    return layOver(id, predicted, alsoOverPainted ? MergeOver::Everything : MergeOver::Unlabelled);
}

ProjectEffect Project::layOver(const ImageId& id, const LabelMap& labels, MergeOver over) {
    return layOver({{id, labels}}, over);
}

ProjectEffect Project::layOver(const std::vector<std::pair<ImageId, LabelMap>>& labels, MergeOver over,
                               const std::vector<LabelClass>& added) {
    Edit edit;
    ClassTable table = classes();
    for (const LabelClass& entry : added) {
        edit.classChanges.push_back({table.size(), std::nullopt, entry});
        table.insert(table.size(), entry);
    }
    std::map<ImageId, LabelMap> after;  // two files may label one image
    for (const auto& [id, laid] : labels) {
        const ProjectImage* known = image(id);
        if (!known || laid.size() != known->labels.size()) continue;
        const LabelMap& before = after.contains(id) ? after.at(id) : known->labels;
        after[id] = merged(before, laid, table, over);
    }
    for (const auto& [id, result] : after) {
        LabelPatch patch = LabelPatch::between(image(id)->labels, result, RectInImage::ofSize(result.size()));
        if (!patch.isEmpty()) edit.labelChanges.push_back({id, std::move(patch)});
    }
    if (edit.classChanges.empty() && edit.labelChanges.empty()) return {};
    return perform(std::move(edit));
}

}  // namespace finebrush
