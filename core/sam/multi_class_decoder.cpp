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

torch::Tensor semanticScores(const ClassQueries& queries) {
    const torch::Tensor classes =
        queries.classes.to(torch::kFloat32).softmax(-1).slice(-1, 0, -1);  // [B, Q, K]
    return torch::einsum("bqk,bqhw->bkhw", {classes, queries.masks.to(torch::kFloat32).sigmoid()});
}

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

void MultiClassDecoderImpl::addClassHead(int64_t classCount) {
    output_classifier_mlps = register_module("output_classifier_mlps",
                                             torch::nn::Linear(mask_tokens->weight.size(1), classCount + 1));
    output_classifier_mlps->to(densePrompt_.device());
}

int64_t MultiClassDecoderImpl::classCount() const {
    return hasClassHead() ? output_classifier_mlps->weight.size(0) - 1 : mask_tokens->weight.size(0);
}

torch::Tensor MultiClassDecoderImpl::forward(const torch::Tensor& embedding) {
    return decode(embedding).masks;
}

ClassQueries MultiClassDecoderImpl::queries(const torch::Tensor& embedding) {
    const Decoded decoded = decode(embedding);
    return {decoded.masks, output_classifier_mlps->forward(decoded.tokens)};
}

MultiClassDecoderImpl::Decoded MultiClassDecoderImpl::decode(const torch::Tensor& embedding) {
    const torch::Tensor outputTokens = torch::cat({iou_token->weight, mask_tokens->weight})
                                           .unsqueeze(0)
                                           .expand({embedding.size(0), -1, -1});  // [B, 1 + K, C]
    const torch::Tensor positions = positionsFor(embedding.size(2), embedding.size(3));
    const TwoWayTokens tokens = transformer(embedding + densePrompt_, positions, outputTokens);
    const torch::Tensor maskTokens = tokens.queries.slice(1, 1);  // [B, T, C]
    const torch::Tensor hypernetwork = output_hypernetworks_mlps->at<MlpImpl>(0).forward(maskTokens);
    return {maskTokens, output_upscaling(tokens.keys, embedding.size(2), hypernetwork)};
}

torch::Tensor MultiClassDecoderImpl::positionsFor(int64_t rows, int64_t columns) const {
    if (imagePositions_.size(2) == rows && imagePositions_.size(3) == columns) return imagePositions_;
    return F::interpolate(imagePositions_, F::InterpolateFuncOptions()
                                               .size(std::vector<int64_t>{rows, columns})
                                               .mode(torch::kBilinear)
                                               .align_corners(false));
}

}  // namespace finebrush::sam
