#include "core/peft/adapted_sam.h"

#include "core/base/pixel_buffer.h"
#include "core/messages/method_settings.h"
#include "core/peft/low_rank.h"

#include <utility>

namespace finebrush::peft {

Result<std::unique_ptr<AdaptedSam>> AdaptedSam::make(const sam::Sam& base,
                                                     const messages::AdaptationSettings& settings,
                                                     int64_t classCount) {
    auto network = prepare(base, settings, classCount);
    if (network) (*network)->attach();
    return network;
}

Result<std::unique_ptr<AdaptedSam>> AdaptedSam::prepare(const sam::Sam& base,
                                                        const messages::AdaptationSettings& settings,
                                                        int64_t classCount) {
    if (classCount < 1 || classCount > kMaxClasses) {
        return failure(ErrorCode::OptionInvalid,
                       {"classes", std::to_string(classCount),
                        "there must be between 1 and " + std::to_string(kMaxClasses)});
    }
    const messages::AdaptationSettings counting = messages::settingsThatCount(settings);
    auto method = makeAdapterMethod(base->image_encoder, counting);
    if (!method) return failure(method.error());
    const bool asksQueries = settings.queries > 0;
    sam::MultiClassDecoder decoder(base, asksQueries ? settings.queries : classCount, settings.seed);
    if (asksQueries) decoder->addClassHead(classCount);
    return std::unique_ptr<AdaptedSam>(
        new AdaptedSam(base, counting, std::move(*method), std::move(decoder)));
}

AdaptedSam::AdaptedSam(sam::Sam base, messages::AdaptationSettings settings,
                       std::unique_ptr<AdapterMethod> method, sam::MultiClassDecoder decoder)
    : base_(std::move(base)),
      settings_(std::move(settings)),
      method_(std::move(method)),
      decoder_(std::move(decoder)) {}

torch::Tensor AdaptedSam::frozenPart(const torch::Tensor& image) const {
    if (method_->trainsStem()) return image;
    const torch::NoGradGuard noGrad;
    return base_->image_encoder->stem(image);
}

torch::Tensor AdaptedSam::forward(const torch::Tensor& frozen) {
    sam::MultiClassDecoder decoder = decoder_;
    return decoder(encode(frozen).embedding);
}

sam::EncoderOutput AdaptedSam::encode(const torch::Tensor& frozen, int64_t depth) {
    sam::ImageEncoderImpl& encoder = *base_->image_encoder;
    return encoder.trunk(method_->trainsStem() ? encoder.stem(frozen) : frozen, depth);
}

void AdaptedSam::setTraining(bool training) {
    method_->setTraining(training);
}

NamedParameters AdaptedSam::trainableParameters() const {
    NamedParameters all;
    for (const auto& parameter : method_->parameters()) {
        all.insert("image_encoder." + parameter.key(), parameter.value());
    }
    for (const auto& parameter : decoder_->named_parameters()) {
        all.insert("mask_decoder." + parameter.key(), parameter.value());
    }
    return all;
}

int64_t AdaptedSam::trainableParameterCount() const {
    int64_t count = 0;
    for (const auto& parameter : trainableParameters()) count += parameter.value().numel();
    return count - idleParameterCount();
}

torch::Tensor AdaptedSam::balanceLoss() const {
    torch::Tensor sum = torch::zeros({}, decoder_->mask_tokens->weight.options().requires_grad(false));
    for (const AdapterTrace& trace : traces()) sum = sum + trace.balanceLoss;
    return sum;
}

std::vector<messages::ExpertUsage> AdaptedSam::expertUsage() const {
    const std::vector<int> scales = settings_.scales.empty() ? std::vector<int>() : expertScales(settings_);
    std::vector<messages::ExpertUsage> usage;
    for (const AdapterTrace& trace : traces()) {
        const torch::Tensor weights = trace.weights.to(torch::kFloat32);                           // [S, M]
        const torch::Tensor shares = (weights / weights.sum(1, true)).mean(0).cpu().contiguous();  // [M]
        const float* first = shares.const_data_ptr<float>();
        usage.push_back({trace.layer, std::vector<float>(first, first + shares.numel()), scales});
    }
    return usage;
}

}  // namespace finebrush::peft
