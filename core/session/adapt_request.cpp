#include "core/session/adapt_request.h"

#include "core/base/files.h"
#include "core/messages/codec.h"
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

}  // namespace

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
    for (const AdaptInput::Source& source : input.labelled) {
        if (stop.stop_requested()) break;
        Result<OpenedImage> image = openImage(source.record);
        if (image) {
            adapt.images.push_back({source.record.id, std::move(image->pixels), source.labels.toMask()});
        } else {
            request.problems.push_back(image.error());
        }
    }
    if (adapt.images.empty() && !request.problems.empty()) return failure(request.problems.front());
    if (input.preview) adapt.preview = messages::LabelledImage{input.preview->id, input.preview->pixels, {}};
    request.frame = messages::encode(messages::ToEngine(std::move(adapt)));
    return request;
}

}  // namespace finebrush
