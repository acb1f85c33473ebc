#include "tests/ui/support/window_fixture.h"

#include <QAction>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include <optional>

namespace finebrush {
namespace {

class PredictionBarTest : public testing::WindowFixture {
  protected:
    PredictionBarTest() {
        const PixelSize size{120, 90};
        openAndWait({makeImage(QStringLiteral("a.png"), size), makeImage(QStringLiteral("b.png"), size)});
        EXPECT_TRUE(QTest::qWaitFor([this] { return session().images().size() == 2; }, kPatience));
    }

    QString text() const { return child<QWidget>("PredictionBar")->findChild<QLabel*>()->text(); }
    bool canPredictAll() const { return child<QAction>("PredictAll")->isEnabled(); }
    void adapt() {
        adaptUntilHeard();
        messages::Adapted outcome;
        outcome.adapter = {{"adapter_config.json", {'{', '}'}}};
        engine_.say(outcome);
    }
};

TEST_F(PredictionBarTest, SaysHowFarItIsAndAboutHowLongItTakes) {
    window_.show();
    const QWidget* bar = child<QWidget>("PredictionBar");
    EXPECT_FALSE(bar->isVisible());
    emit bridge_.predictionWorkChanged({true, 3, 12, 0.25, std::nullopt});
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar->isVisible(); }, kPatience));
    EXPECT_EQ(text(), QStringLiteral("Predicting image 4 of 12"));
    const auto* progress = child<QProgressBar>("PredictionsProgress");
    EXPECT_EQ(progress->value() * 4, progress->maximum());
    EXPECT_EQ(progress->accessibleName(), text());
    emit bridge_.predictionWorkChanged({true, 3, 12, 0.25, 360.0});
    EXPECT_EQ(text(), QStringLiteral("Predicting image 4 of 12 — about 6 min left"));
    EXPECT_FALSE(child<QToolButton>("StopPredictions")->toolTip().isEmpty());
    emit bridge_.predictionWorkChanged({});
    EXPECT_FALSE(bar->isVisible());
}

TEST_F(PredictionBarTest, TheCommandWaitsForAnAdapterAndTheButtonStopsIt) {
    EXPECT_FALSE(canPredictAll());
    adapt();
    EXPECT_TRUE(canPredictAll());
    std::optional<JobFinished::Kind> ended;
    QObject::connect(&bridge_, &SessionBridge::jobFinished, &bridge_,
                     [&](const JobFinished& job) { ended = job.kind; });
    child<QAction>("PredictAll")->trigger();
    EXPECT_FALSE(canPredictAll()) << "it goes on already";
    child<QToolButton>("StopPredictions")->click();
    EXPECT_EQ(ended, JobFinished::Kind::StoppedPrediction);
    EXPECT_TRUE(canPredictAll());
}

TEST_F(PredictionBarTest, TheCommandPredictsWhatWasNeverShown) {
    adapt();
    messages::Prediction shown = predictionOf(1);
    shown.isFinal = true;
    engine_.say(shown);
    child<QAction>("PredictAll")->trigger();
    ASSERT_TRUE(QTest::qWaitFor([&] { return engine_.heard<messages::Predict>() != nullptr; }, kPatience));
    EXPECT_EQ(engine_.heard<messages::Predict>()->imageId, session().images()[1].id);
}

}  // namespace
}  // namespace finebrush
