#include "core/sam/multi_class_decoder.h"

#include <ATen/CPUGeneratorImpl.h>

namespace finebrush::sam {

namespace F = torch::nn::functional;

namespace {

/// Of a class token's noise, in standard deviations of the token that it is added to.
constexpr double kTokenNoise = 0.1;

/// Copies parameters and buffers of the same names and shapes.
void copyWeights(const torch::nn::Module& from, torch::nn::Module& to) {
    const torch::NoGradGuard noGrad;
    const auto source = from.named_parameters();
    for (auto& target : to.named_parameters()) target.value().copy_(source[target.key()]);
}

}  // namespace

MultiClassDecoderImpl::MultiClassDecoderImpl(const Sam& base, int64_t classCount, uint64_t seed) {
    const DecoderDescription& description = base->description.decoder;
    const int64_t channels = description.channels;
    MaskDecoder original = base->mask_decoder;

    transformer = register_module("transformer", TwoWayTransformer(description));
    copyWeights(*original->transformer, *transformer);
    iou_token = register_module("iou_token", torch::nn::Embedding(1, channels));
    copyWeights(*original->iou_token, *iou_token);
    output_upscaling = register_module("output_upscaling", OutputUpscaling(channels));
    copyWeights(*original->output_upscaling, *output_upscaling);
    register_module("output_hypernetworks_mlps", output_hypernetworks_mlps);
    output_hypernetworks_mlps->push_back(Mlp(channels, channels, channels / 8, 3));
    copyWeights(*original->output_hypernetworks_mlps->ptr(0), *output_hypernetworks_mlps->ptr(0));

    mask_tokens = register_module("mask_tokens", torch::nn::Embedding(classCount, channels));
    {
        const torch::NoGradGuard noGrad;
        const torch::Tensor token = original->mask_tokens->weight.slice(0, 0, 1).cpu();  // [1, C]
        auto generator = at::detail::createCPUGenerator(seed);
        const torch::Tensor noise = torch::randn({classCount, channels}, generator, token.options());
        mask_tokens->weight.copy_(token + kTokenNoise * token.std() * noise);
    }

    densePrompt_ = register_buffer(
        "dense_prompt", base->prompt_encoder->no_mask_embed->weight.detach().clone().view({1, -1, 1, 1}));
    imagePositions_ =
        register_buffer("image_positions", base->prompt_encoder->densePositions().detach().clone());
    to(densePrompt_.device());
}

torch::Tensor MultiClassDecoderImpl::forward(const torch::Tensor& embedding) {
    const torch::Tensor outputTokens = torch::cat({iou_token->weight, mask_tokens->weight})
                                           .unsqueeze(0)
                                           .expand({embedding.size(0), -1, -1});  // [B, 1 + K, C]
    const torch::Tensor positions = positionsFor(embedding.size(2), embedding.size(3));
    const TwoWayTokens tokens = transformer(embedding + densePrompt_, positions, outputTokens);
    const torch::Tensor hypernetwork =
        output_hypernetworks_mlps->at<MlpImpl>(0).forward(tokens.queries.slice(1, 1));  // [B, K, C/8]
    return output_upscaling(tokens.keys, embedding.size(2), hypernetwork);              // [B, K, 4h, 4w]
}

torch::Tensor MultiClassDecoderImpl::positionsFor(int64_t rows, int64_t columns) const {
    if (imagePositions_.size(2) == rows && imagePositions_.size(3) == columns) return imagePositions_;
    return F::interpolate(imagePositions_, F::InterpolateFuncOptions()
                                               .size(std::vector<int64_t>{rows, columns})
                                               .mode(torch::kBilinear)
                                               .align_corners(false));
}

}  // namespace finebrush::sam
