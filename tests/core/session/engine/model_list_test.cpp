#include "tests/core/session/session_fixture.h"

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SessionModels : public testing::SessionTest {
  protected:
    void beginWith(const std::vector<std::string>& files) {
        session->describeModels(files);
        ASSERT_TRUE(queue.runUntil([this] { return engine.isRunning; }));
        engine.sayHello();
        ASSERT_TRUE(queue.runUntil([this] { return !engine.heard<messages::DescribeModels>().empty(); }));
    }
    std::vector<std::string> files() const {
        std::vector<std::string> files;
        for (const ModelEntry& entry : session->models()) files.push_back(entry.file);
        return files;
    }
};

TEST_F(SessionModels, TheDefaultOneIsAlwaysThere) {
    EXPECT_THAT(files(), ElementsAre(""));
    EXPECT_EQ(engine.starts, 0) << "nobody has asked yet";
}

TEST_F(SessionModels, TheEngineSaysWhatTheyAre) {
    beginWith({"/m/vit.pth"});
    EXPECT_THAT(engine.heard<messages::DescribeModels>().at(0).models, ElementsAre("", "/m/vit.pth"));
    engine.say(messages::ModelDescribed{{"SAM ViT-B", "ab", 1024, "/m/vit.pth", "ViT", 90, 91, {}, 2.5}});
    ASSERT_TRUE(waitFor<ModelsChanged>());
    ASSERT_TRUE(queue.runUntil([this] { return session->models()[1].info.has_value(); }));
    EXPECT_EQ(session->models()[1].info->secondsPerView, 2.5);
    session->describeModels({"/m/vit.pth", "/m/other.pth"});
    ASSERT_TRUE(queue.runUntil([this] { return engine.heard<messages::DescribeModels>().size() == 2; }));
    EXPECT_THAT(engine.heard<messages::DescribeModels>().at(1).models, ElementsAre("", "/m/other.pth"))
        << "what is known is not asked again";
}

TEST_F(SessionModels, ARefusedOneIsTold) {
    beginWith({"/m/bad.pth"});
    engine.say(
        messages::ModelRefused{"/m/bad.pth", {ErrorCode::CheckpointMismatch, {"/m/bad.pth", "x"}, "y"}});
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::CheckpointMismatch));
    EXPECT_TRUE(session->models()[1].refusal);
}

TEST_F(SessionModels, PromptsAndTrainingsUseTheChosenOne) {
    beginWith({"/m/vit.pth"});
    EXPECT_THAT(engine.heard<messages::UseModel>(), IsEmpty()) << "the default one is in use";
    messages::AdaptationSettings settings = session->adaptationChoice();
    settings.model = "/m/vit.pth";
    session->chooseAdaptation(settings);
    ASSERT_TRUE(queue.runUntil([this] { return !engine.heard<messages::UseModel>().empty(); }));
    EXPECT_EQ(engine.heard<messages::UseModel>().at(0).model, "/m/vit.pth");
    EXPECT_EQ(engine.heard<messages::UseModel>().at(0).inputSize, 0);
    EXPECT_EQ(session->adaptationChoice().model, "/m/vit.pth") << "the project keeps it";
    settings.inputSize = 512;
    session->chooseAdaptation(settings);
    settings.rank = 9;
    session->chooseAdaptation(settings);
    ASSERT_TRUE(queue.runUntil([this] { return engine.heard<messages::UseModel>().size() == 2; }));
    EXPECT_EQ(engine.heard<messages::UseModel>().at(1), (messages::UseModel{"/m/vit.pth", 512}));
    session->newProject();
    ASSERT_TRUE(queue.runUntil([this] { return engine.heard<messages::UseModel>().size() == 3; }));
    EXPECT_EQ(engine.heard<messages::UseModel>().at(2), messages::UseModel())
        << "another project has its own choice";
}

TEST_F(SessionModels, AnEngineThatStartsAgainIsToldAgain) {
    messages::AdaptationSettings settings;
    settings.model = "/m/vit.pth";
    session->chooseAdaptation(settings);
    beginWith({"/m/vit.pth"});
    EXPECT_THAT(engine.heard<messages::UseModel>(), SizeIs(1));
    engine.die("killed");
    queue.runPosted();
    session->describeModels({"/m/vit.pth"});
    ASSERT_TRUE(queue.runUntil([this] { return engine.isRunning; }));
    engine.sayHello();
    ASSERT_TRUE(queue.runUntil([this] { return engine.heard<messages::UseModel>().size() == 2; }));
}

}  // namespace
}  // namespace finebrush
