#pragma once

#include "core/base/files.h"
#include "core/base/uuid.h"
#include "core/project/project.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

namespace finebrush::testing {

inline ImageRecord makeRecord(PixelSize size, const std::filesystem::path& path = "/nowhere/image.png") {
    ImageRecord record;
    record.id = randomUuid();
    record.path = path;
    record.fingerprint = {12345, std::string(64, 'a')};
    record.size = size;
    record.thumbnail = Thumbnail{{2, 1}, {1, 2, 3, 4, 5, 6}};
    return record;
}

inline ClassTable makeClasses(const std::vector<std::string>& names) {
    ClassTable table;
    for (const std::string& name : names) table.insert(table.size(), table.makeNext(name));
    return table;
}

inline messages::Prediction makePrediction(const ImageId& id, PixelSize size, uint8_t value,
                                           bool isFinal = true) {
    messages::Prediction prediction;
    prediction.imageId = id;
    prediction.step = 7;
    prediction.isFinal = isFinal;
    prediction.mask = {size, std::vector<uint8_t>(static_cast<size_t>(size.area()), value)};
    prediction.confidence.assign(static_cast<size_t>(size.area()), 200);
    return prediction;
}

/// The same each time.
inline AdaptationRun makeRun() {
    static const std::string kClass = randomUuid();
    AdaptationRun run;
    run.settings.rank = 3;
    run.classes = {{kClass, "background", "#56b4e9", 0}};
    messages::StepMetrics step;
    step.step = 1;
    step.loss = 0.5;
    step.usage = {{"layers.1.blocks.0", {0.25F, 0.75F}}};
    run.metrics = {step, step};
    run.metrics.back().step = 2;
    run.outcome.steps = 2;
    run.outcome.chosen = "adapted";
    run.outcome.previewScore = 0.25;
    run.finishedAt = 1785000000;
    run.outcome.adapter = {{"adapter_config.json", {'{', '}'}},
                           {"adapter_model.safetensors", {1, 2, 3, 0, 255}}};
    return run;
}

/// Does something random that a person could do to a project with at least one image and one class.
inline void doSomething(Project& project, std::mt19937& random) {
    std::vector<const ProjectImage*> images;
    for (const ProjectImage& image : project.images()) {
        if (!image.record.removed) images.push_back(&image);
    }
    const auto& classes = project.classes().classes();
    const uint32_t action = random() % 20;
    if (images.empty() || action == 0) {
        project.addClass("class " + std::to_string(random() % 100));
    } else if (classes.size() > 1 && action == 1) {
        project.removeClass(classes[random() % classes.size()].id);
    } else if (!classes.empty() && action == 2) {
        LabelClass entry = classes[random() % classes.size()];
        entry.name += "'";
        entry.key = static_cast<char>('0' + entry.name.size() % 10);
        project.updateClass(entry);
    } else if (images.size() > 1 && action == 3) {
        project.removeImage(images[random() % images.size()]->record.id);
    } else {
        const ProjectImage& image = *images[random() % images.size()];
        const auto somewhere = [&]() -> PointInImage {
            return {static_cast<double>(random() % static_cast<uint32_t>(image.record.size.width)),
                    static_cast<double>(random() % static_cast<uint32_t>(image.record.size.height))};
        };
        const uint8_t value =
            classes.empty() || action == 4 ? kUnlabelled : classes[random() % classes.size()].value;
        project.beginStroke(image.record.id, value, 1 + random() % 60, somewhere());
        project.extendStroke(somewhere(), 1 + random() % 60);
        project.finishPainting();
    }
}

/// What a person sees of a project: compares two states of it.
struct ProjectView {
    ClassTable classes;
    std::vector<ImageId> images;
    std::vector<LabelMap> labels;
    std::vector<LabelCounts> counts;
    std::vector<ReviewState> reviews;
    bool operator==(const ProjectView&) const = default;
};

inline ProjectView viewOf(const Project& project) {
    ProjectView view{project.classes(), {}, {}, {}, {}};
    for (const ProjectImage& image : project.images()) {
        if (image.record.removed) continue;
        view.images.push_back(image.record.id);
        view.labels.push_back(image.labels);
        view.counts.push_back(image.counts);
        view.reviews.push_back(image.record.review);
    }
    return view;
}

}  // namespace finebrush::testing
