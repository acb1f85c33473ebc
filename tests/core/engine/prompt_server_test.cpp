#include "core/engine/prompt_server.h"

#include "core/checkpoint/load_state.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/sam/build_sam.h"
#include "tests/core/engine/disc_picture.h"
#include "tests/core/sam/network_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace finebrush {
namespace {

using testing::discPicture;
using testing::isOnDisc;
using testing::kDiscPicture;
using testing::TemporaryFolder;

const std::filesystem::path kCheckpoint =
    std::filesystem::path(FINEBRUSH_SOURCE_DIR) / ".deps/models/lite_medsam.pth";
constexpr RectInImage kTile{1000, 2000, kDiscPicture.width, kDiscPicture.height};

/// A server whose answers are kept.
struct Desk {
    explicit Desk(const std::filesystem::path& checkpoint, EmbeddingCache cache = EmbeddingCache({}))
        : server([this](const messages::FromEngine& answer) { answers.push_back(answer); }, checkpoint,
                 std::move(cache)) {}

    /// The newest answer; it must be of this type.
    template <typename Message>
    Message newest() const {
        const auto* message = answers.empty() ? nullptr : std::get_if<Message>(&answers.back());
        EXPECT_NE(message, nullptr);
        return message ? *message : Message();
    }

    std::vector<messages::FromEngine> answers;
    PromptServer server;
};

class PromptServerTest : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(kCheckpoint)) GTEST_SKIP() << "no checkpoint: run packaging/setup.sh";
        torch::set_num_threads(2);
    }
    /// Intersection over union with the disc, which lies at the tile's place.
    static double iouWithDisc(const messages::ProposedMask& mask) {
        int64_t both = 0, all = 0;
        std::vector<uint8_t> inside(static_cast<size_t>(kDiscPicture.area()));
        for (size_t i = 0; i < mask.spans.size(); i += 3) {
            for (int x = 0; x < mask.spans[i + 2]; ++x) {
                const int column = mask.spans[i] - kTile.x + x, row = mask.spans[i + 1] - kTile.y;
                inside.at(static_cast<size_t>(row) * kDiscPicture.width + column) = 1;
            }
        }
        for (int y = 0; y < kDiscPicture.height; ++y) {
            for (int x = 0; x < kDiscPicture.width; ++x) {
                const bool ours = inside[static_cast<size_t>(y) * kDiscPicture.width + x] != 0;
                both += ours && isOnDisc(x, y);
                all += ours || isOnDisc(x, y);
            }
        }
        return double(both) / double(all);
    }
    static messages::PromptPoint onTile(PointInImage point, bool isObject = true) {
        return {kTile.x + point.x, kTile.y + point.y, isObject};
    }
};

TEST_F(PromptServerTest, FindsTheDiscByABoxAndAnswersInTheImagesFrame) {
    Desk desk(kCheckpoint);
    desk.server.answer(messages::EmbedView{"v", kTile, discPicture()});
    EXPECT_EQ(desk.newest<messages::ViewEmbedded>().viewId, "v");
    desk.server.answer(messages::PromptMasks{
        "v", 7, {}, messages::PromptBox{kTile.x + 78.0, kTile.y + 28.0, kTile.x + 162.0, kTile.y + 112.0}});
    const auto boxed = desk.newest<messages::ProposedMasks>();
    EXPECT_EQ(boxed.request, 7);
    EXPECT_EQ(boxed.usual, 0);
    ASSERT_EQ(boxed.masks.size(), 4u);
    EXPECT_GT(iouWithDisc(boxed.masks[0]), 0.9);
    EXPECT_GT(boxed.masks[0].iou, 0.5);
    desk.server.answer(messages::PromptMasks{"v", 8, {onTile(testing::kDiscCentre)}, {}});
    const auto clicked = desk.newest<messages::ProposedMasks>();
    EXPECT_EQ(clicked.request, 8);
    EXPECT_GE(clicked.usual, 1) << "how good it is cannot be asked: LiteMedSAM was trained with boxes alone";
    EXPECT_EQ(clicked.masks.size(), 4u);
}

TEST_F(PromptServerTest, AnswersAsTheNetworkDoes) {
    Desk desk(kCheckpoint);
    desk.server.answer(messages::EmbedView{"v", kTile, discPicture()});
    desk.server.answer(messages::PromptMasks{"v", 1, {onTile({120, 70}), onTile({20, 20}, false)}, {}});
    const auto answer = desk.newest<messages::ProposedMasks>();

    PromptSegmenter segmenter(*sam::loadSam(kCheckpoint));
    const PromptView view{kTile, segmenter.inputSizeOf(kDiscPicture), segmenter.embed(discPicture())};
    const auto masks = segmenter.masks(view, {onTile({120, 70}), onTile({20, 20}, false)}, {});
    ASSERT_EQ(answer.masks.size(), masks.size());
    for (size_t level = 0; level < masks.size(); ++level) {
        EXPECT_DOUBLE_EQ(answer.masks[level].iou, masks[level].iou);
        int64_t pixels = 0;
        for (size_t i = 2; i < answer.masks[level].spans.size(); i += 3)
            pixels += answer.masks[level].spans[i];
        EXPECT_EQ(pixels, std::count(masks[level].mask.begin(), masks[level].mask.end(), uint8_t{255}));
    }
}

TEST_F(PromptServerTest, TakesTheEmbeddingFromTheCache) {
    const TemporaryFolder folder;
    Desk first(kCheckpoint, EmbeddingCache(folder.path()));
    first.server.answer(messages::EmbedView{"v", kTile, discPicture()});
    ASSERT_EQ(folder.names().size(), 1u);

    // A mark on what is kept shows that it is used.
    const std::string key = folder.names().front().substr(0, 64);
    EmbeddingCache(folder.path()).keep(key, torch::zeros({1, 256, 64, 64}));
    Desk second(kCheckpoint, EmbeddingCache(folder.path()));
    second.server.answer(messages::EmbedView{"v", kTile, discPicture()});
    second.server.answer(messages::PromptMasks{"v", 1, {onTile({120, 70})}, {}});
    first.server.answer(messages::PromptMasks{"v", 1, {onTile({120, 70})}, {}});
    EXPECT_NE(second.newest<messages::ProposedMasks>(), first.newest<messages::ProposedMasks>());

    PixelBuffer other = discPicture();
    other.bytes[5] ^= 1;
    second.server.answer(messages::EmbedView{"v", kTile, other});
    EXPECT_EQ(folder.names().size(), 2u) << "one pixel makes another picture";
    other.limits = {{0, 200}};
    second.server.answer(messages::EmbedView{"v", kTile, other});
    EXPECT_EQ(folder.names().size(), 3u) << "the network sees it by other limits";
}

TEST_F(PromptServerTest, LeavesTheRandomNumbersOfATrainingAsTheyWere) {
    torch::manual_seed(5);
    const torch::Tensor expected = torch::rand({4});
    torch::manual_seed(5);
    Desk desk(kCheckpoint);
    desk.server.answer(messages::EmbedView{"v", kTile, discPicture()});
    EXPECT_TRUE(torch::equal(torch::rand({4}), expected));
}

/// As wide as SAM ViT-B, and as shallow as can be; input 64 × 64 in patches of 8 × 8.
NamedTensors shallowVitB() {
    sam::SamDescription description = testing::smallVitDescription();
    description.encoder.channels = 768;
    description.encoder.heads = 12;
    description.encoder.depth = 1;
    description.encoder.globalBlocks = {0};
    description.decoder.heads = 8;
    return stateOf(*testing::frozenNetwork(description));
}

TEST(PromptServer, EmbeddingsOfOneSizeAreNotTakenForThoseOfAnother) {
    const TemporaryFolder models, cache;
    const std::filesystem::path file = models / "vit_b.safetensors";
    ASSERT_TRUE(writeSafetensors(file, shallowVitB()));
    Desk desk(file, EmbeddingCache(cache.path()));
    const auto seenAt = [&](int side) {
        desk.server.use(file, side);
        desk.server.answer(messages::EmbedView{"v", kTile, discPicture()});
        desk.server.answer(messages::PromptMasks{"v", 1, {{kTile.x + 120.0, kTile.y + 70.0, true}}, {}});
        return desk.newest<messages::ProposedMasks>();
    };
    const messages::ProposedMasks own = seenAt(0), half = seenAt(32);
    EXPECT_NE(half, own);
    EXPECT_EQ(cache.names().size(), 2u);
    EXPECT_EQ(seenAt(0), own);
    EXPECT_EQ(seenAt(32), half);
    for (const int other : {64, 20, 4096})
        EXPECT_EQ(seenAt(other), own) << other << " px are its own, or none that it can take";
    EXPECT_EQ(cache.names().size(), 2u);
}

TEST(PromptServer, AModelThatItsFileNameMakesAnotherHasEmbeddingsOfItsOwn) {
    const TemporaryFolder models, cache;
    const NamedTensors state = shallowVitB();
    size_t embeddings = 0;
    for (const char* name : {"vit_b.safetensors", "medsam_vit_b.safetensors"}) {
        ASSERT_TRUE(writeSafetensors(models / name, state));
        Desk desk(models / name, EmbeddingCache(cache.path()));
        desk.server.answer(messages::EmbedView{"v", kTile, discPicture()});
        EXPECT_EQ(desk.newest<messages::ViewEmbedded>().viewId, "v");
        EXPECT_EQ(cache.names().size(), ++embeddings) << name;
    }
}

TEST(PromptServer, RefusesWithASentenceAndGoesOn) {
    const TemporaryFolder folder;
    Desk desk(folder / "no_model.pth");
    desk.server.answer(messages::EmbedView{"v", kTile, discPicture()});
    EXPECT_EQ(desk.newest<messages::PromptFailed>().error.code, ErrorCode::FileMissing);
    desk.server.answer(messages::PromptMasks{"v", 1, {{1, 1, true}}, {}});
    EXPECT_EQ(desk.newest<messages::PromptFailed>().viewId, "v");
    desk.server.answer(messages::EmbedView{"w", kTile, {}});
    EXPECT_EQ(desk.newest<messages::PromptFailed>().viewId, "w");
    EXPECT_EQ(desk.answers.size(), 3u);
}

}  // namespace
}  // namespace finebrush
