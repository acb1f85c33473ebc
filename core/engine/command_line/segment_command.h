#pragma once

#include "core/base/result.h"
#include "core/messages/messages.h"

#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace finebrush {

struct SegmentOptions {
    std::filesystem::path image;  ///< a file, or a slice of one
    std::vector<std::string>
        points;       ///< "X,Y", "X,Y,1" (the object) or "X,Y,0" (not the object); px of the image
    std::string box;  ///< "X0,Y0,X1,Y1"; may be empty
    std::filesystem::path
        mask;  ///< an earlier mask of the object in the image's size, such as `out`; may be empty
    std::filesystem::path out;      ///< grey PNG: 255 inside, 0 outside
    std::optional<int> level;       ///< of the mask (see `PromptedMask`); none: the usual one
    std::filesystem::path model;    ///< checkpoint; empty: the default one
    std::string normalisation;      ///< "medsam" or "sam"; empty: as the model's file tells
    std::filesystem::path adapter;  ///< folder of a LoRA that PEFT trained for prompts; may be empty
    int inputSize = 0;  ///< px of the longer side as the encoder sees it; 0: as usual for the model
    std::string device = "auto";
    int threads = 0;
};

/// Points of the command line. Errors: OptionInvalid.
Result<std::vector<messages::PromptPoint>> parsePoints(const std::vector<std::string>& texts);

/// A box of the command line; none where the text is empty. Errors: OptionInvalid.
Result<std::optional<messages::PromptBox>> parseBox(const std::string& text);

/// Segments one object of an image by prompts and tells the quality that the network expects of each mask.
/// Errors: OptionInvalid, LabelsSizeMismatch, those of `readImage`, `readIndexMask`, `loadBaseNetwork`,
/// `takePixelsAs`, `readAdapterFolder`, `adaptForPrompts` and `writeExport`.
Result<void> segmentFile(const SegmentOptions& options, std::ostream& out);

}  // namespace finebrush
