#include "core/sam/hub_models.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

TEST(HubModels, APublishedNameTellsTheNetworkAndHowItTakesPixels) {
    const auto expectNamed = [](const char* name, const char* network, sam::PixelNormalisation pixels) {
        const auto named = sam::networkNamed(name);
        ASSERT_TRUE(named) << name;
        EXPECT_EQ(named->name, network);
        EXPECT_EQ(named->normalisation, pixels) << name;
    };
    expectNamed("facebook/sam-vit-base", "SAM ViT-B", sam::PixelNormalisation::ImageNet);
    expectNamed("facebook/sam-vit-large", "SAM ViT-L", sam::PixelNormalisation::ImageNet);
    expectNamed("facebook/sam-vit-huge", "SAM ViT-H", sam::PixelNormalisation::ImageNet);
    expectNamed("wanglab/MedSAM-ViT-Base", "MedSAM", sam::PixelNormalisation::UnitRange);
    for (const char* ours : {"SAM ViT-B", "SAM ViT-L", "SAM ViT-H", "MobileSAM"})
        expectNamed(ours, ours, sam::PixelNormalisation::ImageNet);
    for (const char* ours : {"MedSAM", "LiteMedSAM"})
        expectNamed(ours, ours, sam::PixelNormalisation::UnitRange);
}

TEST(HubModels, APathOrAnyOtherNameTellsNothing) {
    for (const char* name : {"", "sam", "/models/facebook/sam-vit-base", "./sam-vit-base", "local://sam",
                             "facebook/sam2-hiera-large", "wanglab/MedSAM2"})
        EXPECT_FALSE(sam::networkNamed(name)) << name;
}

}  // namespace
}  // namespace finebrush
