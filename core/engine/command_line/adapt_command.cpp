#include "core/engine/command_line/adapt_command.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/engine/adapter_folder.h"
#include "core/engine/command_line/interruption.h"
#include "core/engine/command_line/progress_line.h"
#include "core/engine/devices.h"
#include "core/engine/image_set.h"
#include "core/engine/labelled_images.h"
#include "core/engine/model_catalog.h"
#include "core/engine/training_saver.h"
#include "core/exporters/class_list.h"
#include "core/peft/files/stored_adapter.h"
#include "core/project/taught_display.h"
#include "core/training/adaptation.h"
#include "core/training/checkpoint/request_fingerprint.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <optional>
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
    nlohmann::ordered_json json = {{"step", metrics.step},
                                   {"total_steps", metrics.totalSteps},
                                   {"loss", metrics.loss},
                                   {"painted_loss", metrics.paintedLoss},
                                   {"unpainted_loss", metrics.unpaintedLoss},
                                   {"balance_loss", metrics.balanceLoss},
                                   {"learning_rate", metrics.learningRate},
                                   {"seconds", metrics.seconds},
                                   {"expert_usage", std::move(usage)}};
    if (metrics.validationScore) json["validation_iou"] = *metrics.validationScore;
    return json;
}

/// Shows progress, writes the events file and saves the training.
class CommandLineSink : public training::TrainingSink {
  public:
    CommandLineSink(const std::filesystem::path& events, TrainingSaver& saver) : saver_(&saver) {
        if (!events.empty()) events_.open(events);
    }
    bool isWritable() const { return events_.good(); }

    void progressed(messages::Stage stage, double fraction) override {
        line_.show(stageName(stage), fraction);
    }
    /// Ctrl+C ends the training, and what was learned is written.
    bool shouldStop() override { return Interruption::isWanted(); }
    void stepDone(const messages::StepMetrics& metrics) override {
        if (events_.is_open()) events_ << toJson(metrics).dump() << std::endl;
    }
    void modelUpdated(SegmentationModel&, int) override {}
    bool wantsState() override { return saver_ && saver_->isDue(); }
    void stateReached(const training::TrainingState& state) override {
        if (const auto saved = saver_->save(state); !saved) {
            logWarning(describe(saved.error()));
            saver_ = nullptr;
        }
    }
    /// False where not all events could be written.
    bool finish() {
        line_.finish();
        return events_.good();
    }

  private:
    std::ofstream events_;
    ProgressLine line_;
    TrainingSaver* saver_;  ///< null once it has failed
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

/// What to go on from, where that is asked for.
Result<std::optional<training::StartAdapter>> startOf(const AdaptOptions& options) {
    if (options.start.empty()) return std::nullopt;
    std::error_code isNoFolder;
    if (std::filesystem::equivalent(options.start, options.out, isNoFolder)) {
        return failure(ErrorCode::OptionInvalid, {"--start", utf8(options.start),
                                                  "the new adapter would be written over it; choose another "
                                                  "folder for --out"});
    }
    auto files = readAdapterFolder(options.start);
    if (!files) return failure(files.error());
    return training::StartAdapter{std::move(*files), utf8(options.start)};
}

/// In what a whole adapter in a folder differs from one of this request; empty where it is of this request,
/// and nothing where no adapter is there.
std::optional<std::string> differenceOfAdapterIn(const std::filesystem::path& folder,
                                                 const training::RequestFingerprint& request) {
    const auto files = readAdapterFolder(folder);
    if (!files || !peft::readStoredAdapter(*files, utf8(folder))) return std::nullopt;
    training::RequestFingerprint asked = request, former = requestOf(*files);
    if (former.empty()) return "it does not tell its own";
    // These decide the bits alone, not what was asked for.
    for (const char* part : {"threads", "device", "version of Finebrush"}) {
        asked.erase(part);
        former.erase(part);
    }
    return training::differingPart(asked, former);
}

/// What to go on from; empty where there is nothing.
Result<std::optional<training::TrainingState>> formerTraining(const TrainingSaver& saver, bool resume,
                                                              std::ostream& out) {
    if (!resume) return std::nullopt;
    auto former = saver.load();
    if (!former) return former;
    if (*former) {
        out << formatted("going on from step %d\n", (*former)->step());
    } else {
        out << "no training was interrupted here; it begins anew\n";
    }
    return former;
}

void printSummary(const training::TrainedModel& trained, size_t images, const AdaptOptions& options,
                  std::ostream& out) {
    const messages::Adapted& report = trained.report;
    const std::string judges = trained.validationImages > 0
                                   ? formatted("%d validation images", trained.validationImages)
                                   : "held-out strokes";
    if (trained.whollyPainted > 0 && trained.mostSteps > 0) {
        out << formatted("wholly labelled images to train on: %d; steps at most: %d\n", trained.whollyPainted,
                         trained.mostSteps);
    }
    if (report.stopped) out << "stopped before its end; what was learned is kept\n";
    out << formatted("%zu images, %d steps, %.0f s, %lld trainable parameters\n", images, report.steps,
                     report.seconds, static_cast<long long>(report.trainableParameters));
    out << formatted("mean IoU on %s: preview %.3f, adapted %.3f; kept: %s\n", judges.c_str(),
                     report.previewScore, report.adaptedScore, report.chosen.c_str());
    if (trained.bestStep > 0) out << formatted("best validation after step %d\n", trained.bestStep);
    out << "adapter: " << utf8(options.out) << '\n';
}

}  // namespace

std::filesystem::path checkpointIn(const std::filesystem::path& adapterFolder) {
    return adapterFolder / "training_checkpoint.safetensors";
}

Result<void> adaptFromFiles(const AdaptOptions& options, std::ostream& out) {
    const auto files = imagesNamed(options.images);
    if (!files) return failure(files.error());
    const auto pairs = pairsWithLabels(*files, options.labels);
    if (!pairs) return failure(pairs.error());
    const auto range = inputRangeOf(options.settings.inputRange);
    if (!range) return failure(range.error());
    if (pairs->size() < files->size()) {
        out << formatted("%zu of %zu images have labels; the others are not learned from\n", pairs->size(),
                         files->size());
    }
    ProgressLine reading;
    auto images = readLabelledImages(
        *pairs, *range, options.level, options.memory,
        [&](const char* what, double fraction) { reading.show(what, fraction); }, options.meaning);
    reading.finish();
    if (!images) return failure(images.error());
    auto classes = classesFor(options.classes, *images);
    if (!classes) return failure(classes.error());
    auto start = startOf(options);
    if (!start) return failure(start.error());
    const training::TrainingRequest request{options.settings, std::move(*classes), std::move(*images),
                                            options.training, std::move(*start)};
    if (const auto checked = training::checkRequest(request); !checked) {
        const auto isBlackAndWhite = [](const messages::LabelledImage& image) {
            return std::ranges::all_of(image.labels.values,
                                       [](uint8_t value) { return value == 0 || value == kUnlabelled; });
        };
        if (std::ranges::all_of(request.images, isBlackAndWhite)) {
            logWarning(
                "255 in a label file means unlabelled: of masks of black and white, --black-and-white makes "
                "white "
                "class 1");
        }
        return checked;
    }

    // Problems with what is written last are told before the long part begins.
    if (const auto made = makeFolder(options.out); !made) return made;
    const std::filesystem::path checkpoint = checkpointIn(options.out);
    if (!options.resume && std::filesystem::exists(checkpoint)) {
        return failure(ErrorCode::TrainingUnfinished, {utf8(checkpoint)});
    }
    useThreads(options.settings.threads);
    const auto device = deviceNamed(options.settings.device);
    if (!device) return failure(device.error());
    auto base = loadBaseNetwork(options.model, *device);
    if (!base) return failure(base.error());
    if (const auto taken = takePixelsAs(*base, options.normalisation); !taken) return taken;

    training::RequestFingerprint fingerprint = training::fingerprintOf(request, *base);
    if (!options.normalisation.empty()) fingerprint["normalisation"] = options.normalisation;
    if (options.resume && !std::filesystem::exists(checkpoint)) {
        const auto difference = differenceOfAdapterIn(options.out, fingerprint);
        if (difference && difference->empty()) {
            out << "this training came to its end already: " << utf8(options.out) << '\n';
            return {};
        }
        if (difference)
            out << formatted("the adapter here is of another request (%s)\n", difference->c_str());
    }
    const std::chrono::duration<double> interval(options.saveEverySeconds);
    TrainingSaver saver(checkpoint, fingerprint,
                        std::chrono::duration_cast<TrainingSaver::Clock::duration>(interval));
    const auto former = formerTraining(saver, options.resume, out);
    if (!former) return failure(former.error());
    const Interruption interruption;
    CommandLineSink sink(options.events, saver);
    if (!sink.isWritable()) return failure(ErrorCode::FileNotWritable, {utf8(options.events)});
    auto trained = training::adapt(request, *base, sink, {}, *former ? &**former : nullptr);
    const bool hasAllEvents = sink.finish();
    if (!trained) return failure(trained.error());
    noteLevel(trained->report.adapter, request.images);
    if (range->kind == InputRange::Kind::Displayed)
        noteTaughtDisplay(trained->report.adapter, {.kind = TaughtDisplay::Kind::Usual});
    noteRequest(trained->report.adapter, fingerprint);
    if (const auto written = writeAdapterFolder(options.out, trained->report.adapter); !written) {
        return written;
    }
    removeCheckpoint(checkpoint);
    printSummary(*trained, request.images.size(), options, out);
    if (!hasAllEvents) return failure(ErrorCode::FileNotWritable, {utf8(options.events)});
    return {};
}

}  // namespace finebrush
