#pragma once

#include "core/inference/image_view.h"
#include "core/inference/read_out.h"
#include "core/inference/segmentation_model.h"
#include "core/peft/adapted_sam.h"

#include <memory>
#include <string>
#include <vector>

namespace finebrush {

/// The logits of points.
struct PointLogits {
    torch::Tensor classes;            ///< [N, K]
    torch::Tensor queryMasks = {};    ///< [Q, N]; of a decoder with a class head, else undefined
    torch::Tensor queryClasses = {};  ///< [Q, K + 1]
};

/// The model that an adaptation makes: the adapted network, a read-out on the maps of each view, and the
/// multi-class decoder on the first view's embedding. Their logits are added.
class AdaptedModel : public SegmentationModel {
  public:
    /// One read-out a view.
    AdaptedModel(std::unique_ptr<peft::AdaptedSam> network, std::vector<messages::ClassInfo> classes,
                 ViewPlan plan, std::vector<ReadOut> readOuts, torch::Tensor decoderWeight);

    const std::vector<messages::ClassInfo>& classes() const override { return classes_; }
    const InputRange& inputRange() const override { return plan_.inputRange; }
    void setInputRange(const InputRange& range) override;
    torch::Tensor probabilities(const PixelBuffer& pixels, Care care, WorkMonitor& monitor) override;
    messages::AdapterFiles toFiles() const override;

    /// The logits [1, K, size.height, size.width] of one view. Differentiable in all that trains.
    torch::Tensor viewLogits(size_t view, const PreparedView& prepared, PixelSize size);

    /// The same of maps that the network made, ...
    torch::Tensor viewLogits(size_t view, const ViewMaps& maps, PixelSize size);
    /// ... and at points [N, 2] in 0..1 of the view.
    PointLogits viewLogitsAt(size_t view, const ViewMaps& maps, const torch::Tensor& points);

    peft::AdaptedSam& network() { return *network_; }
    const ViewPlan& plan() const { return plan_; }
    ReadOut& readOut(size_t view) { return readOuts_[view]; }
    /// [1]: how much of the decoder's logits is added; starts at 0, so that a fresh model is its read-out
    /// alone.
    torch::Tensor& decoderWeight() { return decoderWeight_; }

  private:
    /// What the decoder makes of an embedding, in float. Without a class head a mask is a class, and
    /// `classes` is undefined.
    sam::ClassQueries decoded(const torch::Tensor& embedding);

    /// The logits [1, K, h, w] of a view over a whole image [3, h, w], both of the view's size; empty where
    /// told to stop.
    torch::Tensor wholeViewLogits(size_t view, const torch::Tensor& image, WorkMonitor& monitor);

    std::unique_ptr<peft::AdaptedSam> network_;
    std::vector<messages::ClassInfo> classes_;
    ViewPlan plan_;
    std::vector<ReadOut> readOuts_;
    torch::Tensor decoderWeight_;
};

}  // namespace finebrush
