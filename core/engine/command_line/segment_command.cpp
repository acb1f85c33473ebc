#include "core/engine/command_line/segment_command.h"

#include "core/base/files.h"
#include "core/base/log.h"
#include "core/base/number_text.h"
#include "core/base/text.h"
#include "core/engine/adapter_folder.h"
#include "core/engine/devices.h"
#include "core/engine/image_set.h"
#include "core/engine/model_catalog.h"
#include "core/exporters/export_file.h"
#include "core/image/display/displayed_input.h"
#include "core/image/image_reader.h"
#include "core/image/raster/png_writer.h"
#include "core/image/raster/raster_reader.h"
#include "core/image/raster/sample_conversion.h"
#include "core/inference/prompt_segmenter.h"
#include "core/peft/prompt_adapter.h"

#include <algorithm>
#include <array>
#include <memory>
#include <span>

namespace finebrush {

namespace {

/// Numbers apart by commas; nothing where the text is anything else.
std::optional<std::vector<double>> numbersOf(std::string_view text) {
    std::vector<double> numbers;
    for (const std::string_view part : split(text, ',')) {
        const std::optional<double> number = numberFrom(part);
        if (!number) return std::nullopt;
        numbers.push_back(*number);
    }
    return numbers;
}

/// OptionInvalid where a point is not in the image.
Result<void> requireInside(const std::vector<messages::PromptPoint>& points, PixelSize size) {
    for (const messages::PromptPoint& point : points) {
        if (point.x >= 0 && point.y >= 0 && point.x <= size.width && point.y <= size.height) continue;
        return failure(ErrorCode::OptionInvalid,
                       {"--point", formatted("%g,%g", point.x, point.y),
                        formatted("the image has %d × %d pixels", size.width, size.height)});
    }
    return {};
}

/// The mask of an earlier round; none where the path is empty.
Result<std::optional<IndexMask>> readMask(const std::filesystem::path& file, PixelSize size) {
    if (file.empty()) return std::nullopt;
    auto mask = readIndices(file);
    if (!mask) return failure(mask.error());
    if (mask->size != size)
        return failure(ErrorCode::LabelsSizeMismatch, {utf8(file), toText(mask->size), toText(size)});
    fillHidden(mask->hidden, 0, mask->bytes);
    return IndexMask{mask->size, std::move(mask->bytes)};
}

/// Around what is not 0; none where all is 0.
std::optional<messages::PromptBox> boxAround(const IndexMask& mask) {
    RectInImage around;
    for (int y = 0; y < mask.size.height; ++y) {
        for (int x = 0; x < mask.size.width; ++x) {
            if (mask.at(x, y) != 0) around = around.united({x, y, 1, 1});
        }
    }
    if (around.isEmpty()) return std::nullopt;
    return messages::PromptBox{double(around.x), double(around.y), double(around.right()),
                               double(around.bottom())};
}

/// OptionInvalid where no encoder can look at pictures of that size.
Result<void> requireInputSize(int side) {
    constexpr int kMultiple = 16;
    if (side % kMultiple == 0) return {};
    return failure(ErrorCode::OptionInvalid,
                   {"--input-size", std::to_string(side), "it is a multiple of 16, or 0"});
}

/// The adapter of a folder at work in a network; null where no folder is given.
Result<std::unique_ptr<peft::AdaptedSam>> attached(const std::filesystem::path& folder,
                                                   const sam::Sam& network) {
    if (folder.empty()) return nullptr;
    const auto files = readAdapterFolder(folder);
    if (!files) return failure(files.error());
    return peft::adaptForPrompts(*files, network, utf8(folder));
}

Result<void> writeMask(const PromptedMask& mask, PixelSize size, const std::filesystem::path& file,
                       const InputFiles& inputs) {
    std::vector<uint8_t> grey(static_cast<size_t>(size.area()));
    for (int row = 0; row < mask.bounds.height; ++row) {
        const auto from = mask.mask.begin() + static_cast<std::ptrdiff_t>(row) * mask.bounds.width;
        std::copy_n(
            from, mask.bounds.width,
            grey.begin() + static_cast<std::ptrdiff_t>(mask.bounds.y + row) * size.width + mask.bounds.x);
    }
    const auto png = encodePng(size, 1, grey);
    if (!png) return failure(png.error());
    const Result<bool> written = writeExport(file, *png, inputs);
    return written ? Result<void>() : failure(written.error());
}

}  // namespace

Result<std::vector<messages::PromptPoint>> parsePoints(const std::vector<std::string>& texts) {
    std::vector<messages::PromptPoint> points;
    for (const std::string& text : texts) {
        const auto numbers = numbersOf(text);
        const bool isPoint = numbers && (numbers->size() == 2 || numbers->size() == 3);
        const double label = isPoint && numbers->size() == 3 ? numbers->at(2) : 1;
        if (!isPoint || (label != 0 && label != 1)) {
            return failure(ErrorCode::OptionInvalid,
                           {"--point", text, "a point is X,Y or X,Y,1 on the object and X,Y,0 beside it"});
        }
        points.push_back({numbers->at(0), numbers->at(1), label == 1});
    }
    return points;
}

Result<std::optional<messages::PromptBox>> parseBox(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto numbers = numbersOf(text);
    const bool isBox =
        numbers && numbers->size() == 4 && numbers->at(0) < numbers->at(2) && numbers->at(1) < numbers->at(3);
    if (!isBox) {
        return failure(ErrorCode::OptionInvalid,
                       {"--box", text, "a box is X0,Y0,X1,Y1: its upper left and its lower right corner"});
    }
    return messages::PromptBox{numbers->at(0), numbers->at(1), numbers->at(2), numbers->at(3)};
}

Result<void> segmentFile(const SegmentOptions& options, std::ostream& out) {
    const auto points = parsePoints(options.points);
    if (!points) return failure(points.error());
    auto box = parseBox(options.box);
    if (!box) return failure(box.error());
    if (const auto fits = requireInputSize(options.inputSize); !fits) return fits;
    if (points->empty() && !*box && options.mask.empty()) {
        return failure(ErrorCode::OptionInvalid,
                       {"--point", "", "at least one point, a box or a mask is needed"});
    }
    const auto named = imagesNamed({options.image});
    if (!named) return failure(named.error());
    const auto image = readImage(named->front(), kMostModelBytes);
    if (!image) return failure(image.error());
    if (image->remark) logWarning(describe(*image->remark));
    if (image->slice) out << "slice " << toText(*image->slice) << '\n';
    const PixelSize size = image->pixels.size;
    if (const auto inside = requireInside(*points, size); !inside) return inside;
    const auto mask = readMask(options.mask, size);
    if (!mask) return failure(mask.error());
    // No network of the family was taught on masks alone.
    if (*mask && points->empty() && !*box) *box = boxAround(**mask);
    if (points->empty() && !*box)
        return failure(ErrorCode::OptionInvalid, {"--mask", utf8(options.mask), "nothing is inside"});

    useThreads(options.threads);
    const auto device = deviceNamed(options.device);
    if (!device) return failure(device.error());
    auto network = loadBaseNetwork(options.model, *device);
    if (!network) return failure(network.error());
    if (const auto taken = takePixelsAs(*network, options.normalisation); !taken) return taken;
    const auto adapter = attached(options.adapter, *network);
    if (!adapter) return failure(adapter.error());
    PromptSegmenter segmenter(*network, options.inputSize);
    // As in the window, the network gets the picture that a person sees.
    const PromptView view{RectInImage::ofSize(size), segmenter.inputSizeOf(size),
                          segmenter.embed(toDisplayedInput(image->pixels, image->display))};
    const std::vector<PromptedMask> masks = segmenter.masks(view, *points, *box, *mask);
    const int level = options.level.value_or(usualLevel(masks, points->size(), box->has_value()));
    if (level < 0 || level >= static_cast<int>(masks.size())) {
        return failure(ErrorCode::OptionInvalid,
                       {"--level", std::to_string(level),
                        formatted("there are the levels 0 to %d", static_cast<int>(masks.size()) - 1)});
    }
    for (const PromptedMask& mask : masks) {
        const auto pixels = std::count(mask.mask.begin(), mask.mask.end(), uint8_t{255});
        out << formatted("level %d   predicted IoU %.4f   %lld px%s\n", mask.level, mask.iou,
                         static_cast<long long>(pixels), mask.level == level ? "   written" : "");
    }
    return writeMask(masks[static_cast<size_t>(level)], size, options.out, filesOf(*named));
}

}  // namespace finebrush
