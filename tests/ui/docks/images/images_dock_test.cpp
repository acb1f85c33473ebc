#include "ui/docks/images/images_dock.h"

#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/ui/support/window_fixture.h"
#include "ui/bridge/conversions.h"
#include "ui/docks/images/image_item_delegate.h"
#include "ui/docks/images/review_filter.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QPainter>
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

    std::string spoken(const QTreeWidgetItem& item) const {
        return item.data(0, Qt::AccessibleTextRole).toString().toStdString();
    }
    void mark(int place, ReviewState review) {
        session().setReview(
            {session().images()[session().imageGroups()[static_cast<size_t>(place)].front].id}, review);
    }
    void choose(const char* filter) {
        auto* filters = child<ReviewFilter>("ReviewFilter");
        const int index = filters->findText(QLatin1String(filter));
        ASSERT_GE(index, 0) << filter;
        filters->setCurrentIndex(index);
    }
    /// How a row is drawn, without colours.
    QImage drawn(QTreeWidgetItem& item) const {
        QImage image(220, 64, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        QStyleOptionViewItem option;
        option.rect = image.rect();
        option.palette = list_->palette();
        list_->itemDelegate()->paint(&painter, option, list_->indexFromItem(&item));
        painter.end();
        return image.convertToFormat(QImage::Format_Mono);
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

TEST_F(ImagesDockTest, ARowShowsAndSaysHowFarItIs) {
    EXPECT_THAT(spoken(*row(0)), HasSubstr("In progress"));
    EXPECT_THAT(spoken(*row(1)), HasSubstr("Not started"));
    const QImage open = drawn(*row(1));
    mark(1, ReviewState::Done);
    EXPECT_THAT(spoken(*row(1)), HasSubstr("Done"));
    const QImage done = drawn(*row(1));
    mark(1, ReviewState::ToCheck);
    EXPECT_THAT(spoken(*row(1)), HasSubstr("To check"));
    const QImage toCheck = drawn(*row(1));
    EXPECT_NE(open, done);
    EXPECT_NE(open, toCheck);
    EXPECT_NE(done, toCheck) << "also for those who do not see their colours";
    session().undo();
    EXPECT_EQ(drawn(*row(1)), done);
}

TEST_F(ImagesDockTest, TheNumberOfDoneRowsIsSaid) {
    const auto* count = child<QLabel>("DoneImages");
    EXPECT_EQ(count->text(), QStringLiteral("0 of 2 done"));
    mark(0, ReviewState::Done);
    EXPECT_EQ(count->text(), QStringLiteral("1 of 2 done")) << "a volume is one";
    mark(0, ReviewState::ToCheck);
    EXPECT_EQ(count->text(), QStringLiteral("0 of 2 done"));
}

TEST_F(ImagesDockTest, TheFilterHidesOtherRowsButNotTheImageOnTheScreen) {
    choose("Not started");
    EXPECT_FALSE(row(0)->isHidden()) << "it is on the screen";
    EXPECT_FALSE(row(1)->isHidden());
    showPicture();
    EXPECT_TRUE(row(0)->isHidden());
    mark(1, ReviewState::Done);
    EXPECT_FALSE(row(1)->isHidden());
    child<QAction>("PreviousImage")->trigger();
    EXPECT_EQ(list_->currentItem(), row(1)) << "what is hidden is passed over";
    choose("In progress");
    EXPECT_FALSE(row(0)->isHidden());
    list_->setCurrentItem(row(0));
    waitForSlice("axial:5");
    EXPECT_TRUE(row(1)->isHidden());
    choose("Not done");
    EXPECT_TRUE(row(1)->isHidden());
    choose("Done");
    EXPECT_FALSE(row(1)->isHidden());
    choose("All images");
    EXPECT_FALSE(row(0)->isHidden());
    EXPECT_FALSE(row(1)->isHidden());
}

TEST_F(ImagesDockTest, TheMenuMarksAllSelectedRowsAsOneStep) {
    showPicture();
    row(0)->setSelected(true);
    EXPECT_FALSE(child<QToolButton>("RemoveImage")->isEnabled()) << "it is not said which";
    emit list_->customContextMenuRequested(list_->visualItemRect(row(1)).center());
    auto* menu = child<QMenu>("ImageMenu");
    ASSERT_EQ(menu->actions().size(), 2);
    EXPECT_FALSE(menu->actions()[0]->isChecked());
    menu->actions()[0]->trigger();
    menu->close();
    EXPECT_EQ(session().imageGroups()[0].review, ReviewState::Done);
    EXPECT_EQ(session().imageGroups()[1].review, ReviewState::Done);
    EXPECT_EQ(list_->selectedItems().size(), 2);
    session().undo();
    EXPECT_EQ(session().imageGroups()[0].review, ReviewState::Open);
    EXPECT_EQ(session().imageGroups()[1].review, ReviewState::Open);
}

}  // namespace
}  // namespace finebrush
