#include "ui/main_window/save_guard.h"

#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>

#include <condition_variable>
#include <mutex>
#include <sqlite3.h>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::WindowFixture;

/// A disk that takes its time: while one of these is there, SQLite opens no further file.
class SlowDisk {
  public:
    SlowDisk() {
        static const bool isInstalled = install();
        EXPECT_TRUE(isInstalled);
        setHeld(true);
    }
    ~SlowDisk() { goOn(); }
    SlowDisk(const SlowDisk&) = delete;
    SlowDisk& operator=(const SlowDisk&) = delete;

    void goOn() { setHeld(false); }

  private:
    struct Gate {
        std::mutex mutex;
        std::condition_variable opened;
        bool isHeld = false;
        sqlite3_vfs* usual = nullptr;
        sqlite3_vfs slow = {};
    };
    static Gate& gate() {
        static Gate gate;
        return gate;
    }
    static void setHeld(bool isHeld) {
        const std::lock_guard lock(gate().mutex);
        gate().isHeld = isHeld;
        gate().opened.notify_all();
    }
    /// For good: what was opened in this way may outlive a test.
    static bool install() {
        gate().usual = sqlite3_vfs_find(nullptr);
        gate().slow = *gate().usual;
        gate().slow.zName = "slow";
        gate().slow.xOpen = [](sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* given) {
            std::unique_lock lock(gate().mutex);
            gate().opened.wait(lock, [] { return !gate().isHeld; });
            lock.unlock();
            return gate().usual->xOpen(gate().usual, name, file, flags, given);
        };
        return sqlite3_vfs_register(&gate().slow, 1) == SQLITE_OK;
    }
};

class SaveGuardTest : public WindowFixture {
  protected:
    /// Paints in a project whose folder is gone, until it is clear that this cannot be written.
    void loseTheFolder() {
        openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
        const QString path = folder_.filePath(QStringLiteral("study/cells.finebrush"));
        session().saveProjectAs(toPath(path));
        ASSERT_TRUE(QTest::qWaitFor([this] { return !session().projectPath().empty(); }, kPatience));
        ASSERT_TRUE(QDir(folder_.path()).rename(QStringLiteral("study"), QStringLiteral("gone")));
        drag({20, 20}, {60, 20});
        ASSERT_TRUE(QTest::qWaitFor([this] { return session().saveProblem().has_value(); }, kPatience));
    }

    QMessageBox* question() {
        QMessageBox* found = nullptr;
        EXPECT_TRUE(QTest::qWaitFor(
            [&] { return found = window_.findChild<QMessageBox*>(QStringLiteral("NotSavedQuestion")); },
            kPatience));
        return found;
    }
    /// What says that the project is being written, once it is seen.
    QMessageBox* waitingBox() {
        QMessageBox* found = nullptr;
        EXPECT_TRUE(QTest::qWaitFor(
            [&] {
                found = window_.findChild<QMessageBox*>(QStringLiteral("WaitForSaving"));
                return found && found->isVisible();
            },
            kPatience));
        return found;
    }
    void press(const char* button) {
        QPointer<QMessageBox> open = question();
        ASSERT_NE(open, nullptr);
        QTest::mouseClick(open->findChild<QPushButton*>(QLatin1String(button)), Qt::LeftButton);
        EXPECT_TRUE(QTest::qWaitFor([&] { return open.isNull(); }, kPatience));
    }
    bool isClosed() {
        return QTest::qWaitFor([this] { return !window_.isVisible(); }, kPatience);
    }
};

TEST_F(SaveGuardTest, ClosingLosesNothingThatIsJustBeingWritten) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
    drag({20, 20}, {60, 20});
    window_.close();
    ASSERT_TRUE(isClosed());
    EXPECT_FALSE(session().hasUnsavedWork());
}

TEST_F(SaveGuardTest, WhileSavingTakesItsTimeABoxSaysSoAndTheEndClosesTheWindow) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
    const std::filesystem::path path = toPath(folder_.filePath(QStringLiteral("cells.finebrush")));
    SlowDisk disk;
    session().saveProjectAs(path);
    window_.close();
    const QPointer<QMessageBox> box = waitingBox();
    ASSERT_FALSE(box.isNull());
    EXPECT_TRUE(window_.isVisible());
    EXPECT_TRUE(session().isSaving());
    disk.goOn();
    ASSERT_TRUE(isClosed());
    EXPECT_TRUE(QTest::qWaitFor([&] { return box.isNull(); }, kPatience));
    EXPECT_EQ(session().projectPath(), path);
}

TEST_F(SaveGuardTest, WhoCancelsTheWaitingStaysAndTheSavingGoesOn) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
    const std::filesystem::path path = toPath(folder_.filePath(QStringLiteral("cells.finebrush")));
    SlowDisk disk;
    session().saveProjectAs(path);
    window_.close();
    const QPointer<QMessageBox> box = waitingBox();
    ASSERT_FALSE(box.isNull());
    QTest::mouseClick(box->button(QMessageBox::Cancel), Qt::LeftButton);
    ASSERT_TRUE(QTest::qWaitFor([&] { return box.isNull(); }, kPatience));
    EXPECT_TRUE(session().isSaving());
    disk.goOn();
    ASSERT_TRUE(QTest::qWaitFor([&] { return session().projectPath() == path; }, kPatience));
    QCoreApplication::processEvents();  // what follows the end of the saving is queued
    EXPECT_TRUE(window_.isVisible());
}

TEST_F(SaveGuardTest, TheStatusBarSaysThatWorkIsNotSavedAndWhy) {
    loseTheFolder();
    auto* saved = child<QLabel>("StatusSaved");
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return saved->text().contains(QLatin1String("Not saved")); }, kPatience));
    EXPECT_EQ(saved->property("role").toString(), QStringLiteral("error"));
    EXPECT_THAT(saved->toolTip().toStdString(), HasSubstr("cells.finebrush"));
    ASSERT_TRUE(QDir(folder_.path()).rename(QStringLiteral("gone"), QStringLiteral("study")));
    child<QAction>("SaveProject")->trigger();
    ASSERT_TRUE(QTest::qWaitFor([&] { return saved->text().contains(QLatin1String("All")); }, kPatience));
    EXPECT_NE(saved->property("role").toString(), QStringLiteral("error"));
    EXPECT_TRUE(saved->toolTip().isEmpty());
}

TEST_F(SaveGuardTest, ClosingWithWorkThatCannotBeWrittenAsksAndStays) {
    loseTheFolder();
    window_.close();
    EXPECT_TRUE(window_.isVisible());
    QPointer<QMessageBox> open = question();
    ASSERT_NE(open, nullptr);
    EXPECT_THAT(open->text().toStdString(), HasSubstr("cells"));
    EXPECT_THAT(open->informativeText().toStdString(), HasSubstr("cells.finebrush"));
    EXPECT_EQ(open->defaultButton()->objectName(), QStringLiteral("SaveElsewhere"));
    open->reject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return open.isNull(); }, kPatience));
    EXPECT_TRUE(window_.isVisible());
    EXPECT_TRUE(session().hasUnsavedWork());
}

TEST_F(SaveGuardTest, WorkIsSavedElsewhereAndThenTheWindowCloses) {
    loseTheFolder();
    window_.close();
    press("SaveElsewhere");
    const QString path = folder_.filePath(QStringLiteral("rescued.finebrush"));
    auto* dialog = child<QFileDialog>("SaveProjectDialog");
    dialog->findChild<QLineEdit*>()->setText(path);
    static_cast<QDialog*>(dialog)->accept();
    ASSERT_TRUE(isClosed());
    EXPECT_EQ(session().projectPath(), toPath(path));
    EXPECT_FALSE(session().hasUnsavedWork());
}

TEST_F(SaveGuardTest, WhereNoOtherPlaceIsChosenTheWindowStays) {
    loseTheFolder();
    window_.close();
    press("SaveElsewhere");
    QPointer<QFileDialog> dialog = child<QFileDialog>("SaveProjectDialog");
    dialog->reject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return dialog.isNull(); }, kPatience));
    EXPECT_TRUE(window_.isVisible());
    EXPECT_EQ(window_.findChild<QMessageBox*>(QStringLiteral("NotSavedQuestion")), nullptr);
}

TEST_F(SaveGuardTest, APlaceThatCannotBeWrittenEitherIsAskedForAgain) {
    loseTheFolder();
    window_.close();
    press("SaveElsewhere");
    QFile blocked(folder_.filePath(QStringLiteral("blocked")));
    ASSERT_TRUE(blocked.open(QIODevice::WriteOnly));
    blocked.close();
    QPointer<QFileDialog> dialog = child<QFileDialog>("SaveProjectDialog");
    emit dialog->fileSelected(folder_.filePath(QStringLiteral("blocked/p.finebrush")));
    static_cast<QDialog*>(dialog)->done(QDialog::Accepted);
    ASSERT_TRUE(QTest::qWaitFor([&] { return dialog.isNull(); }, kPatience));
    press("DiscardUnsaved");
    EXPECT_TRUE(isClosed());
}

TEST_F(SaveGuardTest, ANewProjectBeginsOnlyWhereThePersonGivesTheOldOneUp) {
    loseTheFolder();
    child<QAction>("NewProject")->trigger();
    press("DiscardUnsaved");
    EXPECT_TRUE(QTest::qWaitFor([this] { return session().images().empty(); }, kPatience));
    EXPECT_TRUE(window_.isVisible());
}

}  // namespace
}  // namespace finebrush
