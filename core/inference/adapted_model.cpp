#include "core/inference/adapted_model.h"

#include "core/inference/network_input.h"
#include "core/inference/reduced_precision.h"
#include "core/inference/tiling.h"
#include "core/peft/files/adapter_file.h"

#include <algorithm>
#include <stdexcept>

namespace finebrush {

namespace {

/// Neighbouring tiles of a view share this part of their side.
constexpr int kOverlapsOfTile = 12;

/// What queries say of classes, as logits [1, K, h, w].
torch::Tensor classLogits(const sam::ClassQueries& found) {
    if (!found.classes.defined()) return found.masks;
    constexpr double kLeastScore = 1e-4;  // no query can rule a class out
    return sam::semanticScores(found).clamp_min(kLeastScore).log();
}

torch::Tensor stretched(const torch::Tensor& maps, PixelSize size) {
    if (maps.size(2) == size.height && maps.size(3) == size.width) return maps;
    return torch::upsample_bilinear2d(maps, {size.height, size.width}, false);
}

}  // namespace

AdaptedModel::AdaptedModel(std::unique_ptr<peft::AdaptedSam> network,
                           std::vector<messages::ClassInfo> classes, ViewPlan plan,
                           std::vector<ReadOut> readOuts, torch::Tensor decoderWeight)
    : network_(std::move(network)),
      classes_(std::move(classes)),
      plan_(std::move(plan)),
      readOuts_(std::move(readOuts)),
      decoderWeight_(std::move(decoderWeight)) {
    if (readOuts_.size() != plan_.views.size())
        throw std::invalid_argument("AdaptedModel: one read-out a view");
}

void AdaptedModel::setInputRange(const InputRange& range) {
    plan_.inputRange = inputRangeFor(range, network_->base()->description);
}

sam::ClassQueries AdaptedModel::decoded(const torch::Tensor& embedding) {
    const ReducedPrecision fast(network_->device());
    sam::MultiClassDecoder decoder = network_->decoder();
    if (!decoder->hasClassHead()) return {decoder(embedding).to(torch::kFloat32), {}};
    const sam::ClassQueries found = decoder->queries(embedding);
    return {found.masks.to(torch::kFloat32), found.classes.to(torch::kFloat32)};
}

torch::Tensor AdaptedModel::viewLogits(size_t view, const PreparedView& prepared, PixelSize size) {
    return viewLogits(view, mapsOf(plan_.views[view], prepared, *network_), size);
}

torch::Tensor AdaptedModel::viewLogits(size_t view, const ViewMaps& maps, PixelSize size) {
    torch::Tensor logits = readOuts_[view]->forward(maps.used, size);  // [1, K, H, W]
    if (view == 0) logits = logits + decoderWeight_ * stretched(classLogits(decoded(maps.embedding)), size);
    return logits;
}

PointLogits AdaptedModel::viewLogitsAt(size_t view, const ViewMaps& maps, const torch::Tensor& points) {
    const ReadOut& readOut = readOuts_[view];
    PointLogits logits{torch::addmm(readOut->bias, readOut->sample(maps.used, points), readOut->weight.t())};
    if (view > 0) return logits;
    const sam::ClassQueries found = decoded(maps.embedding);
    logits.classes = logits.classes + decoderWeight_ * sampledAt(classLogits(found), points);
    if (found.classes.defined()) {
        logits.queryMasks = sampledAt(found.masks, points).t();
        logits.queryClasses = found.classes[0];
    }
    return logits;
}

torch::Tensor AdaptedModel::wholeViewLogits(size_t view, const torch::Tensor& image, WorkMonitor& monitor) {
    const PixelSize size{static_cast<int>(image.size(2)), static_cast<int>(image.size(1))};
    if (std::max(size.width, size.height) <= plan_.tileSide) {
        return viewLogits(view, prepareView(plan_.views[view], image, *network_), size);
    }
    const std::vector<RectInImage> tiles =
        tilesOver(size, {plan_.tileSide, plan_.tileSide / kOverlapsOfTile});
    TileBlender blender(static_cast<int64_t>(classes_.size()), size, network_->device());
    for (size_t i = 0; i < tiles.size(); ++i) {
        if (monitor.shouldStop()) return {};
        monitor.progressed(messages::Stage::Predicting, double(i) / double(tiles.size()));
        const PreparedView prepared = prepareView(plan_.views[view], cutTile(image, tiles[i]), *network_);
        blender.add(viewLogits(view, prepared, {tiles[i].width, tiles[i].height})[0], tiles[i]);
    }
    return blender.result().unsqueeze(0);
}

torch::Tensor AdaptedModel::probabilities(const PixelBuffer& pixels, Care care, WorkMonitor& monitor) {
    const torch::NoGradGuard noGradient;
    network_->setTraining(false);
    const InputRange range = appliedRange(plan_.inputRange, pixels);
    const torch::Tensor colours = scaledColours(pixels, range);
    const std::vector<std::vector<int64_t>> flips = flipsOf(care);
    torch::Tensor logits;
    for (size_t view = 0; view < plan_.views.size(); ++view) {
        const PixelSize viewSize = plan_.sizeOf(plan_.views[view], pixels.size);
        const torch::Tensor image = networkInput(colours, viewSize, range);
        torch::Tensor sum;
        for (const std::vector<int64_t>& sides : flips) {
            if (monitor.shouldStop()) return {};
            const torch::Tensor flipped = wholeViewLogits(view, image.flip(sides), monitor);
            if (!flipped.defined()) return {};
            const torch::Tensor upright = flipped.flip(sides);
            sum = sum.defined() ? sum.add_(upright) : upright;
        }
        const torch::Tensor here = stretched(sum.div_(double(flips.size())), pixels.size);
        logits = logits.defined() ? logits.add_(here) : here;
    }
    return logits.softmax(1).squeeze(0);  // [K, H, W]
}

messages::AdapterFiles AdaptedModel::toFiles() const {
    peft::AdapterExtras extras;
    for (size_t i = 0; i < readOuts_.size(); ++i) {
        const std::string prefix = "read_out." + std::to_string(i) + ".";
        for (const auto& [name, tensor] :
             {std::pair{"mean", readOuts_[i]->mean}, std::pair{"scale", readOuts_[i]->scale},
              std::pair{"weight", readOuts_[i]->weight}, std::pair{"bias", readOuts_[i]->bias}}) {
            extras.tensors[prefix + name] = tensor.detach();
        }
    }
    extras.tensors["decoder_weight"] = decoderWeight_.detach();
    extras.json["view_plan"] = plan_;
    return peft::writeAdapter(*network_, classes_, extras);
}

}  // namespace finebrush
