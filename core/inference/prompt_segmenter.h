#pragma once

#include "core/base/geometry.h"
#include "core/base/pixel_buffer.h"
#include "core/messages/messages.h"
#include "core/sam/sam.h"

#include <torch/torch.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// A part of an image that prompts can be put on, as the network knows it.
struct PromptView {
    RectInImage rect;         ///< px of the image
    PixelSize input;          ///< what the part fills of the network's square input, in px of the model
    torch::Tensor embedding;  ///< [1, C, h, w] float
};

/// What is inside one of the masks that a decoder makes for prompts.
struct PromptedMask {
    int level = 0;              ///< 1 to 3: of the three masks for doubtful prompts; 0: the single one
    double iou = 0;             ///< the quality that the network expects
    RectInImage bounds;         ///< px of the image; empty where nothing is inside
    std::vector<uint8_t> mask;  ///< row-major in `bounds`: 255 inside, 0 outside
};

/// Masks for clicks and boxes, as segment-anything's predictor.py makes them, with the network as it was
/// published: no adapter is attached. Used by one thread.
class PromptSegmenter {
  public:
    /// The encoder looks at pictures whose longer side has `inputSide` px of the model, which it can take
    /// (`takesInputSide`); 0: as it was trained.
    explicit PromptSegmenter(sam::Sam network, int inputSide = 0);

    /// Differs for networks that make other embeddings of the same pixels: the file's digest does not tell
    /// how they are normalised, nor at which size they are looked at.
    std::string modelKey() const;
    /// [1, C, h, w]: what `embed` gives.
    std::vector<int64_t> embeddingShape() const;

    /// The px of the model that a picture of this size fills: its longer side is the input's.
    PixelSize inputSizeOf(PixelSize picture) const;

    /// pixels of a part of an image → its embedding [1, C, h, w] float on the CPU. Throws
    /// std::invalid_argument for an inconsistent buffer.
    torch::Tensor embed(const PixelBuffer& pixels);

    /// All masks for prompts in px of the image, by level; at least one point or the box. A mask of the
    /// size of the view, not 0 on the object, is what an earlier round gave.
    std::vector<PromptedMask> masks(const PromptView& view, const std::vector<messages::PromptPoint>& points,
                                    const std::optional<messages::PromptBox>& box,
                                    const std::optional<IndexMask>& mask = {});

  private:
    PixelSize sizeWithin(PixelSize picture, int64_t longerSide) const;
    /// [1, 1, 4h, 4w]
    torch::Tensor maskLogits(const PromptView& view, const IndexMask& mask) const;

    sam::Sam network_;
    int64_t inputSide_;
};

/// The level that is meant, as a rule: of one click the best of the three, since it does not tell how much of
/// an object it means; else the single one.
int usualLevel(const std::vector<PromptedMask>& masks, size_t points, bool hasBox);

}  // namespace finebrush
