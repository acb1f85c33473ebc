#include "ui/main_window/commands/main_toolbar.h"

#include "ui/bridge/session_bridge.h"
#include "ui/keys/key_text.h"
#include "ui/main_window/commands/main_actions.h"
#include "ui/main_window/commands/paint_over_box.h"
#include "ui/main_window/commands/paint_values_box.h"

#include <QEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>

#include <cmath>

namespace finebrush {

namespace {

// The slider is logarithmic: small brushes need fine steps, large ones do not.
constexpr int kSliderSteps = 200;

double diameterFromSlider(int step) {
    return ToolBox::kMinDiameter *
           std::pow(ToolBox::kMaxDiameter / ToolBox::kMinDiameter, double(step) / kSliderSteps);
}

int sliderFromDiameter(double diameter) {
    const double part =
        std::log(diameter / ToolBox::kMinDiameter) / std::log(ToolBox::kMaxDiameter / ToolBox::kMinDiameter);
    return static_cast<int>(std::lround(part * kSliderSteps));
}

}  // namespace

MainToolBar::MainToolBar(const MainActions& actions, SessionBridge& bridge, ToolBox& toolBox, QWidget* parent)
    : QToolBar(parent),
      toolBox_(toolBox),
      paintOver_(new PaintOverBox(bridge)),
      paintValues_(new PaintValuesBox(bridge)),
      sizeSlider_(new QSlider(Qt::Horizontal)),
      sizeBox_(new QSpinBox) {
    setObjectName(QStringLiteral("MainToolBar"));
    setMovable(false);
    setIconSize(QSize(20, 20));
    setToolButtonStyle(Qt::ToolButtonIconOnly);
    const auto add = [&](std::initializer_list<Command> commands) {
        for (const Command command : commands) addAction(&actions[command]);
        addSeparator();
    };
    add({Command::OpenImages, Command::Save, Command::ExportMasks});
    addExportMenu(actions);
    add({Command::Undo, Command::Redo});
    addActions(actions.with(CommandEntry::Tool));
    addSeparator();
    addWidget(paintOver_);
    addAction(&actions[Command::OnlyValues]);
    QAction* valuesPlace = addWidget(paintValues_);
    const auto showValues = [valuesPlace, &bridge] {
        valuesPlace->setVisible(bridge.session().paintedValues().isOn);
    };
    connect(&bridge, &SessionBridge::projectChanged, this, showValues);
    connect(&bridge, &SessionBridge::paintOverChanged, this, showValues);
    showValues();

    sizeSlider_->setObjectName(QStringLiteral("BrushSizeSlider"));
    sizeSlider_->setRange(0, kSliderSteps);
    // It gives way before a button goes out of sight.
    sizeSlider_->setMinimumWidth(30);
    sizeSlider_->setMaximumWidth(70);
    sizeBox_->setObjectName(QStringLiteral("BrushSize"));
    sizeBox_->setRange(static_cast<int>(ToolBox::kMinDiameter), static_cast<int>(ToolBox::kMaxDiameter));
    addWidget(sizeSlider_);
    addWidget(sizeBox_);
    add({Command::PressureSizes});
    add({Command::Fit, Command::ActualSize, Command::ToggleOverlay});
    addAction(&actions[Command::PreviousImage]);
    addAction(&actions[Command::NextImage]);

    connect(sizeSlider_, &QSlider::valueChanged, this,
            [this](int step) { toolBox_.setDiameter(diameterFromSlider(step)); });
    connect(sizeBox_, &QSpinBox::valueChanged, this, [this](int value) { toolBox_.setDiameter(value); });
    // The next key is for a tool again.
    connect(sizeBox_->findChild<QLineEdit*>(), &QLineEdit::returnPressed, sizeBox_, &QWidget::clearFocus);
    connect(&toolBox_, &ToolBox::diameterChanged, this, &MainToolBar::showDiameter);
    connect(&toolBox_, &ToolBox::kindChanged, this, &MainToolBar::showKind);
    showDiameter(toolBox_.diameter());
    retranslate();
}

/// What else there is to export hangs on the button of the masks.
void MainToolBar::addExportMenu(const MainActions& actions) {
    auto* button = qobject_cast<QToolButton*>(widgetForAction(&actions[Command::ExportMasks]));
    auto* menu = new QMenu(button);
    menu->setObjectName(QStringLiteral("ExportButtonMenu"));
    menu->setToolTipsVisible(true);
    menu->addActions(actions.of(Menu::Export));
    button->setMenu(menu);
    button->setPopupMode(QToolButton::MenuButtonPopup);
}

void MainToolBar::showKind(ToolKind kind) {
    for (QWidget* widget : std::initializer_list<QWidget*>{sizeSlider_, sizeBox_}) {
        widget->setEnabled(hasSize(kind));
    }
}

void MainToolBar::showDiameter(double diameter) {
    const QSignalBlocker sliderBlocker(sizeSlider_);
    const QSignalBlocker boxBlocker(sizeBox_);
    sizeSlider_->setValue(sliderFromDiameter(diameter));
    sizeBox_->setValue(static_cast<int>(diameter));
}

void MainToolBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QToolBar::changeEvent(event);
}

void MainToolBar::retranslate() {
    setWindowTitle(tr("Tool bar"));
    paintOver_->retranslate();
    paintValues_->retranslate();
    const QString toolTip =
        withKeys(tr("Diameter of the brush in pixels of the image, also Shift and the wheel"), *this,
                 {Command::SmallerBrush, Command::LargerBrush});
    for (QWidget* widget : std::initializer_list<QWidget*>{sizeSlider_, sizeBox_}) {
        widget->setToolTip(toolTip);
        widget->setAccessibleName(tr("Brush size"));
    }
    sizeBox_->setSuffix(tr(" px"));
}

}  // namespace finebrush
