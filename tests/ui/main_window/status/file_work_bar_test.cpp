#include "tests/ui/support/window_fixture.h"

#include <QLabel>
#include <QToolButton>

#include <optional>

namespace finebrush {
namespace {

class FileWorkBarTest : public testing::WindowFixture {
  protected:
    QString text() const { return child<QWidget>("FileWorkBar")->findChild<QLabel*>()->text(); }
};

TEST_F(FileWorkBarTest, IsSeenWhileFilesAreWrittenForMoreThanAMoment) {
    window_.show();
    const QWidget* bar = child<QWidget>("FileWorkBar");
    emit bridge_.fileWorkChanged({true, false});
    EXPECT_FALSE(bar->isVisible());
    EXPECT_TRUE(QTest::qWaitFor([&] { return bar->isVisible(); }, kPatience));
    const QString exporting = text();
    emit bridge_.fileWorkChanged({true, true});
    EXPECT_TRUE(bar->isVisible());
    emit bridge_.fileWorkChanged({false, true});
    EXPECT_TRUE(bar->isVisible());
    EXPECT_NE(text(), exporting);
    EXPECT_FALSE(child<QToolButton>("StopFileWork")->toolTip().isEmpty());
    emit bridge_.fileWorkChanged({});
    EXPECT_FALSE(bar->isVisible());
}

TEST_F(FileWorkBarTest, ItsTextGivesWayInANarrowWindow) {
    emit bridge_.fileWorkChanged({true, false});
    const auto* bar = child<QWidget>("FileWorkBar");
    const auto* label = bar->findChild<QLabel*>();
    EXPECT_GE(bar->sizeHint().width() - bar->minimumSizeHint().width(),
              label->fontMetrics().horizontalAdvance(label->text()) - 1);
}

TEST_F(FileWorkBarTest, TheButtonStopsAnExport) {
    std::optional<JobFinished::Kind> ended;
    QObject::connect(&bridge_, &SessionBridge::jobFinished, &bridge_,
                     [&](const JobFinished& job) { ended = job.kind; });
    session().exportMasks(std::filesystem::path(folder_.path().toStdString()) / "out");
    child<QToolButton>("StopFileWork")->click();
    EXPECT_TRUE(QTest::qWaitFor([&] { return ended.has_value(); }, kPatience));
    EXPECT_EQ(ended, JobFinished::Kind::StoppedExport);
}

}  // namespace
}  // namespace finebrush
