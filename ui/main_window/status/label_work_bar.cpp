#include "ui/main_window/status/label_work_bar.h"

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

LabelWorkBar::LabelWorkBar(SessionBridge& bridge, QWidget* parent)
    : QWidget(parent), text_(new QLabel), bar_(new QProgressBar), stop_(new QToolButton) {
    setObjectName(QStringLiteral("LabelWorkBar"));
    stop_->setObjectName(QStringLiteral("StopLabelWork"));
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
    connect(stop_, &QToolButton::clicked, this, [&bridge] { bridge.session().cancelLabelWork(); });
    connect(&bridge, &SessionBridge::labelWorkChanged, this, &LabelWorkBar::follow);
    hide();
    retranslate();
}

void LabelWorkBar::follow(const LabelWork& work) {
    if (work.isRunning) {
        moment_.start();
    } else {
        moment_.stop();
        hide();
    }
}

void LabelWorkBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void LabelWorkBar::retranslate() {
    text_->setText(tr("Changing labels"));
    setToolTip(tr("This edit looks at many pixels; you can go on painting, and what you paint stays"));
    bar_->setAccessibleName(text_->text());
    stop_->setAccessibleName(tr("Stop changing labels"));
    stop_->setToolTip(tr("Stop; the labels stay as they are"));
}

}  // namespace finebrush
