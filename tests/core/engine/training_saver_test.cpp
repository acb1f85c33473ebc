#include "core/engine/training_saver.h"

#include "core/base/files.h"
#include "core/base/unfinished_file.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace finebrush {
namespace {

using testing::TemporaryFolder;

const training::RequestFingerprint kRequest = {{"labels", "one"}};

training::TrainingState sampleState(int steps) {
    training::TrainingState state;
    state.trainer.tensors.insert("weight", torch::ones({3}));
    state.metrics.resize(static_cast<size_t>(steps));
    return state;
}

TEST(TrainingSaver, WhatIsSavedIsLoadedByTheSameRequestOnly) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "new" / "a.training";
    TrainingSaver saver(path, kRequest);
    const auto nothing = saver.load();
    ASSERT_TRUE(nothing);
    EXPECT_FALSE(*nothing) << "there is no file";
    ASSERT_TRUE(saver.save(sampleState(2)));
    ASSERT_TRUE(saver.save(sampleState(3)));
    const auto loaded = TrainingSaver(path, kRequest).load();
    ASSERT_TRUE(loaded && *loaded);
    EXPECT_EQ((*loaded)->step(), 3);
    const auto other = TrainingSaver(path, {{"labels", "two"}}).load();
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error(), (Error{ErrorCode::TrainingDiffers, {utf8(path), "labels"}, {}}));
    removeCheckpoint(path);
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TrainingSaver, IsDueAfterTheInterval) {
    const TemporaryFolder folder;
    TrainingSaver patient(folder / "a.training", kRequest);
    EXPECT_FALSE(patient.isDue());
    TrainingSaver eager(folder / "a.training", kRequest, {});
    EXPECT_TRUE(eager.isDue());
    ASSERT_TRUE(eager.save(sampleState(1)));
    EXPECT_FALSE(eager.isDue()) << "saving costs no more than a part of the time";
}

TEST(TrainingSaver, WhatAKilledProcessLeftBesideIsDeleted) {
    const TemporaryFolder folder;
    const std::filesystem::path leftOver = folder / (UnfinishedFile::prefixOf("a.training") + "Xy12ab");
    const std::filesystem::path ofAnother = folder / (UnfinishedFile::prefixOf("b.training") + "Xy12ab");
    ASSERT_TRUE(writeFileAtomically(leftOver, std::string_view("half")));
    ASSERT_TRUE(writeFileAtomically(ofAnother, std::string_view("half")));
    ASSERT_TRUE(TrainingSaver(folder / "a.training", kRequest).load());
    EXPECT_FALSE(std::filesystem::exists(leftOver));
    EXPECT_TRUE(std::filesystem::exists(ofAnother)) << "of another file";
}

TEST(TrainingSaver, APlaceThatCannotBeWrittenIsSaid) {
    const TemporaryFolder folder;
    ASSERT_TRUE(writeFileAtomically(folder / "file", std::string_view("no folder")));
    const std::filesystem::path path = folder / "file" / "a.training";
    const auto saved = TrainingSaver(path, kRequest).save(sampleState(1));
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, ErrorCode::TrainingNotSaved);
    EXPECT_EQ(saved.error().arguments, std::vector<std::string>{utf8(path)});
}

}  // namespace
}  // namespace finebrush
