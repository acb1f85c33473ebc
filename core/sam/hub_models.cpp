#include "core/sam/hub_models.h"

#include <algorithm>
#include <cctype>

namespace finebrush::sam {

namespace {

struct KnownName {
    const char* name;  ///< in small letters
    const char* network;
    PixelNormalisation normalisation;
};

constexpr KnownName kKnownNames[] = {
    {"facebook/sam-vit-base", "SAM ViT-B", PixelNormalisation::ImageNet},
    {"sam vit-b", "SAM ViT-B", PixelNormalisation::ImageNet},
    {"facebook/sam-vit-large", "SAM ViT-L", PixelNormalisation::ImageNet},
    {"sam vit-l", "SAM ViT-L", PixelNormalisation::ImageNet},
    {"facebook/sam-vit-huge", "SAM ViT-H", PixelNormalisation::ImageNet},
    {"sam vit-h", "SAM ViT-H", PixelNormalisation::ImageNet},
    {"wanglab/medsam-vit-base", "MedSAM", PixelNormalisation::UnitRange},
    {"flaviagiammarino/medsam-vit-base", "MedSAM", PixelNormalisation::UnitRange},
    {"medsam", "MedSAM", PixelNormalisation::UnitRange},
    {"mobilesam", "MobileSAM", PixelNormalisation::ImageNet},
    {"litemedsam", "LiteMedSAM", PixelNormalisation::UnitRange},
};

}  // namespace

std::optional<NamedNetwork> networkNamed(std::string name) {
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto* const found = std::ranges::find(kKnownNames, name, &KnownName::name);
    if (found == std::end(kKnownNames)) return std::nullopt;
    return NamedNetwork{found->network, found->normalisation};
}

}  // namespace finebrush::sam
