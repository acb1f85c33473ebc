#include "core/session/adapt_request.h"

#include "core/base/files.h"
#include "core/messages/codec.h"
#include "core/messages/input_range.h"
#include "core/session/image_jobs.h"

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

bool isDisplayed(const messages::AdaptationSettings& settings) {
    const Result<InputRange> range = inputRangeOf(settings.inputRange);
    return range && range->kind == InputRange::Kind::Displayed;
}

}  // namespace

PixelBuffer pixelsForModel(const OpenedImage& image, const messages::AdaptationSettings& settings) {
    if (!isDisplayed(settings)) return image.pixels;
    return {image.pixels.size, 3, PixelType::UInt8, image.displayRgb, {}};
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
    AdaptRequest request;
    request.classes = toClassInfo(input.classes);
    messages::Adapt adapt{input.settings, request.classes, {}, std::nullopt, utf8(input.checkpoint)};
    const bool getsDisplayed = isDisplayed(input.settings);
    for (const AdaptInput::Source& source : input.labelled) {
        if (stop.stop_requested()) break;
        Result<OpenedImage> image = openImage(source.record);
        if (image) {
            if (getsDisplayed) image->pixels = toDisplayedPixels(image->pixels, image->display);
            adapt.images.push_back({source.record.id, std::move(image->pixels), source.labels.toMask()});
        } else {
            request.problems.push_back(image.error());
        }
    }
    if (adapt.images.empty() && !request.problems.empty()) return failure(request.problems.front());
    if (input.preview) {
        const PixelBuffer& raw = input.preview->pixels;
        adapt.preview = messages::LabelledImage{
            input.preview->id, getsDisplayed ? toDisplayedPixels(raw, input.previewDisplay) : raw, {}};
    }
    request.frame = messages::encode(messages::ToEngine(std::move(adapt)));
    return request;
}

}  // namespace finebrush
