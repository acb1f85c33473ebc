#include "core/peft/sam_adapter.h"

#include "core/peft/encoder_method.h"
#include "core/peft/initialisation.h"

#include <algorithm>

namespace finebrush::peft {

namespace {

constexpr int64_t kWidthPerRank = 8;
constexpr int64_t kLocalMean = 5;  // tokens, the side of the square that a high frequency differs from

/// What a map [B, H, W, C] has beyond its local mean.
torch::Tensor highFrequencies(const torch::Tensor& map) {
    const torch::Tensor channelsFirst = map.permute({0, 3, 1, 2});
    const torch::Tensor mean = torch::avg_pool2d(channelsFirst, kLocalMean, 1, kLocalMean / 2, false, false);
    return map - mean.permute({0, 2, 3, 1});
}

}  // namespace

SamAdapterImpl::SamAdapterImpl(const std::vector<sam::EncoderBlock>& blocks, int64_t width) {
    const int64_t stemChannels = blocks.front().channels;
    patch_features = register_module("patch_features", torch::nn::Linear(stemChannels, width));
    frequency_features = register_module("frequency_features", torch::nn::Linear(stemChannels, width));
    register_module("tune", tune);
    register_module("up", up);
    std::vector<int64_t> widths;
    for (const sam::EncoderBlock& block : blocks) {
        tune->push_back(torch::nn::Linear(width, width));
        auto known = std::ranges::find(widths, block.channels);
        upOfBlock_.push_back(static_cast<size_t>(known - widths.begin()));
        if (known != widths.end()) continue;
        widths.push_back(block.channels);
        up->push_back(torch::nn::Linear(width, block.channels));
    }
}

void SamAdapterImpl::begin(const torch::Tensor& stemMap) {
    const torch::Tensor features = patch_features(stemMap) + frequency_features(highFrequencies(stemMap));
    features_ = features.permute({0, 3, 1, 2});  // [B, width, H, W]
}

torch::Tensor SamAdapterImpl::beforeBlock(size_t index, const torch::Tensor& x) {
    const torch::Tensor features = torch::adaptive_avg_pool2d(features_, {x.size(1), x.size(2)})
                                       .permute({0, 2, 3, 1});  // [B, H, W, width]
    const torch::Tensor tuned = torch::gelu(tune->at<torch::nn::LinearImpl>(index).forward(features));
    return x + up->at<torch::nn::LinearImpl>(upOfBlock_[index]).forward(tuned);  // [B, H, W, C]
}

std::unique_ptr<AdapterMethod> makeSamAdapter(const sam::ImageEncoder& encoder,
                                              const messages::AdaptationSettings& settings) {
    auto adapter = std::make_shared<SamAdapterImpl>(encoder->trunkBlocks(), kWidthPerRank * settings.rank);
    at::Generator generator = generatorOf(settings.seed);
    for (const auto& parameter : adapter->named_parameters()) {
        const bool drawn = parameter.key().ends_with(".weight") && !parameter.key().starts_with("up.");
        if (drawn) {
            drawLikeLinear(parameter.value(), generator);
        } else {
            setToZero({parameter.value()});
        }
    }
    return std::make_unique<EncoderMethod<SamAdapterImpl>>(encoder, "sam_adapter", std::move(adapter));
}

}  // namespace finebrush::peft
