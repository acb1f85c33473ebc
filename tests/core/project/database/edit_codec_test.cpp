#include "core/project/database/edit_codec.h"

#include "tests/core/labels/random_strokes.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <random>

namespace finebrush {
namespace {

Edit fullEdit() {
    std::mt19937 random(1);
    LabelMap map({500, 400});
    Edit edit;
    edit.classChanges = {ClassChange{3, LabelClass{newClassId(), "이전", {1, 2, 3}, 7, true, true, 'G'},
                                     LabelClass{newClassId(), "", {}, 8, false}}};
    edit.labelChanges = {{"one", testing::paintRandomStroke(map, random)},
                         {"two", testing::paintRandomStroke(map, random)}};
    edit.removedImages = {"three", "four"};
    edit.reviewChanges = {{"one", ReviewState::Open, ReviewState::Done},
                          {"two", ReviewState::Done, ReviewState::ToCheck}};
    return edit;
}

TEST(EditCodec, RoundTrips) {
    Edit added = fullEdit(), removed = fullEdit(), several = fullEdit();
    added.classChanges[0].before.reset();
    removed.classChanges[0].after.reset();
    several.classChanges.push_back(added.classChanges[0]);
    for (const Edit& edit : {fullEdit(), added, removed, several, Edit{}}) {
        const Result<Edit> back = decodeEdit(encodeEdit(edit));
        ASSERT_TRUE(back.has_value()) << describe(back.error());
        EXPECT_EQ(*back, edit);
    }
}

TEST(EditCodec, ClassesOfOlderJournalsHaveTheKeysOfTheirPlaces) {
    nlohmann::json map = nlohmann::json::from_cbor(encodeEdit(fullEdit()));
    for (const char* side : {"before", "after"}) map["classes"][0][side].erase("key");
    const Result<Edit> edit = decodeEdit(nlohmann::json::to_cbor(map));
    ASSERT_TRUE(edit.has_value()) << describe(edit.error());
    EXPECT_EQ(edit->classChanges[0].before->key, '4');
    EXPECT_EQ(edit->classChanges[0].after->key, '4');
}

TEST(EditCodec, OlderJournalsRemoveOneImage) {
    nlohmann::json map = nlohmann::json::from_cbor(encodeEdit(fullEdit()));
    map.erase("removed_images");
    map["removed_image"] = "three";
    const Result<Edit> edit = decodeEdit(nlohmann::json::to_cbor(map));
    ASSERT_TRUE(edit.has_value()) << describe(edit.error());
    EXPECT_EQ(edit->removedImages, std::vector<ImageId>{"three"});
}

TEST(EditCodec, RefusesAReviewStateThatIsNone) {
    nlohmann::json map = nlohmann::json::from_cbor(encodeEdit(fullEdit()));
    map["reviews"][1]["after"] = "perhaps";
    EXPECT_EQ(decodeEdit(nlohmann::json::to_cbor(map)).error().code, ErrorCode::ProjectMalformed);
}

TEST(EditCodec, RefusesEveryCut) {
    const std::vector<uint8_t> bytes = encodeEdit(fullEdit());
    for (size_t length = 0; length < bytes.size(); ++length) {
        const auto cut = decodeEdit(std::span(bytes).first(length));
        ASSERT_FALSE(cut.has_value()) << length;
        ASSERT_EQ(cut.error().code, ErrorCode::ProjectMalformed);
    }
}

TEST(EditCodec, MutatedBytesNeverDoMoreThanFail) {
    std::mt19937 random(2);
    const std::vector<uint8_t> bytes = encodeEdit(fullEdit());
    int refused = 0;
    for (int round = 0; round < 4000; ++round) {
        std::vector<uint8_t> mutated = bytes;
        for (int flips = 1 + static_cast<int>(random() % 3); flips > 0; --flips) {
            mutated[random() % mutated.size()] = static_cast<uint8_t>(random());
        }
        refused += !decodeEdit(mutated).has_value();
    }
    EXPECT_GT(refused, 400);
}

}  // namespace
}  // namespace finebrush
