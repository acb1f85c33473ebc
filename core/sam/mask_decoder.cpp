#include "core/sam/mask_decoder.h"

#include <utility>
#include <vector>

namespace finebrush::sam {

namespace {

torch::nn::ConvTranspose2d doubling(int64_t in, int64_t out) {
    return torch::nn::ConvTranspose2d(torch::nn::ConvTranspose2dOptions(in, out, 2).stride(2));
}

/// A transposed convolution of kernel and stride 2 as one matrix product: its outputs do not overlap.
/// x [B, h, w, C] → [B, h, w, 4, C'], the four in row order.
torch::Tensor quadruple(const torch::Tensor& x, const torch::nn::ConvTranspose2d& convolution) {
    const torch::Tensor& weight = convolution->weight;                                        // [C, C', 2, 2]
    const torch::Tensor matrix = weight.permute({2, 3, 1, 0}).reshape({-1, weight.size(0)});  // [4·C', C]
    return torch::nn::functional::linear(x, matrix, convolution->bias.repeat(4))
        .unflatten(-1, torch::IntArrayRef{4, weight.size(1)});
}

/// Puts the four pixels in place: [B, h, w, 4, C] → [B, 2h, 2w, C].
torch::Tensor spread(const torch::Tensor& quads) {
    const auto batch = quads.size(0), h = quads.size(1), w = quads.size(2), channels = quads.size(4);
    return quads.view({batch, h, w, 2, 2, channels}).transpose(2, 3).reshape({batch, 2 * h, 2 * w, channels});
}

}  // namespace

OutputUpscalingImpl::OutputUpscalingImpl(int64_t channels) {
    first = register_module("0", doubling(channels, channels / 4));
    norm = register_module("1", LayerNorm2d(channels / 4));
    second = register_module("3", doubling(channels / 4, channels / 8));
}

torch::Tensor OutputUpscalingImpl::forward(const torch::Tensor& imageTokens, int64_t rows,
                                           const torch::Tensor& hypernetwork) {
    const torch::Tensor map = imageTokens.unflatten(1, torch::IntArrayRef{rows, -1});  // [B, h, w, C]
    torch::Tensor x = spread(quadruple(map, first));                                   // [B, 2h, 2w, C/4]
    x = torch::gelu(torch::layer_norm(x, {x.size(-1)}, norm->weight, norm->bias, LayerNorm2dImpl::kEpsilon));
    x = torch::gelu(quadruple(x, second));  // [B, 2h, 2w, 4, C/8]
    // The products come before the pixels are put in place: there are fewer masks than channels.
    const torch::Tensor products =
        torch::matmul(x.flatten(1, 3), hypernetwork.transpose(1, 2));  // [B, 16hw, T]
    return spread(products.unflatten(1, torch::IntArrayRef{2 * rows, -1, 4})).permute({0, 3, 1, 2});
}

MaskDecoderImpl::MaskDecoderImpl(const DecoderDescription& description) {
    const int64_t channels = description.channels;
    transformer = register_module("transformer", TwoWayTransformer(description));
    iou_token = register_module("iou_token", torch::nn::Embedding(1, channels));
    mask_tokens = register_module("mask_tokens", torch::nn::Embedding(description.maskTokens, channels));
    output_upscaling = register_module("output_upscaling", OutputUpscaling(channels));
    register_module("output_hypernetworks_mlps", output_hypernetworks_mlps);
    for (int64_t i = 0; i < description.maskTokens; ++i) {
        output_hypernetworks_mlps->push_back(Mlp(channels, channels, channels / 8, 3));
    }
    iou_prediction_head = register_module(
        "iou_prediction_head",
        Mlp(channels, description.iouHeadChannels, description.maskTokens, description.iouHeadDepth));
}

DecodedMasks MaskDecoderImpl::forward(const torch::Tensor& imageEmbedding,
                                      const torch::Tensor& imagePositions, const PromptEmbeddings& prompts) {
    const int64_t batch = prompts.sparse.size(0);
    const int64_t maskTokens = mask_tokens->weight.size(0);
    const torch::Tensor outputTokens = torch::cat({iou_token->weight, mask_tokens->weight})
                                           .unsqueeze(0)
                                           .expand({batch, -1, -1});  // [B, 1 + T, C]
    const TwoWayTokens tokens = transformer(imageEmbedding + prompts.dense, imagePositions,
                                            torch::cat({outputTokens, prompts.sparse}, 1));

    std::vector<torch::Tensor> hypernetworks;
    for (int64_t i = 0; i < maskTokens; ++i) {
        hypernetworks.push_back(output_hypernetworks_mlps->at<MlpImpl>(static_cast<size_t>(i))
                                    .forward(tokens.queries.select(1, 1 + i)));
    }
    return {output_upscaling(tokens.keys, imageEmbedding.size(2), torch::stack(hypernetworks, 1)),
            iou_prediction_head(tokens.queries.select(1, 0))};
}

}  // namespace finebrush::sam
