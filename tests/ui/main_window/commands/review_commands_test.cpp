#include "ui/main_window/commands/review_commands.h"

#include "tests/ui/support/window_fixture.h"

#include <QAction>

namespace finebrush {
namespace {

using testing::WindowFixture;

/// A project of three pictures, the first of which is shown.
class ReviewCommandsTest : public WindowFixture {
  protected:
    void openThree() {
        QStringList paths;
        for (const char* name : {"a.png", "b.png", "c.png"})
            paths << makeImage(QLatin1String(name), {60, 40});
        openAndWait(paths);
        ASSERT_TRUE(QTest::qWaitFor([this] { return session().images().size() == 3; }, kPatience));
    }
    QAction& action(const char* name) const { return *child<QAction>(name); }
    ReviewState reviewOf(size_t place) { return session().images()[place].review; }
    bool isShown(size_t place) {
        return QTest::qWaitFor([&] { return session().shownImage()->id == session().images()[place].id; },
                               kPatience);
    }
};

TEST_F(ReviewCommandsTest, RestWhereNoImageIsShown) {
    for (const char* name : {"MarkDone", "MarkToCheck", "NextNotDone"}) {
        EXPECT_FALSE(action(name).isEnabled()) << name;
        EXPECT_FALSE(action(name).isChecked()) << name;
    }
}

TEST_F(ReviewCommandsTest, MarkTheImageOnTheScreenAndTakeTheMarkAway) {
    openThree();
    ASSERT_TRUE(isShown(0));
    action("MarkDone").trigger();
    EXPECT_EQ(reviewOf(0), ReviewState::Done);
    EXPECT_EQ(reviewOf(1), ReviewState::Open);
    EXPECT_TRUE(action("MarkDone").isChecked());
    action("MarkToCheck").trigger();
    EXPECT_EQ(reviewOf(0), ReviewState::ToCheck);
    EXPECT_FALSE(action("MarkDone").isChecked()) << "it is one or the other";
    action("MarkToCheck").trigger();
    EXPECT_EQ(reviewOf(0), ReviewState::Open);
    session().undo();
    EXPECT_TRUE(action("MarkToCheck").isChecked());
    session().showImage(session().images()[1].id);
    ASSERT_TRUE(isShown(1));
    EXPECT_FALSE(action("MarkToCheck").isChecked());
}

TEST_F(ReviewCommandsTest, TheNextImageThatIsNotDoneIsFoundRoundAndRound) {
    openThree();
    ASSERT_TRUE(isShown(0));
    session().setReview({session().images()[1].id}, ReviewState::Done);
    action("NextNotDone").trigger();
    ASSERT_TRUE(isShown(2));
    action("NextNotDone").trigger();
    ASSERT_TRUE(isShown(0));
    session().setReview({session().images()[2].id}, ReviewState::ToCheck);
    EXPECT_TRUE(action("NextNotDone").isEnabled()) << "to be checked is not done";
    session().setReview({session().images()[2].id}, ReviewState::Done);
    EXPECT_FALSE(action("NextNotDone").isEnabled()) << "no other is left";
}

TEST_F(ReviewCommandsTest, AnExportIsOfDoneImagesWhereThatIsTicked) {
    openThree();
    drag({10, 10}, {40, 10});
    std::vector<JobFinished> finished;
    std::vector<ErrorCode> noticed;
    QObject::connect(&bridge_, &SessionBridge::jobFinished, &window_,
                     [&](const JobFinished& job) { finished.push_back(job); });
    QObject::connect(&bridge_, &SessionBridge::noticed, &window_,
                     [&](const Error& error) { noticed.push_back(error.code); });
    action("ExportOnlyDone").trigger();
    session().exportMasks(folder_.filePath(QStringLiteral("out")).toStdString());
    ASSERT_TRUE(QTest::qWaitFor([&] { return !noticed.empty(); }, kPatience));
    EXPECT_EQ(noticed.front(), ErrorCode::NoImageDone);
    action("ExportOnlyDone").trigger();
    session().exportMasks(folder_.filePath(QStringLiteral("out")).toStdString());
    EXPECT_TRUE(QTest::qWaitFor([&] { return finished.size() == 1; }, kPatience));
}

}  // namespace
}  // namespace finebrush
