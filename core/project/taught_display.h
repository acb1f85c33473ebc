#pragma once

#include "core/image/display/display_mapping.h"
#include "core/messages/messages.h"

#include <optional>
#include <vector>

namespace finebrush {

/// How an image is shown, and whether a person chose that.
struct ShownImage {
    DisplayMapping display;
    bool isChosen = false;
    PixelType type = PixelType::UInt8;  ///< of its raw values
    int bands = 1;
};

/// How the images were shown that an adapter was taught on, where it was taught on what is displayed. An
/// adapter keeps it in its configuration, so that images which nobody chose a display for can be looked at
/// alike, on any machine.
struct TaughtDisplay {
    enum class Kind {
        Unknown,    ///< the adapter does not tell
        Usual,      ///< each as an image is shown at first
        Alike,      ///< all by `mapping`
        Different,  ///< by several mappings
    };
    Kind kind = Kind::Unknown;
    DisplayMapping mapping = {};
    bool isOfBytes =
        false;  ///< `mapping` is of 8-bit values: of others it would mean nothing, and vice versa

    /// `mapping` for images of this type and so many bands; nothing where it does not suit these.
    std::optional<DisplayMapping> mappingFor(PixelType type, int bands) const;
    bool operator==(const TaughtDisplay&) const = default;
};

/// A mapping without what is nothing that a network sees.
DisplayMapping asSeen(DisplayMapping mapping);

/// What the images that are learned from have in common.
TaughtDisplay commonDisplay(const std::vector<ShownImage>& images);

/// What an adapter keeps of it; `Unknown` where there is nothing, or nothing sound.
TaughtDisplay taughtDisplayOf(const messages::AdapterFiles& adapter);

/// Notes it in the configuration of an adapter of ours; of another program's, and of `Unknown`, nothing.
void noteTaughtDisplay(messages::AdapterFiles& adapter, const TaughtDisplay& taught);

}  // namespace finebrush
