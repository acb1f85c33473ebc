#include "core/session/engine/adapt_request.h"

#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

TEST(AdaptRequest, StoppedItReadsNoMoreImagesAndMakesNoFrame) {
    const testing::TemporaryFolder folder;
    AdaptInput input;
    input.classes = testing::makeClasses({"a", "b"});
    ImageRecord record = testing::makeRecord({20, 20});
    record.path = folder / "none.png";
    LabelMap labels({20, 20});
    labels.write({0, 0, 2, 1}, std::vector<uint8_t>{0, 1});
    input.labelled.push_back({record, labels});
    EXPECT_FALSE(makeAdaptRequest(input, {}).has_value()) << "it looks at the image";

    std::stop_source stop;
    stop.request_stop();
    const Result<AdaptRequest> stopped = makeAdaptRequest(input, stop.get_token());
    ASSERT_TRUE(stopped.has_value()) << describe(stopped.error());
    EXPECT_THAT(stopped->frame, IsEmpty());
    EXPECT_THAT(stopped->problems, IsEmpty());
    EXPECT_THAT(stopped->classes, Not(IsEmpty()));
}

class AdaptationStart : public testing::SessionTest {
  protected:
    void SetUp() override {
        SessionTest::SetUp();
        addPicture("a.png");
        paintTwoClasses();
        std::filesystem::create_directory(folder / "adapter");
        settings.start = utf8(folder / "adapter");
    }

    messages::AdaptationSettings settings;
};

TEST_F(AdaptationStart, TheAdaptersFilesGoWithTheRequest) {
    for (const char* name : {"adapter_config.json", "adapter_model.safetensors", "holiday.jpg"})
        ASSERT_TRUE(writeFileAtomically(folder / "adapter" / name, "bytes"));
    session->adapt(settings);
    ASSERT_TRUE(queue.runUntil([this] { return engine.isRunning; }));
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([this] { return !engine.heard<messages::Adapt>().empty(); }));
    const messages::Adapt adapt = engine.heard<messages::Adapt>().front();
    EXPECT_EQ(adapt.settings.start, settings.start);
    ASSERT_TRUE(adapt.start);
    EXPECT_THAT(*adapt.start, SizeIs(2)) << "other files of the folder are left alone";
    finishAdaptation();
    ASSERT_NE(session->lastRun(), nullptr);
    EXPECT_EQ(session->lastRun()->settings.start, settings.start) << "the project tells of it";
}

TEST_F(AdaptationStart, AFolderWithoutAnAdapterIsSaidBeforeTheEngineIsAsked) {
    session->adapt(settings);
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::AdapterMalformed));
    EXPECT_FALSE(engine.isRunning);
    EXPECT_TRUE(session->canAdapt());
    EXPECT_EQ(session->lastRun(), nullptr);
}

}  // namespace
}  // namespace finebrush
