#include "ui/main_window/status/work_bar.h"

#include "ui/main_window/status/elided_label.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QStyle>
#include <QToolButton>

#include <utility>

namespace finebrush {

namespace {

constexpr int kBarWidth = 60;
constexpr int kMoment = 300;  // ms; what is done by then would only flicker

}  // namespace

WorkBar::WorkBar(const QString& name, const QString& work, std::function<void()> stop, QWidget* parent)
    : QWidget(parent), text_(new ElidedLabel("WorkText")), bar_(new QProgressBar), stop_(new QToolButton) {
    setObjectName(name);
    bar_->setObjectName(work + QStringLiteral("Progress"));
    stop_->setObjectName(QStringLiteral("Stop") + work);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    // Several at once would make no room for a narrow window.
    text_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    text_->setMinimumWidth(1);
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
    connect(stop_, &QToolButton::clicked, this, [stop = std::move(stop)] { stop(); });
    hide();
}

void WorkBar::setRunning(bool isRunning) {
    if (!isRunning) {
        moment_.stop();
        hide();
    } else if (isHidden() && !moment_.isActive()) {
        moment_.start();
    }
}

void WorkBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void WorkBar::retranslate() {
    const Texts now = texts();
    text_->setText(now.what);
    setToolTip(now.toolTip);
    bar_->setAccessibleName(now.what);
    stop_->setAccessibleName(now.stop);
    stop_->setToolTip(now.stopToolTip);
}

}  // namespace finebrush
