#include "ui/main_window/status/file_work_bar.h"

#include "core/session/session.h"
#include "ui/bridge/session_bridge.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QStyle>
#include <QToolButton>

namespace finebrush {

namespace {

constexpr int kBarWidth = 60;
constexpr int kMoment = 300;  // ms; what is done by then would only flicker

}  // namespace

FileWorkBar::FileWorkBar(SessionBridge& bridge, QWidget* parent)
    : QWidget(parent), text_(new QLabel), bar_(new QProgressBar), stop_(new QToolButton) {
    setObjectName(QStringLiteral("FileWorkBar"));
    stop_->setObjectName(QStringLiteral("StopFileWork"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(text_);
    layout->addWidget(bar_);
    layout->addWidget(stop_);
    bar_->setRange(0, 0);  // nobody knows how far it is
    bar_->setTextVisible(false);
    bar_->setFixedWidth(kBarWidth);
    stop_->setAutoRaise(true);
    stop_->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    moment_.setSingleShot(true);
    moment_.setInterval(kMoment);
    connect(&moment_, &QTimer::timeout, this, &QWidget::show);
    connect(stop_, &QToolButton::clicked, this, [&bridge] { bridge.session().stopFileWork(); });
    connect(&bridge, &SessionBridge::fileWorkChanged, this, &FileWorkBar::follow);
    hide();
    retranslate();
}

void FileWorkBar::follow(const FileWork& work) {
    const bool isRunning = work.isExporting || work.isImporting;
    work_ = work;
    if (!isRunning) {
        moment_.stop();
        hide();
    } else if (isHidden() && !moment_.isActive()) {
        moment_.start();
    }
    retranslate();
}

void FileWorkBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void FileWorkBar::retranslate() {
    const bool isImport = work_.isImporting && !work_.isExporting;
    text_->setText(isImport ? tr("Importing…") : tr("Exporting…"));
    setToolTip(tr("Files are read or written; you can go on working"));
    bar_->setAccessibleName(text_->text());
    stop_->setAccessibleName(isImport ? tr("Stop importing") : tr("Stop exporting"));
    stop_->setToolTip(isImport ? tr("Stop; nothing is imported")
                               : tr("Stop; files that are whole stay, and none is left unfinished"));
}

}  // namespace finebrush
