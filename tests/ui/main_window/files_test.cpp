#include "core/base/text.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/dialogs/recovery_dialog.h"

#include <QAction>
#include <QDate>
#include <QDir>
#include <QDockWidget>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QToolButton>
#include <QTreeWidget>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::WindowFixture;

class FilesTest : public WindowFixture {
  protected:
    void drop(const QList<QUrl>& files) {
        QMimeData data;
        data.setUrls(files);
        QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window_, &enter);
        ASSERT_TRUE(enter.isAccepted());
        QDropEvent drop(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window_, &drop);
    }

    /// What a command that asks for a file writes.
    QByteArray exported(const char* command) {
        child<QAction>(command)->trigger();
        auto* dialog = child<QFileDialog>(formatted("%sDialog", command).c_str());
        const QString path = folder_.filePath(QStringLiteral("exported.csv"));
        dialog->selectFile(path);
        static_cast<QDialog*>(dialog)->accept();
        EXPECT_TRUE(QTest::qWaitFor([&] { return QFile::exists(path); }, kPatience));
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }
};

TEST_F(FilesTest, AnEmptyWindowSaysHowToBegin) {
    EXPECT_TRUE(child<QWidget>("EmptyHint")->isVisible());
    openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
    EXPECT_FALSE(child<QWidget>("EmptyHint")->isVisible());
    EXPECT_TRUE(child<QWidget>("StepHint")->isVisible());
}

TEST_F(FilesTest, AnEmptyWindowOffersTheKeysOfOtherPrograms) {
    auto* keys = child<QToolButton>("EmptyHintKeys");
    EXPECT_TRUE(keys->isVisible());
    keys->menu()->actions()[static_cast<int>(KeyProfile::Napari)]->trigger();
    EXPECT_EQ(preferences_.keyProfile(), KeyProfile::Napari);
    EXPECT_EQ(keys->text(), QStringLiteral("Keys: napari"));
    EXPECT_EQ(child<QAction>("BrushTool")->shortcut(), QKeySequence(QStringLiteral("2")));
    preferences_.setKeyProfile(KeyProfile::Finebrush);
}

TEST_F(FilesTest, DroppedFilesAreOpened) {
    drop({QUrl::fromLocalFile(makeImage(QStringLiteral("세포 1.png"), {60, 40})),
          QUrl::fromLocalFile(makeImage(QStringLiteral("cells 2.png"), {50, 40}))});
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().images().size() == 2; }, kPatience));
    EXPECT_EQ(child<QTreeWidget>("ImageList")->topLevelItem(0)->text(0), QStringLiteral("세포 1.png"));
}

TEST_F(FilesTest, DroppedLabelsAreImportedForTheImagesThatAreThere) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {60, 40})});
    QFile file(folder_.filePath(QStringLiteral("cells.json")));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"shapes": [{"label": "nucleus", "shape_type": "rectangle", "points": [[2, 2], [9, 9]]}]})");
    file.close();
    drop({QUrl::fromLocalFile(file.fileName())});
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().labels().at(5, 5) != kUnlabelled; }, kPatience));
    EXPECT_EQ(session().classes().classes().back().name, "nucleus");
    EXPECT_EQ(session().images().size(), 1U);
}

TEST_F(FilesTest, ADamagedProjectIsShownAsACopy) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
    drag({20, 20}, {60, 20});
    const QString path = folder_.filePath(QStringLiteral("study.finebrush"));
    session().saveProjectAs(toPath(path));
    ASSERT_TRUE(QTest::qWaitFor([this] { return !session().projectPath().empty(); }, kPatience));
    const QString damaged = folder_.filePath(QStringLiteral("damaged.finebrush"));
    ASSERT_TRUE(QFile::copy(path, damaged));
    QFile file(damaged);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    file.write(QByteArray(40, 'x'));
    file.close();
    openAndWait({damaged});
    EXPECT_THAT(window_.windowTitle().toStdString(), HasSubstr("damaged (copy)"));
    EXPECT_TRUE(session().projectPath().empty());
}

TEST_F(FilesTest, AFileThatIsNoImageIsANoticeWithItsName) {
    const QString path = folder_.filePath(QStringLiteral("notes.png"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("these are words");
    file.close();
    window_.start({path});
    auto* notices = child<QListWidget>("NoticeList");
    ASSERT_TRUE(QTest::qWaitFor([&] { return notices->count() > 0; }, kPatience));
    EXPECT_THAT(child<QLabel>("NoticeText")->text().toStdString(), HasSubstr("notes.png"));
    EXPECT_TRUE(child<QWidget>("EmptyHint")->isVisible());
}

TEST_F(FilesTest, ADialogBeginsBesideTheImageAndThenWhereItWasUsed) {
    const QString image = makeImage(QStringLiteral("scans/cells.png"), {30, 20});
    openAndWait({image});
    const auto ask = [this] {
        child<QAction>("ExportMasks")->trigger();
        return QPointer(child<QFileDialog>("ExportMasksDialog"));
    };
    const QPointer<QFileDialog> first = ask();
    EXPECT_EQ(first->directory().canonicalPath(), QFileInfo(image).dir().canonicalPath());
    QDir(folder_.path()).mkpath(QStringLiteral("masks"));
    const QString used = folder_.filePath(QStringLiteral("masks"));
    emit first->filesSelected({used});
    first->reject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return first.isNull(); }, kPatience));
    EXPECT_EQ(ask()->directory().canonicalPath(), QFileInfo(used).canonicalFilePath());
}

TEST_F(FilesTest, TheTabCountsTheFailuresUntilTheyAreInSight) {
    auto* dock = child<QDockWidget>("NoticesDock");
    const QString title = dock->windowTitle();
    for (const char* file : {"a.png", "b.png"})
        emit bridge_.noticed({ErrorCode::ImageFormatUnknown, {file}, {}});
    EXPECT_EQ(dock->windowTitle(), title + QStringLiteral(" (2)"));
    QTest::mouseClick(child<QPushButton>("ToastDetails"), Qt::LeftButton);
    EXPECT_TRUE(QTest::qWaitFor([&] { return dock->windowTitle() == title; }, kPatience));
}

TEST_F(FilesTest, AFolderWithLabelsBecomesAProject) {
    QDir(folder_.path()).mkpath(QStringLiteral("set/images"));
    QDir(folder_.path()).mkpath(QStringLiteral("set/labels"));
    makeImage(QStringLiteral("set/images/a.png"), {40, 30});
    QImage labels(40, 30, QImage::Format_Grayscale8);
    labels.fill(255);
    for (int x = 0; x < 40; ++x) labels.setPixel(x, 5, qRgb(1, 1, 1));
    ASSERT_TRUE(labels.save(folder_.filePath(QStringLiteral("set/labels/a.png"))));
    openAndWait({folder_.filePath(QStringLiteral("set"))});
    EXPECT_EQ(session().labels().at(7, 5), 1);
    EXPECT_EQ(session().labels().at(7, 6), kUnlabelled);
}

TEST_F(FilesTest, ASavedProjectOpensAgainWithItsLabels) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
    drag({20, 20}, {60, 20});
    const uint8_t value = session().labels().at(40, 20);
    const QString path = folder_.filePath(QStringLiteral("study.finebrush"));
    session().saveProjectAs(toPath(path));
    ASSERT_TRUE(QTest::qWaitFor([this] { return !session().projectPath().empty(); }, kPatience));
    EXPECT_EQ(preferences_.recentProjects().value(0), path);
    EXPECT_THAT(window_.windowTitle().toStdString(), HasSubstr("study"));

    session().newProject();
    EXPECT_EQ(session().images().size(), 0u);
    openAndWait({path});
    EXPECT_EQ(session().labels().at(40, 20), value);
}

TEST_F(FilesTest, EveryExportIsInTheMenuAndAtTheButton) {
    for (const char* menu : {"ExportMenu", "ExportButtonMenu"}) {
        QStringList names;
        for (const QAction* action : child<QMenu>(menu)->actions()) names << action->objectName();
        names.removeAll(QString());  // separators
        EXPECT_EQ(names, (QStringList{"ExportMasks", "ExportOverlays", "ExportCoco", "ExportLabelme",
                                      "ExportGeoTiff", "ExportGeoPackage", "ExportGeoJson",
                                      "ExportLabelVolume", "ExportLabelVolumeWithUnlabelled",
                                      "ExportSegmentation", "ExportSegmentationOfPatient", "ExportStatistics",
                                      "ExportAdapter", "ExportCurves", "ExportClasses", "ExportOnlyDone"}));
    }
    EXPECT_FALSE(child<QAction>("ExportCoco")->isEnabled());
    EXPECT_FALSE(child<QAction>("ImportAdapter")->isEnabled());
    openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
    EXPECT_TRUE(child<QAction>("ExportCoco")->isEnabled());
    for (const char* learned : {"ExportAdapter", "ExportCurves"})
        EXPECT_FALSE(child<QAction>(learned)->isEnabled()) << learned << ": there is none yet";
    EXPECT_TRUE(child<QAction>("ExportGeoJson")->isVisible());
    EXPECT_TRUE(child<QAction>("ImportAdapter")->isEnabled());
    QStringList imports;
    for (const QAction* action : child<QMenu>("ImportMenu")->actions()) imports << action->objectName();
    EXPECT_EQ(imports, (QStringList{"ImportLabels", "ImportClasses", "ImportAdapter"}));
    for (const char* unfit :
         {"ExportGeoTiff", "ExportGeoPackage", "ExportLabelVolume", "ExportLabelVolumeWithUnlabelled",
          "ExportSegmentation", "ExportSegmentationOfPatient"})
        EXPECT_FALSE(child<QAction>(unfit)->isVisible()) << unfit << " does not fit a picture";
}

TEST_F(FilesTest, ClassStatisticsAreExported) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
    drag({20, 20}, {60, 20});
    EXPECT_TRUE(exported("ExportStatistics").contains("\ncells.png,,"));
}

class LabelImportTest : public FilesTest {
  protected:
    /// Paints a line, and writes an index image with the other class in all of the upper half.
    LabelImportTest() {
        openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
        drag({20, 20}, {60, 20});
        painted_ = session().labels().at(40, 20);
        makeLabels(QStringLiteral("cells_mask.png"));
    }
    void makeLabels(const QString& name) {
        QImage labels(120, 90, QImage::Format_Grayscale8);
        labels.fill(255);
        for (int y = 0; y < 45; ++y) {
            for (int x = 0; x < 120; ++x)
                labels.setPixel(x, y, painted_ == 0 ? qRgb(1, 1, 1) : qRgb(0, 0, 0));
        }
        ASSERT_TRUE(labels.save(folder_.filePath(name)));
    }
    void chooseLabels() {
        child<QAction>("ImportLabels")->trigger();
        auto* dialog = child<QFileDialog>("ImportLabelsDialog");
        emit dialog->filesSelected({folder_.filePath(QStringLiteral("cells_mask.png"))});
        dialog->close();
    }
    QMessageBox* question() const {
        return window_.findChild<QMessageBox*>(QStringLiteral("ImportQuestion"));
    }
    void press(const char* button) {
        QTest::mouseClick(question()->findChild<QPushButton*>(QLatin1String(button)), Qt::LeftButton);
    }
    bool becomes(uint8_t value, int x, int y) {
        return QTest::qWaitFor([&] { return session().labels().at(x, y) == value; }, kPatience);
    }

    uint8_t painted_ = kUnlabelled;
};

TEST_F(LabelImportTest, AsksBeforePaintIsReplaced) {
    const uint8_t imported = painted_ == 0 ? 1 : 0;
    chooseLabels();
    ASSERT_NE(question(), nullptr);
    EXPECT_EQ(question()->defaultButton()->objectName(), QStringLiteral("OnlyUnpainted"));
    press("OnlyUnpainted");
    EXPECT_TRUE(becomes(imported, 100, 5));
    EXPECT_EQ(session().labels().at(40, 20), painted_);
    ASSERT_TRUE(QTest::qWaitFor([this] { return !question(); }, kPatience));
    chooseLabels();
    ASSERT_NE(question(), nullptr);
    press("ReplacePainted");
    EXPECT_TRUE(becomes(imported, 40, 20));
    auto* notices = child<QListWidget>("NoticeList");
    ASSERT_TRUE(QTest::qWaitFor([&] { return notices->count() > 0; }, kPatience));
    EXPECT_THAT(notices->item(0)->text().toStdString(),
                HasSubstr(imported == 0 ? "Values: 0 → Background" : "Values: 1 → Class 1"));
}

TEST_F(LabelImportTest, AsksOnceForWhatIsDropped) {
    QFile shapes(folder_.filePath(QStringLiteral("cells.json")));
    ASSERT_TRUE(shapes.open(QIODevice::WriteOnly));
    shapes.write(R"({"shapes": [{"shape_type": "rectangle", "label": "roof", "points": [[0,0],[120,45]]}]})");
    shapes.close();
    drop({QUrl::fromLocalFile(shapes.fileName())});
    ASSERT_NE(question(), nullptr);
    question()->reject();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !question(); }, kPatience));
    EXPECT_EQ(session().labels().at(100, 5), kUnlabelled);
    EXPECT_EQ(session().classes().size(), 2);
}

TEST_F(LabelImportTest, AsksNothingWhereNothingIsPainted) {
    session().undo();
    chooseLabels();
    EXPECT_EQ(question(), nullptr);
    EXPECT_TRUE(becomes(painted_ == 0 ? 1 : 0, 40, 20));
}

TEST_F(FilesTest, LearningCurvesAreExportedOnceThereAreSome) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
    adaptUntilHeard();
    messages::StepMetrics first;
    first.step = 1;
    first.loss = 0.75;
    engine_.say(first);
    engine_.say(predictionOf(1));
    ASSERT_TRUE(child<QAction>("ExportCurves")->isEnabled());
    EXPECT_TRUE(exported("ExportCurves").contains("1,0.75,"));
}

TEST_F(FilesTest, AnnotationsAreExportedThroughTheirDialogs) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
    drag({20, 20}, {60, 20});
    const auto answer = [this](const char* action, const char* dialogName, const QString& choice) {
        child<QAction>(action)->trigger();
        auto* dialog = child<QFileDialog>(dialogName);
        dialog->selectFile(choice);
        static_cast<QDialog*>(dialog)->accept();
    };
    const auto isThere = [this](const char* name) {
        return QTest::qWaitFor([&] { return QFile::exists(folder_.filePath(QLatin1String(name))); },
                               kPatience);
    };
    answer("ExportCoco", "ExportCocoDialog", folder_.filePath(QStringLiteral("all.json")));
    EXPECT_TRUE(isThere("all.json"));
    QDir(folder_.path()).mkpath(QStringLiteral("labelme"));
    answer("ExportLabelme", "ExportLabelmeDialog", folder_.filePath(QStringLiteral("labelme")));
    EXPECT_TRUE(isThere("labelme/cells.json"));
    auto* notices = child<QListWidget>("NoticeList");
    EXPECT_TRUE(QTest::qWaitFor([&] { return notices->count() == 2; }, kPatience));
}

TEST_F(FilesTest, AnExportAsksBeforeItReplacesFiles) {
    openAndWait({makeImage(QStringLiteral("cells.png"), {120, 90})});
    drag({20, 20}, {60, 20});
    const QString file = folder_.filePath(QStringLiteral("cells.json"));
    QFile old(file);
    ASSERT_TRUE(old.open(QIODevice::WriteOnly));
    old.write("mine");
    old.close();
    const auto answer = [&](const char* button) {
        session().exportLabelme(toPath(folder_.path()));
        QPointer<QMessageBox> question;
        ASSERT_TRUE(QTest::qWaitFor(
            [&] { return question = window_.findChild<QMessageBox*>(QStringLiteral("ReplaceQuestion")); },
            kPatience));
        EXPECT_THAT(question->text().toStdString(), HasSubstr("cells.json"));
        if (button) {
            QTest::mouseClick(question->findChild<QPushButton*>(QLatin1String(button)), Qt::LeftButton);
        } else {
            question->reject();
        }
        ASSERT_TRUE(QTest::qWaitFor([&] { return question.isNull(); }, kPatience));
    };
    answer(nullptr);
    EXPECT_EQ(QFileInfo(file).size(), 4);
    answer("Replace");
    EXPECT_TRUE(QTest::qWaitFor([&] { return QFileInfo(file).size() > 4; }, kPatience));
}

class RecoveryTest : public FilesTest {
  protected:
    /// Leaves a project with a picture behind, unsaved.
    void leave(const char* picture) {
        openAndWait({makeImage(QLatin1String(picture), {120, 90})});
        drag({20, 20}, {60, 20});
        ASSERT_TRUE(QTest::qWaitFor([this] { return session().isDurable(); }, kPatience));
        session().newProject();
    }
    RecoveryDialog* dialog() {
        RecoveryDialog* found = nullptr;
        EXPECT_TRUE(QTest::qWaitFor(
            [&] { return found = window_.findChild<RecoveryDialog*>(QStringLiteral("RecoveryDialog")); },
            kPatience));
        return found;
    }
    static void press(QDialog* dialog, const char* button) {
        QTest::mouseClick(dialog->findChild<QPushButton*>(QLatin1String(button)), Qt::LeftButton);
    }
};

TEST_F(RecoveryTest, EveryUnsavedProjectIsOffered) {
    leave("old/cells.png");
    leave("young/cells.png");
    window_.start({});
    auto* list = dialog()->findChild<QListWidget*>(QStringLiteral("RecoverableList"));
    ASSERT_EQ(list->count(), 2);
    // Both may be of the same second.
    const int row = list->item(0)->text().startsWith(QLatin1String("old")) ? 0 : 1;
    EXPECT_THAT(list->item(row)->text().toStdString(), HasSubstr("images: 1"));
    list->setCurrentRow(row);
    QTest::keyClick(list, Qt::Key_Return);
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().images().size() == 1; }, kPatience));
    EXPECT_EQ(session().images().front().path.parent_path().filename(), "old");
}

TEST_F(RecoveryTest, WhoOpensSomethingElseIsToldOfUnsavedWorkAndFindsItInTheMenu) {
    leave("old/cells.png");
    openAndWait({makeImage(QStringLiteral("new/cells.png"), {60, 40})});
    auto* notices = child<QListWidget>("NoticeList");
    ASSERT_TRUE(QTest::qWaitFor([&] { return notices->count() == 1; }, kPatience));
    EXPECT_THAT(notices->item(0)->text().toStdString(), HasSubstr("Recover unsaved work"));
    EXPECT_EQ(window_.findChild<RecoveryDialog*>(QStringLiteral("RecoveryDialog")), nullptr);
    child<QAction>("RecoverWork")->trigger();
    press(dialog(), "Recover");
    EXPECT_TRUE(QTest::qWaitFor(
        [this] {
            return session().images().size() == 1 &&
                   session().images().front().path.parent_path().filename() == "old";
        },
        kPatience));
}

TEST_F(RecoveryTest, ClassesWithoutAnImageAreOfferedByTheirDate) {
    session().addClass("axon");
    ASSERT_TRUE(QTest::qWaitFor([this] { return session().isDurable(); }, kPatience));
    session().newProject();
    window_.start({});
    auto* list = dialog()->findChild<QListWidget*>(QStringLiteral("RecoverableList"));
    ASSERT_EQ(list->count(), 1);
    const QString year = QString::number(QDate::currentDate().year());
    EXPECT_EQ(list->item(0)->text().section(u'\n', 0, 0), QStringLiteral("New project"));
    EXPECT_THAT(list->item(0)->text().toStdString(), HasSubstr("Last changed " + year.toStdString()));
    EXPECT_TRUE(list->item(0)->text().endsWith(QLatin1String("no images")));
    QTest::keyClick(list, Qt::Key_Return);
    EXPECT_TRUE(
        QTest::qWaitFor([this] { return session().classes().classes().back().name == "axon"; }, kPatience));
}

TEST_F(RecoveryTest, TheMenuSaysWhereNothingIsLeft) {
    window_.start({});
    child<QAction>("RecoverWork")->trigger();
    EXPECT_EQ(dialog()->findChild<QListWidget*>(QStringLiteral("RecoverableList"))->count(), 0);
    EXPECT_FALSE(dialog()->findChild<QPushButton*>(QStringLiteral("Recover"))->isEnabled());
}

TEST_F(RecoveryTest, AnUnsavedProjectIsDeletedOnlyWhereThePersonInsists) {
    leave("cells.png");
    std::vector<AbandonedProject> left;
    QObject::connect(&bridge_, &SessionBridge::recoverableFound,
                     [&](const RecoverableFound& found) { left = found.projects; });
    window_.start({});
    const QPointer<RecoveryDialog> offered = dialog();
    ASSERT_EQ(left.size(), 1U);
    press(offered, "DiscardRecoverable");
    QPointer<QMessageBox> insisting = window_.findChild<QMessageBox*>(QStringLiteral("DiscardQuestion"));
    ASSERT_FALSE(insisting.isNull());
    insisting->reject();
    ASSERT_TRUE(QTest::qWaitFor([&] { return insisting.isNull(); }, kPatience));
    EXPECT_TRUE(std::filesystem::exists(left.front().file));
    press(offered, "DiscardRecoverable");
    press(window_.findChild<QMessageBox*>(QStringLiteral("DiscardQuestion")), "DiscardForGood");
    EXPECT_TRUE(QTest::qWaitFor([&] { return offered.isNull(); }, kPatience)) << "nothing is left to offer";
    EXPECT_TRUE(QTest::qWaitFor([&] { return !std::filesystem::exists(left.front().file); }, kPatience));
}

TEST_F(FilesTest, ImagesOfSeveralFoldersComeTogether) {
    const QString first = makeImage(QStringLiteral("one/a.png"), {30, 20});
    const QString second = makeImage(QStringLiteral("two/b.png"), {30, 20});
    makeImage(QStringLiteral("two/c.png"), {30, 20});
    window_.start({QFileInfo(first).path(), QFileInfo(second).path()});
    EXPECT_TRUE(QTest::qWaitFor([this] { return session().images().size() == 3; }, kPatience));
}

}  // namespace
}  // namespace finebrush
