#include "core/engine/command_line/segment_command.h"

#include "core/base/files.h"
#include "core/engine/adapter_folder.h"
#include "core/image/raster/png_writer.h"
#include "core/image/raster/raster_reader.h"
#include "core/peft/files/adapter_file.h"
#include "core/sam/build_sam.h"
#include "tests/core/engine/disc_picture.h"
#include "tests/core/sam/small_model.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <sstream>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::TemporaryFolder;

const std::filesystem::path kCheckpoint =
    std::filesystem::path(FINEBRUSH_SOURCE_DIR) / ".deps/models/lite_medsam.pth";

TEST(SegmentCommand, ReadsPointsAndBoxes) {
    EXPECT_EQ(parsePoints({"1,2", "3.5,4,0", "5,6,1"}).value(),
              (std::vector<messages::PromptPoint>{{1, 2, true}, {3.5, 4, false}, {5, 6, true}}));
    EXPECT_EQ(parseBox("1,2,30.5,4").value(), (messages::PromptBox{1, 2, 30.5, 4}));
    EXPECT_FALSE(parseBox("").value());
}

TEST(SegmentCommand, RefusesWhatIsNoPointAndNoBox) {
    for (const char* text :
         {"", "1", "1,", "1,2,", "1,2,3", "1;2", "a,b", "1,2,1,1", "nan,2", "1,inf", "1, 2"}) {
        const auto points = parsePoints({text});
        ASSERT_FALSE(points) << text;
        EXPECT_THAT(describe(points.error()), HasSubstr("--point: “" + std::string(text) + "”"));
    }
    for (const char* text : {"1,2,3", "1,2,3,4,5", "5,1,2,3", "1,5,3,2", "1,1,1,5", "box"}) {
        const auto box = parseBox(text);
        ASSERT_FALSE(box) << text;
        EXPECT_THAT(describe(box.error()), HasSubstr("--box: “" + std::string(text) + "”"));
    }
}

class SegmentFile : public ::testing::Test {
  protected:
    SegmentFile() {
        const PixelBuffer picture = testing::discPicture();
        EXPECT_TRUE(writeFileAtomically(folder / "disc.png", *encodePng(picture.size, 3, picture.bytes)));
        options.image = folder / "disc.png";
        options.out = folder / "mask.png";
        options.model = kCheckpoint;
        options.threads = 2;
    }
    std::string refusal() {
        std::ostringstream out;
        const auto done = segmentFile(options, out);
        EXPECT_FALSE(std::filesystem::exists(folder / "mask.png"));
        return done ? "accepted" : describe(done.error());
    }

    TemporaryFolder folder;
    SegmentOptions options;
};

TEST_F(SegmentFile, WritesTheMaskAndTellsWhatIsExpectedOfEach) {
    if (!std::filesystem::exists(kCheckpoint)) GTEST_SKIP() << "no checkpoint: run packaging/setup.sh";
    options.box = "78,28,162,112";
    std::ostringstream out;
    const auto done = segmentFile(options, out);
    ASSERT_TRUE(done) << describe(done.error());
    EXPECT_THAT(out.str(), HasSubstr("level 0   predicted IoU 0."));
    EXPECT_THAT(out.str(), HasSubstr("level 3   predicted IoU"));
    const auto mask = readRaster(options.out);
    ASSERT_TRUE(mask);
    EXPECT_EQ(mask->size, testing::kDiscPicture);
    const auto at = [&](int x, int y) {
        return mask->bytes[(static_cast<size_t>(y) * mask->size.width + x) * mask->bytesPerPixel()];
    };
    EXPECT_EQ(at(120, 70), 255);
    EXPECT_EQ(at(20, 20), 0);
}

TEST_F(SegmentFile, StartsFromAnEarlierMaskAtASmallerInput) {
    if (!std::filesystem::exists(kCheckpoint)) GTEST_SKIP() << "no checkpoint: run packaging/setup.sh";
    options.box = "78,28,162,112";
    options.inputSize = 192;
    std::ostringstream out;
    ASSERT_TRUE(segmentFile(options, out));
    const auto first = readIndexMask(options.out);
    ASSERT_TRUE(first);
    options.mask = options.out;
    options.box.clear();
    options.out = folder / "again.png";
    const auto done = segmentFile(options, out);
    ASSERT_TRUE(done) << describe(done.error());
    const auto second = readIndexMask(options.out);
    ASSERT_TRUE(second);
    int64_t both = 0, either = 0;
    for (size_t i = 0; i < first->values.size(); ++i) {
        both += first->values[i] && second->values[i];
        either += first->values[i] || second->values[i];
    }
    EXPECT_GT(static_cast<double>(both) / static_cast<double>(either), 0.7);
    EXPECT_NE(second->at(120, 70), 0);
    EXPECT_EQ(second->at(20, 20), 0);
}

TEST_F(SegmentFile, AnswersWithALoraThatPeftWrote) {
    options.model = testing::smallModel();
    options.box = "78,28,162,112";
    std::ostringstream plain, adapted;
    const auto done = segmentFile(options, plain);
    ASSERT_TRUE(done) << describe(done.error());

    messages::AdaptationSettings settings;
    settings.method = "lora";
    const auto network = std::move(*peft::AdaptedSam::make(*sam::loadSam(options.model), settings, 1));
    for (const auto& parameter : network->trainableParameters())
        parameter.value().detach().add_(torch::randn_like(parameter.value()), 0.3);
    messages::AdapterFiles files = peft::writeAdapter(*network, {{"a", "a", "#ff0000", 0}}, {});
    ASSERT_TRUE(writeAdapterFolder(folder / "ours", files));
    const std::string config = R"({"peft_type": "LORA", "r": 4, "lora_alpha": 8})";
    files.erase(peft::kHeadTensorsFile);
    files[peft::kAdapterConfigFile] = {config.begin(), config.end()};
    ASSERT_TRUE(writeAdapterFolder(folder / "theirs", files));

    options.adapter = folder / "theirs";
    options.out = folder / "adapted.png";
    const auto again = segmentFile(options, adapted);
    ASSERT_TRUE(again) << describe(again.error());
    EXPECT_NE(adapted.str(), plain.str());
    options.adapter = folder / "ours";
    const auto refused = segmentFile(options, adapted);
    ASSERT_FALSE(refused);
    EXPECT_THAT(describe(refused.error()), HasSubstr("knows nothing of prompts"));
}

TEST_F(SegmentFile, RefusesWithASentence) {
    EXPECT_THAT(refusal(), HasSubstr("at least one point, a box or a mask is needed"));
    options.points = {"400,5"};
    EXPECT_THAT(refusal(), HasSubstr("the image has 200 × 160 pixels"));
    options.points = {"40,5"};
    options.inputSize = 100;
    EXPECT_THAT(refusal(), HasSubstr("it is a multiple of 16"));
    options.inputSize = 0;
    const PixelBuffer small{{2, 1}, 1, PixelType::UInt8, {0, 255}, {}};
    ASSERT_TRUE(writeFileAtomically(folder / "small.png", *encodePng(small.size, 1, small.bytes)));
    options.mask = folder / "small.png";
    EXPECT_THAT(refusal(), HasSubstr("small.png"));
    options.mask.clear();
    options.image = folder / "nothing.png";
    EXPECT_THAT(refusal(), HasSubstr("nothing.png"));
}

TEST_F(SegmentFile, NeverWritesOverItsImage) {
    if (!std::filesystem::exists(kCheckpoint)) GTEST_SKIP() << "no checkpoint: run packaging/setup.sh";
    options.points = {"120,70"};
    options.out = options.image;
    EXPECT_THAT(refusal(), HasSubstr("not overwritten"));
    options.out = folder / "mask.png";
    options.level = 9;
    EXPECT_THAT(refusal(), HasSubstr("levels 0 to 3"));
}

}  // namespace
}  // namespace finebrush
