#include "ui/main_window/status/notice_toast.h"

#include "ui/settings/icons.h"

#include <QEnterEvent>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace finebrush {

namespace {

constexpr int kShownMilliseconds = 6000;
constexpr int kFailureMilliseconds = 15000;
constexpr int kTogetherMilliseconds = 3000;  // between failures of one action
constexpr int kMargin = 14;
constexpr int kMaxWidth = 620;
constexpr int kIcon = 18;

}  // namespace

NoticeToast::NoticeToast(QWidget& over, QWidget* parent)
    : QFrame(parent),
      over_(over),
      icon_(new QLabel),
      text_(new QLabel),
      details_(new QPushButton),
      close_(new QToolButton),
      goes_(this) {
    setObjectName(QStringLiteral("NoticeToast"));
    text_->setObjectName(QStringLiteral("NoticeText"));
    text_->setWordWrap(true);
    details_->setObjectName(QStringLiteral("ToastDetails"));
    close_->setObjectName(QStringLiteral("CloseToast"));
    close_->setIcon(themedIcon(QStringLiteral("close")));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->addWidget(icon_);
    layout->addWidget(text_, 1);
    layout->addWidget(details_);
    layout->addWidget(close_);

    goes_.setSingleShot(true);
    connect(&goes_, &QTimer::timeout, this, &QWidget::hide);
    connect(close_, &QToolButton::clicked, this, &QWidget::hide);
    connect(details_, &QPushButton::clicked, this, [this] {
        if (together_ > 1) {
            emit allRequested();
            hide();
        } else if (notice_) {
            emit detailsRequested(*notice_);
        }
    });
    over_.installEventFilter(this);
    retranslate();
    hide();
}

void NoticeToast::showNotice(const SeenNotice& notice) {
    const bool isJoined = joins(notice);
    together_ = isJoined ? together_ + 1 : 1;
    areUnopenedFiles_ = notice.isUnopenedFile() && (areUnopenedFiles_ || !isJoined);
    notice_ = notice;
    details_->setVisible(notice.isError());
    goes_.setInterval(notice.isError() ? kFailureMilliseconds : kShownMilliseconds);
    if (!underMouse()) goes_.start();
    retranslate();
    show();
    raise();
    place();
}

void NoticeToast::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange) retranslate();
    QFrame::changeEvent(event);
}

void NoticeToast::enterEvent(QEnterEvent* event) {
    goes_.stop();  // it is being read
    QFrame::enterEvent(event);
}

void NoticeToast::leaveEvent(QEvent* event) {
    if (isVisible()) goes_.start();
    QFrame::leaveEvent(event);
}

bool NoticeToast::eventFilter(QObject* watched, QEvent* event) {
    const bool isPlaced = event->type() == QEvent::Resize || event->type() == QEvent::Move;
    if (watched == &over_ && isPlaced) place();
    return QFrame::eventFilter(watched, event);
}

bool NoticeToast::joins(const SeenNotice& notice) const {
    return isVisible() && notice_ && notice_->isError() && notice.isError() &&
           notice_->time.msecsTo(notice.time) <= kTogetherMilliseconds;
}

QString NoticeToast::text() const {
    if (together_ <= 1) return notice_->text();
    if (areUnopenedFiles_) return tr("%1 files could not be opened").arg(together_);
    return tr("%1 problems. The last one: %2").arg(QString::number(together_), notice_->text());
}

void NoticeToast::retranslate() {
    details_->setText(together_ > 1 ? tr("Notices") : tr("Details"));
    close_->setToolTip(tr("Close"));
    close_->setAccessibleName(tr("Close this notice"));
    if (!notice_) return;
    text_->setText(text());
    text_->setProperty("role", notice_->isError() ? QStringLiteral("error") : QStringLiteral("plain"));
    style()->unpolish(text_);
    style()->polish(text_);
    const QString icon = notice_->isError() ? QStringLiteral("warning") : QStringLiteral("info");
    icon_->setPixmap(themedIcon(icon).pixmap(kIcon, kIcon));
    if (isVisible()) place();
}

void NoticeToast::place() {
    const QRect under = over_.geometry();
    const int width = std::min(kMaxWidth, under.width() - 2 * kMargin);
    setFixedWidth(width);
    resize(width, heightForWidth(width));
    move(under.x() + (under.width() - width) / 2, under.y() + under.height() - height() - kMargin);
}

}  // namespace finebrush
