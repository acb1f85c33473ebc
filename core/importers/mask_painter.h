#pragma once

#include "core/base/geometry.h"
#include "core/base/pixel_buffer.h"
#include "core/importers/imported_labels.h"
#include "core/labels/pixel_region.h"

#include <optional>
#include <string>

namespace finebrush {

/// Gathers the shapes of one image into a mask; what comes later lies on top. Classes are told apart by name.
class MaskPainter {
  public:
    explicit MaskPainter(PixelSize size);

    PixelSize size() const { return mask_.size; }
    /// The value of a class; a name that is new gets the next one. Nothing where there are too many.
    std::optional<uint8_t> valueOf(const std::string& name, std::optional<Colour> colour = std::nullopt);
    void fill(const PixelRegion& region, uint8_t value);
    void set(int x, int y, uint8_t value) {
        mask_
            .values[static_cast<size_t>(y) * static_cast<size_t>(mask_.size.width) + static_cast<size_t>(x)] =
            value;
    }

    /// The labels of an image; the painter is empty then.
    ImportedLabels take(size_t target);

  private:
    IndexMask mask_;
    std::vector<ImportedClass> classes_;
};

}  // namespace finebrush
