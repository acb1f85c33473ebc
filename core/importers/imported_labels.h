#pragma once

#include "core/base/error.h"
#include "core/image/image_address.h"
#include "core/labels/class_table.h"
#include "core/labels/label_map.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace finebrush {

/// An image that labels may be of.
struct ImportTarget {
    ImageAddress address;
    PixelSize size;
};

/// A class as a file of labels knows it.
struct ImportedClass {
    uint8_t value = 0;  ///< in the labels
    std::string name;   ///< empty: the file says only the value
    std::optional<Colour> colour;
    bool hasOwnValue = false;  ///< the value is the file's, not a place in its list of names
    bool operator==(const ImportedClass&) const = default;
};

/// The labels of one image; `kUnlabelled` where the file says nothing.
struct ImportedLabels {
    size_t target = 0;                   ///< place in the list of targets
    LabelMap labels;                     ///< whose values are those of `classes`
    std::vector<ImportedClass> classes;  ///< at least those that the labels hold
    /// Another slice of the target's volume, which is not among the targets; nothing: they are of the target.
    std::optional<SliceAddress> newSlice = {};
};

/// What was read of some files, and which were left out and why.
struct LabelImport {
    std::vector<ImportedLabels> images;
    std::vector<Error> problems;
};

}  // namespace finebrush
