#include "core/base/files.h"
#include "core/base/text.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/charts/loss_chart.h"
#include "ui/charts/usage_chart.h"
#include "ui/docks/adapt/model_field.h"

#include <QComboBox>
#include <QDockWidget>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>

#include <utility>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::WindowFixture;

class AdaptingTest : public WindowFixture {
  protected:
    AdaptingTest() { openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})}); }

    std::string textOf(const char* label) { return child<QLabel>(label)->text().toStdString(); }
};

TEST_F(AdaptingTest, TheEngineGetsWhatWasPaintedAndTheSettings) {
    adaptUntilHeard();
    const auto* adapt = engine_.heard<messages::Adapt>();
    ASSERT_EQ(adapt->images.size(), 1u);
    EXPECT_EQ(adapt->images[0].labels.at(40, 20), session().classes().classes()[0].value);
    EXPECT_EQ(adapt->images[0].labels.at(40, 60), session().classes().classes()[1].value);
    EXPECT_EQ(adapt->settings, messages::AdaptationSettings());
    EXPECT_FALSE(child<QPushButton>("Adapt")->isEnabled());
    EXPECT_TRUE(child<QPushButton>("Stop")->isEnabled());
}

TEST_F(AdaptingTest, ProgressAndChartsFollowTheEngine) {
    adaptUntilHeard();
    for (int i = 0; i < 5; ++i) engine_.say(messages::Progress{messages::Stage::Training, 0.25, 90.0});
    for (int step = 1; step <= 3; ++step) {
        messages::StepMetrics metrics;
        metrics.step = step;
        metrics.totalSteps = 10;
        metrics.loss = 1.0 / step;
        metrics.usage = {{"layers.1.blocks.0", {0.5F, 0.5F}}};
        engine_.say(metrics);
    }
    EXPECT_EQ(child<QProgressBar>("AdaptProgress")->value(), 250);
    EXPECT_THAT(textOf("TimeLeft"), HasSubstr("1 min 30 s"));
    EXPECT_EQ(child<LossChart>("LossChart")->graph(0)->dataCount(), 3);
    EXPECT_NEAR(child<UsageChart>("UsageChart")->graph(0)->dataMainValue(2), 50, 1e-3);
}

TEST_F(AdaptingTest, ChartsTakeRoomFromTheFirstStepOn) {
    auto* loss = child<LossChart>("LossChart");
    adaptUntilHeard();
    EXPECT_FALSE(loss->isVisible());
    EXPECT_TRUE(child<QLabel>("NothingToChart")->isVisible());
    const int low = child<QDockWidget>("ChartsDock")->height();
    messages::StepMetrics metrics;
    metrics.step = 1;
    metrics.totalSteps = 10;
    engine_.say(metrics);
    EXPECT_TRUE(loss->isVisible());
    EXPECT_FALSE(child<QLabel>("NothingToChart")->isVisible());
    EXPECT_TRUE(QTest::qWaitFor([&] { return child<QDockWidget>("ChartsDock")->height() > low; }, kPatience));
}

TEST_F(AdaptingTest, TheTimeLeftIsARoughGuessOfTheTrainingOnly) {
    adaptUntilHeard();
    for (int i = 0; i < 9; ++i) engine_.say(messages::Progress{messages::Stage::FittingPreview, 0.08, 328.0});
    EXPECT_EQ(textOf("TimeLeft"), "8 % — estimating the time left…");
    const std::pair<double, const char*> guesses[] = {{4000, "1 h 7 min"}, {328, "5 min"}, {116, "2 min"},
                                                      {92, "1 min 30 s"},  {62, "1 min"},  {58.4, "1 min"},
                                                      {34, "30 s"},        {1, "10 s"}};
    for (int i = 0; i < 4; ++i) engine_.say(messages::Progress{messages::Stage::Training, 0.2, 900.0});
    EXPECT_EQ(textOf("TimeLeft"), "20 % — estimating the time left…");
    for (const auto& [seconds, text] : guesses) {
        engine_.say(messages::Progress{messages::Stage::Training, 0.5, seconds});
        EXPECT_EQ(textOf("TimeLeft"), formatted("50 %% — about %s left", text));
    }
    EXPECT_FALSE(child<QLabel>("TimeLeft")->isHidden());
    QTest::mouseClick(child<QPushButton>("Stop"), Qt::LeftButton);
    EXPECT_TRUE(child<QLabel>("TimeLeft")->isHidden()) << "it ends before";
}

TEST_F(AdaptingTest, ThePredictionAppearsAndIsAcceptedAsOneUndoableEdit) {
    adaptUntilHeard();
    const uint8_t value = session().classes().classes()[1].value;
    EXPECT_FALSE(child<QPushButton>("AcceptPrediction")->isEnabled());
    engine_.say(predictionOf(value));
    ASSERT_TRUE(child<QPushButton>("AcceptPrediction")->isEnabled());
    EXPECT_EQ(session().labels().at(100, 80), kUnlabelled) << "a prediction is no label yet";
    const QColor shown = canvas().grab().toImage().pixelColor(viewAt({100, 80}));
    EXPECT_NE(shown, QColor(90, 90, 90));

    QTest::mouseClick(child<QPushButton>("AcceptPrediction"), Qt::LeftButton);
    EXPECT_EQ(session().labels().at(100, 80), value);
    EXPECT_EQ(session().labels().at(40, 20), session().classes().classes()[0].value)
        << "what was painted stays";
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_EQ(session().labels().at(100, 80), kUnlabelled);
}

TEST_F(AdaptingTest, PauseResumeAndStopReachTheEngine) {
    adaptUntilHeard();
    QTest::mouseClick(child<QPushButton>("Pause"), Qt::LeftButton);
    EXPECT_NE(engine_.heard<messages::Pause>(), nullptr);
    EXPECT_EQ(child<QPushButton>("Pause")->text(), QStringLiteral("Resume"));
    QTest::mouseClick(child<QPushButton>("Pause"), Qt::LeftButton);
    EXPECT_NE(engine_.heard<messages::Resume>(), nullptr);
    QTest::mouseClick(child<QPushButton>("Stop"), Qt::LeftButton);
    EXPECT_NE(engine_.heard<messages::Stop>(), nullptr);
}

TEST_F(AdaptingTest, TheOutcomeSaysWhichModelWasKept) {
    adaptUntilHeard();
    messages::Adapted outcome;
    outcome.steps = 80;
    outcome.seconds = 65;
    outcome.chosen = "adapted";
    outcome.previewScore = 0.71;
    outcome.adaptedScore = 0.82;
    engine_.say(outcome);
    EXPECT_EQ(textOf("AdaptOutcome"), "Score 0.82 on held-out strokes");
    EXPECT_THAT(textOf("AdaptFacts"), HasSubstr("Preview 0.71, adapted 0.82; adapted kept."));
    EXPECT_TRUE(child<QPushButton>("Adapt")->isEnabled());
    outcome.chosen = "preview";
    engine_.say(outcome);
    EXPECT_EQ(textOf("AdaptOutcome"), "Score 0.71 on held-out strokes");
    outcome.previewScore = std::numeric_limits<double>::quiet_NaN();
    engine_.say(outcome);
    EXPECT_EQ(textOf("AdaptOutcome"), "No score");
    EXPECT_THAT(textOf("AdaptFacts"), HasSubstr("Too few strokes to hold some out; preview kept."));
}

TEST_F(AdaptingTest, ChartsAndScoreOfAnEarlierRunAreShownWhenItIsChosen) {
    auto* runs = child<QComboBox>("Runs");
    auto* loss = child<LossChart>("LossChart");
    const auto finish = [&](int steps, double score) {
        for (int step = 1; step <= steps; ++step) {
            messages::StepMetrics metrics;
            metrics.step = step;
            engine_.say(metrics);
        }
        messages::Adapted outcome;
        outcome.steps = steps;
        outcome.adaptedScore = score;
        outcome.adapter = {{"adapter_config.json", {'{', '}'}}};
        engine_.say(outcome);
    };
    adaptUntilHeard();
    finish(3, 0.75);
    EXPECT_TRUE(runs->isHidden()) << "there is no choice";
    child<QPushButton>("Adapt")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().engineState() == EngineState::Adapting; }, kPatience));
    finish(2, 0.5);
    ASSERT_FALSE(runs->isHidden());
    ASSERT_EQ(runs->count(), 2);
    EXPECT_THAT(runs->itemText(1).toStdString(), HasSubstr("3 steps"));
    EXPECT_EQ(loss->graph(0)->dataCount(), 2);

    runs->setFocus();
    QTest::keyClick(runs, Qt::Key_Down);
    ASSERT_TRUE(QTest::qWaitFor([&] { return loss->graph(0)->dataCount() == 3; }, kPatience));
    EXPECT_EQ(textOf("AdaptOutcome"), "Score 0.75 on held-out strokes");
    EXPECT_EQ(runs->currentIndex(), 1);
    QTest::keyClick(runs, Qt::Key_Up);
    EXPECT_EQ(loss->graph(0)->dataCount(), 2);
    EXPECT_EQ(textOf("AdaptOutcome"), "Score 0.50 on held-out strokes");
}

TEST_F(AdaptingTest, TheChosenMethodReachesTheEngine) {
    auto* method = child<QComboBox>("Method");
    method->setCurrentIndex(method->findData(QStringLiteral("lst")));
    child<QSpinBox>("Rank")->setValue(7);
    adaptUntilHeard();
    EXPECT_EQ(engine_.heard<messages::Adapt>()->settings.method, "lst");
    EXPECT_EQ(engine_.heard<messages::Adapt>()->settings.rank, 7);
}

TEST_F(AdaptingTest, AnAdaptersFolderIsChosenToStartFromAndItsFilesReachTheEngine) {
    const std::filesystem::path adapter = toPath(folder_.filePath(QStringLiteral("axons")));
    std::filesystem::create_directory(adapter);
    ASSERT_TRUE(writeFileAtomically(adapter / "adapter_config.json",
                                    R"({"peft_type": "LORA", "r": 9, "lora_alpha": 18})"));
    ASSERT_TRUE(writeFileAtomically(adapter / "adapter_model.safetensors", "tensors"));
    auto* list = child<QComboBox>("Start");
    emit list->activated(list->count() - 1);
    auto* dialog = child<QFileDialog>("StartAdapterDialog");
    emit dialog->fileSelected(toQString(adapter));
    dialog->close();
    window_.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&window_));
    const auto* method = child<QComboBox>("Method");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !method->isEnabled(); }, kPatience));
    EXPECT_EQ(child<QSpinBox>("Rank")->value(), 9);
    EXPECT_EQ(session().adaptationChoice().start, utf8(adapter)) << "the project keeps it";

    adaptUntilHeard();
    const auto* adapt = engine_.heard<messages::Adapt>();
    EXPECT_EQ(adapt->settings.method, "lora");
    EXPECT_EQ(adapt->settings.rank, 9);
    ASSERT_TRUE(adapt->start);
    EXPECT_EQ(adapt->start->size(), 2U);
    engine_.say(messages::Adapted());
    EXPECT_THAT(textOf("AdaptFacts"), HasSubstr("Started from the adapter in “axons”."));
}

TEST_F(AdaptingTest, WhatTheEngineRefusesIsASentenceAndAdaptWorksAgain) {
    adaptUntilHeard();
    engine_.say(messages::Failed{{ErrorCode::OptionInvalid, {"method", "vpt", "it does not fit"}, {}},
                                 engine_.heard<messages::Adapt>()->requestId});
    EXPECT_EQ(textOf("NoticeText"), "method: “vpt” is not allowed here: it does not fit.");
    EXPECT_TRUE(child<QPushButton>("Adapt")->isEnabled());
}

TEST_F(AdaptingTest, AReopenedProjectShowsItsLastResultAndTheChoiceForTheNext) {
    EXPECT_FALSE(child<QLabel>("AdaptFacts")->isVisible());
    auto* method = child<QComboBox>("Method");
    method->setCurrentIndex(method->findData(QStringLiteral("lora")));
    adaptUntilHeard();
    messages::Adapted outcome;
    outcome.steps = 80;
    outcome.seconds = 65;
    outcome.trainableParameters = 4123456;
    outcome.chosen = "adapted";
    outcome.previewScore = 0.71;
    outcome.adaptedScore = 0.82;
    outcome.adapter = {{"adapter_config.json", {'{', '}'}}};
    engine_.say(outcome);
    method->setCurrentIndex(method->findData(QStringLiteral("bitfit")));
    const QString path = folder_.filePath(QStringLiteral("study.finebrush"));
    session().saveProjectAs(toPath(path));
    ASSERT_TRUE(QTest::qWaitFor([this] { return !session().projectPath().empty(); }, kPatience));

    session().newProject();
    EXPECT_FALSE(child<QLabel>("AdaptFacts")->isVisible());
    EXPECT_FALSE(child<QLabel>("AdaptOutcome")->isVisible());
    EXPECT_EQ(method->currentData().toString(), QStringLiteral("conv_lora"));
    openAndWait({path});
    EXPECT_THAT(textOf("AdaptOutcome"), HasSubstr("0.82"));
    for (const char* fact : {"LoRA", "80", "1 min 5 s", "4,123,456"}) {
        EXPECT_THAT(textOf("AdaptFacts"), HasSubstr(fact));
    }
    const QString today = QLocale().toString(QDate::currentDate(), QLocale::ShortFormat);
    EXPECT_THAT(textOf("AdaptFacts"), HasSubstr(today.toStdString()));
    EXPECT_EQ(method->currentData().toString(), QStringLiteral("bitfit"));
}

TEST_F(AdaptingTest, ADeadEngineIsASentenceAndCostsNoLabel) {
    adaptUntilHeard();
    const auto before = session().labels().histogram();
    engine_.die("ended by signal 9");
    EXPECT_THAT(textOf("NoticeText"), HasSubstr("ended by signal 9"));
    EXPECT_TRUE(child<QLabel>("NoticeText")->isVisible());
    EXPECT_EQ(child<QListWidget>("NoticeList")->count(), 1);
    EXPECT_EQ(session().labels().histogram(), before);
    EXPECT_TRUE(child<QPushButton>("Adapt")->isEnabled());
    QTest::mouseClick(child<QPushButton>("Adapt"), Qt::LeftButton);
    EXPECT_FALSE(child<QLabel>("NoticeText")->isVisible()) << "it is of the past";
    EXPECT_TRUE(QTest::qWaitFor([this] { return engine_.starts() == 2; }, kPatience));
}

TEST_F(AdaptingTest, ReadyIsSaidOnceTwoClassesArePainted) {
    const auto* adapt = child<QPushButton>("Adapt");
    EXPECT_THAT(textOf("AdaptState"), HasSubstr("at least two classes"));
    EXPECT_FALSE(adapt->property("primary").toBool());
    EXPECT_THAT(adapt->toolTip().toStdString(), HasSubstr("at least two classes"));
    QTest::keyClick(&window_, Qt::Key_1);
    drag({20, 20}, {60, 20});
    EXPECT_THAT(textOf("AdaptState"), HasSubstr("Only the class “Background” is painted"));
    QTest::keyClick(&window_, Qt::Key_2);
    EXPECT_FALSE(adapt->property("primary").toBool());
    EXPECT_THAT(adapt->toolTip().toStdString(), HasSubstr("another class as well"));
    drag({20, 60}, {60, 60});
    EXPECT_EQ(textOf("AdaptState"), "Ready to adapt.");
    EXPECT_TRUE(adapt->property("primary").toBool());
    QTest::keyClick(&window_, Qt::Key_Z, Qt::ControlModifier);
    EXPECT_THAT(textOf("AdaptState"), HasSubstr("Only the class “Background” is painted"));
}

TEST_F(AdaptingTest, OnlyTheChosenModelIsDescribedUntilTheListIsOpened) {
    preferences_.addModelFile(QStringLiteral("/m/a.pth"));
    preferences_.addModelFile(QStringLiteral("/m/b.pth"));
    child<ModelField>("ModelField")->setModel("/m/a.pth");
    adaptUntilHeard();
    const auto asked = [this](const std::vector<std::string>& models) {
        return QTest::qWaitFor(
            [&] {
                const auto* described = engine_.heard<messages::DescribeModels>();
                return described && described->models == models;
            },
            kPatience);
    };
    EXPECT_TRUE(asked({"", "/m/a.pth"}));
    engine_.say(messages::Adapted());  // another model can be chosen now
    QTest::keyClick(child<QComboBox>("Model"), Qt::Key_Space);
    EXPECT_TRUE(asked({"", "/m/a.pth", "/m/b.pth"}));
    child<QComboBox>("Model")->hidePopup();
    for (const char* file : {"/m/a.pth", "/m/b.pth"}) preferences_.removeModelFile(QLatin1String(file));
}

TEST_F(AdaptingTest, AdaptingWithoutStrokesSaysWhatToDo) {
    QTest::mouseClick(child<QPushButton>("Adapt"), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !textOf("NoticeText").empty(); }, kPatience));
    EXPECT_THAT(textOf("NoticeText"), HasSubstr("Paint a few strokes"));
    EXPECT_EQ(engine_.starts(), 0);
}

}  // namespace
}  // namespace finebrush
