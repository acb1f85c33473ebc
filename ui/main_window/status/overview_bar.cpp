#include "ui/main_window/status/overview_bar.h"

#include "core/session/session.h"
#include "ui/bridge/session_bridge.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QStyle>
#include <QToolButton>

#include <cmath>

namespace finebrush {

namespace {

constexpr int kBarWidth = 90;
constexpr int kSteps = 1000;

}  // namespace

OverviewBar::OverviewBar(SessionBridge& bridge, QWidget* parent)
    : QWidget(parent), text_(new QLabel), bar_(new QProgressBar), stop_(new QToolButton) {
    setObjectName(QStringLiteral("OverviewBar"));
    bar_->setObjectName(QStringLiteral("OverviewProgress"));
    stop_->setObjectName(QStringLiteral("StopOverviews"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(text_);
    layout->addWidget(bar_);
    layout->addWidget(stop_);
    bar_->setRange(0, kSteps);
    bar_->setTextVisible(false);
    bar_->setFixedWidth(kBarWidth);
    stop_->setAutoRaise(true);
    stop_->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    connect(stop_, &QToolButton::clicked, this, [&bridge] { bridge.session().stopOverviews(); });
    connect(&bridge, &SessionBridge::overviewProgressed, this, &OverviewBar::follow);
    hide();
    retranslate();
}

void OverviewBar::follow(const OverviewProgress& progress) {
    bar_->setValue(static_cast<int>(std::lround(progress.fraction * kSteps)));
    setVisible(progress.isRunning);
}

void OverviewBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void OverviewBar::retranslate() {
    text_->setText(tr("Making overviews"));
    setToolTip(
        tr("This large image is read once, so that it can be seen at every zoom; you can go on working"));
    bar_->setAccessibleName(text_->text());
    stop_->setAccessibleName(tr("Stop making overviews"));
    stop_->setToolTip(tr("Stop; it begins again when the image is shown the next time"));
}

}  // namespace finebrush
