#pragma once

#include "core/sam/sam.h"

#include <gmock/gmock.h>
#include <torch/torch.h>

#include <cstdint>

namespace finebrush::testing {

/// A small network of LiteMedSAM's kind: input 32 × 32, embedding 8 × 8.
inline sam::SamDescription smallTinyVitDescription() {
    sam::SamDescription description;
    description.name = "small TinyViT";
    sam::EncoderDescription& encoder = description.encoder;
    encoder.kind = sam::EncoderKind::TinyVit;
    encoder.inputSize = 32;
    encoder.outputChannels = 32;
    encoder.patchStride = 1;
    encoder.layers = {{.channels = 8, .depth = 1, .heads = 0, .windowSize = 0},
                      {.channels = 16, .depth = 1, .heads = 2, .windowSize = 5},
                      {.channels = 16, .depth = 2, .heads = 2, .windowSize = 4},
                      {.channels = 24, .depth = 1, .heads = 3, .windowSize = 3}};
    sam::DecoderDescription& decoder = description.decoder;
    decoder.channels = 32;
    decoder.embeddingSize = 8;
    decoder.heads = 4;
    decoder.mlpChannels = 48;
    decoder.maskInputChannels = 8;
    decoder.iouHeadChannels = 32;
    return description;
}

/// A small network of MobileSAM's kind: input 128 × 128, embedding 8 × 8.
inline sam::SamDescription smallMobileSamDescription() {
    sam::SamDescription description = smallTinyVitDescription();
    description.name = "small MobileSAM";
    description.normalisation = sam::PixelNormalisation::ImageNet;
    description.encoder.inputSize = 128;
    description.encoder.patchStride = 2;
    return description;
}

/// A small network of SAM's own kind: input 64 × 64, embedding 8 × 8, one block with windows and one without.
inline sam::SamDescription smallVitDescription() {
    sam::SamDescription description = smallTinyVitDescription();
    description.name = "small ViT";
    sam::EncoderDescription& encoder = description.encoder;
    encoder.kind = sam::EncoderKind::Vit;
    encoder.inputSize = 64;
    encoder.layers.clear();
    encoder.patchSize = 8;
    encoder.channels = 24;
    encoder.depth = 2;
    encoder.heads = 3;
    encoder.mlpChannels = 48;
    encoder.windowSize = 3;
    encoder.globalBlocks = {1};
    return description;
}

/// A frozen network with random weights, in evaluation mode, as `loadSam` gives it.
inline sam::Sam frozenNetwork(const sam::SamDescription& description, uint64_t seed = 7) {
    torch::manual_seed(seed);
    sam::Sam network(description);
    network->eval();
    network->checkpointSha256 = "0123abcd";
    const torch::NoGradGuard noGrad;
    for (torch::Tensor& parameter : network->parameters()) {
        parameter.requires_grad_(false);
        if (parameter.abs().max().item<float>() == 0)
            parameter.normal_(0, 0.02);  // biases that start at zero
    }
    return network;
}

inline torch::Tensor randomImage(const sam::Sam& network, int64_t batch = 1) {
    const int64_t side = network->description.encoder.inputSize;
    return torch::rand({batch, 3, side, side});
}

/// Compares tensors of one shape; says how far apart they are at most and in the mean.
MATCHER_P2(IsCloseTo, expected, tolerance, "") {
    if (arg.sizes() != expected.sizes()) {
        *result_listener << "has shape " << arg.sizes();
        return false;
    }
    if (arg.numel() == 0) return true;
    const torch::Tensor difference = (arg - expected).abs().to(torch::kFloat64);
    const auto largest = difference.max().template item<double>();
    *result_listener << "differs by at most " << largest << ", in the mean "
                     << difference.mean().template item<double>();
    return largest <= tolerance;
}

}  // namespace finebrush::testing
