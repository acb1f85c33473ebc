#include "core/engine/prompt_server.h"

#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/engine/caught_error.h"
#include "core/engine/devices.h"
#include "core/engine/model_catalog.h"
#include "core/labels/pixel_region.h"
#include "core/sam/encoder_geometry.h"

#include <span>
#include <utility>

namespace finebrush {

namespace {

/// Gives the random numbers back as they were: a training that is interrupted draws the same ones as without.
class SameRandomNumbers {
  public:
    SameRandomNumbers() : generator_(at::globalContext().defaultGenerator(torch::kCPU)) {
        const std::lock_guard lock(generator_.mutex());
        state_ = generator_.get_state();
    }
    ~SameRandomNumbers() {
        const std::lock_guard lock(generator_.mutex());
        generator_.set_state(state_);
    }
    SameRandomNumbers(const SameRandomNumbers&) = delete;
    SameRandomNumbers& operator=(const SameRandomNumbers&) = delete;

  private:
    at::Generator generator_;
    torch::Tensor state_;
};

messages::ProposedMask toMessage(const PromptedMask& mask) {
    PixelRegion region;
    for (int row = 0; row < mask.bounds.height; ++row) {
        const auto width = static_cast<size_t>(mask.bounds.width);
        region.addRow(mask.bounds.x, mask.bounds.y + row,
                      std::span(mask.mask).subspan(static_cast<size_t>(row) * width, width));
    }
    messages::ProposedMask message{mask.level, mask.iou, {}};
    message.spans.reserve(region.rects().size() * 3);
    for (const RectInImage& span : region.rects()) {
        message.spans.insert(message.spans.end(), {span.x, span.y, span.width});
    }
    return message;
}

}  // namespace

void PromptServer::use(const std::filesystem::path& checkpoint, int inputSide) {
    if (checkpoint == checkpoint_ && inputSide == inputSide_) return;
    if (checkpoint != checkpoint_) network_ = nullptr;
    checkpoint_ = checkpoint;
    inputSide_ = inputSide;
    segmenter_.reset();
    view_.reset();
}

void PromptServer::answer(const messages::EmbedView& request) {
    Result<void> embedded;
    try {
        embedded = embed(request);
    } catch (const std::exception&) {
        embedded = failure(caughtError());
    }
    if (embedded) {
        send_(messages::ViewEmbedded{request.viewId});
    } else {
        send_(messages::PromptFailed{request.viewId, embedded.error()});
    }
}

void PromptServer::answer(const messages::PromptMasks& request) {
    Result<messages::ProposedMasks> proposed;
    try {
        proposed = propose(request);
    } catch (const std::exception&) {
        proposed = failure(caughtError());
    }
    if (proposed) {
        send_(std::move(*proposed));
    } else {
        send_(messages::PromptFailed{request.viewId, proposed.error()});
    }
}

Result<void> PromptServer::embed(const messages::EmbedView& request) {
    view_.reset();
    const PixelBuffer& pixels = request.pixels;
    if (!pixels.isConsistent() || pixels.size.isEmpty() || pixels.bands < 1 || request.rect.isEmpty()) {
        return failure(ErrorCode::Internal, {"a view without pixels cannot be embedded"});
    }
    if (const auto loaded = load(); !loaded) return loaded;
    const std::string key = embeddingKey(pixels, segmenter_->modelKey());
    std::optional<torch::Tensor> embedding = cache_.find(key, segmenter_->embeddingShape());
    if (!embedding) {
        embedding = segmenter_->embed(pixels);
        cache_.keep(key, *embedding);
    }
    viewId_ = request.viewId;
    view_ = PromptView{request.rect, segmenter_->inputSizeOf(pixels.size), *embedding};
    return {};
}

Result<messages::ProposedMasks> PromptServer::propose(const messages::PromptMasks& request) {
    if (!view_ || viewId_ != request.viewId) {
        return failure(ErrorCode::Internal, {"the view of these prompts is not embedded"});
    }
    if (request.points.empty() && !request.box) {
        return failure(ErrorCode::Internal, {"there are no prompts"});
    }
    const std::vector<PromptedMask> masks = segmenter_->masks(*view_, request.points, request.box);
    messages::ProposedMasks answer{
        request.request, usualLevel(masks, request.points.size(), request.box.has_value()), {}};
    for (const PromptedMask& mask : masks) answer.masks.push_back(toMessage(mask));
    return answer;
}

Result<void> PromptServer::load() {
    if (segmenter_) return {};
    if (!network_) {
        const SameRandomNumbers same;
        const auto device = deviceNamed("auto");
        if (!device) return failure(device.error());
        const auto network = loadBaseNetwork(checkpoint_, *device);
        if (!network) return failure(network.error());
        network_ = *network;
    }
    const bool fits = sam::takesInputSide(network_->description.encoder, inputSide_);
    segmenter_ = std::make_unique<PromptSegmenter>(network_, fits ? inputSide_ : 0);
    return {};
}

std::string embeddingKey(const PixelBuffer& pixels, const std::string& model) {
    std::string facts = model + ' ' + std::to_string(pixels.size.width) + 'x' +
                        std::to_string(pixels.size.height) + 'x' + std::to_string(pixels.bands) + ' ' +
                        pixelTypeName(pixels.type) + ' ' + sha256(pixels.bytes);
    if (!pixels.hidden.empty()) facts += ' ' + sha256(pixels.hidden);
    if (pixels.nodata) facts += ' ' + std::to_string(*pixels.nodata);
    for (const ValueRange& range : pixels.limits) facts += formatted(" %a-%a", range.low, range.high);
    return sha256(bytesOf(facts));
}

}  // namespace finebrush
