#include "core/engine/command_line/adapt_command.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/engine/adapter_folder.h"
#include "core/engine/command_line/progress_line.h"
#include "core/engine/devices.h"
#include "core/engine/image_set.h"
#include "core/engine/model_catalog.h"
#include "core/exporters/class_list.h"
#include "core/image/image_reader.h"
#include "core/image/raster_reader.h"
#include "core/training/adaptation.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <set>

namespace finebrush {

namespace {

const char* stageName(messages::Stage stage) {
    switch (stage) {
        case messages::Stage::LoadingModel:
            return "loading the model";
        case messages::Stage::ReadingFeatures:
            return "reading features";
        case messages::Stage::FittingPreview:
            return "fitting preview";
        case messages::Stage::Training:
            return "training";
        case messages::Stage::Choosing:
            return "choosing";
        case messages::Stage::Predicting:
            return "predicting";
    }
    return "";
}

nlohmann::ordered_json toJson(const messages::StepMetrics& metrics) {
    nlohmann::ordered_json usage = nlohmann::ordered_json::object();
    for (const messages::ExpertUsage& layer : metrics.usage) usage[layer.layer] = layer.shares;
    return {{"step", metrics.step},
            {"total_steps", metrics.totalSteps},
            {"loss", metrics.loss},
            {"painted_loss", metrics.paintedLoss},
            {"unpainted_loss", metrics.unpaintedLoss},
            {"balance_loss", metrics.balanceLoss},
            {"learning_rate", metrics.learningRate},
            {"seconds", metrics.seconds},
            {"expert_usage", std::move(usage)}};
}

/// Shows progress and writes the events file.
class CommandLineSink : public training::TrainingSink {
  public:
    explicit CommandLineSink(const std::filesystem::path& events) {
        if (!events.empty()) events_.open(events);
    }
    bool isWritable() const { return events_.good(); }

    void progressed(messages::Stage stage, double fraction) override {
        line_.show(stageName(stage), fraction);
    }
    bool shouldStop() override { return false; }
    void stepDone(const messages::StepMetrics& metrics) override {
        if (events_.is_open()) events_ << toJson(metrics).dump() << std::endl;
    }
    void modelUpdated(SegmentationModel&, int) override {}
    void finish() { line_.finish(); }

  private:
    std::ofstream events_;
    ProgressLine line_;
};

/// A class identity that depends on nothing but the value, so that the same files give the same adapter.
ClassId stableId(uint8_t value) {
    return formatted("00000000-0000-4000-8000-%012d", value);
}

/// The classes of a file, or one for each value that is painted.
Result<std::vector<messages::ClassInfo>> classesFor(const std::filesystem::path& file,
                                                    const std::vector<messages::LabelledImage>& images) {
    std::vector<messages::ClassInfo> classes;
    if (!file.empty()) {
        const auto table = readClassList(file);
        if (!table) return failure(table.error());
        for (const LabelClass& entry : table->classes()) {
            classes.push_back({stableId(entry.value), entry.name, toHex(entry.colour), entry.value});
        }
        return classes;
    }
    std::set<uint8_t> values;
    for (const messages::LabelledImage& image : images) {
        values.insert(image.labels.values.begin(), image.labels.values.end());
    }
    values.erase(kUnlabelled);
    for (uint8_t value : values) {
        classes.push_back(
            {stableId(value), formatted("class %d", value), toHex(defaultColour(value)), value});
    }
    return classes;
}

Result<std::vector<messages::LabelledImage>> readLabelledImages(const std::vector<ImagePair>& pairs,
                                                                const InputRange& range) {
    std::vector<messages::LabelledImage> images;
    for (const ImagePair& pair : pairs) {
        auto image = readImage(pair.image);
        if (!image) return failure(image.error());
        prepareFor(range, *image);
        auto labels = readIndexMask(pair.labels);
        if (!labels) return failure(labels.error());
        if (labels->size != image->pixels.size) {
            const auto text = [](PixelSize size) { return formatted("%d × %d", size.width, size.height); };
            return failure(ErrorCode::LabelsSizeMismatch,
                           {utf8(pair.labels), text(labels->size), text(image->pixels.size)});
        }
        images.push_back({toText(pair.image), std::move(image->pixels), std::move(*labels)});
    }
    return images;
}

}  // namespace

Result<void> adaptFromFiles(const AdaptOptions& options, std::ostream& out) {
    const auto files = imagesNamed(options.images);
    if (!files) return failure(files.error());
    const auto pairs = pairsWithLabels(*files, options.labels);
    if (!pairs) return failure(pairs.error());
    const auto range = inputRangeOf(options.settings.inputRange);
    if (!range) return failure(range.error());
    auto images = readLabelledImages(*pairs, *range);
    if (!images) return failure(images.error());
    auto classes = classesFor(options.classes, *images);
    if (!classes) return failure(classes.error());
    const training::TrainingRequest request{options.settings, std::move(*classes), std::move(*images)};
    if (const auto checked = training::checkRequest(request); !checked) return checked;

    // Problems with what is written last are told before the long part begins.
    if (const auto made = makeFolder(options.out); !made) return made;
    CommandLineSink sink(options.events);
    if (!sink.isWritable()) return failure(ErrorCode::FileNotWritable, {utf8(options.events)});
    useThreads(options.settings.threads);
    const auto device = deviceNamed(options.settings.device);
    if (!device) return failure(device.error());
    const auto base = loadBaseNetwork(options.model, *device);
    if (!base) return failure(base.error());

    auto trained = training::adapt(request, *base, sink);
    sink.finish();
    if (!trained) return failure(trained.error());
    const messages::Adapted& report = trained->report;
    if (const auto written = writeAdapterFolder(options.out, report.adapter); !written) return written;
    out << formatted("%zu images, %d steps, %.0f s, %lld trainable parameters\n", request.images.size(),
                     report.steps, report.seconds, static_cast<long long>(report.trainableParameters));
    out << formatted("mean IoU on held-out strokes: preview %.3f, adapted %.3f; kept: %s\n",
                     report.previewScore, report.adaptedScore, report.chosen.c_str());
    out << "adapter: " << utf8(options.out) << '\n';
    return {};
}

}  // namespace finebrush
