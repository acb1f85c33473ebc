#include "ui/main_window/status/slice_bar.h"

#include "ui/bridge/session_bridge.h"
#include "ui/keys/key_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>

namespace finebrush {

SliceBar::SliceBar(SessionBridge& bridge, QWidget* parent)
    : QWidget(parent),
      bridge_(bridge),
      number_(new QLabel),
      slider_(new QSlider(Qt::Horizontal)),
      frameName_(new QLabel),
      frame_(new QSpinBox) {
    setObjectName(QStringLiteral("SliceBar"));
    number_->setObjectName(QStringLiteral("SliceNumber"));
    slider_->setObjectName(QStringLiteral("SliceSlider"));
    frame_->setObjectName(QStringLiteral("Frame"));
    slider_->setTracking(false);  // a slice that is shown becomes an image of the project
    frame_->setKeyboardTracking(false);
    frame_->setMinimum(1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 4, 10, 4);
    layout->setSpacing(10);
    layout->addWidget(number_);
    layout->addWidget(slider_, 1);
    layout->addWidget(frameName_);
    layout->addWidget(frame_);
    connect(slider_, &QSlider::sliderMoved, this, &SliceBar::showNumber);
    connect(slider_, &QSlider::valueChanged, this, [this](int index) {
        const auto shown = bridge_.session().shownImage();
        if (shown && shown->slice)
            bridge_.session().showSlice({shown->slice->view, index, shown->slice->frame});
    });
    connect(frame_, &QSpinBox::valueChanged, this, [this](int frame) {
        const auto shown = bridge_.session().shownImage();
        if (shown && shown->slice)
            bridge_.session().showSlice({shown->slice->view, shown->slice->index, frame - 1});
    });
    connect(&bridge_, &SessionBridge::imageShown, this, &SliceBar::follow);
    connect(&bridge_, &SessionBridge::projectChanged, this, &SliceBar::follow);
    retranslate();
    follow();
}

void SliceBar::follow() {
    const auto shown = bridge_.session().shownImage();
    const bool isSlice = shown && shown->slice;
    setVisible(isSlice);
    if (!isSlice) return;
    const QSignalBlocker slider(slider_), frame(frame_);
    slider_->setMaximum(sliceCount(shown->grid, shown->slice->view) - 1);
    slider_->setValue(shown->slice->index);
    frame_->setMaximum(shown->grid.frames);
    frame_->setSuffix(QStringLiteral(" / %1").arg(shown->grid.frames));
    frame_->setValue(shown->slice->frame + 1);
    frame_->setVisible(shown->grid.frames > 1);
    frameName_->setVisible(shown->grid.frames > 1);
    showNumber(shown->slice->index);
}

void SliceBar::showNumber(int index) {
    number_->setText(tr("Slice %1 / %2").arg(index + 1).arg(slider_->maximum() + 1));
}

void SliceBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void SliceBar::retranslate() {
    slider_->setAccessibleName(tr("Slice"));
    slider_->setToolTip(
        withKeys(tr("Another slice of the volume"), *this, {Command::PreviousSlice, Command::NextSlice}));
    number_->setToolTip(tr("Slices count from 1 here, and from 0 in the names of exported files"));
    frameName_->setText(tr("Frame"));
    frame_->setAccessibleName(tr("Frame"));
    frame_->setToolTip(withKeys(tr("Another point in time, or channel"), *this,
                                {Command::PreviousFrame, Command::NextFrame}));
    showNumber(slider_->value());
}

}  // namespace finebrush
