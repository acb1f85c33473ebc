#include "ui/main_window/status/notice_toast.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::HasSubstr;

class NoticeToastTest : public ::testing::Test {
  protected:
    NoticeToastTest() {
        window_.resize(800, 600);
        under_.resize(800, 600);
        window_.show();
    }

    void show(ErrorCode code, const char* file, int seconds = 0) {
        toast_.showNotice({start_.addSecs(seconds), Error{code, {file, "?"}, {}}});
    }
    std::string text() const {
        return toast_.findChild<QLabel*>(QStringLiteral("NoticeText"))->text().toStdString();
    }
    const QTimer& goes() const { return *toast_.findChild<QTimer*>(); }

    const QDateTime start_ = QDateTime::fromSecsSinceEpoch(1'000'000);
    QWidget window_;
    QWidget under_{&window_};
    NoticeToast toast_{under_, &window_};
};

TEST_F(NoticeToastTest, FilesThatDoNotOpenTogetherAreCounted) {
    show(ErrorCode::ImageFormatUnknown, "a.png");
    EXPECT_THAT(text(), HasSubstr("a.png"));
    show(ErrorCode::ImageDamaged, "b.png", 1);
    show(ErrorCode::FileMissing, "c.png", 2);
    EXPECT_EQ(text(), "3 files could not be opened");
    QSignalSpy all(&toast_, &NoticeToast::allRequested);
    QTest::mouseClick(toast_.findChild<QPushButton*>(QStringLiteral("ToastDetails")), Qt::LeftButton);
    EXPECT_EQ(all.count(), 1);
    EXPECT_FALSE(toast_.isVisible());
}

TEST_F(NoticeToastTest, OtherFailuresThatComeTogetherSayTheLast) {
    show(ErrorCode::ImageFormatUnknown, "a.png");
    show(ErrorCode::FileNotWritable, "b.png");
    EXPECT_THAT(text(), HasSubstr("2 problems"));
    EXPECT_THAT(text(), HasSubstr("b.png"));
}

TEST_F(NoticeToastTest, AFailureOfLaterStandsForItself) {
    show(ErrorCode::ImageFormatUnknown, "a.png");
    show(ErrorCode::ImageFormatUnknown, "b.png", 10);
    EXPECT_THAT(text(), HasSubstr("b.png"));
}

TEST_F(NoticeToastTest, AFailureGoesLaterThanNewsAndNotUnderThePointer) {
    show(ErrorCode::UnsavedWorkFound, "1");
    EXPECT_TRUE(goes().isActive());
    const int ofNews = goes().interval();
    show(ErrorCode::ImageFormatUnknown, "a.png", 20);
    EXPECT_TRUE(goes().isActive());
    EXPECT_GT(goes().interval(), ofNews);
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QCoreApplication::sendEvent(&toast_, &enter);
    EXPECT_FALSE(goes().isActive());
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&toast_, &leave);
    EXPECT_TRUE(goes().isActive());
}

TEST_F(NoticeToastTest, WorkThatIsStillHereIsNoFailure) {
    show(ErrorCode::UnsavedWorkFound, "1");
    EXPECT_EQ(toast_.findChild<QLabel*>(QStringLiteral("NoticeText"))->property("role").toString(),
              QStringLiteral("plain"));
    EXPECT_FALSE(toast_.findChild<QPushButton*>(QStringLiteral("ToastDetails"))->isVisible());
}

}  // namespace
}  // namespace finebrush
