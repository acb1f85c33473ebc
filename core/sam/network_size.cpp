#include "core/sam/network_size.h"

#include <cmath>

namespace finebrush::sam {

namespace {

// Floating point, since a hostile file's sizes would overflow integers.

double square(double value) {
    return value * value;
}

/// Convolutions of 1 and 3 px.
double neckCount(double in, double out) {
    return in * out + 9 * square(out);
}

double vitCount(const EncoderDescription& encoder) {
    const auto channels = static_cast<double>(encoder.channels);
    const auto patch = static_cast<double>(encoder.patchSize);
    const double side = static_cast<double>(encoder.inputSize) / patch;
    const double attention = 4 * square(channels);
    const double mlp = 2 * channels * static_cast<double>(encoder.mlpChannels);
    const auto global = static_cast<double>(encoder.globalBlocks.size());
    const auto depth = static_cast<double>(encoder.depth);
    const double positions = global * side + (depth - global) * static_cast<double>(encoder.windowSize);
    return 3 * square(patch) * channels + square(side) * channels + depth * (attention + mlp) +
           4 * positions * channels / static_cast<double>(encoder.heads) +
           neckCount(channels, static_cast<double>(encoder.outputChannels));
}

double tinyVitCount(const EncoderDescription& encoder) {
    double count = 0;
    for (size_t i = 0; i < encoder.layers.size(); ++i) {
        const TinyVitLayer& layer = encoder.layers[i];
        const auto channels = static_cast<double>(layer.channels);
        const double biases =
            static_cast<double>(layer.heads) * square(static_cast<double>(layer.windowSize));
        const double block = (layer.heads > 0 ? 12 : 8) * square(channels) + biases;
        count += static_cast<double>(layer.depth) * block;
        if (i + 1 == encoder.layers.size()) break;
        const auto next = static_cast<double>(encoder.layers[i + 1].channels);
        count += channels * next + square(next);  // the merging
    }
    return count + neckCount(static_cast<double>(encoder.layers.back().channels),
                             static_cast<double>(encoder.outputChannels));
}

double decoderCount(const DecoderDescription& decoder) {
    const auto channels = static_cast<double>(decoder.channels);
    const auto iouChannels = static_cast<double>(decoder.iouHeadChannels);
    const auto tokens = static_cast<double>(decoder.maskTokens);
    const double attentions = 8 * square(channels);  // one of all channels, two of half as many
    const double mlp = 2 * channels * static_cast<double>(decoder.mlpChannels);
    const double iouHead = decoder.iouHeadDepth < 2
                               ? channels * tokens
                               : iouChannels * (channels + tokens) +
                                     static_cast<double>(decoder.iouHeadDepth - 2) * square(iouChannels);
    return static_cast<double>(decoder.depth) * (attentions + mlp) + 3 * square(channels) +
           tokens * (channels + 2 * square(channels)) + iouHead +
           square(static_cast<double>(decoder.maskInputChannels)) +
           static_cast<double>(decoder.maskInputChannels) * channels;
}

}  // namespace

double weightCount(const SamDescription& description) {
    const EncoderDescription& encoder = description.encoder;
    return (encoder.kind == EncoderKind::Vit ? vitCount(encoder) : tinyVitCount(encoder)) +
           decoderCount(description.decoder);
}

double tableCount(const SamDescription& description) {
    double count = square(static_cast<double>(description.decoder.embeddingSize)) *
                   static_cast<double>(description.decoder.channels);
    for (const TinyVitLayer& layer : description.encoder.layers)
        count += static_cast<double>(layer.depth) * std::pow(static_cast<double>(layer.windowSize), 4);
    return count;
}

}  // namespace finebrush::sam
