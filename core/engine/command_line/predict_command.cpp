#include "core/engine/command_line/predict_command.h"

#include "core/base/files.h"
#include "core/engine/adapter_folder.h"
#include "core/engine/command_line/progress_line.h"
#include "core/engine/devices.h"
#include "core/engine/image_set.h"
#include "core/engine/model_catalog.h"
#include "core/exporters/mask_exporter.h"
#include "core/exporters/overlay_exporter.h"
#include "core/image/image_reader.h"
#include "core/image/png_writer.h"
#include "core/inference/model_file.h"

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
    ProgressLine line;
    SilentMonitor monitor;
    for (size_t i = 0; i < images->size(); ++i) {
        line.show("predicting", double(i) / double(images->size()));
        auto image = readImage((*images)[i], kMostModelBytes);
        if (!image) return failure(image.error());
        prepareFor((*model)->inputRange(), *image);
        const ClassPrediction prediction =
            (*model)->predict(image->pixels, options.quick ? Care::Quick : Care::Thorough, monitor);
        const auto written = writePrediction(options, stems[i], inputs, *image, prediction, classes);
        if (!written) return written;
    }
    line.show("predicting", 1);
    line.finish();
    out << images->size() << " masks: " << utf8(options.out) << '\n';
    return {};
}

}  // namespace finebrush
