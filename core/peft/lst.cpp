#include "core/peft/lst.h"

#include "core/peft/encoder_method.h"
#include "core/peft/initialisation.h"

namespace finebrush::peft {

namespace F = torch::nn::functional;

namespace {

constexpr int64_t kWidthPerRank = 8;

/// A map at the resolution of another: averaged where it is finer, bilinear where it is coarser.
torch::Tensor atSizeOf(const torch::Tensor& map, const torch::Tensor& target) {
    if (map.size(2) == target.size(2) && map.size(3) == target.size(3)) return map;
    if (map.size(2) >= target.size(2))
        return torch::adaptive_avg_pool2d(map, {target.size(2), target.size(3)});
    return F::interpolate(map, F::InterpolateFuncOptions()
                                   .size(std::vector<int64_t>{target.size(2), target.size(3)})
                                   .mode(torch::kBilinear)
                                   .align_corners(false));
}

}  // namespace

LadderImpl::LadderImpl(const std::vector<int64_t>& stageChannels, int64_t embeddingChannels, int64_t width) {
    register_module("rungs", rungs);
    register_module("steps", steps);
    for (const int64_t channels : stageChannels) {
        rungs->push_back(torch::nn::Conv2d(torch::nn::Conv2dOptions(channels, width, 1)));
        steps->push_back(
            torch::nn::Conv2d(torch::nn::Conv2dOptions(width, width, 3).padding(1).groups(width)));
    }
    gates = register_parameter("gates", torch::zeros({static_cast<int64_t>(stageChannels.size())}));
    top = register_module("top", torch::nn::Conv2d(torch::nn::Conv2dOptions(width, embeddingChannels, 1)));
}

torch::Tensor LadderImpl::embedding(const sam::EncoderOutput& output) {
    torch::Tensor climbed;  // [B, width, h, w]
    for (size_t i = 0; i < output.stages.size(); ++i) {
        const torch::Tensor rung =
            rungs->at<torch::nn::Conv2dImpl>(i).forward(atSizeOf(output.stages[i], output.embedding));
        const torch::Tensor share = torch::sigmoid(gates[static_cast<int64_t>(i)]);
        const torch::Tensor mixed =
            climbed.defined() ? share * climbed + (1 - share) * rung : (1 - share) * rung;
        climbed = mixed + torch::gelu(steps->at<torch::nn::Conv2dImpl>(i).forward(mixed));
    }
    return output.embedding + top(climbed);  // [B, C, h, w]
}

std::unique_ptr<AdapterMethod> makeLst(const sam::ImageEncoder& encoder,
                                       const messages::AdaptationSettings& settings) {
    const std::vector<int64_t> channels = encoder->stageChannels();
    auto ladder = std::make_shared<LadderImpl>(channels, encoder->description.outputChannels,
                                               kWidthPerRank * settings.rank);
    at::Generator generator = generatorOf(settings.seed);
    for (size_t i = 0; i < channels.size(); ++i) {
        for (const torch::nn::ModuleList& list : {ladder->rungs, ladder->steps}) {
            auto& convolution = list->at<torch::nn::Conv2dImpl>(i);
            drawLikeLinear(convolution.weight, generator);
            setToZero({convolution.bias});
        }
    }
    setToZero({ladder->top->weight, ladder->top->bias});
    return std::make_unique<EncoderMethod<LadderImpl>>(encoder, "ladder", std::move(ladder));
}

}  // namespace finebrush::peft
