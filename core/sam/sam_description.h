#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace finebrush::sam {

enum class EncoderKind { TinyVit, Vit };

/// How pixels in 0..1 become the network's input.
enum class PixelNormalisation {
    UnitRange,  ///< as they are (LiteMedSAM, MedSAM)
    ImageNet,   ///< mean and deviation of ImageNet (SAM, MobileSAM)
};

/// One layer of a TinyViT encoder.
struct TinyVitLayer {
    int64_t channels = 0;
    int64_t depth = 0;
    int64_t heads = 0;       ///< of its attention; 0 in the convolutional first layer
    int64_t windowSize = 0;  ///< side of the attention's window, in tokens
};

/// The shape of an image encoder. Which fields count depends on `kind`.
struct EncoderDescription {
    EncoderKind kind = EncoderKind::TinyVit;
    int64_t inputSize = 256;  ///< side of the square input, in px
    int64_t outputChannels = 256;

    // TinyViT
    int64_t patchStride = 1;  ///< of each of the two patch-embedding convolutions: 1 LiteMedSAM, 2 MobileSAM
    std::vector<TinyVitLayer> layers;

    // ViT
    int64_t patchSize = 16;
    int64_t channels = 768;
    int64_t depth = 12;
    int64_t heads = 12;
    int64_t mlpChannels = 3072;
    int64_t windowSize = 14;
    std::vector<int64_t> globalBlocks;  ///< blocks whose attention sees the whole map
};

/// The shape of the prompt encoder and the mask decoder.
struct DecoderDescription {
    int64_t channels = 256;
    int64_t embeddingSize = 64;  ///< side of the image embedding
    int64_t depth = 2;
    int64_t heads = 8;
    int64_t mlpChannels = 2048;
    int64_t maskTokens = 4;
    int64_t maskInputChannels = 16;
    int64_t iouHeadChannels = 256;
    int64_t iouHeadDepth = 3;
    double normEpsilon = 1e-5;  ///< of the transformer's layer norms
};

/// What tells one network of the family from another.
struct SamDescription {
    std::string name;  ///< "LiteMedSAM", "SAM ViT-B" ...
    PixelNormalisation normalisation = PixelNormalisation::UnitRange;
    EncoderDescription encoder;
    DecoderDescription decoder;
};

}  // namespace finebrush::sam
