#include "ui/docks/notices_dock.h"

#include "ui/settings/icons.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace finebrush {

namespace {

constexpr size_t kMostNotices = 1000;

QListWidgetItem* itemOf(const SeenNotice& notice) {
    const QString time = QLocale().toString(notice.time.time(), QLocale::ShortFormat);
    return new QListWidgetItem(
        themedIcon(notice.isError() ? QStringLiteral("warning") : QStringLiteral("info")),
        time + QStringLiteral("   ") + notice.text());
}

}  // namespace

NoticesDock::NoticesDock(QWidget* parent)
    : Dock(QStringLiteral("NoticesDock"), parent),
      list_(new QListWidget),
      details_(new QPushButton),
      clear_(new QPushButton) {
    list_->setObjectName(QStringLiteral("NoticeList"));
    list_->setWordWrap(true);
    list_->setResizeMode(QListView::Adjust);
    details_->setObjectName(QStringLiteral("NoticeDetails"));
    clear_->setObjectName(QStringLiteral("ClearNotices"));

    auto* buttons = new QVBoxLayout;
    buttons->addWidget(details_);
    buttons->addWidget(clear_);
    buttons->addStretch();
    auto* body = new QWidget;
    auto* layout = new QHBoxLayout(body);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(list_, 1);
    layout->addLayout(buttons);
    setWidget(body);

    connect(details_, &QPushButton::clicked, this, &NoticesDock::requestDetails);
    connect(list_, &QListWidget::itemDoubleClicked, this, &NoticesDock::requestDetails);
    connect(list_, &QListWidget::currentRowChanged, this,
            [this](int row) { details_->setEnabled(row >= 0); });
    connect(clear_, &QPushButton::clicked, this, &NoticesDock::clear);
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool isInSight) {
        isInSight_ = isInSight;
        if (isInSight) countUnread(0);
    });
    retranslate();
}

void NoticesDock::add(const SeenNotice& notice) {
    notices_.push_front(notice);
    list_->insertItem(0, itemOf(notice));
    if (notices_.size() > kMostNotices) {
        notices_.pop_back();
        delete list_->takeItem(list_->count() - 1);
    }
    list_->setCurrentRow(0);
    enableButtons();
    if (notice.isError() && !isInSight_) countUnread(unread_ + 1);
}

void NoticesDock::countUnread(int unread) {
    unread_ = unread;
    setWindowTitle(unread_ > 0 ? tr("Notices (%1)").arg(unread_) : tr("Notices"));
}

void NoticesDock::clear() {
    notices_.clear();
    countUnread(0);
    rebuild();
}

void NoticesDock::requestDetails() {
    const int row = list_->currentRow();
    if (row >= 0) emit detailsRequested(notices_[static_cast<size_t>(row)]);
}

void NoticesDock::rebuild() {
    list_->clear();
    for (const SeenNotice& notice : notices_) list_->addItem(itemOf(notice));
    enableButtons();
}

void NoticesDock::enableButtons() {
    details_->setEnabled(list_->currentRow() >= 0);
    clear_->setEnabled(!notices_.empty());
}

void NoticesDock::retranslate() {
    countUnread(unread_);
    list_->setAccessibleName(tr("Notices"));
    details_->setText(tr("Details"));
    clear_->setText(tr("Clear"));
    rebuild();
}

}  // namespace finebrush
