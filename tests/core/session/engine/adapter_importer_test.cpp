#include "core/session/engine/adapter_importer.h"

#include "core/base/files.h"
#include "core/messages/adaptation_methods.h"
#include "core/session/session.h"
#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kConfig[] = R"({"peft_type": "LORA", "finebrush": {"method": "lora",
    "classes": [{"id": "x", "name": "class 1", "colour": "#ff0000", "value": 7},
                {"id": "y", "name": "axon", "colour": "#0a0b0c", "value": 1}],
    "extras": {"level": 2, "view_plan": {"input_range": "minmax"}}}})";

const std::vector<messages::ClassInfo> kClasses = {{"x", "class 1", "#ff0000", 7},
                                                   {"y", "axon", "#0a0b0c", 1}};

class AdapterImport : public testing::SessionTest {
  protected:
    /// An adapter's folder, in which other things lie as well.
    std::filesystem::path adapterFolder() {
        std::filesystem::create_directory(folder / "adapter");
        EXPECT_TRUE(writeFileAtomically(folder / "adapter/adapter_config.json", kConfig));
        EXPECT_TRUE(writeFileAtomically(folder / "adapter/adapter_model.safetensors", "tensors"));
        EXPECT_TRUE(writeFileAtomically(folder / "adapter/head.safetensors", "head"));
        EXPECT_TRUE(writeFileAtomically(folder / "adapter/holiday.jpg", "picture"));
        return folder / "adapter";
    }
    std::filesystem::path autoGluonFolder() {
        std::filesystem::create_directory(folder / "autogluon");
        EXPECT_TRUE(writeFileAtomically(folder / "autogluon/model.ckpt", "tensors"));
        return folder / "autogluon";
    }
    /// Imports, and waits until the engine has been asked to load what lies there.
    void import(const std::filesystem::path& from) {
        session->importAdapter(from);
        ASSERT_TRUE(queue.runUntil([this] { return engine.isRunning; }));
        if (!session->engine()) engine.sayHello();
        ASSERT_TRUE(queue.runUntil([this] { return !engine.heard<messages::LoadAdapter>().empty(); }));
    }
    /// The number of the request to load one that was sent last.
    int64_t asked() const { return engine.heard<messages::LoadAdapter>().back().requestId; }
    const LabelClass* classNamed(const std::string& name) const {
        const auto& classes = session->classes().classes();
        const auto found = std::ranges::find(classes, name, &LabelClass::name);
        return found == classes.end() ? nullptr : &*found;
    }
};

TEST_F(AdapterImport, TheProjectPredictsWithItAndItsClassesAreTheProjects) {
    const ImageId id = addPicture("a.png");
    import(adapterFolder());
    const messages::AdapterFiles sent = engine.heard<messages::LoadAdapter>().front().files;
    EXPECT_THAT(sent, SizeIs(3)) << "other files of the folder are left alone";
    EXPECT_FALSE(session->canExportAdapter()) << "nothing changes before the engine has taken it";

    engine.say(messages::AdapterLoaded{kClasses, asked()});
    ASSERT_NE(session->lastRun(), nullptr);
    const AdaptationRun& run = *session->lastRun();
    EXPECT_EQ(run.settings.method, "lora");
    EXPECT_EQ(run.settings.inputRange, "minmax");
    EXPECT_EQ(run.outcome.chosen, messages::kImported);
    const LabelClass* const axon = classNamed("axon");
    ASSERT_NE(axon, nullptr);
    EXPECT_EQ(axon->colour, (Colour{10, 11, 12}));
    EXPECT_NE(axon->value, 1) << "which is another class's";
    const auto json = nlohmann::json::parse(run.outcome.adapter.at("adapter_config.json"));
    EXPECT_EQ(json["finebrush"]["classes"][0]["value"], classNamed("class 1")->value);
    EXPECT_EQ(json["finebrush"]["classes"][1]["value"], axon->value);
    EXPECT_EQ(run.outcome.adapter.at("head.safetensors"), sent.at("head.safetensors"));
    ASSERT_THAT(eventsOf<JobFinished>(), SizeIs(1));
    EXPECT_EQ(eventsOf<JobFinished>().front().kind, JobFinished::Kind::ImportedAdapter);

    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::Predict>().empty(); }));
    EXPECT_EQ(engine.heard<messages::Predict>().front().imageId, id);
    ASSERT_THAT(engine.heard<messages::LoadAdapter>(), SizeIs(2));
    EXPECT_EQ(engine.heard<messages::LoadAdapter>().back().files, run.outcome.adapter);
    EXPECT_TRUE(noticed().empty());
}

TEST_F(AdapterImport, OneThatIsRefusedLeavesTheProjectsAsItIs) {
    const ImageId second = addPicture("b.png", {20, 20});
    addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    finishAdaptation();
    const AdaptationRun before = *session->lastRun();
    import(adapterFolder());
    engine.say(
        messages::Failed{{ErrorCode::AdapterMismatch, {"the adapter", "another network"}, {}}, asked()});
    ASSERT_THAT(eventsOf<Notice>(), SizeIs(1));
    EXPECT_THAT(describe(eventsOf<Notice>().front().error), HasSubstr(utf8(folder / "adapter")));
    EXPECT_EQ(*session->lastRun(), before);
    EXPECT_EQ(classNamed("axon"), nullptr);

    show(second);
    ASSERT_TRUE(queue.runUntil([&] { return engine.heard<messages::LoadAdapter>().size() == 2; }));
    EXPECT_EQ(engine.heard<messages::LoadAdapter>().back().files, before.outcome.adapter)
        << "the engine holds the project's no longer";
}

TEST_F(AdapterImport, ARefusalThatComesAfterAnotherProjectWasOpenedIsNotOfItsAdapter) {
    const ImageId other = addPicture("b.png", {20, 20});
    addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    finishAdaptation();
    saveAs(folder / "p.finebrush");
    session->newProject();
    addPicture("c.png");
    import(adapterFolder());
    const int64_t trial = asked();
    open(folder / "p.finebrush");
    ASSERT_TRUE(queue.runUntil([&] { return engine.heard<messages::LoadAdapter>().size() == 2; }));
    ASSERT_TRUE(queue.runUntil([&] { return !engine.heard<messages::Predict>().empty(); }));
    EXPECT_NE(asked(), trial);
    engine.say(messages::Failed{{ErrorCode::AdapterMismatch, {"the adapter", "another network"}, {}}, trial});
    EXPECT_TRUE(noticed().empty());

    engine.say(messages::AdapterLoaded{kClasses, asked()});
    show(other);
    ASSERT_TRUE(queue.runUntil([&] { return engine.heard<messages::Predict>().size() == 2; }));
    EXPECT_EQ(engine.heard<messages::Predict>().back().imageId, other);
}

TEST_F(AdapterImport, NoClassIsAddedWhereNotAllHaveRoom) {
    addPicture("a.png");
    while (session->classes().size() < kMaxClasses - 1) session->addClass("one of many");
    const ClassTable before = session->classes();
    import(adapterFolder());
    engine.say(
        messages::AdapterLoaded{{{"x", "dendrite", "#ff0000", 7}, {"y", "axon", "#0a0b0c", 1}}, asked()});
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::AdapterMismatch));
    EXPECT_THAT(describe(eventsOf<Notice>().front().error), HasSubstr("too many classes"));
    EXPECT_EQ(session->classes(), before);
    EXPECT_EQ(session->lastRun(), nullptr);
}

TEST_F(AdapterImport, ItsClassesAreAddedAsOneStep) {
    addPicture("a.png");
    const ClassTable before = session->classes();
    import(adapterFolder());
    engine.say(
        messages::AdapterLoaded{{{"x", "dendrite", "#ff0000", 7}, {"y", "axon", "#0a0b0c", 1}}, asked()});
    EXPECT_EQ(session->classes().size(), before.size() + 2);
    ASSERT_NE(session->lastRun(), nullptr);
    EXPECT_EQ(session->lastRun()->classes[1].id, classNamed("axon")->id);
    session->undo();
    EXPECT_EQ(session->classes(), before);
}

TEST_F(AdapterImport, AFolderWithoutOneIsNamed) {
    addPicture("a.png");
    session->importAdapter(folder.path());
    ASSERT_TRUE(waitFor<Notice>());
    EXPECT_THAT(noticed(), ElementsAre(ErrorCode::AdapterMalformed));
    EXPECT_THAT(describe(eventsOf<Notice>().front().error), HasSubstr(utf8(folder.path())));
    EXPECT_EQ(engine.starts, 0);
}

TEST_F(AdapterImport, AutoGluonsClassesAreThoseOfTheirNumbers) {
    addPicture("a.png");
    const size_t before = session->classes().size();
    import(autoGluonFolder());
    engine.say(messages::AdapterLoaded{
        {{"m", "Class 0", "", 0}, {"n", "Class 1", "", 1}, {"o", "Class 9", "", 9}}, asked()});
    EXPECT_EQ(session->classes().size(), before + 1);
    ASSERT_NE(classNamed("Class 9"), nullptr);
    EXPECT_EQ(classNamed("Class 9")->value, 9);
    ASSERT_NE(session->lastRun(), nullptr);
    EXPECT_EQ(session->lastRun()->settings.inputRange, "displayed");
    EXPECT_THAT(session->lastRun()->outcome.adapter, SizeIs(1));
}

TEST_F(AdapterImport, DoesNothingWhileAnAdaptationRuns) {
    addPicture("a.png");
    paintTwoClasses();
    beginAdaptation();
    session->importAdapter(adapterFolder());
    finishAdaptation();
    queue.runPosted();
    EXPECT_TRUE(engine.heard<messages::LoadAdapter>().empty());
    EXPECT_EQ(session->lastRun()->outcome.chosen, "adapted");
}

}  // namespace
}  // namespace finebrush
