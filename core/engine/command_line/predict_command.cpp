#include "core/engine/command_line/predict_command.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/engine/adapter_folder.h"
#include "core/engine/command_line/interruption.h"
#include "core/engine/command_line/progress_line.h"
#include "core/engine/devices.h"
#include "core/engine/image_set.h"
#include "core/engine/large_prediction.h"
#include "core/engine/model_catalog.h"
#include "core/exporters/mask_exporter.h"
#include "core/exporters/overlay_exporter.h"
#include "core/exporters/volume_exporter.h"
#include "core/image/image_reader.h"
#include "core/image/raster/png_writer.h"
#include "core/image/volume/volume_source.h"
#include "core/inference/model_file.h"

#include <algorithm>

namespace finebrush {

namespace {

constexpr double kOverlayOpacity = 0.45;
constexpr uint64_t kMostVolumeBytes = uint64_t{2} << 30;  // decoded; a network gets a slice of it at a time

ClassTable classTableOf(const std::vector<messages::ClassInfo>& classes) {
    ClassTable table;
    for (const messages::ClassInfo& entry : classes) {
        const Colour colour = colourFromHex(entry.colour).value_or(defaultColour(entry.value));
        table.insert(table.size(), {entry.id, entry.name, colour, entry.value, true});
    }
    return table;
}

/// Writes what was asked for of one picture beside its mask.
Result<void> writeMore(const PredictOptions& options, const std::string& stem, const InputFiles& inputs,
                       const ImageContent& image, const ClassPrediction& prediction,
                       const ClassTable& classes) {
    if (options.confidence) {
        const auto png = encodePng(prediction.mask.size, 1, prediction.confidence);
        if (!png) return failure(png.error());
        const auto written =
            writeFileAtomically(options.out / pathFromUtf8(stem + kConfidenceEnding + ".png"), *png);
        if (!written) return written;
    }
    if (!options.overlays) return {};
    const std::vector<uint8_t> rgb = toDisplayRgb(image.pixels, image.display);
    const auto written = exportOverlay(options.out / pathFromUtf8(overlayFileName(stem)), rgb,
                                       prediction.mask, classes, kOverlayOpacity, inputs);
    return written ? Result<void>() : failure(written.error());
}

/// Shows how far all images are, and hears of an interruption.
class PredictionMonitor : public WorkMonitor {
  public:
    explicit PredictionMonitor(size_t images) : images_(images) {}

    void begin(size_t image) {
        image_ = image;
        beginPart(0, 1);
    }
    /// The next `fraction` is of one part of so many of the image.
    void beginPart(int part, int parts) {
        part_ = part;
        parts_ = parts;
        show("predicting", 0);
    }
    void show(const char* what, double fraction) {
        line_.show(what, (double(image_) + (part_ + fraction) / parts_) / double(images_));
    }
    void progressed(messages::Stage, double fraction) override { show("predicting", fraction); }
    bool shouldStop() override { return Interruption::isWanted(); }
    void finish() { line_.finish(); }

  private:
    size_t images_;
    size_t image_ = 0;
    int part_ = 0;
    int parts_ = 1;
    ProgressLine line_;
};

/// What predicting takes, whichever image it is.
struct Predictor {
    const PredictOptions& options;
    SegmentationModel& model;
    int taughtLevel;  ///< of large images
    TaughtDisplay taught;
    ClassTable classes;
    InputFiles inputs;
    PredictionMonitor& monitor;

    Care care() const { return options.quick ? Care::Quick : Care::Thorough; }
    std::filesystem::path file(const std::string& name) const { return options.out / pathFromUtf8(name); }
};

/// Of an image that the network may see in another way than those that it was taught on.
void warnOfDisplay(const Predictor& predictor, PixelType type, int bands, const std::string& stem) {
    using Kind = TaughtDisplay::Kind;
    const TaughtDisplay& taught = predictor.taught;
    if (predictor.model.inputRange().kind != InputRange::Kind::Displayed || taught.kind == Kind::Usual)
        return;
    if (taught.kind == Kind::Unknown && type != PixelType::UInt8) {
        logWarning(stem +
                   ": the network sees it as it is shown at first; was it taught on images that were shown "
                   "in another way, say so with --input-range");
    } else if (taught.kind == Kind::Different) {
        logWarning(stem +
                   ": the network sees it as it is shown at first, and was taught on images that were shown "
                   "in several ways; one for all is given with --input-range");
    } else if (taught.kind == Kind::Alike && !taught.mappingFor(type, bands)) {
        logWarning(stem +
                   ": the network sees it as it is shown at first, since how those were shown that it was "
                   "taught on does not suit it; another way is given with --input-range");
    }
}

Result<void> predictRaster(const Predictor& predictor, LargeRaster& raster, const std::string& stem) {
    const PredictOptions& options = predictor.options;
    const PixelBuffer like = raster.emptyPixels();
    warnOfDisplay(predictor, like.type, like.bands, stem);
    const LargePrediction files{predictor.file(stem + ".tif"),
                                options.confidence ? predictor.file(stem + kConfidenceEnding + ".tif") : "",
                                options.overlays ? predictor.file(overlayFileName(stem)) : "",
                                kOverlayOpacity};
    const Result<bool> done = predictLarge(
        predictor.model, raster,
        options.level.value_or(std::min(predictor.taughtLevel, raster.overviewLevel())), options.windows,
        predictor.care(), files, predictor.classes, predictor.inputs, predictor.monitor,
        [&](const char* what, double fraction) { predictor.monitor.show(what, fraction); }, predictor.taught);
    return done ? Result<void>() : failure(done.error());
}

/// The prediction of a picture, or of a slice; an empty mask where it was interrupted.
Result<ClassPrediction> predictPicture(const Predictor& predictor, ImageContent image,
                                       const std::string& stem) {
    const auto fits = prepareFor(predictor.model.inputRange(), image, stem, predictor.taught);
    if (!fits) return failure(fits.error());
    ClassPrediction prediction = predictor.model.predict(image.pixels, predictor.care(), predictor.monitor);
    if (predictor.monitor.shouldStop()) return ClassPrediction();
    const Result<void> written =
        writeMore(predictor.options, stem, predictor.inputs, image, prediction, predictor.classes);
    if (!written) return failure(written.error());
    return prediction;
}

/// All slices of a volume in its usual view; a label volume for each frame.
Result<void> predictVolume(const Predictor& predictor, const VolumeSource& source, const std::string& stem) {
    const Result<Volume> volume = source.read(kMostVolumeBytes);
    if (!volume) return failure(volume.error());
    const VolumeInfo& info = volume->info;
    if (const auto remark = source.remark(info)) logWarning(describe(*remark));
    warnOfDisplay(predictor, info.type, info.bands, stem);
    const DisplayMapping display = displayMappingOf(*volume);
    const int count = sliceCount(info.grid, info.usualView);
    for (int frame = 0; frame < info.grid.frames; ++frame) {
        LabelVolume labels(info.grid, kUnlabelled);
        for (int index = 0; index < count; ++index) {
            predictor.monitor.beginPart(frame * count + index, info.grid.frames * count);
            const SliceAddress slice{info.usualView, index, frame};
            const auto prediction = predictPicture(predictor, sliceContent(*volume, display, slice),
                                                   stemOf(ImageAddress(source.file(), slice)));
            if (!prediction) return failure(prediction.error());
            if (prediction->mask.values.empty()) return {};
            labels.setSlice(slice, prediction->mask);
        }
        const std::string name = frame > 0 ? stem + formatted("_frame%03d", frame) : stem;
        const auto written = exportLabelVolume(predictor.file(labelVolumeFileName(name)), source.file(),
                                               labels, predictor.inputs);
        if (!written) return failure(written.error());
    }
    return {};
}

Result<void> predictImage(const Predictor& predictor, const ImageAddress& address, const std::string& stem) {
    if (const auto raster = LargeRaster::ofImage(address, predictor.options.memory)) {
        if (const auto remark = VolumeSource::whyNone(address.file)) logWarning(describe(*remark));
        return predictRaster(predictor, *raster, stem);
    }
    if (!address.slice) {
        const auto source = VolumeSource::of(address.file);
        if (!source) return failure(source.error());
        if (*source) {
            const auto info = (*source)->readInfo();
            if (!info) return failure(info.error());
            if (!info->isOnePicture()) return predictVolume(predictor, **source, stem);
        }
    }
    auto image = readImage(address, kMostModelBytes);
    if (!image) return failure(image.error());
    if (image->remark) logWarning(describe(*image->remark));
    warnOfDisplay(predictor, image->pixels.type, image->pixels.bands, stem);
    const auto prediction = predictPicture(predictor, std::move(*image), stem);
    if (!prediction) return failure(prediction.error());
    if (prediction->mask.values.empty()) return {};
    const auto written = exportMask(predictor.file(stem + ".png"), LabelMap::fromMask(prediction->mask),
                                    predictor.classes, predictor.inputs);
    return written ? Result<void>() : failure(written.error());
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

    const std::vector<std::string> stems = exportStems(*images);
    const Interruption interruption;
    PredictionMonitor monitor(images->size());
    const Predictor predictor{options,
                              **model,
                              levelOf(*adapter),
                              taughtDisplayOf(*adapter),
                              classTableOf((*model)->classes()),
                              filesOf(*images),
                              monitor};
    std::vector<Error> problems;
    for (size_t i = 0; i < images->size() && !monitor.shouldStop(); ++i) {
        monitor.begin(i);
        const Result<void> done = predictImage(predictor, (*images)[i], stems[i]);
        if (!done && images->size() == 1) return done;
        if (!done) problems.push_back(done.error());
    }
    if (monitor.shouldStop()) {
        monitor.finish();
        Interruption::end();
    }
    monitor.begin(images->size());
    monitor.finish();
    out << images->size() - problems.size() << " masks: " << utf8(options.out) << '\n';
    // One image that cannot be read costs no other its mask.
    for (size_t i = 1; i < problems.size(); ++i) logWarning(describe(problems[i]));
    return problems.empty() ? Result<void>() : failure(problems.front());
}

}  // namespace finebrush
