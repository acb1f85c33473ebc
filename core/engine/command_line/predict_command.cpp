#include "core/engine/command_line/predict_command.h"

#include "core/base/files.h"
#include "core/engine/adapter_folder.h"
#include "core/engine/command_line/interruption.h"
#include "core/engine/command_line/progress_line.h"
#include "core/engine/devices.h"
#include "core/engine/image_set.h"
#include "core/engine/large_prediction.h"
#include "core/engine/model_catalog.h"
#include "core/exporters/mask_exporter.h"
#include "core/exporters/overlay_exporter.h"
#include "core/image/image_reader.h"
#include "core/image/png_writer.h"
#include "core/inference/model_file.h"

#include <algorithm>

namespace finebrush {

namespace {

constexpr double kOverlayOpacity = 0.45;

ClassTable classTableOf(const std::vector<messages::ClassInfo>& classes) {
    ClassTable table;
    for (const messages::ClassInfo& entry : classes) {
        const Colour colour = colourFromHex(entry.colour).value_or(defaultColour(entry.value));
        table.insert(table.size(), {entry.id, entry.name, colour, entry.value, true});
    }
    return table;
}

/// Writes what was asked for of one image.
Result<void> writePrediction(const PredictOptions& options, const std::string& stem, const InputFiles& inputs,
                             const ImageContent& image, const ClassPrediction& prediction,
                             const ClassTable& classes) {
    const auto mask = exportMask(options.out / pathFromUtf8(stem + ".png"), prediction.mask, classes, inputs);
    if (!mask) return mask;
    if (options.confidence) {
        const auto png = encodePng(prediction.mask.size, 1, prediction.confidence);
        if (!png) return failure(png.error());
        const auto written = writeFileAtomically(options.out / pathFromUtf8(stem + "_confidence.png"), *png);
        if (!written) return written;
    }
    if (!options.overlays) return {};
    const std::vector<uint8_t> rgb = toDisplayRgb(image.pixels, image.display);
    return exportOverlay(options.out / pathFromUtf8(overlayFileName(stem)), rgb, prediction.mask, classes,
                         kOverlayOpacity, inputs);
}

/// Shows how far all images are, and hears of an interruption.
class PredictionMonitor : public WorkMonitor {
  public:
    explicit PredictionMonitor(size_t images) : images_(images) {}

    void begin(size_t image) {
        image_ = image;
        show("predicting", 0);
    }
    void show(const char* what, double fraction) {
        line_.show(what, (double(image_) + fraction) / double(images_));
    }
    void progressed(messages::Stage, double fraction) override { show("predicting", fraction); }
    bool shouldStop() override { return Interruption::isWanted(); }
    void finish() { line_.finish(); }

  private:
    size_t images_;
    size_t image_ = 0;
    ProgressLine line_;
};

Result<void> predictImage(const PredictOptions& options, const ImageAddress& address, const std::string& stem,
                          const InputFiles& inputs, SegmentationModel& model, int taughtLevel,
                          const ClassTable& classes, PredictionMonitor& monitor) {
    const Care care = options.quick ? Care::Quick : Care::Thorough;
    const auto file = [&](const char* ending) { return options.out / pathFromUtf8(stem + ending); };
    if (const auto raster = LargeRaster::ofImage(address, options.memory)) {
        const LargePrediction files{file(".tif"), options.confidence ? file("_confidence.tif") : "",
                                    options.overlays ? options.out / pathFromUtf8(overlayFileName(stem)) : "",
                                    kOverlayOpacity};
        const Result<bool> done = predictLarge(
            model, *raster, options.level.value_or(std::min(taughtLevel, raster->overviewLevel())),
            options.windows, care, files, classes, inputs, monitor,
            [&](const char* what, double fraction) { monitor.show(what, fraction); });
        return done ? Result<void>() : failure(done.error());
    }
    auto image = readImage(address, kMostModelBytes);
    if (!image) return failure(image.error());
    prepareFor(model.inputRange(), *image);
    const ClassPrediction prediction = model.predict(image->pixels, care, monitor);
    if (monitor.shouldStop()) return {};
    return writePrediction(options, stem, inputs, *image, prediction, classes);
}

}  // namespace

Result<void> predictFiles(const PredictOptions& options, std::ostream& out) {
    const auto images = imagesNamed(options.images);
    if (!images) return failure(images.error());
    const auto adapter = readAdapterFolder(options.adapter);
    if (!adapter) return failure(adapter.error());
    const auto range = inputRangeOf(options.inputRange);
    if (!range) return failure(range.error());
    if (const auto made = makeFolder(options.out); !made) return made;
    useThreads(options.threads);
    const auto device = deviceNamed(options.device);
    if (!device) return failure(device.error());
    const auto base = loadBaseNetwork(options.model, *device);
    if (!base) return failure(base.error());
    const auto model = loadModel(*adapter, *base, utf8(options.adapter));
    if (!model) return failure(model.error());
    if (options.inputRange) (*model)->setInputRange(*range);

    const ClassTable classes = classTableOf((*model)->classes());
    const std::vector<std::string> stems = exportStems(*images);
    const InputFiles inputs = filesOf(*images);
    const Interruption interruption;
    PredictionMonitor monitor(images->size());
    for (size_t i = 0; i < images->size() && !monitor.shouldStop(); ++i) {
        monitor.begin(i);
        const Result<void> done = predictImage(options, (*images)[i], stems[i], inputs, **model,
                                               levelOf(*adapter), classes, monitor);
        if (!done) return done;
    }
    if (monitor.shouldStop()) {
        monitor.finish();
        Interruption::end();
    }
    monitor.begin(images->size());
    monitor.finish();
    out << images->size() << " masks: " << utf8(options.out) << '\n';
    return {};
}

}  // namespace finebrush
