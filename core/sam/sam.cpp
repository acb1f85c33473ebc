#include "core/sam/sam.h"

#include "core/sam/image_encoder_vit.h"
#include "core/sam/tiny_vit.h"

#include <array>

namespace finebrush::sam {

namespace F = torch::nn::functional;

namespace {

// Of ImageNet's pixels in 0..255 (segment_anything/build_sam.py).
constexpr std::array kPixelMean = {123.675, 116.28, 103.53};
constexpr std::array kPixelDeviation = {58.395, 57.12, 57.375};

ImageEncoder makeEncoder(const EncoderDescription& description) {
    if (description.kind == EncoderKind::TinyVit) return std::make_shared<TinyVitImpl>(description);
    return std::make_shared<ImageEncoderVitImpl>(description);
}

torch::Tensor perChannel(const std::array<double, 3>& values, const torch::Tensor& like) {
    return torch::tensor({values[0], values[1], values[2]}, like.options()).view({1, 3, 1, 1});
}

torch::Tensor scaled(const torch::Tensor& maps, int64_t height, int64_t width) {
    return F::interpolate(maps, F::InterpolateFuncOptions()
                                    .size(std::vector<int64_t>{height, width})
                                    .mode(torch::kBilinear)
                                    .align_corners(false));
}

}  // namespace

SamImpl::SamImpl(const SamDescription& networkDescription) : description(networkDescription) {
    image_encoder = register_module("image_encoder", makeEncoder(description.encoder));
    prompt_encoder =
        register_module("prompt_encoder", PromptEncoder(description.decoder, description.encoder.inputSize));
    mask_decoder = register_module("mask_decoder", MaskDecoder(description.decoder));
}

torch::Tensor SamImpl::normalised(const torch::Tensor& image) const {
    if (description.normalisation == PixelNormalisation::UnitRange) return image;
    return (image * 255.0 - perChannel(kPixelMean, image)) / perChannel(kPixelDeviation, image);
}

torch::Tensor SamImpl::preprocess(const torch::Tensor& image, int64_t side) const {
    if (side == 0) side = description.encoder.inputSize;
    return torch::constant_pad_nd(normalised(image), {0, side - image.size(3), 0, side - image.size(2)});
}

PromptedMasks SamImpl::predict(const torch::Tensor& embedding, const Prompts& prompts, bool multimask) {
    const torch::NoGradGuard noGrad;
    const DecodedMasks decoded =
        mask_decoder(embedding, prompt_encoder->densePositions(), prompt_encoder(prompts));
    const int64_t first = multimask ? 1 : 0, end = multimask ? decoded.iou.size(1) : 1;
    return {decoded.logits.slice(1, first, end), decoded.iou.slice(1, first, end)};
}

torch::Tensor SamImpl::postprocessMasks(const torch::Tensor& logits, int64_t inputHeight, int64_t inputWidth,
                                        int64_t imageHeight, int64_t imageWidth) const {
    const int64_t side = description.encoder.inputSize;
    const torch::Tensor input = scaled(logits, side, side).slice(2, 0, inputHeight).slice(3, 0, inputWidth);
    return scaled(input, imageHeight, imageWidth);
}

}  // namespace finebrush::sam
