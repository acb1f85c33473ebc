#include "core/engine/model_facts.h"

#include "core/base/files.h"
#include "core/checkpoint/checkpoint_file.h"
#include "core/engine/model_catalog.h"
#include "core/sam/build_sam.h"
#include "tests/core/checkpoint/checkpoint_fixtures.h"
#include "tests/core/sam/network_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;

class ModelFacts : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(file)) GTEST_SKIP() << "NOT TESTED: the reference is not here: " << file;
    }
    const std::filesystem::path file = testing::referenceFolder() / "golden/sam_vit_small.pth";
};

TEST_F(ModelFacts, TellWhatACheckpointIs) {
    auto network = sam::loadSam(file);
    ASSERT_TRUE(network) << describe(network.error());
    const messages::ModelInfo info = factsOf(*network, file);
    EXPECT_EQ(info.architecture, "ViT");
    EXPECT_EQ(info.fileBytes, static_cast<int64_t>(std::filesystem::file_size(file)));
    EXPECT_GT(info.parameters, 1000);
    EXPECT_LT(info.parameters * 4, info.fileBytes);
    EXPECT_TRUE(info.licence.empty()) << "nobody has published it";
    EXPECT_EQ(info.secondsPerView, 0);
}

TEST_F(ModelFacts, PublishedFilesAreKnownByTheirHash) {
    auto network = sam::loadSam(file);
    ASSERT_TRUE(network);
    (*network)->checkpointSha256 = "ec2df62732614e57411cdcf32a23ffdf28910380d03139ee0f4fcbe91eb8c912";
    EXPECT_EQ(factsOf(*network, file).licence, "Apache-2.0");
}

TEST(TakePixelsAs, APersonMayKnowBetterThanTheNameOfTheFile) {
    sam::Sam network = testing::frozenNetwork(testing::smallVitDescription());
    network->description.name = "SAM ViT-B";
    network->description.normalisation = sam::PixelNormalisation::ImageNet;
    ASSERT_TRUE(takePixelsAs(network, ""));
    EXPECT_EQ(network->description.name, "SAM ViT-B");
    ASSERT_TRUE(takePixelsAs(network, "medsam"));
    EXPECT_EQ(network->description.name, "MedSAM");
    EXPECT_EQ(network->description.normalisation, sam::PixelNormalisation::UnitRange);
    ASSERT_TRUE(takePixelsAs(network, "sam"));
    EXPECT_EQ(network->description.normalisation, sam::PixelNormalisation::ImageNet);
    network->description.name = "SAM ViT-H";
    const auto taken = takePixelsAs(network, "medsam");
    ASSERT_FALSE(taken);
    EXPECT_THAT(describe(taken.error()), HasSubstr("the model is SAM ViT-H"));
}

TEST_F(ModelFacts, AModelIsMeasuredOnce) {
    const TemporaryFolder folder;
    auto network = sam::loadSam(file);
    ASSERT_TRUE(network);
    const std::filesystem::path speeds = folder / "cache/speeds.json";
    EXPECT_EQ(ModelSpeeds(speeds).known(*network), 0);
    const double measured = ModelSpeeds(speeds).of(*network);
    EXPECT_GT(measured, 0);
    EXPECT_EQ(ModelSpeeds(speeds).of(*network), measured) << "another run reads it";
    ASSERT_TRUE(writeFileAtomically(speeds, std::string_view("{\"a\": [")).has_value());
    EXPECT_EQ(ModelSpeeds(speeds).known(*network), 0) << "a damaged file is passed over";
}

TEST_F(ModelFacts, WhatDoesNotFitIsListedWhole) {
    auto tensors = readCheckpoint(file);
    ASSERT_TRUE(tensors);
    const auto description = sam::describeNetwork(*tensors, utf8(file));
    ASSERT_TRUE(description);
    tensors->tensors.erase("image_encoder.blocks.0.attn.proj.bias");
    tensors->tensors.insert("some.other", torch::zeros({1}));
    const auto network = sam::buildSam(*description, *tensors, utf8(file));
    ASSERT_FALSE(network);
    EXPECT_THAT(network.error().detail, HasSubstr("missing:\n  image_encoder.blocks.0.attn.proj.bias\n"));
    EXPECT_THAT(network.error().detail, HasSubstr("unexpected:\n  some.other\n"));
}

}  // namespace
}  // namespace finebrush
