#include "core/session/engine/adapt_request.h"

#include "core/base/files.h"
#include "core/image/display/displayed_input.h"
#include "core/image/raster/raster_window.h"
#include "core/image/raster/raw_samples.h"
#include "core/image/raster/readable_raster.h"
#include "core/labels/cell_labels.h"
#include "core/messages/codec.h"
#include "core/project/input_limits.h"
#include "core/session/engine/adapter_reader.h"
#include "core/session/engine/cell_predictions.h"
#include "core/session/images/image_jobs.h"

#include <algorithm>
#include <array>
#include <utility>

namespace finebrush {

namespace {

/// NoStrokes or OneClassOnly where the labels cannot be learned from.
Result<void> requireTwoClasses(const AdaptInput& input) {
    std::array<int64_t, 256> counts{};
    for (const AdaptInput::Source& source : input.labelled) {
        const std::array<int64_t, 256> inImage = source.labels.histogram();
        for (size_t value = 0; value < kUnlabelled; ++value) counts[value] += inImage[value];
    }
    std::vector<std::string> painted;
    for (const LabelClass& entry : input.classes.classes()) {
        if (counts[entry.value] > 0) painted.push_back(entry.name);
    }
    if (painted.empty()) return failure(ErrorCode::NoStrokes);
    if (painted.size() == 1) return failure(ErrorCode::OneClassOnly, {painted.front()});
    return {};
}

/// Opens an image that is to be learned from. Errors: as `openImage` and `requireBands`.
Result<OpenedImage> openSource(const AdaptInput& input, const ImageRecord& record) {
    Result<OpenedImage> image = openImage(record, input.memory);
    const Result<InputRange> range = inputRangeOf(input.settings.inputRange);
    if (!image || !range) return image;
    const Result<void> fits = requireBands(*range, image->pixels.bands, toText(record.address()));
    return fits ? std::move(image) : failure(fits.error());
}

/// The files to go on from, where that is asked for. Errors: as `readAdapterFiles`.
Result<std::optional<messages::AdapterFiles>> startOf(const messages::AdaptationSettings& settings) {
    if (!settings.start) return std::nullopt;
    Result<messages::AdapterFiles> files = readAdapterFiles(pathFromUtf8(*settings.start));
    if (!files) return failure(files.error());
    return std::move(*files);
}

/// A large image that is learned from.
struct LargeSource {
    const AdaptInput::Source* source;
    OpenedImage image;
    PaintedTiles painted;
};

/// The level at which all large images are learned from: fine enough for none to have too many cells.
int commonLevel(const std::vector<LargeSource>& sources) {
    int level = 0;
    for (const LargeSource& large : sources) {
        level = std::max(level, levelForPainting(large.painted, large.image.raster->overviewLevel()));
    }
    return level;
}

void addCells(const LargeSource& large, int level, const messages::AdaptationSettings& settings,
              messages::Adapt& adapt, std::vector<Error>& problems, const std::stop_token& stop) {
    const ImageId& id = large.source->record.id;
    const Result<std::vector<ValueRange>> limits = limitsForModel(
        *large.image.raster, rangeOf(settings), [](const char*, double) {}, stop);
    if (!limits) {
        problems.push_back(limits.error());
        return;
    }
    for (const CellAddress& cell : paintedCells(large.painted, level)) {
        if (stop.stop_requested()) return;
        const LargeRaster& raster = *large.image.raster;
        Result<PixelBuffer> pixels =
            windowForModel(raster, level, cellRect(raster.size(), cell),
                           mappingForModel(settings, shownNow(large.image)), *limits);
        if (pixels) {
            adapt.images.push_back(
                {cellId(id, cell), std::move(*pixels), labelsOfCell(large.source->labels, cell)});
        } else {
            problems.push_back(pixels.error());
        }
    }
}

/// What is predicted while the network learns; of a large image the cell in the middle of the screen.
std::optional<messages::LabelledImage> previewOf(const AdaptInput& input, int level,
                                                 const TaughtDisplay& taught) {
    const OpenedImage& image = *input.preview;
    const std::optional<DisplayMapping> shownAs = mappingForModel(input.settings, input.previewShown, taught);
    if (!image.isLarge()) return messages::LabelledImage{image.id, pixelsForModel(image.pixels, shownAs), {}};
    if (!image.raster->canRead(level)) return std::nullopt;
    const CellAddress cell = CellPredictions::middleCell(image.pixels.size, level, input.seen);
    const Result<PixelBuffer> overview = image.raster->readOverview();
    if (!overview) return std::nullopt;
    Result<PixelBuffer> pixels = windowForModel(*image.raster, level, cellRect(image.pixels.size, cell),
                                                shownAs, limitsForModel(input.settings, *overview));
    if (!pixels) return std::nullopt;
    return messages::LabelledImage{cellId(image.id, cell), std::move(*pixels), {}};
}

size_t bytesOf(const messages::LabelledImage& image) {
    return bytesOf(image.pixels) + image.labels.values.size();
}

size_t bytesOf(const messages::Adapt& adapt) {
    size_t bytes = adapt.preview ? bytesOf(*adapt.preview) : 0;
    if (adapt.start) {
        for (const auto& [name, content] : *adapt.start) bytes += content.size();
    }
    for (const messages::LabelledImage& image : adapt.images) bytes += bytesOf(image);
    return bytes;
}

}  // namespace

InputRange rangeOf(const messages::AdaptationSettings& settings) {
    return inputRangeOf(settings.inputRange).value_or(InputRange());
}

bool isDisplayed(const messages::AdaptationSettings& settings) {
    return rangeOf(settings).kind == InputRange::Kind::Displayed;
}

ShownImage shownNow(const OpenedImage& image) {
    return {image.display, image.display != image.usualDisplay, image.pixels.type, image.pixels.bands};
}

std::optional<DisplayMapping> mappingForModel(const messages::AdaptationSettings& settings,
                                              const ShownImage& shown, const TaughtDisplay& taught) {
    if (!isDisplayed(settings)) return std::nullopt;
    return shown.isChosen ? shown.display
                          : taught.mappingFor(shown.type, shown.bands).value_or(shown.display);
}

std::vector<ValueRange> limitsForModel(const messages::AdaptationSettings& settings,
                                       const PixelBuffer& overview) {
    return measuredLimits(overview, rangeOf(settings));
}

PixelBuffer pixelsForModel(const PixelBuffer& pixels, const std::optional<DisplayMapping>& shownAs) {
    return shownAs ? toDisplayedInput(pixels, *shownAs) : pixels;
}

std::vector<messages::ClassInfo> toClassInfo(const ClassTable& classes) {
    std::vector<messages::ClassInfo> info;
    for (const LabelClass& entry : classes.classes()) {
        info.push_back({entry.id, entry.name, toHex(entry.colour), entry.value});
    }
    return info;
}

Result<AdaptRequest> makeAdaptRequest(const AdaptInput& input, const std::stop_token& stop) {
    if (Result<void> classes = requireTwoClasses(input); !classes) return failure(classes.error());
    Result<std::optional<messages::AdapterFiles>> start = startOf(input.settings);
    if (!start) return failure(start.error());
    AdaptRequest request;
    request.classes = toClassInfo(input.classes);
    messages::Adapt adapt{input.settings,    request.classes, {}, std::nullopt, utf8(input.checkpoint),
                          std::move(*start), input.requestId};
    std::vector<LargeSource> large;
    std::vector<ShownImage> shown;
    for (const AdaptInput::Source& source : input.labelled) {
        if (stop.stop_requested()) break;
        Result<OpenedImage> image = openSource(input, source.record);
        if (image && image->isLarge()) {
            large.push_back({&source, std::move(*image), paintedTiles(source.labels)});
        } else if (image) {
            shown.push_back(shownNow(*image));
            if (const auto shownAs = mappingForModel(input.settings, shown.back()))
                image->pixels = toDisplayedInput(image->pixels, *shownAs);
            adapt.images.push_back({source.record.id, std::move(image->pixels), source.labels.toMask()});
        } else {
            request.problems.push_back(image.error());
        }
    }
    request.cellLevel = commonLevel(large);
    for (const LargeSource& one : large) {
        const Result<void> readable = makeReadable(
            *one.image.raster, request.cellLevel, [](const char*, double) {}, stop);
        if (stop.stop_requested()) break;
        if (!readable) {
            request.problems.push_back(readable.error());
            continue;
        }
        shown.push_back(shownNow(one.image));
        addCells(one, request.cellLevel, input.settings, adapt, request.problems, stop);
    }
    if (stop.stop_requested()) return request;
    if (adapt.images.empty() && !request.problems.empty()) return failure(request.problems.front());
    if (isDisplayed(input.settings)) request.taught = commonDisplay(shown);
    if (input.preview) adapt.preview = previewOf(input, request.cellLevel, request.taught);
    if (adapt.preview) request.previewId = adapt.preview->imageId;
    if (const size_t bytes = bytesOf(adapt); bytes > messages::kMostArrayBytes) {
        return failure(ErrorCode::RequestTooLarge,
                       {std::to_string(bytes >> 20), std::to_string(messages::kMostArrayBytes >> 20)});
    }
    request.frame = messages::encode(messages::ToEngine(std::move(adapt)));
    return request;
}

}  // namespace finebrush
