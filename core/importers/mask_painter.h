#pragma once

#include "core/base/geometry.h"
#include "core/importers/imported_labels.h"
#include "core/labels/label_map.h"
#include "core/labels/pixel_region.h"

#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// Gathers the shapes of one image; what comes later lies on top. Classes are told apart by name. An image of
/// any size takes the memory of what is painted.
class MaskPainter {
  public:
    explicit MaskPainter(PixelSize size) : labels_(size) {}

    PixelSize size() const { return labels_.size(); }
    /// The value of a class; a name that is new gets the next one. Nothing where there are too many.
    std::optional<uint8_t> valueOf(const std::string& name, std::optional<Colour> colour = std::nullopt);
    void fill(const PixelRegion& region, uint8_t value);
    void fill(const RectInImage& rect, uint8_t value) { labels_.fill(rect, value); }

    /// The labels of an image; the painter is empty then.
    ImportedLabels take(size_t target);

  private:
    LabelMap labels_;
    std::vector<ImportedClass> classes_;
};

}  // namespace finebrush
