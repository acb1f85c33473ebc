#include "core/training/checkpoint/request_fingerprint.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/messages/codec.h"
#include "core/messages/method_settings.h"

#include <optional>

namespace finebrush::training {

namespace {

std::string digestOf(const std::string& text) {
    return sha256(bytesOf(text));
}

std::string digestOf(const messages::AdaptationSettings& settings,
                     const std::vector<messages::ClassInfo>& classes) {
    return sha256(messages::encode(messages::ToEngine(messages::Adapt{settings, classes, {}, {}})));
}

std::string textOf(const PixelBuffer& pixels) {
    const std::string nodata = pixels.nodata ? formatted("%a", *pixels.nodata) : "none";
    std::string limits;
    for (const ValueRange& range : pixels.limits)
        limits += formatted(" from %a to %a", range.low, range.high);
    return formatted("%dx%d %d bands, type %d, nodata %s: ", pixels.size.width, pixels.size.height,
                     pixels.bands, static_cast<int>(pixels.type), nodata.c_str()) +
           sha256(pixels.bytes) + (pixels.hidden.empty() ? "" : sha256(pixels.hidden)) + limits + '\n';
}

std::string textOf(const TrainingOptions& options) {
    std::string text = formatted("validation %a of the images every %d steps, patience %d",
                                 options.validationShare, options.validationSteps, options.patience);
    if (options.adapterRate > 0) text += formatted(", adapter rate %a", options.adapterRate);
    return text;
}

std::string textOf(const std::optional<StartAdapter>& start) {
    std::string text;
    if (!start) return text;
    for (const auto& [name, bytes] : start->files)
        text += formatted(", from %s %s", name.c_str(), sha256(bytes).c_str());
    return text;
}

}  // namespace

RequestFingerprint fingerprintOf(const TrainingRequest& request, const sam::Sam& base) {
    std::string images;
    std::string labels;
    for (const messages::LabelledImage& image : request.images) {
        images += textOf(image.pixels);
        labels += sha256(image.labels.values) + '\n';
    }
    messages::AdaptationSettings options = messages::settingsThatCount(request.settings);
    options.seed = 0;
    options.threads = 0;
    options.device.clear();
    options.start.reset();  // where its files lie
    return {{"images", digestOf(images)},
            {"labels", digestOf(labels)},
            {"classes", digestOf({}, request.classes)},
            {"options", digestOf(digestOf(options, {}) + textOf(request.options) + textOf(request.start))},
            {"seed", std::to_string(request.settings.seed)},
            {"threads", std::to_string(torch::get_num_threads())},
            {"device", base->parameters().front().device().str()},
            {"model", base->checkpointSha256},
            {"version of Finebrush", FINEBRUSH_VERSION}};
}

std::string differingPart(const RequestFingerprint& one, const RequestFingerprint& other) {
    for (const auto& [part, digest] : one) {
        const auto found = other.find(part);
        if (found == other.end() || found->second != digest) return part;
    }
    return {};
}

}  // namespace finebrush::training
