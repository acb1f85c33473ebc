#include "ui/docks/images/images_dock.h"

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/docks/images/image_item_delegate.h"

#include <QAction>
#include <QLabel>
#include <QToolButton>
#include <QTreeWidget>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using testing::WindowFixture;

/// A project of a volume of 60 × 50 × 7 voxels, in which two slices have labels, and of a picture.
class ImagesDockTest : public WindowFixture {
  protected:
    ImagesDockTest() {
        const QString path = folder_.filePath(QStringLiteral("brain.nii.gz"));
        testing::writeNifti(toPath(path), {60, 50, 7});
        openAndWait({path, makeImage(QStringLiteral("cells.png"), {60, 40})});
        EXPECT_TRUE(QTest::qWaitFor([this] { return session().images().size() == 2; }, kPatience));
        list_ = child<QTreeWidget>("ImageList");
        drag({10, 10}, {40, 10});
        showSlice("axial:5");
        drag({10, 10}, {40, 10});
    }

    void showSlice(const char* text) {
        session().showSlice(sliceFromText(text).value());
        waitForSlice(text);
    }
    void showPicture() {
        list_->setCurrentItem(row(1));
        EXPECT_TRUE(QTest::qWaitFor([this] { return !session().shownImage()->slice; }, kPatience));
    }
    QTreeWidgetItem* row(int place) const { return list_->topLevelItem(place); }
    QString detail(const QTreeWidgetItem& item) const {
        return item.data(0, ImageItemDelegate::DetailRole).toString();
    }

    QTreeWidget* list_;
};

TEST_F(ImagesDockTest, AVolumeIsOneRowThatSaysHowManySlicesHaveLabels) {
    ASSERT_EQ(list_->topLevelItemCount(), 2);
    EXPECT_EQ(row(0)->text(0), QStringLiteral("brain.nii.gz"));
    EXPECT_EQ(detail(*row(0)), QStringLiteral("7 slices, 2 labelled"));
    EXPECT_TRUE(row(0)->data(0, ImageItemDelegate::LabelledRole).toBool());
    EXPECT_EQ(detail(*row(1)), QStringLiteral("60 × 40"));
    EXPECT_EQ(list_->currentItem(), row(0));
    EXPECT_THAT(row(0)->data(0, Qt::AccessibleTextRole).toString().toStdString(),
                HasSubstr("brain.nii.gz, 7 slices"));
    EXPECT_THAT(child<QLabel>("StatusImage")->text().toStdString(), HasSubstr("Image 1/2"));
}

TEST_F(ImagesDockTest, SlicesAreMadeWhenTheVolumeIsUnfolded) {
    EXPECT_FALSE(row(0)->isExpanded());
    EXPECT_EQ(row(0)->childCount(), 0);
    EXPECT_EQ(row(0)->childIndicatorPolicy(), QTreeWidgetItem::ShowIndicator);
    row(0)->setExpanded(true);
    ASSERT_EQ(row(0)->childCount(), 2);
    EXPECT_EQ(row(0)->child(0)->text(0), QStringLiteral("axial 4"));
    EXPECT_EQ(row(0)->child(1)->text(0), QStringLiteral("axial 6"));
    EXPECT_EQ(list_->currentItem(), row(0)->child(1)) << "the one on the screen";
    list_->setCurrentItem(row(0)->child(0));
    waitForSlice("axial:3");

    showSlice("coronal:25");
    ASSERT_EQ(row(0)->childCount(), 3) << "and the one on the screen, for as long as it is looked at";
    EXPECT_EQ(list_->currentItem(), row(0)->child(2));
    showSlice("axial:5");
    EXPECT_EQ(row(0)->childCount(), 2);
    EXPECT_TRUE(row(0)->isExpanded());

    row(0)->setExpanded(false);
    EXPECT_EQ(list_->currentItem(), row(0));
    showSlice("axial:3");
    EXPECT_EQ(row(0)->childCount(), 0);
    EXPECT_FALSE(row(0)->isExpanded()) << "the slice on the screen does not unfold it";
}

TEST_F(ImagesDockTest, AVolumeLeadsToTheSliceThatWasLookedAtLast) {
    showSlice("sagittal:7");
    showPicture();
    EXPECT_EQ(detail(*row(0)), QStringLiteral("7 slices, 2 labelled"));
    list_->setCurrentItem(row(0));
    waitForSlice("sagittal:7");
}

TEST_F(ImagesDockTest, TheNextImageIsTheNextRow) {
    row(0)->setExpanded(true);
    list_->setCurrentItem(row(0)->child(0));
    waitForSlice("axial:3");
    child<QAction>("NextImage")->trigger();
    EXPECT_TRUE(QTest::qWaitFor([this] { return !session().shownImage()->slice; }, kPatience));
    EXPECT_THAT(child<QLabel>("StatusImage")->text().toStdString(), HasSubstr("Image 2/2"));
    child<QAction>("PreviousImage")->trigger();
    waitForSlice("axial:3");
}

TEST_F(ImagesDockTest, AVolumeIsRemovedWhole) {
    row(0)->setExpanded(true);
    QTest::mouseClick(child<QToolButton>("RemoveImage"), Qt::LeftButton);
    EXPECT_EQ(list_->topLevelItemCount(), 1);
    EXPECT_EQ(row(0)->text(0), QStringLiteral("cells.png"));
    EXPECT_EQ(row(0)->childCount(), 0);
    session().undo();
    ASSERT_EQ(list_->topLevelItemCount(), 2);
    EXPECT_EQ(row(0)->childCount(), 2) << "unfolded, as it was";
    EXPECT_TRUE(row(0)->isExpanded());
    EXPECT_FALSE(row(1)->isExpanded());
}

}  // namespace
}  // namespace finebrush
