#include "core/inference/prompt_segmenter.h"

#include "core/inference/network_input.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace finebrush {

namespace {

/// Of a part with longer sides the masks are made this large and stretched: the network knows no more of it.
constexpr int kLongestMaskSide = 2048;

/// What segment-anything's decoder says of what it is sure about, roughly: such logits are what it takes as
/// the mask of an earlier round.
constexpr double kSureLogit = 10;

/// The point that the prompt encoder calls (0, 0) is the centre of a pixel; ours is its corner.
constexpr double kPixelCentre = 0.5;

/// Clicks and a box in the frame of the network's input.
sam::Prompts inModelFrame(const PromptView& view, const std::vector<messages::PromptPoint>& points,
                          const std::optional<messages::PromptBox>& box) {
    const double scaleX = double(view.input.width) / view.rect.width;
    const double scaleY = double(view.input.height) / view.rect.height;
    const auto x = [&](double inImage) { return float((inImage - view.rect.x) * scaleX - kPixelCentre); };
    const auto y = [&](double inImage) { return float((inImage - view.rect.y) * scaleY - kPixelCentre); };
    sam::Prompts prompts;
    if (!points.empty()) {
        std::vector<float> coordinates, labels;
        for (const messages::PromptPoint& point : points) {
            coordinates.insert(coordinates.end(), {x(point.x), y(point.y)});
            labels.push_back(point.isObject ? 1.0f : 0.0f);
        }
        prompts.points = torch::tensor(coordinates).view({1, -1, 2});
        prompts.pointLabels = torch::tensor(labels).view({1, -1});
    }
    if (box) {
        prompts.boxes =
            torch::tensor({x(box->left), y(box->top), x(box->right), y(box->bottom)}).view({1, 4});
    }
    return prompts;
}

PixelSize maskSizeOf(const RectInImage& rect) {
    const double scale = std::min(1.0, double(kLongestMaskSide) / std::max(rect.width, rect.height));
    const auto side = [scale](int length) {
        return std::max(1, static_cast<int>(std::lround(length * scale)));
    };
    return {side(rect.width), side(rect.height)};
}

/// The first px of the image that a px of the mask covers.
int stretched(int place, int maskSide, int side) {
    return static_cast<int>(int64_t{place} * side / maskSide);
}

/// What of the part is above 0 in logits [H, W] on the CPU.
void takeInside(const torch::Tensor& logits, const RectInImage& rect, PromptedMask& result) {
    const int height = static_cast<int>(logits.size(0)), width = static_cast<int>(logits.size(1));
    const cv::Mat map(height, width, CV_32F, logits.data_ptr<float>());
    const cv::Rect found = cv::boundingRect(map > 0);
    if (found.empty()) return;
    const int left = stretched(found.x, width, rect.width);
    const int top = stretched(found.y, height, rect.height);
    result.bounds = {rect.x + left, rect.y + top, stretched(found.x + found.width, width, rect.width) - left,
                     stretched(found.y + found.height, height, rect.height) - top};
    cv::Mat cut = map(found);
    if (result.bounds.width != found.width || result.bounds.height != found.height) {
        cv::resize(map(found), cut, {result.bounds.width, result.bounds.height}, 0, 0, cv::INTER_LINEAR);
    }
    result.mask.resize(static_cast<size_t>(result.bounds.area()));
    cv::Mat inside(cut.rows, cut.cols, CV_8U, result.mask.data());
    cv::compare(cut, 0, inside, cv::CMP_GT);
}

}  // namespace

std::vector<int64_t> PromptSegmenter::embeddingShape() const {
    const sam::DecoderDescription& decoder = network_->description.decoder;
    return {1, decoder.channels, decoder.embeddingSize, decoder.embeddingSize};
}

PromptSegmenter::PromptSegmenter(sam::Sam network, int inputSide)
    : network_(std::move(network)),
      inputSide_(inputSide > 0 ? inputSide : network_->image_encoder->inputSize()) {}

std::string PromptSegmenter::modelKey() const {
    const sam::SamDescription& model = network_->description;
    return network_->checkpointSha256 + ' ' + model.name + ' ' +
           std::to_string(static_cast<int>(model.normalisation)) + ' ' + std::to_string(inputSide_);
}

PixelSize PromptSegmenter::inputSizeOf(PixelSize picture) const {
    return sizeWithin(picture, network_->image_encoder->inputSize());
}

PixelSize PromptSegmenter::sizeWithin(PixelSize picture, int64_t longerSide) const {
    const double scale = double(longerSide) / std::max(picture.width, picture.height);
    const auto side = [scale](int length) { return std::max(1, static_cast<int>(length * scale + 0.5)); };
    return {side(picture.width), side(picture.height)};
}

torch::Tensor PromptSegmenter::embed(const PixelBuffer& pixels) {
    const torch::NoGradGuard noGradient;
    const InputRange range = appliedRange(inputRangeFor({}, network_->description), pixels);
    const torch::Tensor image =
        networkInput(scaledColours(pixels, range), sizeWithin(pixels.size, inputSide_), range);
    const torch::Device device = network_->prompt_encoder->no_mask_embed->weight.device();
    const torch::Tensor input = network_->preprocess(image.unsqueeze(0).to(device), inputSide_);
    torch::Tensor embedding =
        network_->image_encoder->forward(input).embedding.to(torch::kCPU, torch::kFloat32);  // [1, C, h, w]
    // The decoder knows one size only.
    const int64_t side = network_->description.decoder.embeddingSize;
    if (embedding.size(2) == side) return embedding;
    return torch::nn::functional::interpolate(embedding, torch::nn::functional::InterpolateFuncOptions()
                                                             .size(std::vector<int64_t>{side, side})
                                                             .mode(torch::kBilinear)
                                                             .align_corners(false));
}

torch::Tensor PromptSegmenter::maskLogits(const PromptView& view, const IndexMask& mask) const {
    const int side = static_cast<int>(4 * network_->description.decoder.embeddingSize);
    const double scale = double(side) / static_cast<double>(network_->image_encoder->inputSize());
    const auto filled = [&](int length) {
        return std::clamp(static_cast<int>(std::lround(length * scale)), 1, side);
    };
    const cv::Mat values(mask.size.height, mask.size.width, CV_8U, const_cast<uint8_t*>(mask.values.data()));
    cv::Mat share;
    cv::Mat(values != 0).convertTo(share, CV_32F, 1.0 / 255);
    cv::resize(share, share, {filled(view.input.width), filled(view.input.height)}, 0, 0, cv::INTER_AREA);
    torch::Tensor logits = torch::full({1, 1, side, side}, -kSureLogit);
    cv::Mat all(side, side, CV_32F, logits.data_ptr<float>());
    share.convertTo(all(cv::Rect(0, 0, share.cols, share.rows)), CV_32F, 2 * kSureLogit, -kSureLogit);
    return logits;
}

std::vector<PromptedMask> PromptSegmenter::masks(const PromptView& view,
                                                 const std::vector<messages::PromptPoint>& points,
                                                 const std::optional<messages::PromptBox>& box,
                                                 const std::optional<IndexMask>& mask) {
    const torch::NoGradGuard noGradient;
    const torch::Device device = network_->prompt_encoder->no_mask_embed->weight.device();
    sam::Prompts prompts = inModelFrame(view, points, box);
    if (mask) prompts.masks = maskLogits(view, *mask);
    for (torch::Tensor* some : {&prompts.points, &prompts.pointLabels, &prompts.boxes, &prompts.masks}) {
        if (some->defined()) *some = some->to(device);
    }
    const sam::DecodedMasks decoded =
        network_->mask_decoder(view.embedding.to(device), network_->prompt_encoder->densePositions(),
                               network_->prompt_encoder(prompts));
    const PixelSize size = maskSizeOf(view.rect);
    const torch::Tensor logits =
        network_
            ->postprocessMasks(decoded.logits, view.input.height, view.input.width, size.height, size.width)
            .squeeze(0)
            .to(torch::kCPU)
            .contiguous();  // [T, H, W]
    std::vector<PromptedMask> masks(static_cast<size_t>(logits.size(0)));
    for (size_t level = 0; level < masks.size(); ++level) {
        const auto index = static_cast<int64_t>(level);
        masks[level].level = static_cast<int>(level);
        masks[level].iou = decoded.iou[0][index].item<double>();
        takeInside(logits[index], view.rect, masks[level]);
    }
    return masks;
}

int usualLevel(const std::vector<PromptedMask>& masks, size_t points, bool hasBox) {
    if (hasBox || points != 1 || masks.size() < 2) return 0;
    const auto best =
        std::max_element(masks.begin() + 1, masks.end(),
                         [](const auto& one, const auto& other) { return one.iou < other.iou; });
    return best->level;
}

}  // namespace finebrush
